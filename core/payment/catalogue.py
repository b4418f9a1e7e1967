"""What the shop sells, read once from a data file; how much of it is left lives in the database."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from core.domain.errors import DomainError
from core.domain.money import Money
from core.domain.purchase import MAX_ITEMS, MAX_QUANTITY, Item, Payee, Purchase
from core.payment.errors import BadQuantity, CatalogueBroken, UnknownItem
from core.wire.messages import Catalogue, CatalogueItem, OrderLine

DEFAULT_LANGUAGE = "en"


class Article(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing in the data file."""

    id: str
    """The shop's id."""
    titles: dict[str, str]
    """By language; English is always there."""
    unit_value: int
    """Minor units for one."""
    stock: int
    """How many there are at the first start."""
    plurals: dict[str, str] = {}
    """By language."""
    units: dict[str, str] = {}
    """What it is counted in, by language."""
    readings: dict[str, str] = {}
    """How it is said, by language."""


class Shop(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole data file."""

    payee: Payee
    """Who is paid."""
    currency: str
    """ISO 4217."""
    items: tuple[Article, ...]
    """Everything for sale."""

    def __post_init__(self) -> None:
        ids = [article.id for article in self.items]
        if len(ids) != len(set(ids)):
            raise CatalogueBroken("Two items of the catalogue have the same id.")
        for article in self.items:
            title = article.titles[DEFAULT_LANGUAGE]
            Purchase(
                self.payee,
                (Item(article.id, title, 1, article.unit_value),),
                Money(article.unit_value, self.currency),
            )
            if article.unit_value < 1 or article.stock < 0:
                raise CatalogueBroken("An item of the catalogue costs nothing or has a negative stock.")

    def catalogue(self, issuer: str) -> Catalogue:
        """What `GET /catalogue` answers."""
        items = tuple(
            CatalogueItem(one.id, one.titles, one.unit_value, one.plurals, one.units, one.readings)
            for one in self.items
        )
        return Catalogue(issuer, self.payee, self.currency, items)

    def purchase(self, lines: Sequence[OrderLine], locale: str) -> Purchase:
        """The order with titles in the asker's language and today's prices.

        Raises:
            BadQuantity: no lines, more than 20, or a quantity outside 1 to 999.
            UnknownItem: an id that the shop does not sell.
        """
        if not 1 <= len(lines) <= MAX_ITEMS:
            raise BadQuantity(f"An order has 1 to {MAX_ITEMS} lines.")
        articles = {article.id: article for article in self.items}
        items = tuple(_item(articles.get(line.id), line.quantity, locale) for line in lines)
        total = sum(item.quantity * item.unit_value for item in items)
        return Purchase(self.payee, items, Money(total, self.currency))


def _item(article: Article | None, quantity: int, locale: str) -> Item:
    if article is None:
        raise UnknownItem("The shop does not sell that. GET /catalogue lists what it sells.")
    if not 1 <= quantity <= MAX_QUANTITY:
        raise BadQuantity(f"A quantity is 1 to {MAX_QUANTITY}.")
    language = locale.replace("_", "-").partition("-")[0].lower()
    title = article.titles.get(language, article.titles[DEFAULT_LANGUAGE])
    return Item(article.id, title, quantity, article.unit_value)


def wanted(items: Sequence[Item]) -> Mapping[str, int]:
    """How many of each id an order takes out of the stock."""
    counted: Counter[str] = Counter()
    for item in items:
        counted[item.id] += item.quantity
    return counted


def load(file: Path) -> Shop:
    """Reads the data file.

    Raises:
        CatalogueBroken: it cannot be read, or is not a catalogue.
    """
    try:
        return msgspec.json.decode(file.read_bytes(), type=Shop)
    except (OSError, msgspec.MsgspecError, DomainError, KeyError) as error:
        raise CatalogueBroken(f"The catalogue {file.name} cannot be used ({error}).") from error
