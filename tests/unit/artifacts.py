"""One honest order, signed by all three parties, to be altered by tests."""

import msgspec

from core.domain.decision import Decision, Presence
from core.domain.money import Money
from core.domain.place import Place
from core.domain.purchase import Item, Payee, Purchase
from core.wire import approval, details, payment_token, quote, receipt
from core.wire.canonical import sha256
from core.wire.evidence import Evidence
from core.wire.keys import SigningKey

NOW = 1_795_398_000
SERVER = "http://127.0.0.1:20001"
SHOP = "http://127.0.0.1:20002"
TXN = "req_0123456789abcdef0123456789abcdef"

SHOP_KEY = SigningKey.generate()
SERVER_KEY = SigningKey.generate()
TERMINAL_KEY = SigningKey.generate()

PURCHASE = Purchase(Payee("shop", "Corner Shop"), (Item("milk", "Milk", 2, 198),), Money(396, "JPY"))
QUOTE = quote.make(PURCHASE, issuer=SHOP, quote_id="quote_1", now=NOW)
SIGNED_QUOTE = quote.sign(QUOTE, SHOP_KEY)
CONTEXT = details.Context(
    TXN,
    details.Requester("dev_1", "Kitchen", "ai_device"),
    "Momo",
    "2026-11-23T01:40:00Z",
    Place("kitchen", "registered"),
    NOW + 60,
    2,
)
DETAILS = details.Details(CONTEXT, "c2FsdHNhbHQ", purchase=details.of_quote(SIGNED_QUOTE, PURCHASE))
EXPECTED = approval.Expected("ter_1", "momo", SERVER, TXN, DETAILS.sha256, "challenge")
APPROVAL = approval.Approval(
    iss="ter_1",
    sub="momo",
    aud=SERVER,
    jti="dec_1",
    iat=NOW + 5,
    txn=TXN,
    decision=Decision.APPROVE,
    details_sha256=DETAILS.sha256,
    challenge="challenge",
    match_code="47",
    presence=Presence.CLICK,
    shown_ms=4000,
    display=approval.Display("qt", "en"),
)
SIGNED_APPROVAL = approval.sign(APPROVAL, TERMINAL_KEY)
TOKEN = payment_token.PaymentToken(
    iss=SERVER,
    aud=SHOP,
    sub="pairwise",
    client_id="dev_1",
    jti="tok_1",
    iat=NOW + 5,
    nbf=NOW + 5,
    exp=NOW + 125,
    txn=TXN,
    quote_id="quote_1",
    purchase=msgspec.convert(DETAILS.purchase, details.PurchaseDetails),
    details_sha256=DETAILS.sha256,
    approval_sha256=sha256(SIGNED_APPROVAL),
)
SIGNED_TOKEN = payment_token.sign(TOKEN, SERVER_KEY)
RECEIPT = receipt.Receipt(
    SHOP,
    SERVER,
    NOW + 6,
    TXN,
    sha256(SIGNED_TOKEN),
    sha256(SIGNED_APPROVAL),
    "paid",
    PURCHASE.amount,
    PURCHASE.payee,
    1,
    None,
)
SIGNED_RECEIPT = receipt.sign(RECEIPT, SHOP_KEY)
EVIDENCE = Evidence(
    DETAILS,
    SIGNED_APPROVAL,
    (TERMINAL_KEY.public_jwk(),),
    SIGNED_QUOTE,
    SIGNED_TOKEN,
    (SIGNED_RECEIPT,),
    (SERVER_KEY.public_jwk(),),
    (SHOP_KEY.public_jwk(),),
)
