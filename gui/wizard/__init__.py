"""The first run: who the person is, and whether the built-in assistant may ask in their name."""
