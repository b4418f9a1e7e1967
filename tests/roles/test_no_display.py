"""Without a display the reason is said in the language of whoever started Nod."""

import builtins
from pathlib import Path
from types import ModuleType

import pytest

from core.roles import desktop as role
from core.roles import display
from core.roles.display import NoDisplay, no_display
from core.roles.leaving import Leaving
from core.texts.catalog import Texts

WHYS = [NoDisplay("display"), NoDisplay("libraries"), NoDisplay("qt", "libEGL.so.1")]


@pytest.mark.parametrize("key", ["terminal-no-windows", "terminal-no-windows-demo"])
@pytest.mark.parametrize("why", WHYS)
def test_why_there_is_no_window_is_said_in_both_languages(why: NoDisplay, key: str) -> None:
    english, japanese = (why.told(key, Texts(language)) for language in ("en", "ja"))
    assert english.startswith("There are no windows here: ")
    assert japanese.startswith("ここではウィンドウを開けません")
    assert all(why.about in said for said in (english, japanese))


def test_each_reason_has_words_of_its_own() -> None:
    assert len({why.told("terminal-no-windows", Texts("ja")) for why in WHYS}) == len(WHYS)


def test_a_qt_that_cannot_be_loaded_is_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without_windows(name: str, *rest: object, **more: object) -> ModuleType:
        if name == "gui.app":
            raise ImportError("libEGL.so.1")
        return real(name, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setenv(display.VARIABLE, "offscreen")
    monkeypatch.setattr(builtins, "__import__", without_windows)
    assert no_display() == NoDisplay("qt", "libEGL.so.1")


@pytest.mark.parametrize(("language", "said"), [("ja_JP.UTF-8", "文字の端末"), ("en_GB", "text terminal")])
def test_the_desktop_says_so_in_the_language_of_the_environment(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    language: str,
    said: str,
) -> None:
    monkeypatch.setenv("LC_ALL", language)
    monkeypatch.setattr(role, "no_display", lambda: NoDisplay("display"))
    monkeypatch.setattr(Leaving, "on_signals", lambda _: None)
    monkeypatch.setattr(role, "_as_text", lambda *_: 0)
    assert role.desktop(tmp_path / "data") == 0
    assert said in capsys.readouterr().err
