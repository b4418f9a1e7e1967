"""A database's errors as a role's: one sentence and status 1, without loading a database for the rest."""

from collections.abc import Iterator
from contextlib import contextmanager

from core.roles.errors import PartyFailed


@contextmanager
def spoken() -> Iterator[None]:
    """Turn what a store reports inside the block into a sentence.

    Raises:
        PartyFailed: in place of any DatabaseError.
    """
    from core.database.errors import DatabaseError

    try:
        yield
    except DatabaseError as error:
        raise PartyFailed(str(error)) from error
