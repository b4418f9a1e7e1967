"""Measurements, apart from the tests: figures beside a peer, in one run."""
