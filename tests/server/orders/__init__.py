"""Orders over real HTTP: asking, deciding, settling, and what each party hears."""
