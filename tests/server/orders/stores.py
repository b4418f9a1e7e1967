"""The mark of a promise that holds on SQLite and on PostgreSQL alike."""

import pytest

BOTH = pytest.mark.parametrize("world", ["sqlite", "postgres"], indirect=True)
