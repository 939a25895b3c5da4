"""Whether the search index beside a register finds what is in the register: each thing is looked up as a search would.

The index is never believed in what it shows, but what it leaves out nobody would miss. So all of it is held against the
register: by `verify` without touching it, and by an open window a little at a time, which throws it away when it hides
something, so that it is built anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import select

from muniment.domain.basics.identity import Kind
from muniment.domain.basics.text import say
from muniment.domain.custody.verifying import Break
from muniment.ports.audit import Stopped
from muniment_db.index_terms import SWEPT, Looker
from muniment_db.tables import event
from muniment_db.trigrams import describes_index, onward

_AT_ONCE = 2_000
_SHOWN = 20
"""Things that are named one by one in a verdict."""


def breaks_of_index(register: sa.Connection, path: Path, progress: Callable[[int, int], bool]) -> Iterator[Break]:
    """What is wrong with the index in a file, which is only read; one that says it is not whole yet hides nothing.

    Raises:
        Stopped: `progress` answered that it should not go on.

    """
    if not path.is_file():
        return
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as index:
            built = describes_index(register, index)
            if built is None:
                return
            yield from _hidden(register, index, int(built["seq"]), path, progress)
    except sqlite3.Error:
        yield Break("search_damaged", path.name, say("The search index cannot be read. {mend}", mend=_MEND))


_MEND = say("Nothing of the register is lost by it: open the window, or delete this file, and it is built anew.")


def _hidden(
    register: sa.Connection, index: sqlite3.Connection, known: int, path: Path, progress: Callable[[int, int], bool]
) -> Iterator[Break]:
    since = select(event.c.subject).where(event.c.seq > known).distinct()
    changed = set(register.execute(since).scalars())  # what it does not say it knows, it need not have
    looker, done, missed = Looker(index), 0, 0
    for kind in SWEPT:
        after = 0
        while rows := register.execute(onward(kind), {"after": after, "most": _AT_ONCE}).all():
            after = rows[-1].number
            for number in looker.hidden(kind, [row for row in rows if row.subject not in changed]):
                missed += 1
                if missed <= _SHOWN:
                    name = f"{'W' if kind is Kind.WEAPON else 'C'}-{number:07d}"
                    says = say("{file} hides it: a search would not find it. {mend}", file=path.name, mend=_MEND)
                    yield Break("search_hides", name, says)
            done += len(rows)
            if not progress(done, done):
                raise Stopped
    if missed > _SHOWN:
        says = say("It hides {count} things more. {mend}", count=missed - _SHOWN, mend=_MEND)
        yield Break("search_hides", path.name, says)
