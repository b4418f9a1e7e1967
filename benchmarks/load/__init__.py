"""Puts a server under load from another process and reads what it cost."""
