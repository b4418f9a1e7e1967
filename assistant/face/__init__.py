"""The device's small window: it lives on Qt's thread while the device lives on another."""

import PySide6.QtCore  # noqa: F401 - what it does to `import` is undone before anything else is imported

from core.presentation.plain_import import restore_import

restore_import()
