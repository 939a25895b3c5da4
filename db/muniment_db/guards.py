"""What an empty register is made of: its tables, the guards of its ledger, and whether those still are what they were.

Guards stop mistakes and this program. Who owns the database can exchange one for another of the same name that guards
nothing, or a table for one that takes other values; verification holds what is there against what was made.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import product
from typing import TypeVar

import sqlalchemy as sa

from muniment_db.faults import faults
from muniment_db.tables import metadata

APPLICATION_IDS = {"live": 0x4D554E4C, "training": 0x4D554E54}
"""What the header of a SQLite file says: "MUNL" or "MUNT"."""

NO_CHANGE = ("update", "delete")

GUARDS_OF_FILE = frozenset(
    {"event_no_update", "event_no_delete", "event_in_order", "checkpoint_no_update", "checkpoint_no_delete"}
)
GUARDS_OF_SERVER = frozenset(
    {"event_no_change", "event_in_order", "event_no_truncate", "checkpoint_no_change", "checkpoint_no_truncate"}
)
"""The triggers that keep the ledger from being changed."""


def create_tables(engine: sa.Engine, realm: str) -> None:
    """Make an empty register in an empty database: tables, guards, and the mark that says live or training."""
    with faults(engine), engine.begin() as connection:
        metadata.create_all(connection)
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql(f"pragma application_id = {APPLICATION_IDS[realm]}")
            for table, verb in product(("event", "checkpoint"), NO_CHANGE):
                connection.exec_driver_sql(
                    f"create trigger if not exists {table}_no_{verb} before {verb} on {table} "
                    "begin select raise(abort, 'the ledger only grows'); end"
                )
            connection.exec_driver_sql(
                "create trigger if not exists event_in_order before insert on event when "
                "new.seq <> (select coalesce(max(seq), 0) + 1 from event) "
                "begin select raise(abort, 'the ledger only grows at its end'); end"
            )
        else:
            connection.exec_driver_sql(
                f"create or replace function event_only_grows() returns trigger language plpgsql as $${_ONLY_GROWS}$$"
            )
            for table in ("event", "checkpoint"):
                connection.exec_driver_sql(
                    f"create or replace trigger {table}_no_change before update or delete on {table} "
                    "for each row execute function event_only_grows()"
                )
                connection.exec_driver_sql(
                    f"create or replace trigger {table}_no_truncate before truncate on {table} "
                    "for each statement execute function event_only_grows()"
                )
            connection.exec_driver_sql(
                f"create or replace function event_in_order() returns trigger language plpgsql as $${_IN_ORDER}$$"
            )
            connection.exec_driver_sql(
                "create or replace trigger event_in_order before insert on event "
                "for each row execute function event_in_order()"
            )


_ONLY_GROWS = " begin raise exception 'the ledger only grows'; end "
_IN_ORDER = (
    " begin if new.seq <> (select coalesce(max(seq), 0) + 1 from event) then "
    "raise exception 'the ledger only grows at its end'; end if; return new; end "
)
_ROW_CHANGES, _TABLE_EMPTIED, _ROW_COMES = 27, 34, 7
"""When a trigger of a server fires, as its catalogue writes it; all of them before it happens."""

_AT_WORK = {
    "event_no_change": (_ROW_CHANGES, _ONLY_GROWS),
    "event_no_truncate": (_TABLE_EMPTIED, _ONLY_GROWS),
    "event_in_order": (_ROW_COMES, _IN_ORDER),
    "checkpoint_no_change": (_ROW_CHANGES, _ONLY_GROWS),
    "checkpoint_no_truncate": (_TABLE_EMPTIED, _ONLY_GROWS),
}
_GUARDS_AT_WORK = (
    "select tgname, tgtype, prosrc from pg_trigger join pg_proc on pg_proc.oid = tgfoid "
    "where tgrelid in ('event'::regclass, 'checkpoint'::regclass) "
    "and tgenabled in ('O', 'A') and tgqual is null and cardinality(tgattr::int2[]) = 0"
)
_TAKE_NOTHING = (
    "select table_name from information_schema.columns where table_schema = current_schema() and is_nullable = 'YES'"
)


_Form = TypeVar("_Form")


def missing_guards(db: sa.Connection) -> list[str]:
    """The guards that are gone, or do something else than they were made to do."""
    if db.dialect.name == "sqlite":
        made, there = _triggers_made(), _triggers(db)
        return sorted(name for name in GUARDS_OF_FILE if there.get(name) != made[name])
    at_work = {name: (fires, source) for name, fires, source in db.exec_driver_sql(_GUARDS_AT_WORK)}
    return sorted(name for name in GUARDS_OF_SERVER if at_work.get(name) != _AT_WORK[name])


def altered_tables(db: sa.Connection) -> list[str]:
    """The tables that are gone or have another form, and what was put beside them that acts by itself.

    On a server, tables with a column that may stay empty: its columns take values of their own type only.
    """
    if db.dialect.name != "sqlite":
        return sorted({*db.scalars(sa.text(_TAKE_NOTHING))} & {*metadata.tables})
    made, there = _forms_made(), _forms(db)
    views = {str(name) for (name,) in db.exec_driver_sql("select name from sqlite_master where type = 'view'")}
    return sorted(
        {name for name in made if there.get(name) != made[name]} | views | ({*_triggers(db)} - GUARDS_OF_FILE)
    )


def _triggers(db: sa.Connection) -> dict[str, str]:
    return {
        str(name): " ".join(str(sql).split())
        for name, sql in db.exec_driver_sql("select name, sql from sqlite_master where type = 'trigger'")
    }


def _forms(db: sa.Connection) -> dict[str, tuple[object, ...]]:
    """What values each table takes: its columns, and whether it sorts them by another order than that of their bytes.

    Not the words that it was made with, which differ from one version of a library to the next.
    """
    asked = "select name, sql like '% collate %' from sqlite_master where type = 'table'"
    return {
        str(name): (collated, *map(tuple, db.exec_driver_sql("select * from pragma_table_xinfo(?)", (name,))))
        for name, collated in db.exec_driver_sql(asked).all()
        if name in metadata.tables
    }


@cache
def _triggers_made() -> dict[str, str]:
    return _of_an_empty_register(_triggers)


@cache
def _forms_made() -> dict[str, tuple[object, ...]]:
    return _of_an_empty_register(_forms)


def _of_an_empty_register(read: Callable[[sa.Connection], dict[str, _Form]]) -> dict[str, _Form]:
    engine = sa.create_engine("sqlite://")
    create_tables(engine, "training")
    with engine.connect() as db:
        found = read(db)
    engine.dispose()
    return found
