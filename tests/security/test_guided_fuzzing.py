"""Every door of both servers under what libFuzzer proposes, guided by the coverage of our own code (atheris).

2,000 requests here, 50,000 in the long run: no 5xx, no hang, nothing changed by a refused request. `NOD_SEED`
sets the aim, `NOD_SHOTS` the length; `fuzz_doors` is the program, and says how an input is fired again.
"""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
WITHOUT = "atheris has wheels for CPython 3.11 to 3.13 on Linux only: nothing guides the fuzzer here"

pytestmark = pytest.mark.skipif(importlib.util.find_spec("atheris") is None, reason=WITHOUT)


def run(folder: Path, *arguments: str, limit_s: float) -> dict[str, int]:
    """Runs the program; returns how many requests got which status."""
    log = folder / "log"
    command = [sys.executable, "-m", "tests.security.fuzz_doors", "--folder", str(folder), *arguments]
    with log.open("wb") as out:
        ended = subprocess.run(command, cwd=TOP, stdout=out, stderr=out, timeout=limit_s, check=False)
    told = log.read_text(errors="replace").splitlines()
    kept = [line for line in told if not line.startswith("INFO: Instrumenting")]
    assert ended.returncode == 0, f"{command} in {folder}\n" + "\n".join(kept)[-6000:]
    return dict(json.loads((folder / "answers.json").read_text()))


def fuzz(folder: Path, shots: int, limit_s: float) -> dict[str, int]:
    """Fires so many requests."""
    seed = os.environ.get("NOD_SEED", "1")
    answers = run(folder, "--shots", str(shots), "--seed", seed, limit_s=limit_s)
    print(f"seed {seed}, {sum(answers.values())} requests: {dict(sorted(answers.items()))}")
    assert sum(answers.values()) == shots
    return answers


def test_2000_guided_requests_bring_no_5xx_and_change_nothing(tmp_path: Path) -> None:
    answers = fuzz(tmp_path, 2_000, 110)
    assert {"200", "201", "400", "401", "403", "404", "405"} <= answers.keys(), answers


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_50000_guided_requests_bring_no_5xx_and_change_nothing(tmp_path: Path) -> None:
    fuzz(tmp_path, int(os.environ.get("NOD_SHOTS", "50000")), 7_000)
