"""A request that comes is selected in the list, unless it would take something out of somebody's hands."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.domain.request import State
from core.wire.messages import RequestView
from gui.language import Language
from gui.pages.requests import RequestsPage
from gui.pages.requests_model import RequestsModel, Shown
from gui.theme.theme import Theme
from tests.gui import samples


def _request(number: int, state: State = State.PENDING) -> RequestView:
    """Later ones have higher numbers."""
    at = f"2026-11-{number:02}T05:00:00Z"
    return samples.request(name=f"req_{number:032}", state=state, revision=number, at=at)


@pytest.fixture
def model(language: Language) -> RequestsModel:
    made = RequestsModel(language)
    made.put(*(_request(number, State.PAID) for number in range(1, 20)))
    return made


@pytest.fixture
def page(theme: Theme, language: Language, qtbot: QtBot, model: RequestsModel) -> RequestsPage:
    made = RequestsPage(theme, language, model)
    qtbot.addWidget(made)
    made.be_loaded()
    made.resize(900, 600)
    made.show()
    made.choose(_request(2).id)
    return made


def test_a_newcomer_is_selected_and_seen_in_place_of_an_old_one(
    page: RequestsPage, model: RequestsModel
) -> None:
    model.put(_request(25))
    assert page.detail.request_id == _request(25).id
    assert page.list.viewport().rect().contains(page.list.visualRect(model.index(0)).center())


def test_a_newcomer_takes_nothing_out_of_the_hands_of_who_works_in_the_list(
    page: RequestsPage, model: RequestsModel
) -> None:
    QTest.keyClick(page.list, Qt.Key.Key_Up)
    model.put(_request(25))
    assert page.detail.request_id == _request(3).id
    page.work.rest()
    model.put(_request(26))
    assert page.detail.request_id == _request(26).id


def test_a_newcomer_takes_nothing_from_who_reads_the_request_beside(
    page: RequestsPage, model: RequestsModel
) -> None:
    body = page.detail.hands[0]
    QTest.mouseClick(body, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    model.put(_request(25))
    assert page.detail.request_id == _request(2).id


def test_a_newcomer_does_not_push_another_that_waits_aside(page: RequestsPage, model: RequestsModel) -> None:
    model.put(_request(25))
    model.put(_request(26))
    assert page.detail.request_id == _request(25).id


def test_an_old_one_that_is_chosen_while_another_waits_stays_chosen(
    page: RequestsPage, model: RequestsModel
) -> None:
    model.put(_request(25))
    page.choose(_request(4).id)
    model.put(_request(20, State.PAID))
    assert page.detail.request_id == _request(4).id


def test_a_newcomer_that_the_filter_leaves_out_changes_nothing(
    page: RequestsPage, model: RequestsModel
) -> None:
    page.filter.setCurrentIndex(page.filter.findData(Shown.PAST))
    model.put(_request(25))
    assert page.detail.request_id == _request(2).id
