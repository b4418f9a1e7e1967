"""Colours and style sheet of the device's window; the same family as the terminal's, in its own process."""

from dataclasses import dataclass, field
from pathlib import Path

from assistant.face.state import Light
from core.presentation.typeface import JAPANESE, SEMIBOLD


@dataclass(frozen=True, slots=True)
class Looks:
    """One palette; every value is `#rrggbb`."""

    window: str
    surface: str
    line: str
    edge: str
    ink: str
    muted: str
    accent: str
    on_accent: str
    danger: str
    focus: str
    lights: dict[Light, str] = field(default_factory=dict)
    """The ring's colour for each light."""


LIGHT = Looks(
    window="#f4f2ed",
    surface="#ffffff",
    line="#dedad1",
    edge="#87837a",
    ink="#1c1d1f",
    muted="#57544d",
    accent="#0b6b53",
    on_accent="#ffffff",
    danger="#a3221b",
    focus="#1a5fb4",
    lights={
        Light.IDLE: "#b9b4a8",
        Light.LISTENING: "#1d4b86",
        Light.ASKING: "#1d4b86",
        Light.THINKING: "#714700",
        Light.SPEAKING: "#0b6b53",
        Light.WAITING: "#0b6b53",
        Light.GOOD: "#0b6b53",
        Light.BAD: "#a3221b",
        Light.DENIED: "#57544d",
        Light.LATE: "#57544d",
        Light.CANCELLED: "#57544d",
        Light.UNSURE: "#714700",
        Light.AWAY: "#714700",
    },
)
DARK = Looks(
    window="#141517",
    surface="#1e2023",
    line="#363a3e",
    edge="#7f858b",
    ink="#f1efea",
    muted="#b7b4ad",
    accent="#62d1a6",
    on_accent="#08201a",
    danger="#ff9f96",
    focus="#8db9ff",
    lights={
        Light.IDLE: "#50555a",
        Light.LISTENING: "#9fc5ff",
        Light.ASKING: "#9fc5ff",
        Light.THINKING: "#f2c470",
        Light.SPEAKING: "#62d1a6",
        Light.WAITING: "#62d1a6",
        Light.GOOD: "#62d1a6",
        Light.BAD: "#ff9f96",
        Light.DENIED: "#b7b4ad",
        Light.LATE: "#b7b4ad",
        Light.CANCELLED: "#b7b4ad",
        Light.UNSURE: "#f2c470",
        Light.AWAY: "#f2c470",
    },
)


_HERE = Path(__file__).parent.as_posix()
TICK = "#0b6b53"
"""Ground of a tick, which is white in both palettes."""
_NAMES = ", ".join(f'"{name}"' for name in (SEMIBOLD, *JAPANESE))
_STRONG = f"font-family: {_NAMES}; font-weight: 600;"
"""The stronger cut, which is a family of its own."""


def sheet(looks: Looks) -> str:
    """The window's style sheet."""
    return f"""
QWidget {{ background: {looks.window}; color: {looks.ink}; font-size: 14px; }}
QLabel#status {{ font-size: 18px; {_STRONG} }}
QLabel#status[bold="true"] {{ font-weight: 700; }}
QLabel#hint {{ color: {looks.muted}; }}
QLabel#code {{ font-size: 26px; {_STRONG} letter-spacing: 2px; background: {looks.surface}; }}
QFrame#card {{ background: {looks.surface}; border: 1px solid {looks.line}; border-radius: 10px; }}
QFrame#card QLabel {{ background: {looks.surface}; }}
QListWidget {{ background: {looks.surface}; border: 1px solid {looks.line}; border-radius: 10px;
  padding: 6px 12px; }}
QListWidget::item {{ padding: 4px 0; }}
QLineEdit, QComboBox {{ background: {looks.surface}; border: 1px solid {looks.edge}; border-radius: 8px;
  padding: 8px 10px; }}
QLineEdit {{ placeholder-text-color: {looks.muted}; }}
QPushButton {{ background: {looks.surface}; border: 1px solid {looks.edge}; border-radius: 8px;
  padding: 8px 14px; min-height: 20px; outline: 0; }}
QPushButton#talk {{ background: {looks.accent}; color: {looks.on_accent}; border-color: {looks.accent};
  {_STRONG} }}
QPushButton#talk[bold="true"], QPushButton#save[bold="true"] {{ font-weight: 700; }}
QPushButton#talk[deaf="true"] {{ background: {looks.surface}; color: {looks.ink};
  border-color: {looks.edge}; }}
QPushButton:disabled, QPushButton#talk:disabled {{ background: {looks.surface}; color: {looks.muted};
  border-color: {looks.line}; }}
QLineEdit:focus, QComboBox:focus {{ border: 2px solid {looks.focus}; padding: 7px 9px; }}
QPushButton:focus {{ border: 2px solid {looks.focus}; padding: 7px 13px; }}
QListWidget:focus {{ border: 2px solid {looks.focus}; padding: 5px 11px; }}
QPushButton#talk:focus, QPushButton#save:focus {{ border: 3px solid {looks.focus}; padding: 6px 12px; }}
QComboBox::drop-down {{ border: 0; width: 26px; background: transparent; }}
QComboBox::down-arrow {{ image: url("{_HERE}/down.svg"); width: 16px; height: 16px; margin-right: 8px; }}
QComboBox QAbstractItemView {{ background: {looks.surface}; color: {looks.ink}; outline: 0;
  border: 1px solid {looks.edge}; selection-background-color: {looks.accent};
  selection-color: {looks.on_accent}; }}
QScrollBar:vertical {{ background: {looks.surface}; width: 10px; border: 0; margin: 0; }}
QScrollBar::handle:vertical {{ background: {looks.edge}; border-radius: 3px; min-height: 30px; margin: 2px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
{_choices(looks)}
QProgressBar {{ background: {looks.line}; border: 0; border-radius: 3px; max-height: 6px; min-height: 6px; }}
QProgressBar::chunk {{ background: {looks.accent}; border-radius: 3px; }}
"""


def _choices(looks: Looks) -> str:
    """What the settings are chosen with."""
    return f"""
QCheckBox {{ spacing: 8px; min-height: 22px; outline: 0; }}
QCheckBox::indicator {{ width: 16px; height: 16px; border: 1px solid {looks.edge}; border-radius: 4px;
  background: {looks.surface}; }}
QCheckBox::indicator:checked {{ background: {TICK}; border-color: {TICK}; image: url("{_HERE}/tick.svg"); }}
QCheckBox::indicator:focus {{ border: 2px solid {looks.focus}; width: 14px; height: 14px; }}
QSlider {{ min-height: 22px; }}
QSlider::groove:horizontal {{ background: {looks.line}; height: 4px; border-radius: 2px; }}
QSlider::sub-page:horizontal {{ background: {looks.accent}; border-radius: 2px; }}
QSlider::handle:horizontal {{ background: {looks.surface}; border: 2px solid {looks.accent}; width: 12px;
  height: 12px; margin: -6px 0; border-radius: 8px; }}
QSlider::handle:horizontal:focus {{ border-color: {looks.focus}; background: {looks.focus}; }}
QPushButton#save {{ background: {looks.accent}; color: {looks.on_accent}; border-color: {looks.accent};
  {_STRONG} }}
"""
