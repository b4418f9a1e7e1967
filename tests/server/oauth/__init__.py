"""Promises of the standards beside CIBA: the code flow, DPoP, refresh tokens, keys and hints of clients."""
