"""A disk without room, for this process: no file may grow beyond what one of them has already."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_room(database_url: str) -> Iterator[None]:
    """Lets a SQLite store's log grow no further; everything that is shorter still can."""
    with open(database_url.removeprefix("sqlite:///") + "-wal", "rb") as log:  # noqa: PTH123
        size = log.seek(0, 2)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
