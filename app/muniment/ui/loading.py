"""Loading Qt so that what is imported after it is imported as ever."""

from __future__ import annotations

import builtins
import gc


def load_qt() -> None:
    """Load Qt for Python, and take back the hook that it puts on every later import.

    The hook reads the source of each module to see whether it wants Qt's names in another spelling, and keeps the text
    of all of them in memory. Nothing here ever asks for that; it would take 20 ms to the first paint, a tenth of the
    time until an officer can scan, and 20 MiB.

    Until `loaded` is called no garbage is looked for: nearly everything that is made while a program is loaded stays,
    and looking through it again and again takes another tenth of that time.

    Raises:
        ImportError: there is no Qt here, or it lacks a library.

    """
    gc.disable()
    plain = builtins.__import__
    import PySide6.QtCore  # noqa: F401 - loading it is the point

    builtins.__import__ = plain


def loaded() -> None:
    """Look for garbage again, but not among what was loaded until now."""
    gc.freeze()
    gc.enable()
