"""The print journal: a small SQLite file of this workstation, beside no register and in none.

It lies in the user's data folder because a printer belongs to a workstation while a register may be shared by several;
and it is no table of a register because nothing about a printer may wait for a movement, or a movement for a printer.
No name of a person stands in it.
"""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec

from muniment.domain.basics.identity import Subject
from muniment.domain.basics.text import say
from muniment.domain.custody.printing import Form
from muniment.ports.paper import STANDING_IN_THE_WAY, Cause, JobState, Order, PrintJob
from muniment.ports.work import StoreFault
from muniment_db.presence import Presence

_TABLES = """
create table if not exists job (
    place integer primary key autoincrement, id text not null unique, form text not null, about text not null,
    wishes text not null, number text not null, concerns text not null, pages integer not null, copies integer not null,
    printer text not null, asked_by text not null, asked_at text not null, changed_at text not null,
    owner text not null, state text not null, attempt integer not null, cause text not null, detail text not null,
    on_sight integer not null, noted integer not null, head integer not null default 0
);
create index if not exists job_state on job (state, printer);
create table if not exists preferred (one integer primary key check (one = 1), printer text not null);
create table if not exists offset (printer text primary key, right_mm real not null, down_mm real not null);
"""
_COLUMNS = (
    "id",
    "form",
    "about",
    "wishes",
    "number",
    "concerns",
    "pages",
    "copies",
    "printer",
    "asked_by",
    "asked_at",
    "changed_at",
    "owner",
    "state",
    "attempt",
    "cause",
    "detail",
    "on_sight",
    "noted",
    "head",
)
_KEPT = 2_000
"""Settled jobs that are kept; the ledger keeps what was printed for ever."""
_STANDING = ", ".join(f"'{state}'" for state in sorted(STANDING_IN_THE_WAY))
_OPEN = ", ".join(f"'{state}'" for state in sorted({*STANDING_IN_THE_WAY, JobState.WAITING}))


def journal_path(folder: Path, log: str) -> Path:
    """Where the journal for the register whose ledger has this name lies below a folder."""
    return folder / "print-queue" / f"{hashlib.sha256(log.encode()).hexdigest()[:20]}.sqlite"


class FileJournal:
    """`muniment.ports.paper.PrintJournal` in a file.

    Raises:
        StoreFault: it cannot be opened.

    """

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        with _faults():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._presence = Presence(path.parent)
            self._db = sqlite3.connect(path, timeout=10, isolation_level=None, check_same_thread=False)
            self._db.execute("pragma journal_mode = wal").fetchall()
            self._db.execute("pragma synchronous = full")
            self._db.executescript(_TABLES)
            if not any(column[1] == "head" for column in self._db.execute("pragma table_info(job)")):
                self._db.execute("alter table job add column head integer not null default 0")  # an older program's

    @property
    def me(self) -> str:
        """The name of this run."""
        return self._presence.me

    def alive(self, owner: str) -> bool:
        """Whether that run still runs."""
        return bool(owner) and self._presence.alive(owner)

    def add(self, job: PrintJob) -> PrintJob:
        """Put a job at the end."""
        holes = ", ".join("?" * len(_COLUMNS))
        with self._writing() as db:
            db.execute(
                "delete from job where state in ('printed', 'cancelled') and (noted = 1 or state = 'cancelled')"
                " and place <= (select coalesce(max(place), 0) from job) - ?",
                (_KEPT,),
            )
            added = db.execute(f"insert into job ({', '.join(_COLUMNS)}) values ({holes})", _row(job))  # noqa: S608 - names of ours
            return replace(job, place=added.lastrowid or 0)

    def begin(self, job: PrintJob) -> bool:
        """Let a job begin to print."""
        with self._writing() as db:
            before = f"state in ({_STANDING}) or state = 'waiting' and place < ?"
            standing = db.execute(
                f"select 1 from job where printer = ? and ({before}) limit 1",  # noqa: S608 - words of ours
                (job.printer, job.place),
            ).fetchone()
            return standing is None and self._write(db, job, JobState.WAITING, job.attempt)

    def change(self, before: PrintJob, after: PrintJob) -> bool:
        """Write a job anew."""
        with self._writing() as db:
            return self._write(db, after, before.state, before.attempt)

    def _write(self, db: sqlite3.Connection, job: PrintJob, state: JobState, attempt: int) -> bool:
        sets = ", ".join(f"{column} = ?" for column in _COLUMNS)
        written = db.execute(
            f"update job set {sets} where id = ? and state = ? and attempt = ?",  # noqa: S608 - names of ours
            (*_row(job), job.id, state.value, attempt),
        )
        return written.rowcount == 1

    def job(self, identity: str) -> PrintJob | None:
        """One job."""
        return next(iter(self._read("where id = ?", (identity,))), None)

    def jobs(self, settled: int = 50) -> list[PrintJob]:
        """Jobs in order of place."""
        newest = f"select place from job where state not in ({_OPEN}) order by changed_at desc, place desc limit ?"  # noqa: S608 - words of ours
        return self._read(f"where state in ({_OPEN}) or place in ({newest}) order by place", (settled,))

    def to_note(self) -> list[PrintJob]:
        """Printed jobs that the ledger does not know of."""
        return self._read("where state = ? and noted = 0 order by place", (JobState.PRINTED.value,))

    def offset(self, printer: str) -> tuple[float, float]:
        """What a printer is put right by."""
        with _faults(), self._lock:
            found = self._db.execute("select right_mm, down_mm from offset where printer = ?", (printer,)).fetchone()
        return (found[0], found[1]) if found else (0.0, 0.0)

    def keep_offset(self, printer: str, right_mm: float, down_mm: float) -> None:
        """Keep that."""
        with self._writing() as db:
            db.execute("insert or replace into offset values (?, ?, ?)", (printer, right_mm, down_mm))

    def preferred(self) -> str:
        """The printer that was chosen last."""
        with _faults(), self._lock:
            found = self._db.execute("select printer from preferred").fetchone()
        return str(found[0]) if found else ""

    def prefer(self, printer: str) -> None:
        """Keep a choice."""
        with self._writing() as db:
            db.execute("insert or replace into preferred values (1, ?)", (printer,))

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._db.close()
        self._presence.leave()

    def _read(self, which: str, values: tuple[object, ...]) -> list[PrintJob]:
        with _faults(), self._lock:
            rows = self._db.execute(
                f"select place, {', '.join(_COLUMNS)} from job {which}",  # noqa: S608 - words of ours
                values,
            ).fetchall()
        return [replace(_job(row[1:]), place=row[0]) for row in rows]

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with _faults(), self._lock:
            self._db.execute("begin immediate")
            try:
                yield self._db
            except BaseException:
                self._db.execute("rollback")
                raise
            self._db.execute("commit")


def _row(job: PrintJob) -> tuple[object, ...]:
    return (
        job.id,
        job.order.form.value,
        msgspec.json.encode(job.order.about).decode(),
        msgspec.json.encode(dict(job.order.wishes)).decode(),
        job.number,
        job.concerns,
        job.pages,
        job.copies,
        job.printer,
        job.asked_by,
        job.asked_at,
        job.changed_at,
        job.owner,
        job.state.value,
        job.attempt,
        job.cause.value if job.cause else "",
        job.detail,
        int(job.on_sight),
        int(job.noted),
        job.head,
    )


def _job(row: tuple[Any, ...]) -> PrintJob:
    kept = dict(zip(_COLUMNS, row, strict=True))
    order = Order(
        Form(kept.pop("form")),
        msgspec.json.decode(kept.pop("about"), type=tuple[str, ...]),
        msgspec.json.decode(kept.pop("wishes"), type=dict[str, str]),
    )
    cause = kept.pop("cause")
    return PrintJob(
        order=order,
        asked_by=Subject(kept.pop("asked_by")),
        state=JobState(kept.pop("state")),
        cause=Cause(cause) if cause else None,
        on_sight=bool(kept.pop("on_sight")),
        noted=bool(kept.pop("noted")),
        **kept,
    )


@contextmanager
def _faults() -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise StoreFault(
            say("The print queue of this workstation cannot be read or written: {why}.", why=str(error)),
            say("The register is unchanged. No job that was told to be waiting is lost."),
            say("Make room on the disk and see that your data folder may be written, then print again."),
        ) from error
