"""The newest checkpoint of each log, in files of this workstation's user.

A file has two places of a fixed size that are written in turn, so that a power cut in the middle of one leaves the
other. Nothing waits for the disk: whatever is lost is the memory of the last seconds, and an older head is as true as
a newer one.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from muniment.ports.heads import WentBack

_PLACE = 2048
"""Bytes for one checkpoint: a note of several signatures fits."""


class FileHeads:
    """`muniment.ports.heads.Heads` in a folder: one file for each log."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: dict[str, int] = {}
        self._next: dict[str, int] = {}

    def newest(self, log: str) -> str:
        """The later of the two that are there."""
        try:
            written = self._path(log).read_bytes()
        except OSError:
            return ""
        found = [_read(written[at : at + _PLACE]) for at in (0, _PLACE)]
        return max(found, key=_size)

    def remember(self, log: str, note: str) -> None:
        """Write over the older of the two."""
        written = note.encode()
        told = hashlib.sha256(written).hexdigest().encode() + b"\n" + written
        if len(told) > _PLACE:
            return
        with suppress(OSError):
            if log not in self._open:
                self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
                self._next[log] = self._older(log)
                self._open[log] = os.open(self._path(log), os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
            file, place = self._open[log], self._next[log]
            os.lseek(file, place * _PLACE, os.SEEK_SET)
            os.write(file, told.ljust(_PLACE, b"\0"))
            self._next[log] = 1 - place

    def go_back(self, log: str, note: str) -> None:
        """Keep what was lost under another name, and begin anew."""
        if log in self._open:
            os.close(self._open.pop(log))
        path = self._path(log)
        with suppress(OSError):
            path.replace(path.with_suffix(f".lost-{_size(self.newest(log))}-{_size(note)}"))
        self.remember(log, note)

    def went_back(self, log: str) -> tuple[WentBack, ...]:
        """As the names of what was kept say."""
        kept = self._path(log)
        found = []
        with suppress(OSError):
            for path in sorted(self._folder.glob(f"{kept.stem}.lost-*")):
                _, lost, begun, *_ = [*path.suffix.split("-"), "", ""]
                if lost.isdecimal() and begun.isdecimal():
                    found.append(WentBack(int(lost), int(begun)))
        return tuple(found)

    def _older(self, log: str) -> int:
        try:
            written = self._path(log).read_bytes()
        except OSError:
            return 0
        first, second = (_size(_read(written[at : at + _PLACE])) for at in (0, _PLACE))
        return 0 if first <= second else 1

    def _path(self, log: str) -> Path:
        return self._folder / f"{hashlib.sha256(log.encode()).hexdigest()[:32]}.head"


def _read(place: bytes) -> str:
    """The note in one place; empty where it was cut in the middle."""
    digest, _, written = place.rstrip(b"\0").partition(b"\n")
    if hashlib.sha256(written).hexdigest().encode() != digest:
        return ""
    return written.decode(errors="replace")


def _size(note: str) -> int:
    lines = note.split("\n")
    return int(lines[1]) if len(lines) > 2 and lines[1].isdecimal() else -1
