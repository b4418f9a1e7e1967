"""The device where there is no display: it says so by working, in the terminal that it was started in."""

import subprocess
from contextlib import AbstractContextManager
from pathlib import Path

from tests.house.sources import TOP
from tests.process.household import household, registered
from tests.process.nod import LIMIT_S, command, running
from tests.process.screen import without_screen


def _assistant(data: Path) -> AbstractContextManager["subprocess.Popen[str]"]:
    """`main.py assistant` as somebody starts it over SSH."""
    return running("assistant", "--mute", "--data", data, env=without_screen(), stderr=None)


def _line_with(process: "subprocess.Popen[str]", words: str) -> str:
    assert process.stdout is not None
    return next(line for line in process.stdout if words in line)


def test_without_a_display_orders_are_typed_or_piped_where_the_device_was_started(data_folder: Path) -> None:
    with household(data_folder) as house:
        house.serve("payment")
        house.serve("server")
        terminal = registered(house)
        with _assistant(data_folder) as device:
            assert device.stdin is not None
            code = _line_with(device, "type this code").rpartition(": ")[2].strip(" .\n")
            terminal.type(f"pair {code}")
            assert _line_with(device, "I can ask") == "We’re paired. I can ask Momo.\n"
            device.stdin.write("how much is milk\nquit\n")
            device.stdin.flush()
            assert _line_with(device, "costs") == "Milk costs ¥248.\n"
            assert device.wait(LIMIT_S) == 0
        piped = subprocess.run(
            command("assistant", "--mute", "--data", data_folder),
            input="how much is milk\nhow much are two milks\n",
            capture_output=True,
            text=True,
            timeout=LIMIT_S,
            cwd=TOP,
            env=without_screen(),
            check=False,
        )
        assert (piped.returncode, piped.stdout.count("Milk costs ¥248.")) == (0, 1)
        assert "2 milks cost ¥496." in piped.stdout
