"""Wherever a person stands, the window says how to go on."""

import msgspec
import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel
from pytestqt.qtbot import QtBot

from core.domain.decision import Presence, Reason
from core.domain.request import State
from core.terminal.events import NotSent
from gui.bridge import Bridge
from gui.language import Language
from gui.link import Link
from gui.pages import profile_machine
from gui.pages.request_detail import RequestDetail
from gui.preferences import Preferences
from gui.theme.theme import Theme
from gui.wizard.window import Wizard
from tests.gui import samples
from tests.gui.prompting import Prompting
from tests.gui.test_whole import Person, clock_error_s, person  # noqa: F401  fixtures


@pytest.fixture
def prompting(qtbot: QtBot, theme: Theme, language: Language) -> Prompting:
    """A prompt on a fake clock."""
    return Prompting(qtbot, theme, language)


def test_a_prompt_that_takes_a_pin_where_none_is_set_says_how_to_go_on(prompting: Prompting) -> None:
    view = msgspec.structs.replace(samples.request(), presence=Presence.PIN)
    prompting.arrive(view, trouble="pin_not_set")
    prompting.arm()
    dialog, answers = prompting.dialog, prompting.dialog.answers
    assert not answers.pin.isVisible()
    assert not answers.approve.isEnabled()
    assert answers.deny.isEnabled()
    assert "under Profile" in dialog.unusual.sentence.text()
    assert dialog.hint.text() == "You can set a PIN under Profile, or deny the request."
    prompting.arrive(view)
    assert answers.pin.isVisible()


def test_whoever_left_the_wizard_before_pairing_is_told_how_to_pair(person: Person) -> None:  # noqa: F811
    desktop, wizard = person.desktop, person.desktop.wizard
    assert wizard is not None
    person.wait(wizard.profile_step.go.isEnabled)
    QTest.keyClicks(wizard.profile_step.nickname.control, "Momo")
    person.press_on(wizard.profile_step.go)
    person.wait(lambda: wizard.pairing.consent.agree.isVisible())
    wizard.close()
    person.wait(lambda: "Nothing is paired" in desktop.requests.blank.sentence.text())
    assert desktop.requests.blank.action is not None
    person.press_on(desktop.requests.blank.action)
    assert desktop.main.room == "devices"
    pairing = desktop.devices.pairing
    person.wait(lambda: pairing.consent.agree.isVisible() and pairing.consent.agree.isEnabled())
    person.press_on(pairing.consent.agree)
    person.wait(lambda: "Try it" in desktop.requests.blank.sentence.text())


def test_whoever_paired_in_the_wizard_is_told_what_to_say(person: Person) -> None:  # noqa: F811
    person.become("Momo")
    person.wait(lambda: bool(person.desktop.devices.devices))
    assert "Try it" in person.desktop.requests.blank.sentence.text()


def test_a_wrong_pin_is_of_no_interest_to_whoever_does_not_know_the_request(prompting: Prompting) -> None:
    view = prompting.arrive(msgspec.structs.replace(samples.request(), presence=Presence.PIN))
    prompting.arm()
    prompting.presenter.not_sent(NotSent(view.id, "wrong_pin"))
    prompting.be_quiet()
    assert prompting.dialog.hint.text() == "That is not your PIN."
    prompting.dialog.answers.report.click()
    assert prompting.dialog.hint.text() == "Choose one of the two, or go back."
    prompting.dialog.answers.report_back.click()
    assert prompting.dialog.hint.text() == "That is not your PIN."


def test_while_the_assistant_starts_something_moves_and_nothing_urges_to_leave(
    qtbot: QtBot, theme: Theme, language: Language, bridge: Bridge
) -> None:
    wizard = Wizard(theme, language, Link(bridge))
    qtbot.addWidget(wizard)
    wizard.go_to(wizard.waiting)
    wizard.show()
    assert wizard.waiting.bar.isVisible()
    assert (wizard.waiting.bar.minimum(), wizard.waiting.bar.maximum()) == (0, 0)
    assert wizard.waiting.action is not None
    assert wizard.waiting.action.property("look") != "primary"


def test_why_the_person_refused_stands_in_the_record(qtbot: QtBot, theme: Theme, language: Language) -> None:
    detail = RequestDetail(theme, language)
    qtbot.addWidget(detail)
    view = msgspec.structs.replace(samples.request(state=State.DENIED), reason=Reason.WRONG_ORDER)
    detail.show_request(view)
    assert "wrong order" in [one.text() for one in detail.findChildren(QLabel)]


@pytest.mark.parametrize(
    ("tray", "choice", "is_said"), [(False, "stay", True), (True, "stay", False), (False, "quit", False)]
)
@pytest.mark.parametrize("locale", ["en", "ja"])
def test_whoever_keeps_nod_in_the_background_without_a_tray_is_told_how_it_comes_back(
    qtbot: QtBot,
    theme: Theme,
    language: Language,
    monkeypatch: pytest.MonkeyPatch,
    tray: bool,
    choice: str,
    is_said: bool,
    locale: str,
) -> None:
    monkeypatch.setattr(profile_machine, "has_tray", lambda: tray)
    section = profile_machine.MachineSection(language, Preferences())
    qtbot.addWidget(section)
    box = section.on_close.control
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData(choice))
    language.choose(locale)
    said = language.say("desktop-close-way-back") if is_said else ""
    assert section.on_close.help.accessibleName() == box.accessibleDescription() == said
    assert section.on_close.help.isHidden() is not is_said
