"""The files that the house tests read: ours, tracked by git or about to be, parsed once."""

import ast
import subprocess
from functools import cache
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
"""The project's own folder."""

FOLDERS = ("core", "gui", "assistant", "tests", "benchmarks")
PRODUCT = ("core", "gui", "assistant", "main.py")


@cache
def python_files() -> tuple[Path, ...]:
    """Every Python file of ours, in a fixed order."""
    found = [path for folder in FOLDERS for path in (TOP / folder).rglob("*.py")]
    return tuple(sorted([TOP / "main.py", *found]))


@cache
def tree_of(path: Path) -> ast.Module:
    """The syntax tree of one file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def name_of(path: Path) -> str:
    """The path as a person writes it: from the project's folder."""
    return path.relative_to(TOP).as_posix()


def is_product(path: Path) -> bool:
    """Whether the file runs at a user's, rather than in a test or a benchmark."""
    return path.relative_to(TOP).parts[0] in PRODUCT


@cache
def tracked_files() -> tuple[Path, ...]:
    """Every file that git keeps or would keep, so also those not yet added."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=TOP,
        capture_output=True,
        check=True,
    )
    paths = (TOP / name for name in listed.stdout.decode().split("\0") if name)
    return tuple(path for path in paths if path.is_file())
