"""What the device knows: the things that can be bought and the people who can be asked."""

from dataclasses import dataclass

from assistant.ears.interface import OWNER, Item, Nickname, Vocabulary
from core.domain.errors import DomainError
from core.domain.money import Money
from core.domain.text_gate import NAME_LENGTH, TITLE_LENGTH, pass_gate
from core.wire.messages import Catalogue, Contacts


@dataclass(frozen=True, slots=True)
class Article:
    """Something that can be bought, in the device's language."""

    id: str
    """The catalogue's id."""
    name: str
    """Singular."""
    plural: str
    """As the catalogue writes it, else the singular."""
    price: Money
    """Of one; the quote decides."""
    unit: str | None = None
    """What it is counted in."""
    readings: tuple[str, ...] = ()
    """Other ways to say it."""


@dataclass(frozen=True, slots=True)
class Known:
    """Shop and contacts, as the servers told them last."""

    articles: tuple[Article, ...] = ()
    """What can be bought."""
    people: tuple[Nickname, ...] = ()
    """Who can be asked."""
    owner: str | None = None
    """The nickname behind "me"."""

    def article(self, name: str | None) -> Article | None:
        """The article of that name."""
        return next((article for article in self.articles if article.name == name), None)

    def person(self, heard: str | None) -> str | None:
        """The contact behind what was heard: a nickname, or OWNER."""
        nickname = self.owner if heard == OWNER else heard
        return nickname if any(person.text == nickname for person in self.people) else None

    def vocabulary(self, locale: str, wake_phrase: str | None = None) -> Vocabulary:
        """Everything that an order can be about, for ears and reader."""
        items = tuple(Item(a.name, a.plural, a.unit, a.readings) for a in self.articles)
        return Vocabulary(items, self.people, locale, wake_phrase)


def articles_of(catalogue: Catalogue, locale: str) -> tuple[Article, ...]:
    """The catalogue in one language; a title that the text gate refuses is left out."""
    found = []
    for item in catalogue.items:
        try:
            name = pass_gate(item.titles.get(locale) or item.titles["en"], TITLE_LENGTH)
            price = Money(item.unit_value, catalogue.currency)
        except (DomainError, KeyError):
            continue
        reading = item.readings.get(locale)
        found.append(
            Article(
                item.id,
                name,
                item.plurals.get(locale, name),
                price,
                item.units.get(locale),
                (reading,) if reading else (),
            )
        )
    return tuple(found)


def people_of(contacts: Contacts) -> tuple[tuple[Nickname, ...], str | None]:
    """The contacts and the owner's nickname; a name that the text gate refuses is left out."""
    people = []
    for contact in contacts.contacts:
        try:
            people.append(Nickname(pass_gate(contact.nickname, NAME_LENGTH), contact.spoken_as))
        except DomainError:
            continue
    return tuple(people), contacts.owner
