"""The desktop as a person meets it: real windows on a real display, pressed through accessibility."""

import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from core.client.addresses import FolderAddress
from core.client.errors import ServerAway
from tests.process.hand import Hand
from tests.process.nod import LIMIT_S, command, running
from tests.process.screen import Screen, screen
from tests.waiting import wait_until

OF_THE_HAND = "qt.accessibility.atspi: Could not find accessible on path"
"""Qt says so when a widget goes while a screen reader looks at it."""
pytestmark = pytest.mark.xdist_group("screen")


@pytest.fixture
def shown() -> Iterator[Screen]:
    """A screen of this test alone; its sockets need a short path."""
    with TemporaryDirectory(prefix="nod-") as folder, screen(Path(folder)) as made:
        yield made


def _desktop(shown: Screen, data: Path) -> AbstractContextManager[subprocess.Popen[str]]:
    return running("--data", data, env=shown.environment(), stdin=subprocess.DEVNULL, stdout=None)


def _leave(process: subprocess.Popen[str]) -> str:
    process.send_signal(signal.SIGTERM)
    said = process.communicate(timeout=20)[1]
    assert process.returncode == 0, said
    return "".join(line for line in said.splitlines(keepends=True) if not line.startswith(OF_THE_HAND))


def _first_run(hand: Hand) -> None:
    """The wizard: a profile, then consent to the assistant."""
    hand.write("Nickname", "Momo")
    hand.write("User ID", "momo")
    hand.press("Create my profile")
    hand.press("Pair it")
    hand.press("Open the assistant")
    hand.find("I can ask Momo", "label")


def _order(hand: Hand, order: str) -> str:
    """Type an order to the assistant; return the code that it says."""
    hand.write("What to say to the assistant", order)
    hand.press("Send")
    said = hand.find("The code is", "list item").name
    found = re.search(r"The code is (\d\d)", said)
    assert found is not None, said
    return found[1]


def _reads_the_seconds(hand: Hand) -> None:
    """A reader that looks again is told the seconds of then, not those of the beginning."""
    first = _seconds(hand)
    assert 0 < first <= 60
    wait_until(lambda: _seconds(hand) < first, what="fewer seconds")


def _seconds(hand: Hand) -> int:
    found = re.search(r"(\d+) seconds left", hand.find("seconds left").name)
    assert found is not None
    return int(found[1])


def test_a_person_sets_up_orders_and_nods(shown: Screen, data_folder: Path) -> None:
    with _desktop(shown, data_folder) as process:
        hand = Hand(shown)
        _first_run(hand)
        code = _order(hand, "buy two green teas for Momo")
        hand.find("A request for you", "dialog")
        assert {"Assistant wants to buy", "2 × Green tea", "¥1,080", "to Nod Corner Shop"} <= set(
            hand.texts()
        )
        _reads_the_seconds(hand)
        hand.click("Code that the device says")
        hand.type(code)
        hand.press("Approve")
        hand.find("Momo approved", "list item")
        said = _leave(process)
        hand.close()
    assert said == ""
    for role in ("server", "payment"):
        with pytest.raises(ServerAway):
            FolderAddress(data_folder, role).running()


def test_what_was_bought_is_ordered_again_and_the_person_leaves_for_good(
    shown: Screen, data_folder: Path
) -> None:
    with _desktop(shown, data_folder) as process:
        hand = Hand(shown)
        _first_run(hand)
        code = _order(hand, "buy two green teas for Momo")
        hand.find("A request for you", "dialog")
        hand.click("Code that the device says")
        hand.type(code)
        hand.press("Approve")
        hand.find("Momo approved", "list item")
        hand.press("Close")
        hand.press("Order again")
        hand.find("A request for you", "dialog")
        assert {"Assistant wants to buy", "2 × Green tea", "¥1,080"} <= set(hand.texts())
        hand.click("Code that the device says")
        hand.press("Deny")
        hand.find("Momo did not approve", "list item")
        hand.press("Profile", "check box")
        hand.press("Delete my data …")
        hand.write("To confirm, type your user ID: momo", "momo")
        hand.press("Delete for good")
        hand.press("Close Nod")
        assert process.wait(timeout=20) == 0
        hand.close()
    assert list((data_folder / "clients").glob("terminal-*")) == []


def test_the_second_start_brings_the_first_to_the_front(shown: Screen, data_folder: Path) -> None:
    with _desktop(shown, data_folder) as first:
        hand = Hand(shown)
        hand.find("Who are you?")
        second = subprocess.run(
            command("--data", data_folder),
            env=shown.environment(),
            capture_output=True,
            text=True,
            timeout=LIMIT_S,
            check=False,
        )
        assert (second.returncode, second.stderr.count("\n")) == (0, 1)
        assert "open already" in second.stderr
        _leave(first)
        hand.close()


def test_the_window_comes_without_a_word_on_standard_error(shown: Screen, data_folder: Path) -> None:
    with _desktop(shown, data_folder) as process:
        hand = Hand(shown)
        hand.find("Create my profile", "button")
        assert _leave(process) == ""
        hand.close()


def test_the_assistants_window_comes_back_to_the_front_and_after_it_was_closed(
    shown: Screen, data_folder: Path
) -> None:
    with _desktop(shown, data_folder) as process:
        hand = Hand(shown)
        _first_run(hand)
        hand.click("Requests", "check box")
        hand.press("Assistant")
        wait_until(lambda: hand.window() == "Assistant — Nod", what="the assistant's window in front")
        hand.keys("alt+F4")
        wait_until(lambda: hand.window() != "Assistant — Nod", what="the assistant's window to be gone")
        hand.press("Assistant")
        hand.find("I can ask Momo", "label")
        _leave(process)
        hand.close()
