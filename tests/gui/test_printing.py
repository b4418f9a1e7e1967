"""The record of a request, and the paper that it is printed on."""

from pathlib import Path

import msgspec
import pytest
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from core.domain.doubt import Doubt
from core.domain.money import Money
from core.domain.purchase import Item, Payee
from core.domain.request import State
from core.presentation.record import record
from core.texts.catalog import Texts
from core.wire.messages import RequestView
from core.wire.receipt import Receipt
from gui.language import Language
from gui.printing import Sheet, print_request
from tests.gui import samples

HASH = "a" * 43


def _receipt(view: RequestView) -> Receipt:
    amount, payee = Money(1_808, "JPY"), Payee("nod-market", "Nod Market")
    return Receipt("http://shop", "http://own", 1, view.id, HASH, "b" * 43, "paid", amount, payee, 17, None)


def test_a_record_says_who_what_how_much_when_where_and_what_proves_it() -> None:
    view = msgspec.structs.replace(samples.request(state=State.PAID), decided_at="2026-11-23T05:03:40Z")
    made = record(view, _receipt(view), Texts("en"), "Asia/Tokyo")
    assert (made.title, made.state, made.total) == ("Kitchen speaker wants to buy", "paid", "¥1,808")
    assert [(item.text, item.total) for item in made.items] == [
        ("1 × Milk 1 L", "¥248"),
        ("2 × Green tea, 20 bags", "¥1,560"),
    ]
    facts, proof = dict(made.facts), dict(made.proof)
    assert facts["Paid to"] == "Nod Market"
    assert facts["Answered"].startswith("Nov 23, 2026, 2:03")
    assert "near Dōgenzaka" in facts["Place"]
    assert (proof["Request"], proof["Receipt number"], proof["Hash of the payment token"]) == (
        view.id,
        "17",
        HASH,
    )
    assert proof["Receipt"] == "signed by the shop, and checked"


def test_a_record_never_calls_a_receipt_checked_that_was_not() -> None:
    view = samples.request(state=State.PAID)
    proof = dict(record(view, Doubt.DIFFERS, Texts("en"), "UTC").proof)
    assert proof["Receipt"] == "not the shop’s own for this order"
    without = dict(record(view, None, Texts("en"), "UTC").proof)
    assert "Receipt" not in without
    assert "Receipt number" not in without


@pytest.mark.parametrize("locale", ["en", "ja"])
def test_a_long_order_goes_on_on_a_next_page(dressed: QApplication, tmp_path: Path, locale: str) -> None:
    language = Language(locale, "Asia/Tokyo")
    items = [Item(f"i{at}", f"Thing number {at}", 2, 100 + at) for at in range(60)]
    view = samples.request(*items, state=State.PAID)
    assert print_request(tmp_path / "long.pdf", view, _receipt(view), language)
    assert (tmp_path / "long.pdf").read_bytes().count(b"/Type /Page\n") > 1
    assert print_request(tmp_path / "short.pdf", samples.request(), None, language)
    assert (tmp_path / "short.pdf").read_bytes().count(b"/Type /Page\n") == 1


def test_nothing_is_printed_beyond_the_foot_of_a_page(dressed: QApplication) -> None:
    image = QImage(2_000, 1_500, QImage.Format.Format_RGB32)
    painter, tops = QPainter(image), [0.0]
    sheet = Sheet(painter, 2_000, 1_500, lambda: tops.append(sheet.at))
    items = [Item(f"i{at}", "Thing", 1, 100) for at in range(60)]
    sheet.draw(record(samples.request(*items), None, Texts("en"), "UTC"), Language("en"))
    painter.end()
    assert len(tops) > 2
    assert max(tops) <= 1_500


def test_a_file_that_cannot_be_written_is_said(dressed: QApplication, tmp_path: Path) -> None:
    assert not print_request(tmp_path / "no" / "such" / "a.pdf", samples.request(), None, Language("en"))
