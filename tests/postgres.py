"""A private PostgreSQL for tests: a cluster in a temporary folder, on a Unix socket only, gone at the end.

PostgreSQL refuses to run as root, so root hands the cluster to the account `nobody`.
"""

import os
import pwd
import shutil
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
    try:
        _give_away(root)
        data = root / "data"
        # Durable as in real life: fsync stays on.
        _run(bin_folder / "initdb", "-D", data, "-A", "trust", "-U", "nod", "--encoding=UTF8", "--no-sync")
        _run(
            bin_folder / "pg_ctl",
            "-D",
            data,
            "-w",
            "-l",
            root / "log",
            "-o",
            f"{_SETTINGS} -k {root}",
            "start",
        )
        try:
            yield root
        finally:
            _run(bin_folder / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(root, ignore_errors=True)


def url(socket_folder: Path, database: str) -> str:
    """Returns the SQLAlchemy URL of a database in the cluster."""
    return f"postgresql+psycopg://nod@/{database}?host={socket_folder}"


def _give_away(folder: Path) -> None:
    folder.chmod(0o755)
    if os.getuid() == 0:
        account = pwd.getpwnam(_ACCOUNT)
        os.chown(folder, account.pw_uid, account.pw_gid)


def _run(*command: str | Path) -> None:
    words = [str(word) for word in command]
    if os.getuid() == 0:
        words = [
            "setpriv",
            f"--reuid={_ACCOUNT}",
            f"--regid={pwd.getpwnam(_ACCOUNT).pw_gid}",
            "--clear-groups",
            *words,
        ]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")
