"""Registers that somebody altered behind the program's back: every alteration is told in words, none is a crash."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from fakes.depot import depot_at
from fakes.outside import StoppedClock, outside
from muniment.bootstrap import examine_register, join_register
from muniment.desk.opening import Realm
from muniment.ports.work import StoreFault

UNGUARDED = tuple(f"drop trigger event_{name}" for name in ("no_update", "no_delete", "in_order"))


def altered(folder: Path, *statements: str) -> str:
    where = str(folder / "register.muniment")
    clock = StoppedClock()
    depot_at(where, clock, outside(clock)).register.close()
    with sqlite3.connect(where) as db:
        for statement in statements:
            db.execute(statement)
    db.close()
    return where


def breaks(where: str) -> set[str]:
    register = examine_register(where)
    try:
        return {broken.rule for broken in register.audit.verify(lambda _done, _all: True).breaks}
    finally:
        register.close()


def test_a_register_that_nobody_touched_verifies(tmp_path: Path) -> None:
    assert breaks(altered(tmp_path, "select 1")) == set()


@pytest.mark.parametrize(
    ("statement", "rule"),
    [
        ("drop trigger event_no_update", "guard_missing"),
        ("create view shown as select * from p_weapon", "layout_altered"),
        ("drop table p_weapon", "layout_altered"),
        ("alter table p_weapon rename to weapons", "layout_altered"),
        ("create trigger later after insert on person_key begin update meta set value = value; end", "layout_altered"),
        ("update person_vault set key = 'ü', record = 1.5", "person_altered"),
        ("update credential set stored = x'ff'", "credential_altered"),
        ("pragma application_id = 1297436236", "mark_altered"),
        ("delete from person_vault", "person_missing"),
        ("update meta set value = 'zz' where key = 'person_pepper'", "person_lookup_altered"),
        ("delete from meta where key = 'person_pepper'", "person_lookup_altered"),
        ("delete from meta where key = 'log'", "foreign"),
        ("delete from meta where key = 'layout'", "layout_altered"),
        ("insert into blob values (printf('%064d', 7), 'image/png', x'89')", "file_unfounded"),
        ("update p_register set more = replace(more, 'training', 'other')", "row_altered"),
    ],
)
def test_what_was_altered_beside_the_ledger_is_found(tmp_path: Path, statement: str, rule: str) -> None:
    assert rule in breaks(altered(tmp_path, statement))


@pytest.mark.parametrize(
    ("statement", "rule"),
    [
        ("update event set body = cast(body as text) where seq = 9", "altered"),
        ("update event set body = 5 where seq = 9", "altered"),
        ("update event set leaf = 'abc' where seq = (select max(seq) from event)", "altered"),
        ("update event set subject = 'foo/00000000000000000000000000' where seq = 9", "mislabelled"),
        ("update event set subject = 'zzz' where seq = 9", "mislabelled"),
    ],
)
def test_a_record_of_a_strange_kind_is_found(tmp_path: Path, statement: str, rule: str) -> None:
    assert rule in breaks(altered(tmp_path, *UNGUARDED, statement))


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("delete from event where seq = 1", {"guard_missing", "gap", "row_unfounded"}),
        ("update event set body = x'ff00' where seq = 1", {"guard_missing", "altered", "not_canonical", "row_altered"}),
        (
            "update event set seq = 0 where seq = 1",
            {"guard_missing", "gap", "out_of_place", "no_genesis"},
        ),
        ("delete from event", {"guard_missing", "no_genesis", "row_unfounded", "person_unfounded"}),
    ],
)
def test_a_register_whose_beginning_is_gone_is_still_verified(
    tmp_path: Path, statement: str, expected: set[str]
) -> None:
    where = altered(tmp_path, *UNGUARDED, statement)
    with pytest.raises(StoreFault):
        join_register(where)
    assert breaks(where) >= expected


def test_the_realm_is_the_one_that_the_first_fact_says(tmp_path: Path) -> None:
    where = altered(tmp_path, "update p_register set more = replace(more, 'training', 'live')")
    register = join_register(where)
    assert register.realm is Realm.TRAINING
    register.close()


def test_reading_an_altered_record_is_a_fault_in_words(tmp_path: Path) -> None:
    where = altered(tmp_path, *UNGUARDED, "update event set body = x'ff00' where seq = 9")
    register = join_register(where)
    with pytest.raises(StoreFault), register.desk.look() as work:
        work.fact(9)
    register.close()


def test_a_guard_that_guards_nothing_is_found(tmp_path: Path) -> None:
    emptied = "create trigger event_no_update before update on event begin select 1; end"
    assert breaks(altered(tmp_path, "drop trigger event_no_update", emptied)) == {"guard_missing"}


def test_a_weapon_that_an_index_leaves_out_is_found(tmp_path: Path) -> None:
    """Lists are read by the index: what it leaves out is on no screen, although its row stands."""
    where = altered(
        tmp_path,
        "drop index p_weapon_number",
        "create index p_weapon_number on p_weapon (number) where number <> 1",
        "pragma writable_schema = on",
        "update sqlite_master set sql = 'CREATE INDEX p_weapon_number ON p_weapon (number)' "
        "where name = 'p_weapon_number'",
    )
    assert breaks(where) == {"file_damaged"}


def test_a_record_that_was_hidden_under_no_subject_is_found(tmp_path: Path) -> None:
    """A table that takes no subject for a subject would keep its facts from everybody who asks by subject."""
    loosened = "create table loose (seq integer primary key, subject, act, nth, body, leaf)"
    copied = ("insert into loose select * from event", "drop table event", "alter table loose rename to event")
    assert breaks(altered(tmp_path, loosened, *copied, "update event set subject = null where seq = 9"))


def test_a_view_that_never_ends_keeps_nobody_waiting(tmp_path: Path) -> None:
    endless = "with recursive c(size, note) as (select 1, '' union all select size + 1, '' from c) select * from c"
    assert "layout_altered" in breaks(
        altered(tmp_path, "drop table checkpoint", f"create view checkpoint as {endless}")
    )


def test_a_record_that_is_nested_without_end_is_found(tmp_path: Path) -> None:
    deep = b'{"app":"","boot":"","intent":' + b"[" * 7000 + b"]" * 7000 + b"}"
    where = altered(tmp_path, *UNGUARDED, f"update event set body = x'{deep.hex()}' where seq = 9")
    assert "not_canonical" in breaks(where)


def test_a_register_without_its_notes_about_itself_is_a_fault_in_words(tmp_path: Path) -> None:
    with pytest.raises(StoreFault):
        breaks(altered(tmp_path, "drop table meta"))
