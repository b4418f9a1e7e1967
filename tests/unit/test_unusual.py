"""What is pointed out about a request beside those before it."""

import pytest

from core.domain.place import Place
from core.domain.purchase import Item
from core.domain.request import State
from core.presentation.unusual import unusual
from core.texts.catalog import Texts
from core.wire.messages import RequestView
from tests.gui.samples import KITCHEN, request

ENGLISH = Texts("en")
OSAKA = Place("Shop", "reported", 34.7, 135.5, 100.0)


def _bought(value: int, at: int, place: Place = KITCHEN) -> RequestView:
    item = Item("thing", "Thing", 1, value)
    when = f"2026-11-{at:02}T05:00:00Z"
    return request(item, name=f"req_{at:032}", at=when, place=place, state=State.PAID, revision=at)


def test_nothing_is_said_of_a_usual_request() -> None:
    past = tuple(_bought(500, day) for day in (1, 2, 3, 4))
    assert unusual(_bought(700, 5), past, ENGLISH) == ()


def test_an_amount_far_above_the_usual_is_pointed_out() -> None:
    past = tuple(_bought(value, day) for day, value in enumerate((400, 500, 600), 1))
    assert unusual(_bought(5_000, 9), past, ENGLISH) == ("Higher than usual: most are about ¥500.",)


def test_three_purchases_are_needed_to_know_what_is_usual() -> None:
    past = (_bought(500, 1), _bought(500, 2))
    assert unusual(_bought(50_000, 9), past, ENGLISH) == ()


def test_a_place_far_from_the_last_one_is_pointed_out() -> None:
    found = unusual(_bought(500, 9, OSAKA), (_bought(500, 1),), ENGLISH)
    assert found == ("396 km from where this device last asked.",)


def test_a_new_place_nearby_is_pointed_out_and_a_known_one_is_not() -> None:
    near_by = Place("Office", "reported", 35.68, 139.76, 50.0)
    past = (_bought(500, 1), _bought(500, 2))
    assert unusual(_bought(500, 9, near_by), past, ENGLISH) == ("A new place for this device.",)
    again = (*past, _bought(500, 3, near_by))
    assert unusual(_bought(500, 9, near_by), again, ENGLISH) == ()


@pytest.mark.parametrize("minutes", [10, 50])
def test_the_third_request_in_an_hour_is_pointed_out(minutes: int) -> None:
    times = (f"2026-11-09T05:{minute:02}:00Z" for minute in (0, 5))
    past = tuple(request(name=f"req_{at}", at=when, state=State.DENIED) for at, when in enumerate(times))
    view = request(at=f"2026-11-09T05:{minutes}:00Z")
    assert "3 requests from this device within an hour." in unusual(view, past, ENGLISH)


def test_a_request_is_not_compared_with_itself_or_with_what_came_later() -> None:
    view = _bought(500, 1)
    assert unusual(view, (view, _bought(500, 2), _bought(500, 3)), ENGLISH) == ()
