"""Both servers, running, on a clock that stands still."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.clock import FakeClock
from tests.server.orders.world import World


@pytest.fixture
def world(tmp_path: Path, clock: FakeClock) -> Iterator[World]:
    """A user-management server and a payment server."""
    with World(tmp_path, clock) as made:
        yield made
