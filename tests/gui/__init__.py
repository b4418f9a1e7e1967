"""Screens tested by what a person can see and reach: text, focus order, accessible names."""
