"""The colours by purpose, light and dark, and the pairs of them that carry text.

A widget names a purpose ("muted"), never a colour. `TEXT_PAIRS` lists which ink stands on which ground;
a test holds each at the contrast of WCAG 2.2 level AA (4.5:1, and 3:1 for the edges of controls).
"""

from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Colours:
    """One palette; every value is `#rrggbb`."""

    window: str
    """Behind everything."""
    surface: str
    """Cards, lists and fields."""
    sunken: str
    """A quiet block on a surface."""
    line: str
    """Separators; decoration only."""
    edge: str
    """The edge of a control."""
    ink: str
    """Text."""
    muted: str
    """Text of the second rank."""
    accent: str
    """The one action of a window, the countdown, links."""
    accent_strong: str
    """The same under the pointer."""
    on_accent: str
    """Text on the accent."""
    accent_soft: str
    """Ground of good news."""
    danger: str
    """Refusals and the last seconds."""
    danger_soft: str
    """Ground of bad news."""
    warn: str
    """What is unusual or only claimed."""
    warn_soft: str
    """Ground of it."""
    info: str
    """Neutral notices."""
    info_soft: str
    """Ground of them."""
    focus: str
    """The ring around what has the keyboard."""


LIGHT = Colours(
    window="#f4f2ed",
    surface="#ffffff",
    sunken="#f7f6f2",
    line="#dedad1",
    edge="#87837a",
    ink="#1c1d1f",
    muted="#57544d",
    accent="#0b6b53",
    accent_strong="#075542",
    on_accent="#ffffff",
    accent_soft="#dff1ea",
    danger="#a3221b",
    danger_soft="#fbe8e6",
    warn="#714700",
    warn_soft="#fdf0d3",
    info="#1d4b86",
    info_soft="#e4edf8",
    focus="#1a5fb4",
)

DARK = Colours(
    window="#141517",
    surface="#1e2023",
    sunken="#26292c",
    line="#363a3e",
    edge="#7f858b",
    ink="#f1efea",
    muted="#b7b4ad",
    accent="#62d1a6",
    accent_strong="#86e0be",
    on_accent="#08201a",
    accent_soft="#17362c",
    danger="#ff9f96",
    danger_soft="#401d1a",
    warn="#f2c470",
    warn_soft="#3a2d12",
    info="#9fc5ff",
    info_soft="#1b2d47",
    focus="#8db9ff",
)

GROUNDS = ("window", "surface", "sunken")
TEXT_PAIRS: tuple[tuple[str, str], ...] = (
    *((ink, ground) for ground in GROUNDS for ink in ("ink", "muted", "accent", "danger", "warn", "info")),
    ("on_accent", "accent"),
    ("on_accent", "accent_strong"),
    *(
        (ink, ground)
        for ground in ("accent_soft", "danger_soft", "warn_soft", "info_soft")
        for ink in ("ink",)
    ),
    ("accent", "accent_soft"),
    ("danger", "danger_soft"),
    ("warn", "warn_soft"),
    ("info", "info_soft"),
)
"""(ink, ground): text that must be read."""

EDGE_PAIRS: tuple[tuple[str, str], ...] = (
    *((edge, ground) for ground in GROUNDS for edge in ("edge", "focus", "accent", "danger")),
    ("focus", "accent_soft"),
    ("on_accent", "accent"),
    ("on_accent", "accent_strong"),
)
"""(edge, ground): shapes that must be seen (WCAG 2.2, 1.4.11)."""


def contrast(first: str, second: str) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.2, "contrast ratio").

    Args:
        first: `#rrggbb`.
        second: `#rrggbb`.
    """
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def purposes() -> tuple[str, ...]:
    """The names of all colours."""
    return tuple(field.name for field in fields(Colours))
