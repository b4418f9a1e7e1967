"""What the real clients need: our servers on the real clock, and other people's packages in a folder."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.orders.world import World

HERE = Path(__file__).parent


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Both servers on the real clock, since clients of others read no fake one."""
    with World(tmp_path, time.time) as made:
        yield made


@pytest.fixture(scope="session")
def openid_client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the real openid-client, at the locked version, and our script beside it."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.skip("Node.js and npm are missing")
    folder = tmp_path_factory.mktemp("openid-client")
    for name in ("package.json", "package-lock.json", "ciba.mjs", "code.mjs"):
        shutil.copy(HERE / name, folder)
    command = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--silent"]
    subprocess.run(command, cwd=folder, check=True, timeout=100)
    return folder
