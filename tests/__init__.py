"""The promises that Nod keeps, one test each; `tests/conftest.py` says what every test stands on."""
