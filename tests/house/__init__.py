"""Promises about the house itself: its sources, its lock, its set-up."""
