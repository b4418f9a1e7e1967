"""A private PostgreSQL for tests: a cluster in a temporary folder, on a Unix socket only, gone at the end.

PostgreSQL refuses to run as root, so root hands the cluster to the account `nobody`. A keeper, a process that
waits for the end of its standard input, clears everything away, also when the tests are killed.
"""

import os
import pwd
import shlex
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_ACCOUNT = "nobody"
_SETTINGS = (
    "-c listen_addresses='' -c max_connections=60 -c shared_buffers=16MB -c unix_socket_permissions=0777"
)


def programs() -> Path | None:
    """Returns the folder with `initdb` and `pg_ctl` of the newest PostgreSQL here, or None."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    usable = [folder for folder in folders if (folder / "initdb").exists() and (folder / "pg_ctl").exists()]
    return usable[-1] if usable else None


@contextmanager
def cluster(bin_folder: Path) -> Iterator[Path]:
    """Runs a cluster and yields the folder of its socket."""
    # A socket's path may have 107 bytes, fewer than pytest's folders take.
    root = Path(tempfile.mkdtemp(prefix="nod-pg-"))
    _give_away(root)
    with _keeper(bin_folder, root):
        data = root / "data"
        # Durable as in real life: fsync stays on.
        _run(bin_folder / "initdb", "-D", data, "-A", "trust", "-U", "nod", "--encoding=UTF8", "--no-sync")
        options = f"{_SETTINGS} -k {root}"
        _run(bin_folder / "pg_ctl", "-D", data, "-w", "-l", root / "log", "-o", options, "start")
        yield root


@contextmanager
def _keeper(bin_folder: Path, root: Path) -> Iterator[None]:
    """Stops the cluster and removes its folder at the end of the block, or of this process."""
    stop = shlex.join(
        _as_account(bin_folder / "pg_ctl", "-D", root / "data", "-w", "-m", "immediate", "stop")
    )
    script = f"cat; {stop} >/dev/null 2>&1; rm -rf {shlex.quote(str(root))}"
    words = ["sh", "-c", script]
    # A session of its own: whoever kills the tests' whole group does not kill what cleans up after them.
    keeper = subprocess.Popen(words, stdin=subprocess.PIPE, cwd="/", start_new_session=True)
    try:
        yield
    finally:
        keeper.communicate()


def url(socket_folder: Path, database: str) -> str:
    """Returns the SQLAlchemy URL of a database in the cluster."""
    return f"postgresql+psycopg://nod@/{database}?host={socket_folder}"


def _give_away(folder: Path) -> None:
    folder.chmod(0o755)
    if os.getuid() == 0:
        account = pwd.getpwnam(_ACCOUNT)
        os.chown(folder, account.pw_uid, account.pw_gid)


def _run(*command: str | Path) -> None:
    words = _as_account(*command)
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")


def _as_account(*command: str | Path) -> list[str]:
    words = [str(word) for word in command]
    if os.getuid() != 0:
        return words
    group = pwd.getpwnam(_ACCOUNT).pw_gid
    return ["setpriv", f"--reuid={_ACCOUNT}", f"--regid={group}", "--clear-groups", *words]
