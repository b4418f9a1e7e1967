"""Ordering again: what the built-in assistant is to ask for once more, where that is possible at all.

The terminal never asks anything by itself. It hands exact articles to the device that it brought along; that
one asks for today's price and for the person's nod, like any other device.
"""

from core.domain.request import State
from core.wire.messages import Device, OrderAgain, OrderLine, RequestView

_NOT_AGAIN = {State.PENDING, State.REPORTED, State.APPROVED, State.UNKNOWN}
"""Nobody knows yet whether it is paid, or the person wants none of it."""


def order_again(
    view: RequestView, assistant_id: str | None, devices: tuple[Device, ...]
) -> OrderAgain | None:
    """The order to make again; None where it was no purchase, may still be paid, or no assistant may ask.

    Args:
        view: the request as it was.
        assistant_id: client id of the built-in assistant; None while it is not running.
        devices: the person's devices as they are now.
    """
    purchase = view.details.purchase
    if purchase is None or view.state in _NOT_AGAIN or view.lacks_receipt:
        return None
    if assistant_id is None or view.details.context.requester.client_id != assistant_id:
        return None
    device = next((one for one in devices if one.client_id == assistant_id and not one.blocked), None)
    if device is None:
        return None
    return OrderAgain(device.nickname, tuple(OrderLine(item.id, item.quantity) for item in purchase.items))
