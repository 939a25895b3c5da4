"""Keys of this workstation in files that only its user may read."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path

import msgspec

from muniment.domain.basics.text import say
from muniment.ports.keys import Signer
from muniment.ports.work import StoreFault


class _KeyFile(msgspec.Struct):
    """What stands in the file: the log it is for, the kind of signature, the private bytes."""

    log: str
    suite: str
    private: bytes


class FileKeys:
    """`muniment.ports.keys.Keys` in a folder: one file for each log."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def signer(self, log: str) -> Signer | None:
        """The key for a log."""
        # Loaded here, for the window is painted before anybody signs.
        from muniment.signatures import NAME, Ed25519Signer

        path = self._path(log)
        try:
            kept = msgspec.json.decode(path.read_bytes(), type=_KeyFile)
            if (kept.log, kept.suite) != (log, NAME):
                raise ValueError("another key")
            return Ed25519Signer(kept.private)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, msgspec.MsgspecError) as error:
            raise StoreFault(
                say("The key of this workstation cannot be read from {path}.", path=str(path)),
                say("Nothing was changed."),
                say("Ask for the right to read it. If it is damaged, put the folder’s backup back."),
            ) from error

    def make(self, log: str) -> Signer:
        """A new key, on the disk before it is used."""
        from muniment.signatures import NAME

        if (known := self.signer(log)) is not None:
            return known
        path = self._path(log)
        written = msgspec.json.encode(_KeyFile(log, NAME, secrets.token_bytes(32)))
        unfinished = path.with_suffix(".unfinished")
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            unfinished.unlink(missing_ok=True)
            with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(written)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(path)
            self._keep_names()
        except OSError as error:
            raise StoreFault(
                say("The key of this workstation cannot be kept in {folder}.", folder=str(self._folder)),
                say("Nothing was changed."),
                say("Ask for the right to write there, or free some space."),
            ) from error
        made = self.signer(log)
        if made is None:
            raise RuntimeError("a key that was just written is gone")
        return made

    def _keep_names(self) -> None:
        """Have the disk keep the name too: a register that was made with a key outlives no power cut without it."""
        if os.name == "nt":
            return
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def _path(self, log: str) -> Path:
        return self._folder / f"{hashlib.sha256(log.encode()).hexdigest()[:32]}.key"
