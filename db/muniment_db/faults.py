"""What a database says of disk, lock and server, as faults that a user can act on."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from muniment.domain.basics.text import Text, say
from muniment.ports.work import StoreFault


@contextmanager
def faults(engine: sa.Engine) -> Iterator[None]:
    """Turn what the database says of disk, lock and server into a fault a user can act on."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        fault = _fault(str(error.orig).lower(), _file_of(engine))
        if fault is None:
            raise
        raise StoreFault(*fault) from error
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise StoreFault(*_FULL) from error
        raise


@contextmanager
def unknown_where_lost() -> Iterator[None]:
    """Tell the truth of a commit whose answer never came: nobody here knows whether the server kept it."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        if not error.connection_invalidated:
            raise
        raise StoreFault(
            say("The database server was lost while it wrote the last step."),
            say("What was confirmed before is kept. Whether the last step was recorded is not known here."),
            say("When the server answers again, look whether it stands in the history; do it again only if not."),
        ) from error


_NOTHING_LOST = say("What was confirmed before is kept. The last step was not recorded.")
_FULL = (
    say("The disk is full."),
    _NOTHING_LOST,
    say("Free some space, then do the last step again."),
)


_ONLY_READ = (
    say("The register can only be read here."),
    _NOTHING_LOST,
    say("Ask for the right to write the file and its folder."),
)
_NO_ANSWER = (
    say("The register's file or disk does not answer."),
    _NOTHING_LOST,
    say("Check the disk and the folder, then start again."),
)
_LEAST_ROOM = 256 * 1024
"""Bytes that a disk must have free for a database to be opened beside its log."""


def _file_of(engine: sa.Engine) -> Path | None:
    name = engine.url.database
    return Path(name) if engine.dialect.name == "sqlite" and name and name != ":memory:" else None


def _why_not(file: Path | None) -> tuple[Text, Text, Text]:
    """Why a database file does not open or write, where it only says that it does not."""
    folder = file.parent if file is not None else None
    if file is None or folder is None or not folder.is_dir():
        return _NO_ANSWER
    try:
        full = shutil.disk_usage(folder).free < _LEAST_ROOM
    except OSError:
        return _NO_ANSWER
    if full:
        return _FULL
    closed = not os.access(folder, os.W_OK) or (file.exists() and not os.access(file, os.W_OK))
    return _ONLY_READ if closed else _NO_ANSWER


def _fault(said: str, file: Path | None) -> tuple[Text, Text, Text] | None:
    if "disk is full" in said or "no space left" in said or "could not extend" in said:
        return _FULL
    if "locked" in said or "deadlock" in said or "could not serialize" in said:
        return (
            say("Another program holds the register."),
            _NOTHING_LOST,
            say("Wait a moment and do the last step again."),
        )
    if "readonly" in said or "read-only" in said or "permission denied" in said:
        return _ONLY_READ
    if "not a database" in said or "malformed" in said or "file is encrypted" in said:
        return (
            say("This file is no register, or it is damaged."),
            say("Nothing was written to it."),
            say("Choose another file, or restore the newest backup."),
        )
    if "no such table" in said or "no such column" in said or "does not exist" in said:
        return (
            say("A part of the register is gone, or has another form than this program gives it."),
            say("Nothing was written to it now."),
            say("Tell the commander. Go on with the newest backup that verifies."),
        )
    if "unable to open" in said or "disk i/o" in said:
        return _why_not(file)
    if "connection" in said or "server closed" in said:
        return (
            say("The database server does not answer."),
            _NOTHING_LOST,
            say("Check the network and the server, then do the last step again."),
        )
    return None
