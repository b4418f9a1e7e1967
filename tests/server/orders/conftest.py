"""Both servers, running, on a clock that stands still; a test marked `BOTH` runs on either database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.server import resting, sweep
from tests.clock import FakeClock
from tests.contract.conftest import postgres_socket, postgres_url, store_url  # noqa: F401  fixtures
from tests.server.orders.world import World


@pytest.fixture(autouse=True)
def _quick_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets the workers look for due work more often: the clock that decides what is due is the test's own."""
    monkeypatch.setattr(resting, "LOOK_S", 0.03)
    monkeypatch.setattr(sweep, "_WAIT_S", 0.3)


@pytest.fixture
def world(request: pytest.FixtureRequest, tmp_path: Path, clock: FakeClock) -> Iterator[World]:
    """A user-management server and a payment server."""
    is_far = getattr(request, "param", "sqlite") == "postgres"
    url = request.getfixturevalue("postgres_url") if is_far else None
    with World(tmp_path, clock, database_url=url) as made:
        yield made
