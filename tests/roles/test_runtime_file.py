"""One process per role and folder, found by a private file that says more truth than a process number."""

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from core.roles.errors import AlreadyRunning
from core.roles.runtime_file import HeldRole, new_initial_access_token
from core.wire.runtime import RuntimeFile
from tests.house.sources import TOP
from tests.waiting import wait_until

URL = "http://127.0.0.1:23456"
HOLD = """
import sys, pathlib
from core.roles.runtime_file import HeldRole
held = HeldRole.take(pathlib.Path(sys.argv[1]), "server")
held.announce(url=sys.argv[2], issuer=sys.argv[2])
print("held", flush=True)
sys.stdin.read()
"""


def test_what_is_announced_is_what_a_client_reads(data_folder: Path) -> None:
    held = HeldRole.take(data_folder, "server")
    said = held.announce(url=URL, issuer=URL, initial_access_token="secret")
    path = data_folder / "run" / "server.json"
    assert msgspec.json.decode(path.read_bytes(), type=RuntimeFile) == said
    assert said.pid == os.getpid()
    held.release()


def test_the_file_and_its_folder_are_private(data_folder: Path) -> None:
    old = data_folder / "run" / "server.json"
    old.parent.mkdir()
    old.touch(0o644)
    held = HeldRole.take(data_folder, "server")
    assert stat.S_IMODE(old.stat().st_mode) == 0o600
    held.release()


def test_a_second_instance_is_told_which_one_runs(data_folder: Path) -> None:
    held = HeldRole.take(data_folder, "server")
    held.announce(url=URL, issuer=URL)
    with pytest.raises(AlreadyRunning, match=rf"process {os.getpid()}, {URL}"):
        HeldRole.take(data_folder, "server")
    held.release()


def test_another_role_of_the_same_folder_is_free(data_folder: Path) -> None:
    server, payment = HeldRole.take(data_folder, "server"), HeldRole.take(data_folder, "payment")
    server.release()
    payment.release()


def test_the_next_start_knows_the_port_of_the_last(data_folder: Path) -> None:
    held = HeldRole.take(data_folder, "server")
    assert held.last_port is None
    held.announce(url=URL, issuer=URL)
    held.release()
    again = HeldRole.take(data_folder, "server")
    assert again.last_port == 23456
    again.release()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"role": "server"}', b"\xff"])
def test_a_spoilt_file_is_written_anew(data_folder: Path, content: bytes) -> None:
    path = data_folder / "run" / "server.json"
    path.parent.mkdir()
    path.write_bytes(content)
    held = HeldRole.take(data_folder, "server")
    assert held.before is None
    assert held.announce(url=URL, issuer=URL) == msgspec.json.decode(path.read_bytes(), type=RuntimeFile)
    held.release()


def test_a_killed_server_leaves_no_lock_behind(data_folder: Path) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(data_folder), URL],
        cwd=TOP,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"held\n"
        with pytest.raises(AlreadyRunning, match=f"process {child.pid}"):
            HeldRole.take(data_folder, "server")
        child.send_signal(signal.SIGKILL)
    held = wait_until(lambda: HeldRole.take(data_folder, "server"))
    assert held.last_port == 23456
    held.release()


def test_initial_access_tokens_are_long_and_never_the_same() -> None:
    first, second = new_initial_access_token(), new_initial_access_token()
    assert first != second
    assert len(first) >= 43
