"""Whether the file a desk works on still is the register that stands under its name.

On many systems a file can be moved, deleted or replaced while a program has it open: the program goes on writing into
what nobody will ever open again, and everything it confirms is lost. So each transaction looks first.
"""

from __future__ import annotations

import os
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

from muniment.domain.basics.text import say
from muniment.ports.work import StoreFault

Identity = tuple[int, int]


class SameFile:
    """Looks at one register's file for the connections on it; `info` is what is kept with each connection."""

    def __init__(self, path: Path) -> None:
        self._path = os.path.abspath(path)
        self._log = f"{self._path}-wal"
        self._first: Identity | None = None
        self._largest = 0

    def refuse_another(self) -> None:
        """Refuse one more connection where the file of the first is no longer there; it would make an empty one.

        Raises:
            StoreFault: so it is.

        """
        if self._first is not None and _identity(self._path)[0] != self._first:
            raise _gone()

    def opened(self, info: MutableMapping[Any, Any]) -> None:
        """A connection was opened on the file that stands there now."""
        info["file"] = _identity(self._path)[0]
        self._first = self._first or info["file"]

    def insist(self, info: MutableMapping[Any, Any], *, writes: bool) -> None:
        """Refuse a transaction on a file that is no longer there, that is another, or that lost its end or its log.

        Raises:
            StoreFault: so it is.

        """
        file, size = _identity(self._path)
        if file != info["file"] or size < self._largest:
            raise _gone()
        self._largest = size
        if writes:
            log, _ = _identity(self._log)
            if log is None or info.setdefault("log", log) != log:
                raise _gone()


def _identity(path: str) -> tuple[Identity | None, int]:
    try:
        found = os.stat(path)
    except OSError:
        return None, 0
    return (found.st_dev, found.st_ino), found.st_size


def _gone() -> StoreFault:
    return StoreFault(
        say("The register's file was moved, exchanged or cut off while this program was working on it."),
        say("Nothing was written now. What was confirmed before is in the file that stood here."),
        say(
            "Have that file put back whole, with the one ending in “-wal”, or close the program and tell the commander."
        ),
    )
