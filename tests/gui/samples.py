"""Plausible requests and devices to show: the values that every screen test and every picture uses."""

import msgspec

from core.domain.money import Money
from core.domain.place import Place
from core.domain.procedure import Field, Procedure
from core.domain.purchase import Item, Payee
from core.domain.request import PROVEN, State
from core.wire.details import Context, Details, Kind, PurchaseDetails, Requester
from core.wire.messages import Asker, Device, RequestView

KITCHEN = Place("Kitchen", "registered", 35.6595, 139.7005, 30.0)
CAFE = Place("Café Minato", "reported", 35.4437, 139.638, 500.0)
NOWHERE = Place("", "unknown")
MILK = Item("milk", "Milk 1 L", 1, 248)
TEA = Item("green-tea", "Green tea, 20 bags", 2, 780)
MILK_JA = Item("milk", "牛乳 1リットル", 1, 248)
TEA_JA = Item("green-tea", "緑茶 ティーバッグ20袋", 2, 780)


def purchase(*items: Item, payee: str = "Nod Market") -> PurchaseDetails:
    """An order of `items` with the right total."""
    total = sum(item.quantity * item.unit_value for item in items)
    return PurchaseDetails("q" * 43, Payee("nod-market", payee), items, Money(total, "JPY"))


def request(  # every part of a request that a test may want otherwise
    *items: Item,
    name: str = "req_" + "a" * 32,
    who: str = "Kitchen speaker",
    kind: Kind = "ai_device",
    nickname: str = "Momo",
    at: str = "2026-11-23T05:03:00Z",
    place: Place = KITCHEN,
    state: State = State.PENDING,
    revision: int = 1,
    digits: int = 2,
    is_first: bool = False,
    expires_in_s: float | None = 60.0,
) -> RequestView:
    """A request for `items`, or for milk and two packs of tea."""
    context = Context(name, Requester("dev_1", who, kind), nickname, at, place, 1_795_410_240, digits)
    details = Details(context, "c2FsdA", purchase=purchase(*(items or (MILK, TEA))))
    return RequestView(
        id=name,
        state=state,
        revision=revision,
        details=details,
        details_sha256=details.sha256,
        asker=Asker("2026-11-02T09:00:00Z", is_first),
        challenge="challenge" if state is State.PENDING else None,
        expires_in_s=expires_in_s if state is State.PENDING else None,
        receipt="r" if state in PROVEN else None,
    )


def procedure() -> RequestView:
    """A request in which no money moves."""
    context = Context(
        "req_" + "b" * 32,
        Requester("dev_2", "Travel agent", "ai_agent"),
        "Momo",
        "2026-11-23T05:03:00Z",
        NOWHERE,
        1_795_410_240,
        2,
    )
    what = Procedure("Let the plumber in", (Field("Door", "Front"), Field("From", "14:00 to 15:00")))
    details = Details(context, "c2FsdA", procedure=what)
    return RequestView(
        context.request_id,
        State.PENDING,
        2,
        details,
        details.sha256,
        Asker("2026-11-02T09:00:00Z"),
        challenge="challenge",
        expires_in_s=60.0,
    )


def procedure_ja() -> RequestView:
    """The same in Japanese."""
    view = procedure()
    context = msgspec.structs.replace(
        view.details.context, nickname="モモ", requester=Requester("dev_2", "旅行エージェント", "ai_agent")
    )
    what = Procedure("水道業者を家に入れる", (Field("入口", "玄関"), Field("時間", "14:00～15:00")))
    return msgspec.structs.replace(
        view, details=msgspec.structs.replace(view.details, context=context, procedure=what)
    )


def device(name: str = "Kitchen speaker", *, kind: Kind = "ai_device", is_blocked: bool = False) -> Device:
    """A paired device."""
    return Device(
        client_id=f"dev_{len(name)}",
        name=name,
        kind=kind,
        nickname="Momo",
        paired_at="2026-11-02T09:00:00Z",
        place=KITCHEN,
        blocked=is_blocked,
        requests=14,
        spent_value=12_480,
        may=("purchase", "procedure", "sign_in"),
    )
