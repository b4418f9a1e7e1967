"""What was refused is marked and has the keyboard, and nothing can be pressed that cannot work."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from core.client.answer import Refusal
from core.wire.messages import PairingView, Profile
from gui.bridge import Bridge
from gui.language import Language
from gui.link import Link
from gui.main_window import MainWindow
from gui.pages.device_change import DeviceQuestion
from gui.pages.pairing import Pairing
from gui.pages.pin_question import PinQuestion
from gui.pages.profile_leaving import DeletionQuestion
from gui.parts.form import Field
from gui.theme.theme import Theme
from gui.wizard.window import Wizard
from tests.gui import samples


@pytest.fixture(params=["en", "ja"])
def wizard(
    request: pytest.FixtureRequest, qtbot: QtBot, theme: Theme, language: Language, bridge: Bridge
) -> Wizard:
    language.choose(request.param)
    made = Wizard(theme, language, Link(bridge))
    qtbot.addWidget(made)
    made.be_served()
    made.show()
    return made


def _is_marked(field: Field) -> bool:
    return bool(field.control.property("wrong") == "true")


def _refuse(wizard: Wizard, code: str) -> None:
    wizard._on_enrolled(Refusal(409, code))


@pytest.mark.parametrize(("code", "name"), [("user_id_taken", "user_id"), ("nickname_refused", "nickname")])
def test_the_field_of_a_profile_that_was_refused_is_marked_and_has_the_keyboard(
    wizard: Wizard, code: str, name: str
) -> None:
    step = wizard.profile_step
    _refuse(wizard, code)
    field: Field = getattr(step, name)
    said = wizard._language.say(f"desktop-refusal-{code}")
    assert wizard.focusWidget() is field.control
    assert [one for one in (step.nickname, step.user_id, step.reading) if _is_marked(one)] == [field]
    assert field.help.accessibleName() == field.control.accessibleDescription() == said
    assert step.banner.isHidden()
    assert step.go.isEnabled()


def test_a_refusal_that_is_about_no_field_stands_above_the_buttons(wizard: Wizard) -> None:
    _refuse(wizard, "server_away")
    assert wizard.profile_step.banner.isVisible()


@pytest.fixture
def consenting(qtbot: QtBot, theme: Theme, language: Language, bridge: Bridge) -> Pairing:
    made = Pairing(theme, language, Link(bridge))
    qtbot.addWidget(made)
    made.begin(Profile("momo", "Momo"))
    made.consent.show_pairing(PairingView("Speaker", "ai_device", ("purchase",), 600), "Momo", None)
    made.show_consent()
    made.show()
    return made


def test_the_field_of_a_consent_that_was_refused_is_marked_and_has_the_keyboard(consenting: Pairing) -> None:
    consenting._on_consented(Refusal(409, "nickname_taken"))
    form = consenting.consent
    assert consenting.focusWidget() is form.nickname.control
    assert [one for one in (form.device_name, form.nickname, form.place) if _is_marked(one)] == [
        form.nickname
    ]
    assert form.agree.isEnabled()


def test_who_agrees_with_a_field_that_is_wrong_is_led_to_it(consenting: Pairing) -> None:
    form = consenting.consent
    assert isinstance(form.nickname.control, QLineEdit)
    form.nickname.control.clear()
    form.agree.click()
    assert consenting.focusWidget() is form.nickname.control
    form.nickname.control.setText("Momo")
    assert isinstance(form.place.control, QLineEdit)
    assert isinstance(form.point.control, QLineEdit)
    form.place.control.setText("Kitchen")
    form.point.control.setText("Neverland")
    form.agree.click()
    assert consenting.focusWidget() is form.point.control


@pytest.mark.parametrize("locale", ["en", "ja"])
@pytest.mark.parametrize(
    ("code", "name", "key"),
    [
        ("wrong_pin", "pin", "desktop-delete-wrong_pin"),
        ("pin_needed", "pin", "desktop-delete-pin_needed"),
        ("other_user_id", "user_id", "desktop-refusal-other_user_id"),
    ],
)
def test_what_a_deletion_was_refused_for_is_marked_and_has_the_keyboard(
    qtbot: QtBot, theme: Theme, language: Language, locale: str, code: str, name: str, key: str
) -> None:
    language.choose(locale)
    home = MainWindow(theme, language)
    qtbot.addWidget(home)
    question = DeletionQuestion(home, language, "momo", has_pin=code == "wrong_pin")
    question.show()
    question.complain(Refusal(0, code))
    field: Field = getattr(question, name)
    assert field.control.isVisible()
    assert question.focusWidget() is field.control
    assert [one for one in (question.user_id, question.pin) if _is_marked(one)] == [field]
    said = language.say(key)
    assert field.help.accessibleName() == said
    assert {"en": "deleted", "ja": "削除"}[locale] in said
    QTest.keyClicks(field.control, "1")
    assert not _is_marked(field)


def test_a_wrong_pin_before_a_change_is_typed_again_where_it_was(
    qtbot: QtBot, theme: Theme, language: Language
) -> None:
    home = MainWindow(theme, language)
    qtbot.addWidget(home)
    question = PinQuestion(home, language, "change")
    question.show()
    QTest.keyClicks(question.pin.control, "1111")
    question.yes.setFocus()
    question.yes.click()
    question.complain(Refusal(0, "wrong_pin"))
    assert question.focusWidget() is question.pin.control
    assert _is_marked(question.pin)


def test_who_changes_a_device_is_led_to_what_is_wrong(qtbot: QtBot, language: Language, theme: Theme) -> None:
    question = DeviceQuestion(None, language, samples.device())  # type: ignore[arg-type]
    qtbot.addWidget(question)
    question.show()
    assert isinstance(question.nickname.control, QLineEdit)
    question.nickname.control.clear()
    question.save.click()
    assert question.focusWidget() is question.nickname.control


def test_without_a_server_no_profile_can_be_made_and_it_is_said_why(wizard: Wizard) -> None:
    step = wizard.profile_step
    step.be_unserved("The server did not start.")
    for one in (step.go, step.have_code):
        assert not one.isEnabled()
        assert one.accessibleDescription() == "The server did not start."
    assert step.banner.isVisible()
    assert not any(field.control.isEnabled() for field in (step.nickname, step.user_id, step.pin))
    assert wizard.focusWidget() is not step.nickname.control


def test_a_computer_is_added_only_with_a_code(wizard: Wizard) -> None:
    step = wizard.code_step
    wizard.go_to(step)
    assert not step.go.isEnabled()
    sent: list[str] = []
    step.agreed.disconnect()
    step.agreed.connect(sent.append)
    QTest.keyClicks(step.code, "K7QX")
    assert step.go.isEnabled()
    QTest.keyClick(step.code, Qt.Key.Key_Return)
    assert sent == ["K7QX"]
    assert not step.go.isEnabled(), "it is on its way"
    step.complain("Wrong.")
    assert step.go.isEnabled()
    step.code.clear()
    assert not step.go.isEnabled()


def test_who_shows_a_code_is_looked_up_only_with_one(
    qtbot: QtBot, theme: Theme, language: Language, bridge: Bridge
) -> None:
    pairing = Pairing(theme, language, Link(bridge))
    qtbot.addWidget(pairing)
    pairing.begin(Profile("momo", "Momo"))
    assert not pairing.look_button.isEnabled()
    assert "Type the code" in pairing.look_button.accessibleDescription()
    pairing.code.setText("ABCD-EFGH")
    assert pairing.look_button.isEnabled()
    assert pairing.look_button.accessibleDescription() == ""
    pairing.look_button.click()
    assert not pairing.look_button.isEnabled(), "one look at a time"
    pairing.complain("Nobody shows it.")
    assert pairing.look_button.isEnabled()
