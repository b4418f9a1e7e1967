"""`main.py doctor`: says in words what this machine lacks, what does not work for it, and what to install."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TextIO

from core.roles import findings
from core.roles.findings import Finding

MARK = {(True, True): "ok", (True, False): "ok", (False, True): "could be better", (False, False): "missing"}
"""What is printed by whether a thing is there, and whether it is optional."""


def doctor(data: Path | None, *, as_json: bool = False, out: TextIO | None = None) -> int:
    """Look at everything and print it.

    Args:
        data: the folder of `--data`, looked at and not made.
        as_json: one JSON object in place of sentences.
        out: where to print; standard output unless a test says otherwise.

    Returns:
        0 if nothing but optional things is missing, else 1.
    """
    found = look(data)
    print(_json(found) if as_json else _words(found), file=out or sys.stdout)
    return int(any(not one.ok and not one.optional for one in found))


def look(data: Path | None) -> tuple[Finding, ...]:
    """Return one finding for each thing that a party may need."""
    return (
        findings.data_folder(data),
        findings.display(),
        findings.window_libraries(),
        findings.japanese_font(),
        findings.sound_output(),
        findings.microphone(),
        findings.speech(),
        findings.secret_store(),
        findings.postgresql(),
    )


def packages_for(found: Sequence[Finding]) -> tuple[str, ...]:
    """Return the Debian packages for everything needed that is missing, each once, in order."""
    lacking = (one for one in found if not one.ok and not one.optional)
    return tuple(dict.fromkeys(package for one in lacking for package in one.packages))


def _words(found: Sequence[Finding]) -> str:
    width = max(len(one.part) for one in found)
    lines = [f"{one.part:<{width}}  {MARK[one.ok, one.optional]}: {one.says}" for one in found]
    packages = packages_for(found)
    if packages:
        command = "sudo apt-get install --no-install-recommends"
        lines.append(f"On Debian or Ubuntu, type: {command} {' '.join(packages)}")
    return "\n".join(lines)


def _json(found: Sequence[Finding]) -> str:
    content = {"findings": [asdict(one) for one in found], "install": packages_for(found)}
    return json.dumps(content, ensure_ascii=False)
