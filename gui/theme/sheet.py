"""The style sheet and the Qt palette that a set of colours makes.

Widgets carry a dynamic property `look` (`card`, `primary`, `danger`, `quiet`, `chip-warn` …); what a look is,
is said here once.
"""

from pathlib import Path

from PySide6.QtGui import QColor, QPalette

from gui.theme.tokens import Colours
from gui.theme.type_scale import CONTROL_HEIGHT, RADIUS

TICK = "#0b6b53"
"""Ground of a tick, which is white in both palettes."""

_SHEET = """
QWidget {{ color: {ink}; }}
QMainWindow, QDialog, *[look="window"] {{ background: {window}; }}
*[look="clear"] {{ background: transparent; border: 0; }}
*[look="card"] {{ background: {surface}; border: 1px solid {line}; border-radius: {radius}px; }}
*[look="sunken"] {{ background: {sunken}; border: 0; border-radius: {radius}px; }}
*[look="rule"] {{ background: {line}; border: 0; }}
QLabel {{ background: transparent; }}
QLabel[ink="muted"] {{ color: {muted}; }}
QLabel[ink="accent"] {{ color: {accent}; }}
QLabel[ink="danger"] {{ color: {danger}; }}
QLabel[ink="warn"] {{ color: {warn}; }}
QLabel[look="chip-warn"], QLabel[look="chip-info"], QLabel[look="chip-good"], QLabel[look="chip-bad"],
QLabel[look="chip-quiet"] {{ border-radius: 9px; padding: 2px 9px; }}
QLabel[look="chip-warn"] {{ background: {warn_soft}; color: {warn}; }}
QLabel[look="chip-info"] {{ background: {info_soft}; color: {info}; }}
QLabel[look="chip-good"] {{ background: {accent_soft}; color: {accent}; }}
QLabel[look="chip-bad"] {{ background: {danger_soft}; color: {danger}; }}
QLabel[look="chip-quiet"] {{ background: {sunken}; color: {muted}; }}
QFrame[look="banner-warn"] {{ background: {warn_soft}; border: 0; border-radius: {small}px; }}
QFrame[look="banner-bad"] {{ background: {danger_soft}; border: 0; border-radius: {small}px; }}
QFrame[look="banner-info"] {{ background: {info_soft}; border: 0; border-radius: {small}px; }}
QFrame[look="banner-quiet"] {{ background: {sunken}; border: 1px solid {line}; border-radius: {small}px; }}
QFrame[look="banner-good"] {{ background: {accent_soft}; border: 0; border-radius: {small}px; }}

QPushButton {{ background: {surface}; color: {ink}; border: 1px solid {edge}; border-radius: {small}px;
  padding: 0 16px; min-height: {button}px; outline: 0; }}
QPushButton:hover {{ background: {sunken}; }}
QPushButton:pressed {{ background: {line}; }}
QPushButton:focus {{ border: 2px solid {focus}; padding: 0 15px; }}
QPushButton:disabled {{ color: {muted}; border-color: {line}; background: {sunken}; }}
QPushButton[look="primary"] {{ background: {accent}; color: {on_accent}; border-color: {accent}; }}
QPushButton[look="primary"]:hover {{ background: {accent_strong}; }}
QPushButton[look="primary"]:focus {{ border: 3px solid {focus}; padding: 0 14px; }}
QPushButton[look="primary"]:disabled {{ background: {sunken}; color: {muted}; border-color: {line}; }}
QPushButton[look="danger"] {{ color: {danger}; border-color: {danger}; }}
QPushButton[look="danger"]:focus {{ border: 3px solid {focus}; padding: 0 14px; }}
QPushButton[look="danger"]:disabled {{ color: {muted}; border-color: {line}; }}
QPushButton[look="quiet"] {{ background: transparent; border-color: transparent; color: {accent};
  padding: 0 8px; }}
QPushButton[look="quiet-danger"] {{ background: transparent; border-color: transparent; color: {danger};
  padding: 0 8px; }}
QPushButton[look^="quiet"]:hover {{ background: {sunken}; }}
QPushButton[look^="quiet"]:focus {{ border: 2px solid {focus}; padding: 0 7px; }}
QPushButton[look^="quiet"]:disabled {{ color: {muted}; background: transparent; }}
QToolButton {{ background: {surface}; color: {ink}; border: 1px solid {edge}; border-radius: {small}px;
  min-height: {button}px; min-width: 28px; }}
QToolButton:hover {{ background: {sunken}; }}
QToolButton:focus {{ border: 2px solid {focus}; }}
QToolButton:disabled {{ color: {muted}; border-color: {line}; background: {sunken}; }}
QToolButton::menu-indicator {{ image: none; }}

QLineEdit, QComboBox, QSpinBox, QTimeEdit {{ background: {surface}; border: 1px solid {edge};
  border-radius: {small}px; padding: 0 10px; min-height: {field}px; selection-background-color: {accent};
  selection-color: {on_accent}; }}
QLineEdit:focus, QComboBox:focus, QSpinBox:focus, QTimeEdit:focus {{
  border: 2px solid {focus}; padding: 0 9px; }}
QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled, QTimeEdit:disabled {{
  color: {muted}; background: {sunken};
  border-color: {line}; }}
QLineEdit {{ placeholder-text-color: {muted}; }}
QLineEdit > QToolButton {{ min-height: 0; min-width: 0; border: 0; background: transparent; }}
QComboBox:!editable {{ padding-left: 12px; }}
QComboBox:!editable:focus {{ padding-left: 11px; }}
QLineEdit[look="code"] {{ min-height: 46px; min-width: 210px; }}
QLineEdit[wrong="true"], QComboBox[wrong="true"] {{ border: 2px solid {danger}; padding: 0 9px; }}
QComboBox::drop-down {{ border: 0; width: 28px; }}
QComboBox::down-arrow {{ image: url("{icons}/down.svg"); width: 16px; height: 16px; }}
QComboBox QAbstractItemView {{ background: {surface}; border: 1px solid {edge}; selection-background-color:
  {accent_soft}; selection-color: {ink}; outline: 0; }}
QCheckBox {{ spacing: 9px; min-height: 26px; outline: 0; }}
QCheckBox::indicator {{ width: 18px; height: 18px; border: 1px solid {edge}; border-radius: 5px;
  background: {surface}; }}
QCheckBox::indicator:checked {{ background: {tick}; border-color: {tick}; image: url("{icons}/tick.svg"); }}
QCheckBox::indicator:focus {{ border: 2px solid {focus}; width: 16px; height: 16px; }}
QSpinBox, QTimeEdit {{ padding: 0 26px 0 10px; }}
QSpinBox:focus, QTimeEdit:focus {{ padding: 0 25px 0 9px; }}
QSpinBox::up-button, QSpinBox::down-button, QTimeEdit::up-button, QTimeEdit::down-button {{ border: 0;
  width: 24px; background: transparent; }}
QSpinBox::up-arrow, QTimeEdit::up-arrow {{ image: url("{icons}/up.svg"); width: 13px; height: 13px; }}
QSpinBox::down-arrow, QTimeEdit::down-arrow {{ image: url("{icons}/down.svg"); width: 13px; height: 13px; }}
QTextEdit {{ background: {surface}; border: 1px solid {line}; border-radius: {small}px; padding: 8px; }}
QTextEdit:focus {{ border: 2px solid {focus}; }}

QListView {{ background: transparent; border: 0; outline: 0; }}
QListView[look="offer"] {{ background: {surface}; border: 1px solid {edge}; }}
QListView[look="offer"]::item {{ min-height: 28px; padding: 0 8px; margin: 2px 4px; border-radius: 5px; }}
QListView[look="offer"]::item:selected {{ background: {accent_soft}; color: {ink}; }}
QProgressBar {{ background: {line}; border: 0; border-radius: 3px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 3px; width: 60px; }}
QScrollArea {{ border: 0; }}
QScrollArea[look="reading"] {{ background: transparent; border: 2px solid transparent;
  border-radius: {radius}px; }}
QScrollArea[look="reading"]:focus {{ border-color: {focus}; }}
QScrollBar:vertical {{ background: transparent; width: 16px; margin: 2px 2px 2px 8px; }}
QScrollBar::handle:vertical {{ background: {edge}; border-radius: 3px; min-height: 30px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QToolTip {{ background: {ink}; color: {surface}; border: 0; padding: 4px 8px; }}
QMenu {{ background: {surface}; border: 1px solid {line}; padding: 6px; }}
QMenu::item {{ padding: 6px 22px; border-radius: 5px; }}
QMenu::item:selected {{ background: {accent_soft}; color: {ink}; }}

*[look="rail"] {{ background: {surface}; border: 0; border-right: 1px solid {line}; }}
QPushButton[look="rail"] {{ text-align: left; border: 2px solid transparent; border-radius: {small}px;
  padding: 0 10px; background: transparent; color: {muted}; }}
QPushButton[look="rail"][narrow="true"], QPushButton[look="rail"][narrow="true"]:focus {{ padding: 0 15px; }}
QPushButton[look="rail"]:hover {{ background: {sunken}; }}
QPushButton[look="rail"]:checked {{ background: {accent_soft}; color: {accent}; }}
QPushButton[look="rail"]:focus {{ border-color: {focus}; }}
"""


def sheet(colours: Colours) -> str:
    """The application's style sheet in `colours`."""
    sizes = {
        "radius": RADIUS,
        "small": RADIUS - 3,
        "button": CONTROL_HEIGHT - 4,
        "field": CONTROL_HEIGHT - 6,
        "tick": TICK,
        "icons": (Path(__file__).parent / "icons").as_posix(),
    }
    return _SHEET.format(**{name: getattr(colours, name) for name in colours.__dataclass_fields__}, **sizes)


def palette(colours: Colours) -> QPalette:
    """The Qt palette in `colours`, for what the style draws itself."""
    made = QPalette()
    role = QPalette.ColorRole
    pairs = {
        role.Window: colours.window,
        role.WindowText: colours.ink,
        role.Base: colours.surface,
        role.AlternateBase: colours.sunken,
        role.Text: colours.ink,
        role.PlaceholderText: colours.muted,
        role.Button: colours.surface,
        role.ButtonText: colours.ink,
        role.Highlight: colours.accent,
        role.HighlightedText: colours.on_accent,
        role.ToolTipBase: colours.ink,
        role.ToolTipText: colours.surface,
        role.Link: colours.accent,
        role.Mid: colours.line,
        role.Accent: colours.accent,
    }
    for purpose, colour in pairs.items():
        made.setColor(purpose, QColor(colour))
    for purpose in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, purpose, QColor(colours.muted))
    return made
