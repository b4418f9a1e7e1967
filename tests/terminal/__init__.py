"""Promises of the terminal without a window, and of how parties call servers."""
