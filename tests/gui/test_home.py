"""The main window: everything named, everything said in both languages, and never in the way of the clock."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from core.domain.request import State
from core.wire.messages import OrderAgain
from gui.autostart import Autostart
from gui.bridge import Bridge
from gui.desktop import Desktop
from gui.language import Language
from gui.pages.requests import RequestsPage
from gui.pages.requests_model import RequestsModel, Shown, is_wanted
from gui.pages.spending_sums import By, bars
from gui.preferences import Preferences, PreferencesFile
from gui.printing import print_request
from gui.theme.theme import Scheme, Theme
from tests.clock import FakeClock
from tests.gui import samples
from tests.gui.prompting import every

JAPANESE = frozenset(
    "あいうえおかきくけこさしすせそたちつてとなにはひふへほまみむめもやゆよらりるれろわをんー"
)


@pytest.fixture
def desktop(
    qtbot: QtBot, dressed: QApplication, theme: Theme, language: Language, bridge: Bridge, tmp_path: Path
) -> Iterator[Desktop]:
    autostart = Autostart(tmp_path / "autostart")
    preferences = PreferencesFile(tmp_path)
    made = Desktop(dressed, bridge, theme, language, preferences, autostart, None, FakeClock(1_000.0))
    made.main.show()
    made.requests.be_loaded()
    yield made
    made.leave()
    made.dismantle()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _fill(desktop: Desktop, count: int = 6) -> None:
    states = [State.PENDING, State.PAID, State.DENIED, State.EXPIRED, State.DECLINED, State.WITHDRAWN]
    views = [
        samples.request(
            name=f"req_{at:032}", state=states[at % 6], revision=at, at=f"2026-11-{at + 1:02}T05:00:00Z"
        )
        for at in range(count)
    ]
    desktop.model.put(*views)
    desktop.devices.show_devices(
        (samples.device(), samples.device("Agent", kind="ai_agent", is_blocked=True))
    )


@pytest.mark.parametrize("room", ["requests", "devices", "spending", "profile", "about"])
def test_every_control_of_every_room_has_a_name(desktop: Desktop, room: str) -> None:
    _fill(desktop)
    desktop.main.go_to(room)
    controls = every(
        desktop.main, lambda one: one.focusPolicy() is not Qt.FocusPolicy.NoFocus and one.isVisible()
    )
    inner = [one for one in controls if not isinstance(one.parent(), (QAbstractSpinBox, QComboBox))]
    silent = [
        type(one).__name__
        for one in inner
        if not (one.accessibleName() or getattr(one, "text", str)() or one.focusProxy())
    ]
    assert silent == []


@pytest.mark.parametrize("room", ["requests", "devices", "profile"])
def test_no_english_is_left_when_the_language_changes(
    desktop: Desktop, language: Language, room: str
) -> None:
    _fill(desktop)
    desktop.main.go_to(room)
    before = {text for text in _texts(desktop.main) if " " in text}
    language.choose("ja")
    after = _texts(desktop.main)
    assert not {text for text in before & set(after) if "Milk" not in text and "Kitchen" not in text}
    assert any(set(text) & JAPANESE for text in after)


def _texts(window: QWidget) -> list[str]:
    return [one.text() for one in window.findChildren(QLabel) if one.isVisible() and one.text()]


def test_no_text_of_any_room_is_taken_for_markup(desktop: Desktop) -> None:
    _fill(desktop)
    labels = [one for one in desktop.main.findChildren(QLabel) if one.text()]
    assert all(one.textFormat() is Qt.TextFormat.PlainText for one in labels)


def test_the_search_finds_by_item_device_amount_and_state_in_any_spelling(language: Language) -> None:
    view = samples.request(samples.TEA_JA, who="キッチン")
    assert all(
        is_wanted(view, Shown.ALL, word, language) for word in ("緑茶", "きっちん", "1,560", "WAITING")
    )
    assert not is_wanted(view, Shown.ALL, "牛乳", language)
    assert not is_wanted(view, Shown.PAST, "", language)


def test_an_empty_list_says_how_to_ask_for_something(theme: Theme, language: Language, qtbot: QtBot) -> None:
    page = RequestsPage(theme, language, RequestsModel(language))
    qtbot.addWidget(page)
    page.invite("Sam")
    language.choose("ja")
    assert "「Samに牛乳を買って」" in page.blank.sentence.accessibleName()
    language.choose("en")
    assert "“buy milk for Sam”" in page.blank.sentence.text()


def test_an_older_word_on_a_request_never_replaces_a_newer_one(language: Language) -> None:
    model = RequestsModel(language)
    model.put(samples.request(state=State.PAID, revision=5))
    model.put(samples.request(state=State.PENDING, revision=3))
    assert model.pending == 0


def test_a_row_says_that_time_is_up_before_the_server_does(language: Language) -> None:
    model = RequestsModel(language)
    for state in (State.PENDING, State.EXPIRED):
        model.put(samples.request(state=state, revision=3))
        said = str(model.data(model.index(0), Qt.ItemDataRole.DisplayRole))
    assert said.endswith("time is up")


def test_offline_is_said_and_taken_back(desktop: Desktop) -> None:
    desktop.link.offline.emit("server_away", 1.0)
    assert "does not answer" in desktop.main.banner.sentence.text()
    assert desktop.main.banner.action.isVisible()
    desktop.main.be_online("momo")
    assert not desktop.main.banner.isVisible()
    assert desktop.main.status.text() == "Connected as momo"


def test_closing_asks_once_and_remembers(desktop: Desktop, qtbot: QtBot, tmp_path: Path) -> None:
    desktop.main.close()
    question = desktop.closing.question
    assert question is not None
    assert desktop.main.isVisible()
    assert "only while Nod is running" in question.accessibleDescription()
    assert "To bring this window back, start Nod again." in question.accessibleDescription(), (
        "there is no tray here"
    )
    question.answered.emit("stay")
    PreferencesFile(tmp_path).save(Preferences(on_close="quit"))
    desktop.closing.quit_wanted.disconnect()  # an application that has quit runs no event loop any more
    with qtbot.waitSignal(desktop.closing.quit_wanted):
        desktop.closing.ask()


def test_the_theme_changes_at_once_and_is_kept(desktop: Desktop, theme: Theme, tmp_path: Path) -> None:
    desktop.rooms.profile.preferences_changed.emit(Preferences(scheme="dark"))
    assert theme.is_dark
    assert PreferencesFile(tmp_path).load().scheme == "dark"
    theme.choose(Scheme.LIGHT)


def test_a_damaged_preferences_file_is_as_good_as_none(tmp_path: Path) -> None:
    (tmp_path / "desktop.json").write_text("{not json")
    (tmp_path / "desktop.json").chmod(0o600)
    assert PreferencesFile(tmp_path).load() == Preferences()


def test_start_at_login_is_a_file_that_comes_and_goes(tmp_path: Path) -> None:
    autostart = Autostart(tmp_path / "autostart")
    assert not autostart.is_on
    assert autostart.turn(True)
    entry = (tmp_path / "autostart" / "jp.nod.Nod.desktop").read_text()
    assert "main.py" in entry
    assert "[Desktop Entry]" in entry
    assert autostart.turn(False)
    assert not autostart.is_on


@pytest.mark.parametrize("locale", ["en", "ja"])
def test_a_request_is_kept_as_pdf(language: Language, tmp_path: Path, locale: str) -> None:
    language.choose(locale)
    view = samples.request(samples.TEA_JA, state=State.PAID)
    assert print_request(tmp_path / "one.pdf", view, None, language)
    assert (tmp_path / "one.pdf").read_bytes().startswith(b"%PDF")


def test_spending_adds_up_only_what_was_paid(language: Language) -> None:
    views = [
        samples.request(samples.MILK, name=f"req_{at}", state=state, at=f"2026-{10 + at % 2}-01T05:00:00Z")
        for at, state in enumerate([State.PAID, State.PAID, State.PAID, State.DENIED, State.DECLINED])
    ]
    assert [(bar.label, bar.value) for bar in bars(views, By.MONTH, language)] == [
        ("Oct 2026", 496),
        ("Nov 2026", 248),
    ]
    assert [bar.text for bar in bars(views, By.DEVICE, language)] == ["¥744"]
    assert bars([], By.PAYEE, language) == []


def test_without_a_japanese_font_the_windows_speak_english_and_say_why(
    desktop: Desktop, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.desktop.can_show_japanese", lambda: False)
    language.choose("ja")
    desktop.warn_of_missing_font()
    assert language.locale == "en"
    assert "No Japanese font" in desktop.main.banner.sentence.text()


def test_the_filter_and_the_search_narrow_the_list_and_give_it_back(desktop: Desktop) -> None:
    _fill(desktop)
    page = desktop.requests
    seen = []
    for at in (1, 2, 0):
        page.filter.setCurrentIndex(at)
        seen.append(desktop.model.rowCount())
    assert seen == [1, 5, 6]
    page.search.setText("no such thing")
    assert page.nothing.isVisible()
    page.choose("req_" + "0" * 31 + "3")
    assert page.detail.request_id == "req_" + "0" * 31 + "3"
    assert desktop.model.rowCount() == 6


def test_months_come_in_order(desktop: Desktop) -> None:
    views = [
        samples.request(samples.MILK, name=f"req_{at}", state=State.PAID, at=f"2026-{at:02}-01T05:00:00Z")
        for at in (9, 6, 7)
    ]
    desktop.model.put(*views)
    desktop.main.go_to("spending")
    assert desktop.rooms.spending.plot.accessibleName().startswith("Jun 2026: ¥248; Jul 2026")


def test_an_order_is_made_again_once_by_two_presses(theme: Theme, language: Language, qtbot: QtBot) -> None:
    model = RequestsModel(language)
    model.put(samples.request(state=State.PAID))
    page = RequestsPage(theme, language, model)
    qtbot.addWidget(page)
    wanted: list[OrderAgain] = []
    page.detail.again_wanted.connect(wanted.append)
    page.detail.offer_again(lambda _: OrderAgain("Momo", ()))
    page.be_loaded()
    page.resize(900, 600)
    page.show()
    page.detail.again.click()
    page.detail.refresh()
    assert (len(wanted), page.detail.again.isVisible(), page.detail.again_said.isVisible()) == (
        1,
        False,
        True,
    )


def test_the_keyboard_goes_along_to_the_room_that_was_chosen(desktop: Desktop, qtbot: QtBot) -> None:
    desktop.main.activateWindow()
    qtbot.waitUntil(desktop.main.isActiveWindow)
    desktop.main.go_to("requests")
    desktop.main.go_to("spending")
    at = desktop.main.focusWidget()
    assert at is not None
    assert at.accessibleName() == "Spending"
