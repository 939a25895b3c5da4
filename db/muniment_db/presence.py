"""Which runs of the program are alive: each holds a lock on a file of its own, which the system drops with it."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Presence:
    """One run among others that share a folder. No clock, no process number: those are used again after a restart."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.me = os.urandom(8).hex()
        self._file = self._path(self.me).open("wb")
        self._file.write(b"\0")
        self._file.flush()
        _lock(self._file)

    def alive(self, owner: str) -> bool:
        """Whether that run still holds its lock; the file of one that does not is cleared away."""
        if owner == self.me:
            return not self._file.closed
        path = self._path(owner)
        try:
            with path.open("r+b") as file:
                _lock(file)
        except FileNotFoundError:
            return False
        except OSError:
            return True
        with suppress(OSError):
            path.unlink()
        return False

    def leave(self) -> None:
        """Be gone."""
        self._file.close()
        with suppress(OSError):
            self._path(self.me).unlink()

    def _path(self, owner: str) -> Path:
        return self._folder / f"run-{owner}.lock"
