"""What every test stands on: loopback only, no screen, no keyring, one language, a throw-away data folder.

The surroundings are fixed here before anything of ours is imported, so that a test gives the same answer on
every machine. In continuous integration (`CI` set) a skipped test is a failure: a component that the machine
lacks would otherwise go untested in silence.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.clock import FakeClock

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ |= {
    "LANGUAGE": "en",
    "LC_ALL": "C.UTF-8",
    "TZ": "UTC",
    "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
}
for _proxy in ("http_proxy", "https_proxy", "all_proxy"):
    os.environ.pop(_proxy, None)
    os.environ.pop(_proxy.upper(), None)

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # else every process that a test starts compiles us anew
sys.dont_write_bytecode = False

IN_MEMORY, ROOM_BYTES = Path("/dev/shm"), 4 * 2**30
if "TMPDIR" not in os.environ and IN_MEMORY.is_dir() and shutil.disk_usage(IN_MEMORY).free > ROOM_BYTES:
    # A thousand databases are written and thrown away: a disk makes every test wait. A kill loses nothing
    # here either, since the kernel keeps what a dead process wrote.
    os.environ["TMPDIR"] = tempfile.tempdir = str(IN_MEMORY)

settings.register_profile("dev", max_examples=50, database=None, deadline=None, print_blob=True)
settings.register_profile("ci", settings.get_profile("dev"), max_examples=100, derandomize=True)
settings.register_profile("soak", settings.get_profile("dev"), max_examples=5_000)

IN_CI = bool(os.environ.get("CI"))
ALLOWED_SKIPS: tuple[str, ...] = ()
"""Beginnings of the reasons that may skip a test in continuous integration too; keep it short."""


@pytest.hookimpl(tryfirst=True)  # before pytest-socket reads its options
def pytest_configure(config: pytest.Config) -> None:
    """Choose how hard the property tests try, and close every address but this machine's own."""
    settings.load_profile(os.environ.get("NOD_HYPOTHESIS", "ci" if IN_CI else "dev"))
    config.option.allow_hosts = config.option.allow_hosts or "127.0.0.1,::1"
    config.option.allow_unix_socket = True


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long runs to `make soak`, unless marks were chosen on the command line."""
    if config.option.markexpr:
        return
    long_runs = [item for item in items if item.get_closest_marker("soak")]
    config.hook.pytest_deselected(items=long_runs)
    items[:] = [item for item in items if not item.get_closest_marker("soak")]


def _refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Turn a skip into a failure in continuous integration; an expected failure (`xfail`) is no skip."""
    if not IN_CI or report.outcome != "skipped" or hasattr(report, "wasxfail"):
        return
    reason = str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr)
    if reason.removeprefix("Skipped: ").startswith(ALLOWED_SKIPS or ("\0",)):
        return
    report.outcome = "failed"
    report.longrepr = f"{report.nodeid} was skipped, which continuous integration does not allow: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Look at each test's outcome for a skip that must not pass unnoticed."""
    report = yield
    _refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a module that skips itself as a whole."""
    report = yield
    _refuse_skip(report)
    return report


@pytest.fixture(scope="session", autouse=True)
def _own_data_folder(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Point NOD_DATA away from the person's own data, for this worker and every process that it starts."""
    os.environ["NOD_DATA"] = str(tmp_path_factory.mktemp("nod-data"))


@pytest.fixture
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of this test alone, private as the roles demand, named by NOD_DATA."""
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("NOD_DATA", str(folder))
    return folder


@pytest.fixture
def clock() -> FakeClock:
    """A clock that moves only when the test says so."""
    return FakeClock()
