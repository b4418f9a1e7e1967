"""Both servers, running, for each threat that needs them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.clock import FakeClock
from tests.contract.conftest import postgres_socket, postgres_url  # noqa: F401  fixtures
from tests.server.orders.world import World as Orders


@pytest.fixture
def orders(tmp_path: Path, clock: FakeClock) -> Iterator[Orders]:
    """A user-management server and a payment server, with the default limits."""
    with Orders(tmp_path, clock) as made:
        yield made
