"""A running server and a payment server for each test that asks; `BOTH` runs on either database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.clock import FakeClock
from tests.contract.conftest import postgres_socket, postgres_url  # noqa: F401  fixtures
from tests.server.world import World


@pytest.fixture
def world(request: pytest.FixtureRequest, tmp_path: Path, clock: FakeClock) -> Iterator[World]:
    """Both servers, listening, with a clock that stands still."""
    is_far = getattr(request, "param", "sqlite") == "postgres"
    settings = {"database_url": request.getfixturevalue("postgres_url")} if is_far else {}
    with World(tmp_path, clock, **settings) as made:
        yield made
