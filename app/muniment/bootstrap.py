"""The one place where a register, a desk and its devices are put together."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from muniment.desk.desk import Desk
from muniment.desk.opening import Charter, Realm, log_name, open_register
from muniment.desk.register import Register
from muniment.domain.basics.identity import Kind
from muniment.domain.basics.text import say
from muniment.passphrase import Argon2Passphrases
from muniment.ports.clock import Clock
from muniment.ports.ids import Ids
from muniment.ports.passphrases import Passphrases
from muniment.ports.work import StoreFault
from muniment.system import SystemClock, SystemIds, program_version, workstation
from muniment_db.audit import DatabaseAudit
from muniment_db.engine import create_tables, open_memory, open_postgresql, open_sqlite
from muniment_db.work import database_look, database_work, prepare_log


@dataclass(frozen=True, slots=True)
class Outside:
    """What a desk takes from the machine it runs on; tests bring their own clock and ids."""

    clock: Clock
    ids: Ids
    passphrases: Passphrases
    workstation: str
    app: str

    @staticmethod
    def system() -> Outside:
        """The machine it runs on."""
        return Outside(SystemClock(), SystemIds(), Argon2Passphrases(), workstation(), program_version())


def create_register(where: str, charter: Charter, outside: Outside | None = None) -> Register:
    """Make a new register in a file or an empty database, and tell its first facts.

    Raises:
        StoreFault: there is something at that place already, or it cannot be written.
        Refusal: nobody could work in such a register.

    """
    outside = outside or Outside.system()
    if not where.startswith(("postgresql", ":")) and Path(where).exists():
        raise StoreFault(
            say("There is a file at {path} already.", path=where),
            say("It was not touched."),
            say("Choose another name."),
        )
    engine = _engine(where, create=True)
    create_tables(engine, charter.realm)
    prepare_log(engine, log_name(charter, outside.ids.random()[-8:]), outside.ids.secret())
    open_register(_desk(engine, outside), charter)
    return _register(engine, outside)


def join_register(where: str, outside: Outside | None = None) -> Register:
    """Open a register that exists.

    Raises:
        StoreFault: there is none, or it cannot be opened safely.

    """
    return _register(_engine(where, create=False), outside or Outside.system())


class ThisMachine:
    """`muniment.desk.register.Registers` on this machine."""

    def create(self, where: str, charter: Charter) -> Register:
        """Make a new register."""
        return create_register(where, charter)

    def join(self, where: str) -> Register:
        """Open a register."""
        return join_register(where)


def open_desktop(where: str) -> int:
    """Open the windows on a register; answers the exit status."""
    raise NotImplementedError(where)


def _register(engine: sa.Engine, outside: Outside) -> Register:
    desk = _desk(engine, outside)
    with desk.look() as work:
        genesis = next(iter(work.all_of(Kind.REGISTER)), None)
    if genesis is None:
        raise StoreFault(
            say("This register was never opened: its first fact is missing."),
            say("Nothing was changed."),
            say("Make a new register with init."),
        )
    return Register(desk, DatabaseAudit(engine), Realm(genesis.text("realm")), genesis.text("depot"), engine.dispose)


def _desk(engine: sa.Engine, outside: Outside) -> Desk:
    return Desk(
        work=database_work(engine),
        look=database_look(engine),
        clock=outside.clock,
        ids=outside.ids,
        passphrases=outside.passphrases,
        workstation=outside.workstation,
        app=outside.app,
    )


def _engine(where: str, *, create: bool) -> sa.Engine:
    if where == ":memory:":
        return open_memory()
    if where.startswith("postgresql"):
        return open_postgresql(where)
    return open_sqlite(Path(where), create=create)
