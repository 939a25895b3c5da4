"""The ledger only grows, and what somebody alters behind the program's back is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
import sqlalchemy as sa

from fakes.depot import Depot
from fakes.rewriting import engine_under
from muniment.desk.hatch import Wanted, issue_item, return_item
from muniment.desk.signing import set_secret

FORBIDDEN = {
    "update": "update event set act = 'x' where seq = 3",
    "delete": "delete from event where seq = 3",
    "insert out of order": "insert into event select 900, subject, 'other', 1, body, leaf from event where seq = 3",
}


def engine_of(depot: Depot) -> sa.Engine:
    """The engine under a register; nothing but tests reaches for it."""
    with depot.desk.look() as work:
        engine = work._db.engine  # type: ignore[attr-defined]
    assert isinstance(engine, sa.Engine)
    return engine.execution_options(writes=True)


@pytest.mark.parametrize("attempt", FORBIDDEN)
def test_the_database_refuses_to_change_the_past(depot: Depot, attempt: str) -> None:
    engine = engine_of(depot)
    with pytest.raises(sa.exc.DBAPIError), engine.begin() as connection:
        connection.exec_driver_sql(FORBIDDEN[attempt])
    assert depot.breaks() == ()


def test_replacing_a_record_is_refused_too(depot: Depot) -> None:
    engine = engine_of(depot)
    replace = "insert or replace into event select seq, subject, act, nth, x'00', leaf from event where seq = 3"
    if engine.dialect.name == "postgresql":
        replace = (
            "insert into event select seq, subject, act, nth, '\\x00', leaf from event where seq = 3 "
            "on conflict (seq) do update set body = excluded.body"
        )
    with pytest.raises(sa.exc.DBAPIError), engine.begin() as connection:
        connection.exec_driver_sql(replace)


@dataclass(frozen=True)
class Alteration:
    """Something an owner of the database does, and what verification calls it."""

    sql: str
    rule: str
    seq: int = 0


ALTERATIONS = {
    "a record's bytes": Alteration("update event set body = cast('{}' as %(blob)s) where seq = 4", "altered", 4),
    "a record's hash": Alteration(
        "update event set leaf = (select leaf from event where seq = 2) where seq = 4", "altered", 4
    ),
    "a record removed": Alteration("delete from event where seq = 9", "gap", 10),
    "a record under another subject": Alteration(
        "update event set subject = (select subject from event where seq = 2) where seq = 12", "mislabelled", 12
    ),
    "a row that screens read": Alteration("update p_weapon set condition = 'new' where number = 1", "row_altered"),
    "a holder that screens read": Alteration(
        "update p_weapon set \"where\" = 'person/x' where number = 2", "row_altered"
    ),
    "a search key": Alteration("update p_weapon set serial_key = 'OTHER' where number = 1", "row_altered"),
    "a row removed": Alteration("delete from p_weapon where number = 2", "row_missing"),
    "a row invented": Alteration(
        "insert into p_weapon (subject, version, number, more) values ('weapon/zz', 1, 77, '{}')", "row_unfounded"
    ),
    "a name": Alteration(
        'update person_vault set record = cast(\'{"name":"Somebody Else"}\' as %(blob)s) '
        "where person = (select max(person) from person_vault)",
        "person_altered",
    ),
    "a person invented": Alteration(
        "insert into person_vault (person, key, record) "
        "values ('person/zz', cast('k' as %(blob)s), cast('{}' as %(blob)s))",
        "person_unfounded",
    ),
    "a badge that leads to another": Alteration(
        "update person_key set person = (select max(person) from person_key)", "person_lookup_altered"
    ),
    "a passphrase": Alteration("update credential set stored = 'mine' where use = 'passphrase'", "credential_altered"),
}


@pytest.mark.parametrize("name", ALTERATIONS)
def test_verification_finds(depot: Depot, name: str) -> None:
    set_secret(depot.desk, depot.by_officer(), depot.soldier, "pin", "4711")
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    return_item(depot.desk, depot.by_officer(), depot.rifle)
    assert depot.breaks() == ()
    alteration = ALTERATIONS[name]
    as_owner(engine_of(depot), lambda connection: connection.exec_driver_sql(in_dialect(connection, alteration.sql)))
    found = depot.breaks()
    assert alteration.rule in {broken.rule for broken in found}
    if alteration.seq:
        assert alteration.seq in {broken.seq for broken in found if broken.rule == alteration.rule}


def in_dialect(connection: sa.Connection, sql: str) -> str:
    return sql.replace("%(blob)s", "bytea" if connection.dialect.name == "postgresql" else "blob")


def as_owner(engine: sa.Engine, do: Callable[[sa.Connection], object]) -> None:
    """Do what an owner of the database can: take the guards away, alter, put them back."""
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("alter table event disable trigger all")
            do(connection)
            connection.exec_driver_sql("alter table event enable trigger all")
            return
        rows = connection.exec_driver_sql("select name, sql from sqlite_master where type = 'trigger'").fetchall()
        for row in rows:
            connection.exec_driver_sql(f"drop trigger {row.name}")
        do(connection)
        for row in rows:
            connection.exec_driver_sql(row.sql)


EMPTIED = (
    "alter table event enable replica trigger event_no_change",
    "create or replace function event_only_grows() returns trigger language plpgsql as $$ begin return old; end $$",
    "create or replace trigger event_no_change before update of nth on event for each row "
    "execute function event_only_grows()",
    "create or replace trigger event_no_change before update or delete on event for each row when (old.seq < 0) "
    "execute function event_only_grows()",
)


@pytest.mark.parametrize("emptied", EMPTIED)
def test_a_guard_of_a_server_that_guards_nothing_is_found(depot: Depot, where: str, emptied: str) -> None:
    if not where.startswith("postgresql"):
        pytest.skip("guards of a file are held against the words they were made with")
    assert depot.breaks() == ()
    with engine_under(depot).begin() as db:
        db.exec_driver_sql(emptied)
    assert "guard_missing" in {broken.rule for broken in depot.breaks()}


def test_a_column_of_a_server_that_takes_nothing_for_a_subject_is_found(depot: Depot, where: str) -> None:
    if not where.startswith("postgresql"):
        pytest.skip("tables of a file are held against what was made")
    with engine_under(depot).begin() as db:
        db.exec_driver_sql("alter table event alter column subject drop not null")
    assert {broken.where for broken in depot.breaks()} == {"event"}
