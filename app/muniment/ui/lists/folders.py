"""What lies in a folder, so that a list can be chosen without the system's own windows. No Qt."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from muniment.domain.basics.text import Text, say

LISTS = (".csv", ".tsv", ".tab", ".txt", ".xlsx", ".ods", ".xltx", ".ots", ".xls", ".xlsm", ".zip")
"""Files that are offered as lists. Some of them are refused when they are read, and then it is said why."""

MAPPINGS = (".toml",)
MOST = 2_000
"""How many entries of one folder are shown."""

_MOUNTS = ("/media", "/run/media", "/mnt")


@dataclass(frozen=True, slots=True)
class Lies:
    """A file or a folder in a folder. `size` is in bytes, absent for folders."""

    path: Path
    name: str
    is_folder: bool
    size: int = 0
    changed: datetime | None = None


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder as it is shown: folders first, then lists, newest first. `says` is why it could not be read."""

    path: Path
    entries: tuple[Lies, ...]
    says: Text | None = None


def look_into(path: Path, suffixes: tuple[str, ...] = LISTS) -> Folder:
    """What lies in a folder: folders, and files with one of the suffixes. A folder that is gone says so."""
    try:
        with os.scandir(path) as found:
            entries = [one for entry in found if (one := _lies(entry, suffixes)) is not None]
    except OSError as fault:
        return Folder(path, (), say("{folder} cannot be opened: {why}.", folder=str(path), why=fault.strerror or "?"))
    folders = sorted((one for one in entries if one.is_folder), key=lambda one: one.name.casefold())
    files = sorted(
        (one for one in entries if not one.is_folder),
        key=lambda one: (-(one.changed.timestamp() if one.changed else 0), one.name.casefold()),
    )
    shown = [*folders, *files]
    says = say("Only the first {most} are shown.", most=MOST) if len(shown) > MOST else None
    return Folder(path, tuple(shown[:MOST]), says)


def _lies(entry: os.DirEntry[str], suffixes: tuple[str, ...]) -> Lies | None:
    if entry.name.startswith((".", "~$")):
        return None
    try:
        if entry.is_dir():
            return Lies(Path(entry.path), entry.name, True)
        if not entry.name.casefold().endswith(suffixes) or not entry.is_file():
            return None
        status = entry.stat()
    except OSError:
        return None  # gone between the listing and the look, or not ours to see
    return Lies(Path(entry.path), entry.name, False, status.st_size, datetime.fromtimestamp(status.st_mtime, UTC))


def beginnings(home: Path) -> tuple[Path, ...]:
    """Where a list may lie: the user's folders, then sticks and disks that are plugged in now."""
    own = [home / name for name in ("Documents", "Downloads", "Desktop")]
    return tuple(path for path in (home, *own, *_plugged_in()) if path.is_dir())


def _plugged_in() -> Iterator[Path]:
    if os.name == "nt":
        yield from (Path(f"{letter}:\\") for letter in "DEFGHIJKLMNOPQRSTUVWXYZ")
        return
    for mount in _MOUNTS:
        for one in look_into(Path(mount), ()).entries:
            yield one.path
            # Under /media and /run/media every user has a folder of his own with the sticks in it.
            yield from (two.path for two in look_into(one.path, ()).entries if mount != "/mnt")


def size_words(size: int) -> Text:
    """A size as people read it."""
    if size < 1_000_000:
        return say("{n} kB", n=max(1, round(size / 1000)))
    return say("{n} MB", n=f"{size / 1_000_000:.1f}")
