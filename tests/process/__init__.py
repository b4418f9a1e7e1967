"""Promises about whole processes: the command line, and parties that find each other on one machine."""
