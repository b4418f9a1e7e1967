"""Threat 4: another amount, payee or item is paid than the person saw."""

from typing import Any

import msgspec
import pytest

from core.domain.money import Money
from core.domain.purchase import Payee
from core.wire import approval as approvals
from core.wire.canonical import digest
from tests.server.orders.world import World


@pytest.mark.parametrize(
    "shown",
    [
        {"amount": Money(1, "JPY")},
        {"payee": Payee("thief", "Thief")},
        {"items": ()},
        {"quote_sha256": "A" * 43},
    ],
)
def test_an_approval_of_other_details_is_refused(orders: World, shown: dict[str, Any]) -> None:
    momo, speaker = orders.paired()
    told = speaker.order()
    details = momo.view(told["auth_req_id"]).details
    assert details.purchase is not None
    other = msgspec.structs.replace(details, purchase=msgspec.structs.replace(details.purchase, **shown))
    approval = momo.approval(told["auth_req_id"], code=told["match_code"], details_sha256=digest(other))
    assert momo.send(told["auth_req_id"], approvals.sign(approval, momo.key)).status_code == 400
    assert momo.state(told["auth_req_id"]) == "pending"
    assert orders.earned() == 0


def test_what_is_shown_is_what_is_paid(orders: World) -> None:
    momo, speaker = orders.paired()
    told = speaker.order(quote=orders.quote("bread", 2))
    shown = momo.view(told["auth_req_id"]).details.purchase
    assert shown is not None
    momo.decide(told["auth_req_id"], code=told["match_code"])
    speaker.settled(told["auth_req_id"])
    assert orders.earned() == shown.amount.value == sum(i.quantity * i.unit_value for i in shown.items)


def test_a_receipt_about_another_order_is_not_believed(orders: World) -> None:
    momo, speaker = orders.paired()
    first = speaker.order(quote=orders.quote("bread", 1))
    bodies: list[bytes] = []

    def keep(body: bytes) -> bytes:
        bodies.append(body)
        return body

    orders.gate.change = keep
    momo.decide(first["auth_req_id"], code=first["match_code"])
    speaker.settled(first["auth_req_id"])
    orders.gate.change = lambda _body: bodies[0]
    second = speaker.order(quote=orders.quote("bread", 1))
    momo.decide(second["auth_req_id"], code=second["match_code"])
    orders.fake.advance(11)
    assert speaker.outcome(second["auth_req_id"])["outcome"]["status"] == "unknown"
