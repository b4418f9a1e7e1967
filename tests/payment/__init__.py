"""Promises of the payment server, most of them over real HTTP."""
