"""A void leaves a tombstone that no later payment can pass; what was paid before it stands."""

from concurrent.futures import ThreadPoolExecutor

from tests.payment.world import World, problem_of


def test_a_payment_after_a_void_gets_the_voided_receipt_and_moves_nothing(world: World) -> None:
    quote = world.quote()
    txn = world.claims(quote).txn
    voided = world.void(txn, world.token(quote, txn=txn))
    assert voided.status_code == 201
    assert world.receipt(voided).status == "voided"
    late = world.pay(world.token(quote, txn=txn))
    assert late.status_code == 200
    assert late.json() == voided.json()
    assert world.balances() == {}


def test_a_void_after_a_payment_gets_the_paid_receipt(world: World) -> None:
    txn, token = world.order()
    paid = world.pay(token)
    stands = world.void(txn, token)
    assert (stands.status_code, stands.json()) == (200, paid.json())
    assert world.merchant() == 248


def test_a_void_after_a_decline_gets_the_declined_receipt(world: World) -> None:
    txn, token = world.order(("rice", 21))
    declined = world.pay(token)
    assert (world.void(txn, token).status_code, world.void(txn, token).json()) == (200, declined.json())


def test_a_repeated_void_gets_the_same_receipt(world: World) -> None:
    txn, token = world.order()
    first, second = world.void(txn, token), world.void(txn, token)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()


def test_a_voided_order_leaves_its_quote_free_for_another(world: World) -> None:
    quote = world.quote()
    voided = world.claims(quote)
    world.void(voided.txn, world.token(quote, txn=voided.txn))
    assert world.receipt(world.pay(world.token(quote))).status == "paid"


def test_payment_and_void_at_once_have_one_winner(world: World) -> None:
    for _ in range(5):
        txn, token = world.order()
        with ThreadPoolExecutor(8) as pool:
            acts = [pool.submit(world.void, txn, token) for _ in range(4)]
            acts += [pool.submit(world.pay, token) for _ in range(4)]
            answers = [act.result() for act in acts]
        assert len({answer.json()["receipt"] for answer in answers}) == 1
        assert [answer.status_code for answer in answers].count(201) == 1


def test_a_void_needs_a_good_token(world: World) -> None:
    txn, _ = world.order()
    assert problem_of(world.void(txn, "no token")) == (400, "bad_token")
