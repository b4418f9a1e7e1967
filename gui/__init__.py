"""The first information terminal with windows: what a person sees, in Qt.

Widgets here show and collect; sentences come from `core/texts`, lines from `core/presentation`, and every
rule of the prompt from `core/terminal`, so that all of it is tested without a window.
"""

import PySide6.QtCore  # noqa: F401 - what it does to `import` is undone before anything else is imported

from core.presentation.plain_import import restore_import

restore_import()
