"""What is said: orders, orders that must not be one, strangers' things and names, and plain talk.

The tuning half and the held-out half share no item, no name and no sentence of plain talk. Thresholds and
weights may be chosen on the tuning half only.
"""

import random
from dataclasses import dataclass
from typing import Literal

from assistant.ears.interface import Item, Nickname

Kind = Literal["order", "negated", "near", "talk"]


@dataclass(frozen=True)
class Half:
    """One half of the test set."""

    name: str
    """"tuning" or "held-out"."""
    items: tuple[Item, ...]
    """The catalogue."""
    nicknames: tuple[Nickname, ...]
    """The contacts."""
    strange_items: tuple[str, ...]
    """Things that the catalogue does not have."""
    strange_names: tuple[str, ...]
    """People that the contacts do not have."""
    talk: tuple[str, ...]
    """What is no order at all."""


@dataclass(frozen=True)
class Sentence:
    """One thing to say, and what must be heard."""

    text: str
    """The words."""
    kind: Kind
    """What it is."""
    item: str | None = None
    """The catalogue's name, for an order."""
    quantity: int = 1
    """How many, for an order."""
    nickname: str | None = None
    """The contact, for an order."""


ORDERS = (
    "buy {amount} for {name}",
    "please order {amount} for {name}",
    "can you get {amount} for {name}",
    "could you please buy {amount} for {name}",
    "I'd like {amount} for {name} please",
    "get {name} {amount}",
    "for {name} buy {amount}",
    "purchase {amount} for {name} thank you",
    "pick up {amount} for {name}",
    "ask {name} for {amount}",
)
NEGATED = (
    "don't buy {amount} for {name}",
    "do not order {amount} for {name}",
    "please don't get {amount} for {name}",
    "never buy {amount} for {name}",
    "I bought {amount} for {name}",
    "did you buy {amount} for {name}",
    "I don't want you to order {amount} for {name}",
    "she ordered {amount} for {name} yesterday",
    "you shouldn't buy {amount} for {name}",
    "I told her not to buy {amount} for {name}",
    "why did you order {amount} for {name}",
    "we already got {amount} for {name}",
)
NUMBERS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 8: "eight", 10: "ten"}


def sentences(half: Half, orders: int, others: int, seed: int = 20) -> list[Sentence]:
    """The sentences of a half: `orders` orders, and `others` each of negated, near and plain talk."""
    chance = random.Random(f"{seed} {half.name}")
    said = [_order(half, ORDERS[at % len(ORDERS)], "order", chance, at) for at in range(orders)]
    said += [_order(half, NEGATED[at % len(NEGATED)], "negated", chance, at) for at in range(others)]
    said += [_near(half, chance, at) for at in range(others)]
    said += [Sentence(half.talk[at % len(half.talk)], "talk") for at in range(others)]
    return said


def _order(half: Half, form: str, kind: Kind, chance: random.Random, at: int) -> Sentence:
    item = half.items[at % len(half.items)]
    name = chance.choice(half.nicknames).text
    quantity, amount = _amount(item, chance)
    return Sentence(form.format(amount=amount, name=name), kind, item.name, quantity, name)


def _near(half: Half, chance: random.Random, at: int) -> Sentence:
    form = chance.choice(ORDERS)
    if at % 2:
        thing, name = (
            half.strange_items[at // 2 % len(half.strange_items)],
            chance.choice(half.nicknames).text,
        )
        return Sentence(form.format(amount=thing, name=name), "near")
    _, amount = _amount(chance.choice(half.items), chance)
    name = half.strange_names[at // 2 % len(half.strange_names)]
    return Sentence(form.format(amount=amount, name=name), "near")


def _amount(item: Item, chance: random.Random) -> tuple[int, str]:
    if chance.random() < 0.4:
        if item.plural is None:
            return 1, chance.choice(("", "some ")) + item.name
        return 1, item.plural if item.unit or item.plural == item.name else f"one {item.name}"
    quantity = chance.choice([count for count in NUMBERS if count > 1])
    if item.unit:
        return quantity, f"{NUMBERS[quantity]} {_plural(item.unit)} of {item.plural or item.name}"
    return quantity, f"{NUMBERS[quantity]} {item.plural or _plural(item.name)}"


def _plural(word: str) -> str:
    return {"loaf": "loaves", "box": "boxes"}.get(word, word + "s")


def _items(table: str) -> tuple[Item, ...]:
    """Lines of "name, plural, unit", either of which may be empty."""
    found = []
    for line in table.strip().splitlines():
        name, plural, unit = (part.strip() or None for part in line.split(","))
        found.append(Item(str(name), plural, unit))
    return tuple(found)


def _names(text: str) -> tuple[Nickname, ...]:
    return tuple(Nickname(name.strip()) for name in text.split(","))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.strip().splitlines())


TUNING = Half(
    "tuning",
    _items("""
        milk,,bottle
        bread,,loaf
        chocolate,,bar
        rice,,bag
        battery,batteries,
        shampoo,,bottle
        tomato,tomatoes,
        olive oil,,bottle
        toilet paper,,roll
        cookie,cookies,
        blanket,blankets,
        dog food,,can
        honey,,jar
        lemon,lemons,
        mineral water,,bottle
        pencil,pencils,
        tea towel,tea towels,
        sunscreen,,tube
        potato,potatoes,
        birthday card,birthday cards,
    """),
    _names("Momo, Grandma, Ace, Bunny, Daniel, Sophie, Uncle Bob, Kenji, Mia, Oliver"),
    ("coffee", "guitar", "socks", "paint", "a ticket", "perfume", "carrots", "a hammer", "sausages"),
    ("Peter", "Jessica", "Mark", "Laura", "Tom", "Sarah", "Victor", "my neighbour", "the teacher"),
    _lines("""
        what is the weather like today
        turn on the light in the kitchen
        good morning everybody
        the milk is in the fridge
        set a timer for ten minutes
        play some music for the children
        I think Grandma is asleep
        buy a sofa today and save forty percent
        how far is it to the station
        we should leave before it rains
        call me when you are at home
        the bread was really good
        there is nobody at the door
        my favourite colour is green
        remind me to water the plants
        this is the evening news
        he lives by the river
        Momo is at school until four
        could you open the window for me
        the train for London leaves at nine
        please close the door
        where did I put my keys
        it costs five dollars for two
        let us watch a film tonight
        by the way, dinner is ready
        get out of bed
        for heaven's sake, be quiet
        the shop sells rice and chocolate
        our best offer, only this week
        order in the court
    """),
)

HELD_OUT = Half(
    "held-out",
    _items("""
        green tea,green teas,box
        coffee beans,coffee beans,bag
        apple,apples,
        notebook,notebooks,
        umbrella,umbrellas,
        phone charger,phone chargers,
        orange juice,,carton
        toothpaste,,tube
        butter,,pack
        banana,bananas,
        light bulb,light bulbs,
        cat food,,tin
        soap,,piece
        yogurt,yogurts,
        onion,onions,
        paper towel,paper towels,
        cereal,,box
        candle,candles,
        pasta,,pack
        sparkling water,,bottle
    """),
    _names("Hana, Captain, Grandpa, Emma, Yuki, Pepper, Alex, Rosie, Taro, Auntie May"),
    (
        "a lamp",
        "cheese",
        "a bicycle",
        "vodka",
        "a pillow",
        "wallpaper",
        "strawberries",
        "a radio",
        "mushrooms",
    ),
    ("David", "Lucy", "Brian", "Olga", "Simon", "Claire", "Henry", "my boss", "the doctor"),
    _lines("""
        is it going to snow tomorrow
        switch off the television please
        I will see you on Monday
        the apples are on the table
        what time does the museum close
        tell me a story about dragons
        Emma has a new umbrella
        two for the price of one, only today
        can you hear me now
        she has been working since six
        let me think about it
        the captain of the ship was brave
        wake me up at seven
        they painted the house white
        I cannot find my phone charger
        how do you spell banana
        the doctor will see you now
        it is too late for breakfast
        please be careful with the knife
        add an appointment for Friday
        buy now and pay later
        good night and sleep well
        this song is for my mother
        who wrote that letter
        the coffee smells wonderful
        get ready for school
        by tomorrow everything will be fine
        volume up
        our guests arrive at eight
        in other news, the bridge is open again
    """),
)
