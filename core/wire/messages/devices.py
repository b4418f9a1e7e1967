"""Pairing a device, and what its approver sees of it."""

import msgspec

from core.domain.place import Place, PlaceClaim
from core.wire.details import Kind
from core.wire.messages.codec import In, Out


class PairingView(Out, frozen=True):
    """`GET /pairings/{user_code}`: who wants to be paired, in its own words."""

    client_name: str
    """The device's own name; only shown here, as a claim."""
    kind: Kind
    """What it is."""
    may: tuple[str, ...]
    """What it could ask: `purchase`, `procedure`, `sign_in`."""
    expires_in: int
    """Seconds."""


class Consent(In, frozen=True):
    """`POST /pairings/{user_code}`."""

    nickname: str
    """What this device will call the user."""
    device_name: str
    """What the user calls this device."""
    place: PlaceClaim | None = None
    """Where it stands; becomes `registered`."""
    spoken_as: str | None = None
    """Reading of the nickname."""


class Device(Out, frozen=True):
    """A paired device, as its approver sees it."""

    client_id: str
    name: str
    kind: Kind
    nickname: str
    paired_at: str
    place: Place | None = None
    blocked: bool = False
    requests: int = 0
    """Requests so far."""
    spent_value: int = 0
    """Minor units paid so far, in `spent_currency`."""
    spent_currency: str = "JPY"
    may: tuple[str, ...] = ()
    """What it can ask: `purchase`, `procedure`, `sign_in`."""


class Devices(Out, frozen=True):
    """Answer to `GET /devices`."""

    devices: tuple[Device, ...]


class DeviceChange(In, frozen=True):
    """`PATCH /devices/{client_id}`: members that are there are set."""

    name: str | msgspec.UnsetType = msgspec.UNSET
    nickname: str | msgspec.UnsetType = msgspec.UNSET
    place: PlaceClaim | msgspec.UnsetType | None = msgspec.UNSET
    blocked: bool | msgspec.UnsetType = msgspec.UNSET


class ContactName(Out, frozen=True):
    """One contact of a device."""

    nickname: str
    spoken_as: str | None = None
    sub: str = ""
    """The user's pairwise subject for this device."""


class Contacts(Out, frozen=True):
    """Answer to `GET /contacts`: the device's own nicknames."""

    contacts: tuple[ContactName, ...]
    owner: str | None = None
    """Nickname of the first one paired: "me"."""
