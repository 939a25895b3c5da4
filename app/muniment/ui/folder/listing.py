"""Folders of this machine, files that are read, and files that are written and never over another one. No Qt."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.exchange.plain_files import read_plain, write_plain

MOST = 2_000
"""Entries of one folder that are listed."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file or a folder in a folder; `length` in bytes, 0 for a folder."""

    name: str
    is_folder: bool
    length: int = 0


@dataclass(frozen=True, slots=True)
class Listing:
    """What lies in a folder: the folder above it first where there is one, then folders, then files, by name."""

    folder: Path
    entries: tuple[Entry, ...]

    def path(self, number: int) -> Path:
        """Where an entry leads to."""
        name = self.entries[number].name
        return self.folder.parent if name == ABOVE else self.folder / name


ABOVE = ".."
"""The name of the folder above."""


def list_folder(folder: Path, suffixes: Collection[str]) -> Listing:
    """What lies in a folder: folders, and files that end in one of these; hidden ones are left out.

    Raises:
        Refusal: the folder cannot be read.

    """
    found: list[Entry] = []
    try:
        for one in folder.iterdir():
            if one.name.startswith("."):
                continue
            if one.is_dir():
                found.append(Entry(one.name, True))
            elif one.suffix.lower() in suffixes and one.is_file():  # no pipe, and no link that leads nowhere
                found.append(Entry(one.name, False, one.stat().st_size))
    except OSError as error:
        raise Refusal(
            "folder_unreadable",
            say("The folder {folder} cannot be read: {why}.", folder=str(folder), why=error.strerror or "?"),
            do_now=say("Choose another folder."),
        ) from error
    found.sort(key=lambda one: (not one.is_folder, one.name.casefold()))
    above = [Entry(ABOVE, True)] if folder.parent != folder else []
    return Listing(folder, tuple(above + found[:MOST]))


def read_file(path: Path, most: int) -> bytes:
    """The content of a file, at most one byte more than `most`, so that what is too large is found out.

    Raises:
        Refusal: it cannot be read.

    """
    try:
        return read_plain(path, most)
    except OSError as error:
        raise Refusal(
            "file_unreadable",
            say("The file cannot be read: {why}.", why=error.strerror or "?"),
            do_now=say("Choose another file."),
        ) from error


def write_new(path: Path, content: bytes) -> Path:
    """Write a file that is not there yet, whole or not at all.

    Raises:
        Refusal: there is one of that name already, or it cannot be written.

    """
    try:
        write_plain(path, content)
    except FileExistsError as error:
        raise Refusal(
            "file_exists",
            say("There is a file {name} already.", name=path.name),
            do_now=say("Give it another name. Nothing is ever written over."),
        ) from error
    except OSError as error:
        raise Refusal(
            "file_unwritable",
            say("The file cannot be written: {why}.", why=error.strerror or "?"),
            do_now=say("Choose another folder."),
        ) from error
    return path


def size_words(length: int) -> Text:
    """A length in bytes as a person reads it."""
    if length < 1024:
        return say("{n} bytes", n=length)
    if length < 1024 * 1024:
        return say("{n} KiB", n=f"{length / 1024:.0f}")
    return say("{n} MiB", n=f"{length / (1024 * 1024):.1f}")
