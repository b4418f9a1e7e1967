"""The lines that a person sees and hears: values of the domain in the words of a language."""
