"""One running payment server for each test that asks for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.clock import FakeClock
from tests.contract.conftest import postgres_socket, postgres_url, store_url  # noqa: F401  fixtures
from tests.payment.world import World


@pytest.fixture
def world(tmp_path: Path, clock: FakeClock) -> Iterator[World]:
    """A payment server and the issuer that it trusts, both listening, with a clock that stands still."""
    with World(tmp_path, clock) as made:
        yield made
