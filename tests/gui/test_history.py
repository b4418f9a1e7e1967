"""Requests of earlier: a thousand come by themselves, the others when somebody wants them."""

from collections.abc import Callable
from typing import Any, cast

import msgspec
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core.domain.errors import NodError
from core.domain.request import State
from core.wire.messages import Requests, RequestView
from gui.history import MOST_AT_FIRST, PAGE, History
from gui.language import Language
from gui.link import Link
from gui.pages.requests import RequestsPage
from gui.pages.requests_model import RequestsModel
from gui.theme.theme import Theme
from tests.gui import samples


class Shelf:
    """A server's requests, read without a server: as `Link.ask`, answered at once."""

    def __init__(self, count: int) -> None:
        one = samples.request(state=State.PAID)
        self._all = [_copy(one, revision) for revision in range(count, 0, -1)]
        self.is_away = False
        self.asked = 0
        self.home = self

    def requests(self, before: int | None, limit: int) -> Requests:
        """As `Home.requests`."""
        older = [view for view in self._all if before is None or view.revision < before]
        return Requests(tuple(older[:limit]))

    def ask(
        self, work: Callable[[], Any], done: Callable[[Any], object], failed: Callable[[Any], object]
    ) -> None:
        """As `Link.ask`."""
        self.asked += 1
        if self.is_away:
            failed(NodError("away"))
        else:
            done(work())


def _copy(view: RequestView, revision: int) -> RequestView:
    return msgspec.structs.replace(view, id=f"req_{revision:032}", revision=revision)


@pytest.fixture
def model(language: Language) -> RequestsModel:
    return RequestsModel(language)


def _history(shelf: Shelf, model: RequestsModel) -> History:
    return History(cast(Link, shelf), model)


def test_beyond_the_first_thousand_a_page_comes_each_time_it_is_wanted(model: RequestsModel) -> None:
    history = _history(Shelf(MOST_AT_FIRST + PAGE + 7), model)
    history.read()
    assert (len(model.all_views()), history.has_older) == (MOST_AT_FIRST, True)
    history.read_older()
    assert (len(model.all_views()), history.has_older) == (MOST_AT_FIRST + PAGE, True)
    history.read_older()
    assert (len(model.all_views()), history.has_older) == (MOST_AT_FIRST + PAGE + 7, False)


@pytest.mark.parametrize("count", [0, 3, PAGE, 2 * PAGE])
def test_who_has_seen_everything_is_offered_nothing_older(model: RequestsModel, count: int) -> None:
    shelf = Shelf(count)
    history = _history(shelf, model)
    history.read()
    asked = shelf.asked
    history.read_older()
    assert (history.has_older, shelf.asked, len(model.all_views())) == (False, asked, count)


def test_what_was_read_is_not_forgotten_when_the_connection_comes_back(model: RequestsModel) -> None:
    shelf = Shelf(MOST_AT_FIRST + 2 * PAGE)
    history = _history(shelf, model)
    history.read()
    history.read_older()
    shelf.is_away = True
    history.read_older()
    shelf.is_away = False
    history.read()
    history.read_older()
    assert len(model.all_views()) == MOST_AT_FIRST + 2 * PAGE


def test_the_end_of_the_list_and_a_button_ask_for_what_came_before(
    theme: Theme, language: Language, model: RequestsModel, qtbot: QtBot
) -> None:
    page = RequestsPage(theme, language, model)
    qtbot.addWidget(cast(QWidget, page))
    history = _history(Shelf(MOST_AT_FIRST + 3 * PAGE), model)
    page.older_wanted.connect(history.read_older)
    history.came.connect(lambda: page.offer_older(history.has_older))
    history.came.connect(page.be_loaded)
    page.resize(900, 600)
    page.show()
    history.read()
    assert page.older.isVisible()
    page.older.click()
    assert model.rowCount() == MOST_AT_FIRST + PAGE
    page.list.scrollToBottom()
    qtbot.waitUntil(lambda: model.rowCount() > MOST_AT_FIRST + PAGE)


def test_what_cannot_be_known_is_not_called_empty(theme: Theme, language: Language, qtbot: QtBot) -> None:
    page = RequestsPage(theme, language, RequestsModel(language))
    qtbot.addWidget(page)
    page.show()
    page.be_away()
    assert page.away.isVisible()
    assert page.away.heading.text() == "Your requests cannot be shown right now"
    page.be_loaded()
    assert page.blank.isVisible()
    page.be_away()  # nothing new can have come since
    assert page.blank.isVisible()
