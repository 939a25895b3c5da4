"""Files that are read and written at one go: nothing that keeps a reader waiting, nothing left half written."""

from __future__ import annotations

import os
import stat
from pathlib import Path

_AT_ONCE = getattr(os, "O_NONBLOCK", 0)


class NotAFileError(OSError):
    """What lies there is a pipe or a device: reading it might never end."""


def read_plain(path: Path, most: int) -> bytes:
    """The content of a file, at most one byte more than `most`, so that what is too large is found out.

    Raises:
        NotAFileError: it is a pipe or a device.
        OSError: it cannot be read.

    """
    with open(path, "rb", opener=_without_waiting) as opened:
        if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
            raise NotAFileError(0, "this is a pipe or a device, not a file")
        return opened.read(most + 1)


def write_plain(path: Path, content: bytes) -> None:
    """Write a file that is not there yet, whole or not at all.

    Raises:
        FileExistsError: there is one already; it is left as it is.
        OSError: it cannot be written.

    """
    with path.open("xb") as opened:
        try:
            opened.write(content)
            opened.flush()
        except OSError:
            path.unlink(missing_ok=True)
            raise


def _without_waiting(path: str, flags: int) -> int:
    """Open a pipe without waiting for somebody at its other end."""
    return os.open(path, flags | _AT_ONCE)
