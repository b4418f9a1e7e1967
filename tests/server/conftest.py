"""One running server, with a payment server, for each test that asks for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.clock import FakeClock
from tests.server.world import World


@pytest.fixture
def world(tmp_path: Path, clock: FakeClock) -> Iterator[World]:
    """Both servers, listening, with a clock that stands still."""
    with World(tmp_path, clock) as made:
        yield made
