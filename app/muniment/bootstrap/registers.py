"""Putting a register together: its file or database, its desk, and what it takes from the machine."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from muniment.desk.desk import Desk, in_words
from muniment.desk.opening import Charter, Realm, log_name, may_open, open_register
from muniment.desk.register import Examined, PutBack, Register
from muniment.desk.witnessing import insist_on, remembered
from muniment.domain.basics.text import say
from muniment.domain.custody.facts import Deed
from muniment.domain.custody.notes import Suite
from muniment.head_files import FileHeads
from muniment.key_files import FileKeys
from muniment.passphrase import Argon2Passphrases
from muniment.ports.clock import Clock
from muniment.ports.heads import Heads
from muniment.ports.ids import Ids
from muniment.ports.keys import Keys
from muniment.ports.passphrases import Passphrases
from muniment.ports.work import StoreFault
from muniment.system import SystemClock, SystemIds, data_folder, program_version, workstation
from muniment_db.audit import DatabaseAudit
from muniment_db.engine import open_memory, open_postgresql, open_sqlite
from muniment_db.founding import check_layout, prepare_log
from muniment_db.guards import create_tables
from muniment_db.signing import Signing
from muniment_db.transactions import database_look, database_work
from muniment_db.views import DatabaseViews


@dataclass(frozen=True, slots=True)
class Outside:
    """What a desk takes from the machine it runs on; tests bring their own clock and ids."""

    clock: Clock
    ids: Ids
    passphrases: Passphrases
    workstation: str
    app: str
    keys: Keys
    heads: Heads

    @staticmethod
    def system() -> Outside:
        """The machine it runs on."""
        return Outside(
            SystemClock(),
            SystemIds(),
            Argon2Passphrases(),
            workstation(),
            program_version(),
            FileKeys(data_folder() / "keys"),
            FileHeads(data_folder() / "heads"),
        )


def create_register(where: str, charter: Charter, outside: Outside | None = None) -> Register:
    """Make a new register in a file or an empty database, and tell its first facts.

    A file gets its name only when it is whole, so that a power cut leaves no half of a register behind.

    Raises:
        StoreFault: there is something at that place already, or it cannot be written.
        Refusal: the charter is not in order.

    """
    outside = outside or Outside.system()
    may_open(charter)
    if where.startswith(("postgresql", ":")):
        return _register(_founded(where, charter, outside), outside)
    if os.path.exists(where):  # where pathlib would raise for a folder that may not be entered
        raise StoreFault(
            say("There is a file at {path} already.", path=where),
            say("It was not touched."),
            say("Choose another name."),
        )
    unfinished = Path(f"{where}.unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        _founded(str(unfinished), charter, outside).dispose()
        unfinished.replace(where)
    except OSError as error:
        raise StoreFault(
            say("{path} cannot be made: {why}.", path=where, why=error.strerror or "?"),
            say("Nothing was kept."),
            say("Name a folder in which you may write."),
        ) from error
    finally:
        for beside in ("", "-wal", "-shm"):
            with suppress(OSError):
                Path(f"{unfinished}{beside}").unlink(missing_ok=True)
    return join_register(where, outside)


def _founded(where: str, charter: Charter, outside: Outside) -> sa.Engine:
    engine = _engine(where, create=True)
    create_tables(engine, charter.realm)
    log = log_name(charter, outside.ids.random()[-8:])
    prepare_log(engine, log, outside.ids.secret())
    open_register(_desk(engine, outside), charter, outside.keys.make(log))
    return engine


def join_register(where: str, outside: Outside | None = None) -> Register:
    """Open a register that exists.

    Raises:
        StoreFault: there is none, or it cannot be opened safely.

    """
    engine = _engine(where, create=False)
    check_layout(engine)
    return _register(engine, outside or Outside.system())


def put_back_register(where: str, outside: Outside | None = None) -> PutBack:
    """Open a register although it may have lost what this workstation has seen of it.

    Raises:
        StoreFault: there is none, or it cannot be opened safely.

    """
    outside = outside or Outside.system()
    engine = _engine(where, create=False)
    check_layout(engine)
    register = _register(engine, outside, whole=False)

    def forget() -> None:
        with register.desk.look() as work:
            outside.heads.go_back(work.head().log, work.signed())

    return PutBack(register, register.seen(), forget)


def examine_register(where: str, outside: Outside | None = None) -> Examined:
    """Open a register to check it, whatever its first fact and its notes about itself have become.

    Raises:
        StoreFault: there is none, or it cannot be read.

    """
    engine = _engine(where, create=False)
    audit = DatabaseAudit(engine, suites())
    seen = remembered((outside or Outside.system()).heads.newest(audit.log()))
    return Examined(audit, engine.dispose, seen)


class ThisMachine:
    """`muniment.desk.register.Registers` on this machine."""

    def create(self, where: str, charter: Charter) -> Register:
        """Make a new register."""
        return create_register(where, charter)

    def join(self, where: str) -> Register:
        """Open a register."""
        return join_register(where)

    def put_back(self, where: str) -> PutBack:
        """Open a register that may have lost something."""
        return put_back_register(where)

    def examine(self, where: str) -> Examined:
        """Open a register to check it."""
        return examine_register(where)


def _register(engine: sa.Engine, outside: Outside, *, whole: bool = True) -> Register:
    desk = _desk(engine, outside)
    with desk.look() as work:
        genesis = work.fact(1)  # the ledger itself, for a table beside it may have been altered
    if genesis is None or genesis.kind is not Deed.REGISTER_OPENED:
        raise StoreFault(
            say("This register was never opened: its first fact is missing."),
            say("Nothing was changed."),
            say("If it has held weapons, tell the commander and go on with the newest backup. Else make a new one."),
        )
    log = str(genesis.after["origin"])
    seen = remembered(outside.heads.newest(log))
    if seen is not None and whole:
        with desk.look() as work:
            holds = insist_on(work, seen, outside.heads.went_back(log))
            now = work.signed()
        if not holds:
            outside.heads.go_back(log, now)
    views = DatabaseViews(engine)

    def close() -> None:
        views.close()
        engine.dispose()

    realm, depot = Realm(str(genesis.after["realm"])), str(genesis.after["depot"])
    return Register(
        desk,
        DatabaseAudit(engine, suites()),
        realm,
        depot,
        close,
        views,
        workstation_key=lambda: outside.keys.make(log),
        seen=lambda: remembered(outside.heads.newest(log)),
        suites=suites(),
    )


def _desk(engine: sa.Engine, outside: Outside) -> Desk:
    signing = Signing(outside.keys, suites(), outside.heads)
    return Desk(
        work=in_words(database_work(engine, signing)),
        look=database_look(engine),
        clock=outside.clock,
        ids=outside.ids,
        passphrases=outside.passphrases,
        workstation=outside.workstation,
        app=outside.app,
    )


def suites() -> dict[str, Suite]:
    """Every kind of signature that this program can check, by name."""
    from muniment.signatures import suites as known  # not before the window is painted

    return known()


def _engine(where: str, *, create: bool) -> sa.Engine:
    if where == ":memory:":
        return open_memory()
    if where.startswith("postgresql"):
        return open_postgresql(where)
    return open_sqlite(Path(where), create=create)
