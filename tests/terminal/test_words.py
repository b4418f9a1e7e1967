"""Every code that the terminal may speak of has a sentence in both languages."""

import io

import pytest

from core.domain.purchase import Item
from core.terminal.commands import USAGE
from core.terminal.countdown import Countdown
from core.terminal.events import Inquiry
from core.terminal.screens import WordScreen
from core.terminal.telling import OWN_CODES, Teller
from core.texts.catalog import LANGUAGES, Texts, keys
from tests.clock import FakeClock
from tests.gui import samples

TROUBLES = ("details_differ", "quote_missing", "quote_differs", "hostile_text", "payment_away")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted(OWN_CODES | {"never_heard_of"}))
def test_every_error_code_has_a_sentence(language: str, code: str) -> None:
    told = Teller(Texts(language), "UTC").error(code, "it", minutes=2, state="denied")
    assert told.sentence
    assert told.members["code"] == code


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_of_the_terminal_is_there(language: str) -> None:
    wanted = {f"terminal-help-{name}" for name in USAGE}
    wanted |= {f"terminal-trouble-{name.replace('_', '-')}" for name in TROUBLES}
    assert wanted <= keys(language)


def test_both_languages_have_the_same_keys() -> None:
    english, japanese = (
        {key for key in keys(language) if key.startswith("terminal-")} for language in ("en", "ja")
    )
    assert english == japanese


@pytest.mark.parametrize("presence", ["pin", "click"])
@pytest.mark.parametrize("code", ["yes", "no"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_how_to_answer_names_the_id(language: str, code: str, presence: str) -> None:
    said = Texts(language).say("terminal-how", id="k3f9", code=code, presence=presence)
    assert "approve k3f9" in said
    assert "deny k3f9" in said


@pytest.mark.parametrize("width", [40, 80])
def test_nothing_of_a_long_title_without_spaces_is_left_out(
    width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    title = "有機栽培の緑茶ティーバッグお徳用" * 6
    view = samples.request(Item("tea", title, 2, 780), who="台所のスピーカー", nickname="モモ")
    out = io.StringIO()
    screen, teller = WordScreen(out), Teller(Texts("ja"), "Asia/Tokyo")
    screen.ask(Inquiry(view, Countdown(60.0, 0.0, FakeClock()), None), "k3f9", teller)
    shown = "".join(line.strip("│ ") for line in out.getvalue().splitlines())
    assert title in shown.replace(" ", "")


def test_what_a_command_does_stands_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    out = io.StringIO()
    WordScreen(out).explain(("say TEXT      " + "a long way to say something " * 4,))
    first, second, *_ = out.getvalue().splitlines()
    assert first.startswith("say TEXT  a long way")
    assert second.startswith(" " * len("say TEXT  "))
    assert second.strip()
