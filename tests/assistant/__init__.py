"""Tests of the AI device: its ears, its understanding, its conversation, its voice and its faces."""
