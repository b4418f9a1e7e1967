"""Python's own `import` again, after Qt for Python has put its own in the place of it.

PySide6 reads the whole source of every module that is imported after it, in search of its `__feature__`
switch, and Python's line cache keeps all of it: 27 MB and a tenth of a second in the desktop.
Nod uses no switch.
"""

import builtins
import linecache


def restore_import() -> None:
    """Put Python's own import back and forget what was read; does nothing where Qt has not been imported."""
    own = getattr(builtins, "__orig_import__", None)
    if own is not None:
        builtins.__import__ = own
        linecache.clearcache()
