"""The command line answers at once, says one sentence for each mistake, and keeps to its statuses."""

import json
import subprocess
import sys

import pytest

from tests.house.sources import TOP
from tests.process.nod import nod

HEAVY = (
    "sqlalchemy",
    "alembic",
    "PySide6",
    "starlette",
    "uvicorn",
    "httpx",
    "joserfc",
    "numpy",
    "hassil",
    "rich",
)
LIST_MODULES = """
import sys
sys.argv[0] = "main.py"
from core.roles.command_line import run
run(["--help"])
print("\\n".join(sys.modules))
"""


def test_help_names_the_commands_and_ends_with_0() -> None:
    answer = nod("--help")
    assert answer.returncode == 0
    assert "doctor" in answer.stdout
    assert answer.stderr == ""


def test_help_loads_no_window_no_database_and_no_recogniser() -> None:
    answer = subprocess.run(
        [sys.executable, "-c", LIST_MODULES], capture_output=True, text=True, check=True, cwd=TOP
    )
    assert sorted(set(HEAVY) & set(answer.stdout.split())) == []


@pytest.mark.parametrize("words", [["nonsense"], ["doctor", "--nonsense"], ["hear"]], ids=" ".join)
def test_a_wrong_command_line_ends_with_2_and_no_traceback(words: list[str]) -> None:
    answer = nod(*words)
    assert answer.returncode == 2
    assert "Error: " in answer.stderr
    assert "Traceback" not in answer.stderr


def test_the_doctor_speaks_json() -> None:
    answer = nod("doctor", "--json")
    content = json.loads(answer.stdout)
    lacking = [one for one in content["findings"] if not one["ok"] and not one["optional"]]
    assert answer.returncode == bool(lacking)
