"""What set-up promises: a lock of names, versions and hashes, and a Qt that leaves Python's `None` alone."""

import re
import subprocess
import sys

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.house.sources import TOP, tracked_files

LOCKS = ("requirements.txt", "uv.txt")


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_holds_no_address(lock: str) -> None:
    assert ":" + "//" not in (TOP / lock).read_text(encoding="utf-8")


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_a_version_and_a_hash(lock: str) -> None:
    entries = re.split(r"\n(?=\S)", (TOP / lock).read_text(encoding="utf-8").strip())
    pinned = re.compile(r"[\w.\[\]-]+==\S+[^\n]*\\\n\s+--hash=sha256:[0-9a-f]{64}")
    assert [entry for entry in entries if not pinned.match(entry)] == []


def test_no_lock_with_download_addresses_is_tracked() -> None:
    assert [path.name for path in tracked_files() if path.suffix == ".lock"] == []


def test_the_licence_is_apache_2() -> None:
    text = (TOP / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_the_shell_script_is_well_formed() -> None:
    subprocess.run(["sh", "-n", str(TOP / "system.sh")], check=True)


def _paint(image: QImage, times: int) -> None:
    painter = QPainter(image)
    for _ in range(times):
        painter.setPen(QColor("black"))
        painter.drawEllipse(1, 1, 5, 5)
        painter.setOpacity(0.5)
    painter.end()


def _use_widgets(parent: QWidget, times: int) -> None:
    label, button, bar = QLabel(parent), QPushButton(parent), QProgressBar(parent)
    for number in range(times):
        label.setText(str(number))
        button.setEnabled(bool(number % 2))
        button.setToolTip("tip")
        bar.setValue(number % 100)
        parent.update()
        QObject.deleteLater(QObject())


def test_qt_leaves_the_reference_count_of_none_alone(qtbot: QtBot) -> None:
    """PySide6 6.12.0 loses one reference at each call that returns nothing, and aborts on Python 3.11."""
    parent, image = QWidget(), QImage(10, 10, QImage.Format.Format_ARGB32)
    qtbot.addWidget(parent)
    _paint(image, 5)
    _use_widgets(parent, 5)
    before = sys.getrefcount(None)
    _paint(image, 500)
    _use_widgets(parent, 500)
    assert abs(sys.getrefcount(None) - before) < 100


def test_every_locked_package_is_in_the_list_of_licences() -> None:
    page, lock = (
        (TOP / name).read_text(encoding="utf-8") for name in ("docs/licences.md", "requirements.txt")
    )
    listed = re.findall(r"^\| ([\w.-]+) \| (?!licence|---)", page, re.MULTILINE)
    locked = re.findall(r"^([\w.-]+)(?:\[\w+\])?==", lock, re.MULTILINE)
    assert set(listed) == set(locked)
