"""Stores that have their tables already: upgraded once for each test process, then copied.

Upgrading costs thirty times as much as copying, and hardly a test is about it; those that are
(`tests/contract/test_migrations.py`) do not come here.
"""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from core.database import migrations
from core.database.engine import open_engine

_SQLITE = "sqlite:///"


def lay(database_url: str, versions: Path) -> None:
    """Puts a store with empty tables where there is none yet; PostgreSQL's are left as they are.

    Args:
        database_url: where the store is to be.
        versions: the folder of its schema's versions.
    """
    file = Path(database_url.removeprefix(_SQLITE))
    if database_url.startswith(_SQLITE) and not file.exists():
        shutil.copy(_blank(versions), file)


@cache
def _blank(versions: Path) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="nod-blank-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    engine = open_engine(f"{_SQLITE}{folder / 'blank.db'}")
    migrations.upgrade(engine, versions)
    engine.dispose()
    return folder / "blank.db"
