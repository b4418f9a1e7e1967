"""The approval prompt: one request, the time that is left, and a deliberate answer."""
