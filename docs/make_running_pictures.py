"""Pictures of the two windows of `main.py` as it runs: real processes on a private screen, pressed as by a person.

    python docs/make_running_pictures.py [FOLDER]

draws desktop-running and assistant-running, in English and in Japanese, into docs/pictures unless told otherwise.
Unlike make_screenshots.py nothing is made up here: a person sets up, pairs, orders, and is asked.
Needs what the tests need for a screen (`sh system.sh test`).
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

from core.texts.catalog import Texts  # noqa: E402
from tests.process.hand import Hand, Widget  # noqa: E402
from tests.process.nod import command  # noqa: E402
from tests.process.screen import Screen, screen  # noqa: E402

ORDERS = {"en": ("Momo", "buy two green teas for Momo"), "ja": ("モモ", "モモに牛乳を1本買って")}
LOCALES = {"en": "C.UTF-8", "ja": "ja_JP.UTF-8"}


def main(arguments: list[str]) -> int:
    """Draw both languages, each with a screen and a data folder of its own."""
    folder = Path(arguments[0]) if arguments else HERE / "pictures"
    for language in LOCALES:
        os.environ |= {"LANG": LOCALES[language], "LC_ALL": LOCALES[language], "LANGUAGE": language}
        with tempfile.TemporaryDirectory(prefix="nod-") as place, screen(Path(place)) as shown:
            _play(shown, language, folder)
    return 0


def _play(shown: Screen, language: str, folder: Path) -> None:
    data = shown.runtime / "data"
    data.mkdir(mode=0o700)
    process = subprocess.Popen(command("--data", data), env=shown.environment(), stdin=subprocess.DEVNULL)
    hand = Hand(shown)
    try:
        _order(hand, Texts(language), *ORDERS[language])
        desktop, request = hand.find("Nod", "frame"), Texts(language).say("prompt-title")
        x, y, *_ = hand.place(desktop)
        _move(shown, request, x + 290, y + 40)
        _cut(shown, hand, desktop, folder / f"desktop-running-{language}.png")
        _move(shown, request, 0, 0)
        hand.click(Texts(language).say("device-face-line"), "text")
        title = Texts(language).say("device-title")
        assistant = next(one for one in hand.everything() if one.name == title and one.role != "application")
        _cut(shown, hand, assistant, folder / f"assistant-running-{language}.png")
    finally:
        hand.close()
        process.terminate()
        process.wait(timeout=30)


def _order(hand: Hand, texts: Texts, nickname: str, order: str) -> None:
    hand.write(texts.say("desktop-wizard-nickname"), nickname)
    hand.write(texts.say("desktop-wizard-user-id"), "momo")
    for button in ("desktop-wizard-create", "desktop-pairing-agree", "desktop-requests-empty-assistant"):
        hand.press(texts.say(button))
    hand.find(texts.say("device-face-whom", status="idle", names=nickname), "label")
    hand.write(texts.say("device-face-line"), order)
    hand.press(texts.say("device-face-send"))
    hand.find(texts.say("prompt-title"), "dialog")


def _move(shown: Screen, title: str, x: int, y: int) -> None:
    """Move the request, which stays on top of everything, to where the picture wants it."""
    words = ["xdotool", "search", "--name", title, "windowmove", "--sync", str(x), str(y)]
    subprocess.run(words, env=shown.environment(), check=True)


def _cut(shown: Screen, hand: Hand, window: Widget, target: Path) -> None:
    """Save the part of the screen that holds the window, with whatever lies on top of it."""
    from PySide6.QtGui import QImage

    from few_colours import small  # type: ignore[import-not-found]

    whole = shown.runtime / "whole.png"
    shown.photograph(whole)
    x, y, width, height = hand.place(window)
    small(QImage(str(whole)).copy(x, y, width, height)).save(str(target), "PNG", 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
