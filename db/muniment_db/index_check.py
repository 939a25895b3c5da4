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
from muniment_db.index_terms import SHORTEST, SWEPT, Looker, place_of
from muniment_db.naming import name_key
from muniment_db.tables import event
from muniment_db.trigrams import describes_index, onward

_NAMES = "select id, make, model, key from name"
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


def _same(register: sa.Connection, index: sqlite3.Connection, changed: set[str]) -> bool:
    """Whether the index has every piece of all that stands, and every name: told by sums, without a look-up each.

    What is summed up is salted anew by each run of the program, so that nobody can make two wrongs come out right.
    """
    names = {(make, model): (str(number), key) for number, make, model, key in index.execute(_NAMES)}
    pieces = named = 0
    places: set[int] = set()
    salt = object.__hash__(names)
    for kind in SWEPT:
        after = 0
        while rows := register.execute(onward(kind), {"after": after, "most": _AT_ONCE}).all():
            after = rows[-1].number
            for row in rows:
                if row.subject in changed:
                    continue
                place, key = place_of(kind, row.number, row.version), row.serial_key
                places.add(place)
                for at in range(len(key) - SHORTEST + 1):
                    pieces += hash((salt, key[at : at + SHORTEST], place, at))
                if kind is Kind.WEAPON:
                    number, known = names.get((row.make, row.model), ("", ""))
                    if known != name_key(row.make, row.model):
                        return False
                    named += hash((salt, number, place))
    for table in ("piece", "named"):
        index.execute(f"create virtual table temp.words_of_{table} using fts5vocab(main, {table}, instance)")
    for term, place, at in index.execute("select term, doc, offset from temp.words_of_piece"):
        if place in places:
            pieces -= hash((salt, term, place, at))
    for term, place in index.execute("select term, doc from temp.words_of_named"):
        if place in places:
            named -= hash((salt, term, place))
    return pieces == named == 0


def _hidden(
    register: sa.Connection, index: sqlite3.Connection, known: int, path: Path, progress: Callable[[int, int], bool]
) -> Iterator[Break]:
    since = select(event.c.subject).where(event.c.seq > known).distinct()
    changed = set(register.execute(since).scalars())  # what it does not say it knows, it need not have
    if _same(register, index, changed):
        return
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
