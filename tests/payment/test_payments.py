"""An order is paid once, by value as quoted, and everybody who asks again hears the same."""

from concurrent.futures import ThreadPoolExecutor

from core.wire.canonical import sha256
from tests.clock import FakeClock
from tests.payment.world import World, problem_of, statuses


def test_an_order_is_paid_and_the_ledger_balances(world: World) -> None:
    _, token = world.order(("milk", 2), ("green-tea", 1))
    answer = world.pay(token)
    assert answer.status_code == 201
    receipt = world.receipt(answer)
    assert (receipt.status, receipt.amount.value, receipt.error) == ("paid", 2 * 248 + 540, None)
    assert receipt.token_sha256 == sha256(token)
    assert (receipt.iss, receipt.aud) == (world.url, world.issuer.url)
    balances = world.balances()
    wallet = next(name for name in balances if name.startswith("wallet:"))
    assert wallet.endswith(":sub-of-momo")
    assert balances[wallet] == 50_000 - receipt.amount.value
    assert balances["merchant:nod-shop"] == receipt.amount.value
    assert balances["equity:opening"] == -50_000


def test_sixteen_parallel_redemptions_of_one_token_charge_once(
    world: World,
) -> None:
    _, token = world.order()
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(world.pay, [token] * 16))
    assert statuses(answers) == [200] * 15 + [201]
    assert len({answer.json()["receipt"] for answer in answers}) == 1
    assert world.merchant() == 248


def test_another_token_for_the_same_order_gets_the_stored_receipt(world: World) -> None:
    quote = world.quote()
    first = world.claims(quote)
    paid = world.pay(world.token(quote, txn=first.txn))
    again = world.pay(world.token(quote, txn=first.txn))
    assert (paid.status_code, again.status_code) == (201, 200)
    assert paid.json() == again.json()
    assert world.merchant() == 248


def test_a_payment_can_be_looked_up_with_a_token_of_its_own(world: World) -> None:
    quote = world.quote()
    txn = world.claims(quote).txn
    headers = {"authorization": f"Bearer {world.token(quote, txn=txn)}"}
    assert problem_of(world.http.get(f"/payments/{txn}", headers=headers)) == (404, "unknown_payment")
    paid = world.pay(world.token(quote, txn=txn))
    assert world.http.get(f"/payments/{txn}", headers=headers).json() == paid.json()


def test_a_payment_cannot_be_looked_up_without_a_token_or_with_that_of_another(world: World) -> None:
    txn, token = world.order()
    world.pay(token)
    _, other = world.order()
    assert problem_of(world.http.get(f"/payments/{txn}")) == (401, "bad_token")
    headers = {"authorization": f"Bearer {other}"}
    assert problem_of(world.http.get(f"/payments/{txn}", headers=headers)) == (401, "bad_token")


def test_a_quote_that_was_paid_under_another_order_is_declined_as_spent(world: World) -> None:
    quote = world.quote()
    world.pay(world.token(quote))
    receipt = world.receipt(world.pay(world.token(quote)))
    assert receipt.status == "declined"
    assert receipt.error is not None
    assert receipt.error.code == "quote_spent"
    assert world.merchant() == 248


def test_too_little_money_is_a_signed_decline_and_moves_nothing(world: World) -> None:
    _, token = world.order(("rice", 21))
    receipt = world.receipt(world.pay(token))
    assert receipt.status == "declined"
    assert receipt.error is not None
    assert receipt.error.code == "insufficient_funds"
    assert world.merchant() == 0
    assert world.pay(token).status_code == 200


def test_stock_that_ran_out_after_the_quote_is_a_signed_decline(world: World) -> None:
    tokens = [world.order(("milk", 150), sub=f"person-{number}")[1] for number in range(7)]
    receipts = [world.receipt(world.pay(token)) for token in tokens]
    assert [receipt.status for receipt in receipts] == ["paid"] * 6 + ["declined"]
    assert receipts[-1].error is not None
    assert receipts[-1].error.code == "out_of_stock"
    assert problem_of(world.http.post("/quotes", json={"items": [{"id": "milk", "quantity": 101}]})) == (
        422,
        "out_of_stock",
    )


def test_a_live_quote_is_honoured_and_a_dead_one_is_too_late(world: World, clock: FakeClock) -> None:
    live, dead = world.quote(), world.quote()
    clock.advance(900)
    assert world.receipt(world.pay(world.token(live))).status == "paid"
    clock.advance(1)
    receipt = world.receipt(world.pay(world.token(dead)))
    assert receipt.status == "declined"
    assert receipt.error is not None
    assert receipt.error.code == "too_late"


def test_receipts_are_numbered_and_name_the_one_before(world: World) -> None:
    answers = [world.pay(world.order()[1]) for _ in range(3)]
    answers.append(world.pay(world.order(("rice", 21))[1]))
    receipts = [world.receipt(answer) for answer in answers]
    assert [receipt.sequence for receipt in receipts] == [1, 2, 3, 4]
    before = [None, *(sha256(answer.json()["receipt"]) for answer in answers[:-1])]
    assert [receipt.previous_sha256 for receipt in receipts] == before


def test_a_payer_of_the_same_name_under_another_subject_has_a_wallet_of_its_own(world: World) -> None:
    world.pay(world.order(sub="a")[1])
    world.pay(world.order(("bread", 1), sub="b")[1])
    wallets = {name: value for name, value in world.balances().items() if name.startswith("wallet:")}
    assert sorted(wallets.values()) == [50_000 - 248, 50_000 - 198]
