"""What the home says of its connection is so, and where nothing can be sent nothing can be answered."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.client.errors import ServerAway
from core.domain.request import State
from core.wire.messages import Profile
from gui.autostart import Autostart
from gui.bridge import Bridge
from gui.connection import HOLDS, Connection, hold, status
from gui.desktop import Desktop
from gui.language import Language
from gui.link import Link
from gui.pages.device_card import DeviceCard
from gui.parts.notices import Banner
from gui.preferences import PreferencesFile
from gui.theme.theme import Theme
from tests.clock import FakeClock
from tests.gui import samples
from tests.gui.narrow import Home

MOMO = Profile("momo", "Momo", locale="en", zone="Asia/Tokyo")


@pytest.fixture
def desktop(
    qtbot: QtBot, dressed: QApplication, theme: Theme, language: Language, bridge: Bridge, tmp_path: Path
) -> Iterator[Desktop]:
    autostart, preferences = Autostart(tmp_path / "autostart"), PreferencesFile(tmp_path)
    made = Desktop(dressed, bridge, theme, language, preferences, autostart, None, FakeClock(1_000.0))
    made.main.show()
    yield made
    made.leave()
    made.dismantle()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.mark.parametrize("connection", [one for one in Connection if one is not Connection.ONLINE])
def test_only_who_is_connected_is_called_connected(language: Language, connection: Connection) -> None:
    assert not language.say(status(connection, "momo"), user="momo").startswith("Connected")


def test_who_is_not_known_yet_is_not_called_by_no_name(language: Language) -> None:
    assert language.say(status(Connection.ONLINE, "")) == "Connected"


@pytest.mark.parametrize("locale", ["en", "ja"])
@pytest.mark.parametrize("connection", sorted(HOLDS))
def test_every_hold_says_why(connection: Connection, locale: str) -> None:
    assert Language(locale).say(hold(connection))


def test_what_is_known_of_the_person_does_not_make_a_connection(desktop: Desktop) -> None:
    assert desktop.main.status.text() == "Connecting …"
    desktop.link.profile_known.emit(MOMO)
    assert desktop.main.status.text() == "Connecting …"
    desktop.link.offline.emit("server_away", 1.0)
    desktop.link.profile_known.emit(MOMO)
    assert desktop.main.status.text() == "Not connected"
    assert "does not answer" in desktop.main.banner.sentence.text()
    desktop.link.online.emit()
    assert desktop.main.status.text() == "Connected as momo"
    assert desktop.main.banner.isHidden()


def test_a_call_without_an_answer_is_told_until_one_is_answered(desktop: Desktop) -> None:
    desktop.main.be_online("momo")
    desktop.link.answering.emit(False)
    assert desktop.main.status.text() == "Not connected"
    assert "does not answer" in desktop.main.banner.sentence.text()
    assert desktop.main.banner.action.isVisible()
    desktop.link.answering.emit(True)
    assert desktop.main.status.text() == "Connected as momo"
    assert desktop.main.banner.isHidden()


def test_a_server_that_is_away_looks_the_same_in_every_room(desktop: Desktop) -> None:
    """However it was found out: by the stream of requests, or by what was asked beside it."""
    main, told = desktop.main, []
    main.go_to("devices")
    falls: list[Callable[[], object]] = [
        lambda: main.be_offline("server_away"),
        lambda: main.be_answered(False),
    ]
    for fall in falls:
        main.be_online("momo")
        fall()
        desktop.devices._complain(ServerAway("Nobody is there.", sent=False))
        said = [one.sentence.accessibleName() for one in main.findChildren(Banner) if one.isVisible()]
        told.append((said, main.status.text(), main.banner.action.isVisible()))
    assert told[0] == told[1]
    assert len(told[0][0]) == 1


@pytest.mark.parametrize("locale", ["en", "ja"])
@pytest.mark.parametrize("how", ["be_connecting", "be_answered", "be_offline", "be_removed", "be_broken"])
def test_without_a_connection_no_device_can_be_changed_and_it_is_said_why(
    home: Home, language: Language, how: str, locale: str
) -> None:
    language.choose(locale)
    window, page = home.window, home.rooms.devices
    window.show()
    window.go_to("devices")
    card = page.findChildren(DeviceCard)[0]
    hands = [page.pair, card.block, card.change, card.unpair]
    values = {"be_answered": (False,), "be_offline": ("server_away",), "be_broken": ("It broke.",)}
    getattr(window, how)(*values.get(how, ()))
    why = page.held.accessibleName()
    assert page.held.isVisible()
    assert [one.isEnabled() for one in hands] == [False] * 4
    assert {one.accessibleDescription() for one in hands} == {why}
    assert why
    window.be_online("momo")
    assert [one.isEnabled() for one in hands] == [True] * 4
    assert page.held.isHidden()


def test_an_answer_to_something_else_brings_no_lost_connection_back(desktop: Desktop) -> None:
    desktop.link.offline.emit("server_away", 1.0)
    desktop.link.answering.emit(True)
    assert desktop.main.status.text() == "Not connected"


def test_the_link_tells_whether_it_was_answered(bridge: Bridge, qtbot: QtBot) -> None:
    link = Link(bridge)
    told: list[bool] = []
    link.answering.connect(told.append)

    async def away() -> None:
        raise ServerAway("Nobody is there.", sent=False)

    async def there() -> None:
        pass

    for work in (away, there):
        link.ask(work, lambda _: None, lambda _: None)
    qtbot.waitUntil(lambda: told == [False, True])


def test_a_look_at_a_receipt_tells_nothing_of_the_server(
    bridge: Bridge, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    link, found = Link(bridge), list[object]()

    async def looked(_views: object) -> dict[str, object]:
        return {}

    monkeypatch.setattr(link, "_receipts_of", looked)
    with qtbot.assertNotEmitted(link.answering):
        link.look_at_receipts((), found.append, found.append)
        qtbot.waitUntil(lambda: found == [{}])


@pytest.mark.parametrize("locale", ["en", "ja"])
@pytest.mark.parametrize("how", ["be_offline", "be_removed", "be_broken"])
def test_without_a_connection_nothing_can_be_answered_and_it_is_said_why(
    home: Home, language: Language, how: str, locale: str
) -> None:
    language.choose(locale)
    window, page = home.window, home.rooms.requests
    window.show()
    wanted: list[str] = []
    page.answer_wanted.connect(wanted.append)
    getattr(window, how)(*(() if how == "be_removed" else ("server_away",)))
    why = page.detail.held.accessibleName()
    assert page.detail.answer.isVisible()
    assert not page.detail.answer.isEnabled()
    assert page.detail.held.isVisible()
    assert page.detail.answer.accessibleDescription() == why != ""
    page.list.activated.emit(page.list.currentIndex())
    assert wanted == []
    window.be_online("momo")
    assert page.detail.answer.isEnabled()
    assert page.detail.answer.accessibleDescription() == ""
    assert page.detail.held.isHidden()
    page.list.activated.emit(page.list.currentIndex())
    assert wanted == [page.detail.request_id]


def test_a_removed_computer_says_so_in_the_language_that_is_chosen(home: Home, language: Language) -> None:
    home.window.be_removed()
    language.choose("ja")
    assert home.window.banner.sentence.accessibleName() == language.say("desktop-removed")
    assert home.rooms.requests.detail.held.accessibleName() == language.say("desktop-requests-held-removed")


def test_what_has_ended_has_no_reason_why_it_cannot_be_answered(home: Home) -> None:
    home.window.be_offline("server_away")
    home.rooms.requests.detail.show_request(samples.request(state=State.DENIED))
    assert home.rooms.requests.detail.held.isHidden()
