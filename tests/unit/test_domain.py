"""Values and rules hold for whatever comes from outside."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain import limits, request, times
from core.domain.decision import Decision, Presence, Reason, judge, presence_needed
from core.domain.errors import DomainError, MoneyRefused, NicknameRefused, PlaceRefused, PurchaseRefused
from core.domain.money import EXPONENTS, MAX_VALUE, Money
from core.domain.nickname import check_nickname, is_user_id, nickname_key
from core.domain.place import UNKNOWN, Place, PlaceClaim, place_of
from core.domain.procedure import Field, Procedure
from core.domain.purchase import Item, Payee, Purchase
from core.domain.request import MOVES, State

MOMENTS = st.floats(min_value=0, max_value=2e9, allow_nan=False)
SHOP = Payee("shop", "Corner Shop")


@given(st.integers(0, MAX_VALUE // 2), st.integers(0, MAX_VALUE // 2), st.sampled_from(sorted(EXPONENTS)))
def test_money_adds_without_losing_a_unit(one: int, other: int, currency: str) -> None:
    assert Money(one, currency) + Money(other, currency) == Money(one + other, currency)


@pytest.mark.parametrize(("value", "currency"), [(-1, "JPY"), (MAX_VALUE + 1, "JPY"), (1, "XXX"), (1, "jpy")])
def test_impossible_money_is_refused(value: int, currency: str) -> None:
    with pytest.raises(MoneyRefused):
        Money(value, currency)


def test_two_currencies_never_add_up() -> None:
    with pytest.raises(MoneyRefused):
        Money(1, "JPY") + Money(1, "USD")


@pytest.mark.parametrize("body", [b'{"value":1.5,"currency":"JPY"}', b'{"value":"1","currency":"JPY"}'])
def test_a_float_or_text_never_becomes_money(body: bytes) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(body, type=Money)


@given(st.lists(st.tuples(st.integers(1, 999), st.integers(0, 10**6)), min_size=1, max_size=20))
def test_a_purchase_is_the_sum_of_its_items_and_nothing_else(rows: list[tuple[int, int]]) -> None:
    items = tuple(Item(f"i{at}", "Thing", quantity, unit) for at, (quantity, unit) in enumerate(rows))
    total = sum(quantity * unit for quantity, unit in rows)
    assert Purchase(SHOP, items, Money(total, "JPY")).amount.value == total
    with pytest.raises(PurchaseRefused):
        Purchase(SHOP, items, Money(total + 1, "JPY"))


@pytest.mark.parametrize("quantity", [0, -1, 1000])
def test_a_quantity_outside_its_bounds_is_refused(quantity: int) -> None:
    with pytest.raises(PurchaseRefused):
        Purchase(SHOP, (Item("a", "A", quantity, 1),), Money(max(quantity, 0), "JPY"))


def test_an_order_of_no_items_or_too_many_is_refused() -> None:
    with pytest.raises(PurchaseRefused):
        Purchase(SHOP, (), Money(0, "JPY"))
    with pytest.raises(PurchaseRefused):
        Purchase(SHOP, tuple(Item(str(at), "A", 1, 1) for at in range(21)), Money(21, "JPY"))


@pytest.mark.parametrize("title", ["\u202egnp.exe", " milk", "a" * 121, "mi\u200blk", "milk\n"])
def test_a_title_that_is_not_plain_is_refused(title: str) -> None:
    with pytest.raises(DomainError):
        Purchase(SHOP, (Item("a", title, 1, 1),), Money(1, "JPY"))


def test_a_procedure_shows_only_plain_fields() -> None:
    assert Procedure("Open the door", (Field("Door", "front"),)).fields[0].value == "front"
    with pytest.raises(DomainError):
        Procedure("Open the door", (Field("Door", "fr\u202eont"),))
    with pytest.raises(DomainError):
        Procedure("Open", tuple(Field("a", "b") for _ in range(13)))


def test_spellings_of_one_nickname_have_one_key() -> None:
    assert {nickname_key(name) for name in ("Momo", "MOMO", "mo mo", "Ｍｏｍｏ")} == {"momo"}
    assert {nickname_key(name) for name in ("もも", "モモ", "ﾓﾓ")} == {"もも"}


@pytest.mark.parametrize("text", ["", "   ", "a\u202eb", "x" * 61, "\u3164"])
def test_a_nickname_that_cannot_be_shown_is_refused(text: str) -> None:
    with pytest.raises(NicknameRefused):
        check_nickname(text)


@pytest.mark.parametrize(("text", "good"), [("momo", True), ("m", False), ("Momo", False), ("mo mo", False)])
def test_a_user_id_is_small_letters_digits_and_three_signs(text: str, good: bool) -> None:
    assert is_user_id(text) is good
    assert not is_user_id(text + "\n")


@pytest.mark.parametrize("point", [(91.0, 0.0), (0.0, 181.0), (1.0, None), (None, 1.0), (float("nan"), 0.0)])
def test_an_impossible_point_is_refused(point: tuple[float | None, float | None]) -> None:
    with pytest.raises(PlaceRefused):
        Place("x", "reported", *point)


def test_a_reported_place_is_shown_as_reported_even_when_one_is_registered() -> None:
    registered = Place("kitchen", "registered")
    assert place_of(registered, None) == registered
    assert place_of(registered, PlaceClaim("home")).source == "reported"
    assert place_of(None, None) is UNKNOWN


def test_every_move_is_between_known_states_and_endings_are_final() -> None:
    assert set(MOVES) == set(State)
    endings = {state for state, targets in MOVES.items() if not targets}
    assert endings == {
        State.DENIED,
        State.REPORTED,
        State.EXPIRED,
        State.WITHDRAWN,
        State.PAID,
        State.DECLINED,
    }
    assert request.sources_of(State.PAID) == {State.APPROVED, State.UNKNOWN}


def test_an_admitted_decision_never_becomes_expired() -> None:
    assert request.sources_of(State.EXPIRED) == {State.PENDING}


def test_a_report_and_a_wrong_code_look_like_a_refusal_to_the_requester() -> None:
    assert request.as_requester_sees(State.REPORTED) is State.DENIED
    assert judge(Decision.APPROVE, "12", "47").state is State.DENIED


def test_a_purchase_is_settled_only_when_the_payment_ended() -> None:
    assert not request.is_settled(State.APPROVED, has_purchase=True)
    assert request.is_settled(State.APPROVED, has_purchase=False)
    assert request.is_settled(State.UNKNOWN, has_purchase=True)


@pytest.mark.parametrize(
    ("decision", "typed", "expected", "state", "reason"),
    [
        (Decision.APPROVE, "47", "47", State.APPROVED, None),
        (Decision.APPROVE, None, None, State.APPROVED, None),
        (Decision.APPROVE, "74", "47", State.DENIED, Reason.WRONG_MATCH_CODE),
        (Decision.APPROVE, None, "47", State.DENIED, Reason.WRONG_MATCH_CODE),
        (Decision.DENY, "74", "47", State.DENIED, None),
        (Decision.REPORT, None, "47", State.REPORTED, Reason.NOT_MINE),
    ],
)
def test_a_decision_leads_to_one_state(
    decision: Decision, typed: str | None, expected: str | None, state: State, reason: Reason | None
) -> None:
    verdict = judge(decision, typed, expected)
    assert (verdict.state, verdict.reason) == (state, reason)


@pytest.mark.parametrize(
    ("amount", "limit", "needed"),
    [
        (100, None, Presence.CLICK),
        (100, 100, Presence.CLICK),
        (101, 100, Presence.PIN),
        (None, 0, Presence.CLICK),
    ],
)
def test_a_pin_is_needed_above_the_limit_only(
    amount: int | None, limit: int | None, needed: Presence
) -> None:
    assert presence_needed(amount, limit) is needed


@given(st.lists(MOMENTS, max_size=20), st.integers(1, 10), st.floats(1, 1e6), MOMENTS)
def test_waiting_as_long_as_told_is_always_enough(
    at: list[float], count: int, period: float, now: float
) -> None:
    past = tuple(moment for moment in at if moment <= now)
    wait = limits.retry_after_s(past, limits.Rate(count, period), now)
    assert 0 <= wait <= period + 1e-3
    assert limits.retry_after_s(past, limits.Rate(count, period), now + wait + 1e-3) == 0


@given(st.integers(0, 1439), st.integers(0, 1439), st.integers(0, 1439))
def test_quiet_hours_end_exactly_at_their_end(start: int, end: int, minute: int) -> None:
    left = limits.quiet_for_minutes(limits.QuietHours(start, end), minute)
    assert left == 0 or (minute + left) % 1440 == end


@given(st.none() | st.integers(-(10**6), 10**6), st.integers(5, 300))
def test_a_window_is_always_within_its_bounds(requested: int | None, profile: int) -> None:
    window = times.window(requested, profile)
    assert times.WINDOW_MIN_S <= window <= times.WINDOW_MAX_S
    assert requested is not None or window == profile
