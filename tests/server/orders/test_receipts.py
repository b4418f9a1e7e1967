"""A receipt is believed only when every one of its claims fits the request, each checked alone."""

from typing import Any

import msgspec
import pytest

from core.domain.money import Money
from core.domain.purchase import Payee
from core.server.payment_server import Known
from core.server.receipts import believe
from core.server.store import requests as store
from core.wire import receipt as receipts
from core.wire.errors import ArtifactRefused
from core.wire.jose import unsafe_read_payload
from core.wire.keys import PublicKeys, SigningKey
from core.wire.receipt import Receipt
from tests.server.orders.world import World


@pytest.mark.parametrize(
    "change",
    [
        {"iss": "http://elsewhere"},
        {"aud": "http://elsewhere"},
        {"txn": "req_" + "x" * 32},
        {"approval_sha256": "A" * 43},
        {"amount": Money(1, "JPY")},
        {"payee": Payee("thief", "Thief")},
        {},
    ],
)
def test_a_receipt_that_says_something_else_is_refused(world: World, change: dict[str, Any]) -> None:
    momo, speaker = world.paired()
    told = speaker.order()
    momo.decide(told["auth_req_id"], code=told["match_code"])
    speaker.settled(told["auth_req_id"])
    stored = world.server.services.store.reader.read(lambda db: store.find(db, told["auth_req_id"]))
    assert stored is not None
    key = SigningKey.generate()
    content = unsafe_read_payload(stored.receipt or "", Receipt)
    compact = receipts.sign(msgspec.structs.replace(content, **change), key)
    known = Known(world.payment_url, "", "")
    keys = PublicKeys([key.public_jwk()])
    if not change:
        assert believe(compact, known, keys, world.url, stored).state == "paid"
        return
    with pytest.raises(ArtifactRefused):
        believe(compact, known, keys, world.url, stored)
