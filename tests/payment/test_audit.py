"""The operator's audit finds whatever was changed, left out or put in, and nothing in honest books."""

import sqlite3
from pathlib import Path

import pytest

from core.payment.wiring import audit, rotate_key
from core.wire import jose, quote
from core.wire.keys import PublicKeys
from tests.clock import FakeClock
from tests.payment.world import World


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A server after three payments, a decline, a void and two refunds, and then ended."""
    with World(tmp_path_factory.mktemp("payment")) as world:
        txns = []
        for _ in range(3):
            txn, token = world.order(("green-tea", 1))
            world.pay(token)
            txns.append(txn)
        world.pay(world.order(("rice", 21))[1])
        world.void(*world.order())
        world.refund(txns[0], refund_id="a", value=100)
        world.refund(txns[0], refund_id="b")
    return world


def _altered(books: World, folder: Path, statement: str) -> tuple[str, ...]:
    """What the audit says of a copy of the books in which one statement was run."""
    copy = folder / "copy.db"
    with sqlite3.connect(books.database_url.removeprefix("sqlite:///")) as source:
        target = sqlite3.connect(copy)
        source.backup(target)
    source.close()
    changed = target.execute(statement).rowcount
    target.commit()
    target.close()
    assert changed > 0
    return audit(f"sqlite:///{copy}", books.url).findings


def test_honest_books_are_sound(books: World) -> None:
    report = audit(books.database_url, books.url)
    assert report.is_sound, report.findings
    assert (report.receipts, report.accounts) == (7, 3)


TAMPERED = {
    "a receipt deleted": ("DELETE FROM receipts WHERE sequence = 2", "Receipt 2 is missing"),
    "the newest receipt deleted": ("DELETE FROM receipts WHERE sequence = 7", "The newest receipt"),
    "a receipt's text changed": (
        "UPDATE receipts SET compact = substr(compact, 1, length(compact) - 4) || 'AAAA' WHERE sequence = 3",
        "Receipt 3: its signed text",
    ),
    "two receipts exchanged": (
        "UPDATE receipts SET compact = (SELECT r.compact FROM receipts r WHERE r.sequence = 3 - "
        "receipts.sequence), sha256 = (SELECT r.sha256 FROM receipts r WHERE r.sequence = 3 - "
        "receipts.sequence) WHERE sequence IN (1, 2)",
        "Receipt 1: it does not follow",
    ),
    "a decline turned into a payment": (
        "UPDATE receipts SET status = 'paid' WHERE status = 'declined'",
        "Receipt 4: its row",
    ),
    "a payment turned into a decline": (
        "UPDATE payments SET status = 'declined' WHERE receipt = 3",
        "and its receipt disagree",
    ),
    "a balance raised": ("UPDATE accounts SET balance = balance + 1 WHERE id LIKE 'wallet%'", "The account"),
    "an entry changed": (
        "UPDATE entries SET value = value + 1 WHERE transfer_id = 'payment:2' AND value > 0",
        "do not sum to zero",
    ),
    "a transfer of another amount": (
        "UPDATE entries SET value = value * 2 WHERE transfer_id = 'payment:2'",
        "Receipt 2 and the ledger disagree",
    ),
    "a transfer's entries deleted": (
        "DELETE FROM entries WHERE transfer_id = 'payment:2'",
        "Receipt 2 and the ledger disagree",
    ),
    "an event changed": (
        "UPDATE audit_events SET data = '{}' WHERE sequence = 3",
        "Audit log",
    ),
    "an event deleted": ("DELETE FROM audit_events WHERE sequence = 2", "Audit log, event 2"),
    "a key withdrawn": ("DELETE FROM signing_keys", "Receipt 1: its signed text is refused (unknown_key)"),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_the_audit_names_the_first_place_with(books: World, tmp_path: Path, what: str) -> None:
    statement, sentence = TAMPERED[what]
    findings = _altered(books, tmp_path, statement)
    assert any(sentence in finding for finding in findings), findings


def test_receipts_of_another_servers_name_are_found(books: World) -> None:
    findings = audit(books.database_url, "http://another").findings
    assert findings[0] == "Receipt 1: it names another server."


def test_a_rotated_key_stays_published_and_a_new_one_signs(world: World, clock: FakeClock) -> None:
    old_quote, (_, token) = world.quote(), world.order()
    paid = world.pay(token)
    world.stop_payment()
    kid = rotate_key(world.database_url, now=clock)
    world.start_payment()
    published = world.http.get("/jwks").json()
    assert len(published["keys"]) == 2
    assert all("d" not in key for key in published["keys"])
    quote.verify(old_quote, PublicKeys.from_jwk_set(published), issuer=world.url, now=clock())
    assert world.receipt(paid).status == "paid"
    later = world.pay(world.order()[1])
    assert jose.read_header(later.json()["receipt"])["kid"] == kid
    assert world.receipt(later).sequence == 2
    world.stop_payment()
    assert audit(world.database_url, world.url).findings == ()
    world.start_payment()
