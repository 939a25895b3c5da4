"""What is said of a register as a whole: guards, the mark of its file, what rows are found by, files that are kept."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy import select

from muniment.domain.basics.text import say
from muniment.domain.custody.verifying import Break
from muniment_db.audit_share import Moment, known
from muniment_db.guards import APPLICATION_IDS, missing_guards
from muniment_db.tables import blob, event, layout, projections


class AroundShare(NamedTuple):
    """The look at everything that is no record and no row, for one process while others walk those."""


def around(db: sa.Connection, whole: Moment) -> Iterator[Break]:
    """What is said of the register as a whole: the guards of its ledger, and the mark of its file."""
    for name in missing_guards(db):
        says = say(
            "A guard of the ledger is missing or guards nothing: somebody took it away, and may have changed records."
        )
        yield Break("guard_missing", name, says)
    on_file = db.dialect.name == "sqlite"
    if on_file and db.engine.url.database not in MEMORY:
        mark = db.exec_driver_sql("pragma application_id").scalar_one()
        if mark != APPLICATION_IDS.get(whole.log.rpartition("/")[2]):
            says = say("The file is marked as live or training otherwise than its log says.")
            yield Break("mark_altered", "file", says)
    if on_file:
        for (found,) in db.exec_driver_sql(f"pragma integrity_check({_MOST_DAMAGES})"):
            if found != "ok":
                says = say(
                    "What rows are found by does not fit the rows, or the file is damaged: a list may leave something "
                    "out ({found}).",
                    found=str(found),
                )
                yield Break("file_damaged", "file", says)
    if known(db, "layout") != layout():
        says = say(
            "What the register notes about its own layout was altered, or another version of the program made it."
        )
        yield Break("layout_altered", "meta", says)
    yield from _files(db)


def _files(db: sa.Connection) -> Iterator[Break]:
    """Kept files that stand in no record any more: each must be what a fact once told of, and unchanged.

    Those that stand in a record are held against their hash with that record.
    """
    loose = set(db.scalars(select(blob.c.sha256)))
    for table in projections.values() if loose else ():
        for more in db.scalars(select(table.c.more).where(table.c.more.contains('"sha256"', autoescape=True))):
            loose -= set(_HASH.findall(more))
    if not loose:
        return
    told: set[str] = set()
    for body in db.scalars(select(event.c.body).execution_options(yield_per=_AT_ONCE)):
        if isinstance(body, bytes) and b'"file_attached"' in body:
            told |= {found.decode() for found in _HASH_BYTES.findall(body)}
    for sha256 in sorted(loose):
        content = db.execute(select(blob.c.content).where(blob.c.sha256 == sha256)).scalar_one()
        if sha256 not in told:
            yield Break("file_unfounded", sha256, say("A photograph or document is kept that no fact tells of."))
        elif hashlib.sha256(content).hexdigest() != sha256:
            yield Break("file_altered", sha256, say("A photograph or document that was taken back is altered."))


_HASH = re.compile(r'"sha256":"([0-9a-f]{64})"')
_HASH_BYTES = re.compile(_HASH.pattern.encode())
_AT_ONCE = 1_000

_MOST_DAMAGES = 20
"""As many are told; who reads more of them learns nothing."""

MEMORY = frozenset({None, "", ":memory:"})
"""Names of a register that is in no file."""
