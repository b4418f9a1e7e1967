"""The operator gives money back, in parts or whole, never more than was paid."""

from concurrent.futures import ThreadPoolExecutor

from tests.payment.world import OPERATOR, World, problem_of


def _paid(world: World) -> str:
    txn, token = world.order(("green-tea", 1))
    assert world.pay(token).status_code == 201
    return txn


def test_a_refund_in_parts_ends_with_refunded_and_gives_everything_back(world: World) -> None:
    txn = _paid(world)
    part = world.receipt(world.refund(txn, refund_id="one", value=200))
    rest = world.receipt(world.refund(txn, refund_id="two"))
    assert (part.status, part.amount.value) == ("partially_refunded", 200)
    assert (rest.status, rest.amount.value) == ("refunded", 340)
    assert (part.sequence, rest.sequence) == (2, 3)
    assert world.merchant() == 0


def test_refunds_never_exceed_what_was_paid(world: World) -> None:
    txn = _paid(world)
    assert problem_of(world.refund(txn, refund_id="a", value=541)) == (409, "too_much")
    world.refund(txn, refund_id="b", value=500)
    assert problem_of(world.refund(txn, refund_id="c", value=41)) == (409, "too_much")
    world.refund(txn, refund_id="d")
    assert problem_of(world.refund(txn, refund_id="e")) == (409, "too_much")
    assert problem_of(world.refund(txn, refund_id="f", value=10**30)) == (409, "too_much")
    assert world.merchant() == 0


def test_the_same_refund_again_gives_the_same_receipt_and_no_more_money(world: World) -> None:
    txn = _paid(world)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: world.refund(txn, refund_id="once", value=100), range(8)))
    assert len({answer.json()["receipt"] for answer in answers}) == 1
    assert [answer.status_code for answer in answers].count(201) == 1
    assert world.merchant() == 440


def test_a_refund_id_belongs_to_one_refund(world: World) -> None:
    txn = _paid(world)
    world.refund(txn, refund_id="once", value=100)
    assert problem_of(world.refund(txn, refund_id="once", value=101)) == (409, "refund_id_used")
    assert problem_of(world.refund(_paid(world), refund_id="once", value=100)) == (409, "refund_id_used")


def test_only_what_was_paid_can_be_refunded(world: World) -> None:
    txn, token = world.order()
    assert problem_of(world.refund(txn, refund_id="a")) == (404, "unknown_payment")
    world.void(txn, token)
    assert problem_of(world.refund(txn, refund_id="a")) == (409, "not_paid")


def test_a_refund_of_nothing_is_refused(world: World) -> None:
    txn = _paid(world)
    for value in (0, -1):
        assert problem_of(world.refund(txn, refund_id="a", value=value)) == (422, "bad_value")
    assert problem_of(world.refund(txn, refund_id="", value=1)) == (422, "bad_value")
    assert world.merchant() == 540


def test_the_payments_own_receipt_stands_after_a_refund(world: World) -> None:
    txn, token = world.order()
    paid = world.pay(token)
    world.refund(txn, refund_id="a")
    assert world.pay(token).json() == paid.json()


def test_only_the_operator_refunds_and_sees_accounts_and_events(world: World) -> None:
    txn = _paid(world)
    body = {"refund_id": "a"}
    for headers in ({}, {"authorization": "Bearer wrong"}, {"authorization": "Basic " + "eDp5"}):
        refused = (401, "not_operator")
        assert problem_of(world.http.post(f"/payments/{txn}/refunds", json=body, headers=headers)) == refused
        assert problem_of(world.http.get("/accounts", headers=headers)) == refused
        assert problem_of(world.http.get("/events", headers=headers)) == refused
    assert world.http.get("/accounts", headers=OPERATOR).status_code == 200
