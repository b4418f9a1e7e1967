"""Where an order was spoken, and who says so."""

from typing import Literal

import msgspec

from core.domain.errors import PlaceRefused, TextRefused
from core.domain.text_gate import NAME_LENGTH, pass_gate

Source = Literal["registered", "reported", "unknown"]


class Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A place with words, perhaps a point, and its source."""

    label: str
    """Words for it: "kitchen", "Shibuya"."""
    source: Source
    """`registered`: set by the approver at pairing; `reported`: sent by the device; `unknown`."""
    latitude: float | None = None
    """Degrees north, WGS 84."""
    longitude: float | None = None
    """Degrees east, WGS 84."""
    accuracy_m: float | None = None
    """Radius in metres within which the point is believed."""

    def __post_init__(self) -> None:
        if (self.latitude is None) != (self.longitude is None):
            raise PlaceRefused("A place needs both latitude and longitude, or neither.")
        if self.latitude is not None and not -90 <= self.latitude <= 90:
            raise PlaceRefused("The latitude is outside -90 to 90.")
        if self.longitude is not None and not -180 <= self.longitude <= 180:
            raise PlaceRefused("The longitude is outside -180 to 180.")
        if self.accuracy_m is not None and not 0 <= self.accuracy_m <= 100_000:
            raise PlaceRefused("The accuracy is outside 0 to 100000 metres.")


class PlaceClaim(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A place without a source: as a device reports it, or an approver registers it."""

    label: str
    """Words for it."""
    latitude: float | None = None
    """Degrees north, WGS 84."""
    longitude: float | None = None
    """Degrees east, WGS 84."""
    accuracy_m: float | None = None
    """Radius in metres within which the point is believed."""

    def sourced(self, source: Source) -> Place:
        """The place with its source and a label that passed the gate.

        Raises:
            PlaceRefused: if the label or the coordinates cannot be right.
        """
        try:
            label = pass_gate(self.label, NAME_LENGTH)
        except TextRefused as refused:
            raise PlaceRefused(refused.description) from refused
        return Place(label, source, self.latitude, self.longitude, self.accuracy_m)


UNKNOWN = Place("", "unknown")
"""Nobody said where."""


def place_of(registered: Place | None, reported: PlaceClaim | None) -> Place:
    """The place to show: what the device reports now, else what the approver registered."""
    if reported is not None:
        return reported.sourced("reported")
    return registered if registered is not None else UNKNOWN
