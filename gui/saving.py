"""Asks where a file goes or comes from: among the person's documents, under a name that says what it is."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget


def ask_where(owner: QWidget, button: str, name: str, kinds: str) -> Path | None:
    """The file to write; None where the person has changed their mind.

    Args:
        owner: the window that asks.
        button: what was pressed; becomes the question's title.
        name: what the file is called unless the person says otherwise.
        kinds: Qt's filter: `PDF (*.pdf)`.
    """
    chosen, _ = QFileDialog.getSaveFileName(owner, _title(button), str(documents() / name), kinds)
    return Path(chosen) if chosen else None


def ask_which(owner: QWidget, button: str, kinds: str) -> Path | None:
    """The file to read; None where the person has changed their mind."""
    chosen, _ = QFileDialog.getOpenFileName(owner, _title(button), str(documents()), kinds)
    return Path(chosen) if chosen else None


def documents() -> Path:
    """Where the person keeps documents, or else their home."""
    at = QStandardPaths.StandardLocation
    kept = Path(QStandardPaths.writableLocation(at.DocumentsLocation))
    return kept if kept.is_dir() else Path(QStandardPaths.writableLocation(at.HomeLocation))


def _title(button: str) -> str:
    return button.rstrip(" …")
