"""Texts that try to look like something else, and requests that hold one of them in every field."""

import msgspec

from core.domain.procedure import Field, Procedure
from core.domain.purchase import Item
from core.domain.request import State
from core.wire.details import Authentication
from core.wire.messages import Device, RequestView
from tests.gui import samples

HOSTILE = {
    "right-to-left": "Milk \u202e84,2¥ rof\u202c",
    "long": "Very long milk " * 700,
    "markup": "<h1>Milk</h1> <b>¥1</b> <img src='x'> &amp; <a href='x'>OK</a>",
    "newlines": "Milk\n\n\nTotal ¥1\r\n\tApprove\u2028now",
    "zero-width": "M\u200bi\u200dl\ufeffk \u2060for\u00ad ¥1",
    "homoglyphs": "Mіlk frоm Nоd Маrket",
}
"""By what they do; the letters of the last are Cyrillic here and there."""


def purchase(text: str, state: State = State.PENDING) -> RequestView:
    """An order with the text as title, payee, device, nickname and place."""
    place = msgspec.structs.replace(samples.NOWHERE, label=text, source="reported")
    items = (Item("milk", text, 1, 248), samples.TEA)
    view = samples.request(*items, who=text, nickname=text, place=place, state=state)
    order = samples.purchase(*items, payee=text)
    return msgspec.structs.replace(view, details=msgspec.structs.replace(view.details, purchase=order))


def procedure(text: str) -> RequestView:
    """A procedure with the text as its name and in its fields."""
    view = samples.procedure()
    what = Procedure("Plain")
    msgspec.structs.force_setattr(what, "procedure", text)  # it refuses such a text by itself
    msgspec.structs.force_setattr(what, "fields", (Field(text, text),))
    return msgspec.structs.replace(view, details=msgspec.structs.replace(view.details, procedure=what))


def message(text: str) -> RequestView:
    """A plain request with the text as the requester's own words and as a scope."""
    view = samples.procedure()
    asked = Authentication(("openid", text), text)
    details = msgspec.structs.replace(view.details, procedure=None, authentication=asked)
    return msgspec.structs.replace(view, details=details)


def device(text: str) -> Device:
    """A device with the text as name, nickname and place."""
    place = msgspec.structs.replace(samples.KITCHEN, label=text)
    return msgspec.structs.replace(samples.device(text), nickname=text, place=place, client_id="dev_1")
