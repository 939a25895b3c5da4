"""The index that makes searching quick on SQLite: it can be lost, damaged or tampered with, and is never believed."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from fakes.depot import Depot, depot_at, pistol_called, rifle_called
from fakes.outside import StoppedClock, outside
from muniment.bootstrap import join_register
from muniment.desk.stock import register
from muniment.ports.views import Why
from muniment_db.engine import open_postgresql, open_sqlite
from muniment_db.trigrams import Busy, Trigrams


@pytest.fixture
def where(tmp_path: Path) -> str:
    return str(tmp_path / "register.muniment")


@pytest.fixture
def depot(where: str) -> Iterator[Depot]:
    clock = StoppedClock()
    made = depot_at(where, clock, outside(clock))
    for n in range(20):
        register(made.desk, made.by_officer(), rifle_called(f"ZQ-{n:04d}"), made.rack)
    while made.register.views.prepare() < 1:
        pass
    yield made
    made.register.close()


def parts(depot: Depot, text: str) -> list[str]:
    return [h.item.text("register_no") for h in depot.register.views.search(text) if h.why is not Why.LOOKS_ALIKE]


def pieces(where: str) -> list[int]:
    """What the index itself would name for serials with "Q00" in them."""
    with sqlite3.connect(f"{where}.search") as index:
        return [row for (row,) in index.execute("select rowid from piece where piece match '\"Q00\"'")]


def test_the_index_lies_beside_the_register_and_is_used(depot: Depot, where: str) -> None:
    assert len(pieces(where)) == 20
    assert len(parts(depot, "Q00")) == 20


def test_a_deleted_index_is_built_again(depot: Depot, where: str) -> None:
    depot.register.views.close()  # type: ignore[attr-defined]
    Path(f"{where}.search").unlink()
    assert len(parts(depot, "Q00")) == 20
    assert len(pieces(where)) == 20


@pytest.mark.parametrize("kept", [0, 100, 5_000])
def test_a_damaged_index_is_built_again(depot: Depot, where: str, kept: int) -> None:
    depot.register.views.close()  # type: ignore[attr-defined]
    index = Path(f"{where}.search")
    index.write_bytes(index.read_bytes()[:kept] + b"\xff" * 9_000)
    assert len(parts(depot, "Q00")) == 20
    assert len(parts(depot, "Q00")) == 20
    assert len(pieces(where)) == 20


def test_an_index_of_another_register_is_thrown_away(depot: Depot, where: str, tmp_path: Path) -> None:
    other = depot_at(str(tmp_path / "other"), StoppedClock(), outside())
    register(other.desk, other.by_officer(), pistol_called("WWW-9"), other.rack)
    while other.register.views.prepare() < 1:
        pass
    other.register.close()
    depot.register.views.close()  # type: ignore[attr-defined]
    Path(f"{where}.search").write_bytes((tmp_path / "other.search").read_bytes())
    assert parts(depot, "WWW") == []
    assert len(parts(depot, "Q00")) == 20


def test_a_tampered_index_can_make_a_search_miss_but_never_shows_what_is_not_there(depot: Depot, where: str) -> None:
    with sqlite3.connect(f"{where}.search") as index:
        index.execute("delete from built where key in ('weapon', 'component')")
        index.execute("insert into built values ('weapon', 'done'), ('component', 'done')")
        index.execute("insert into piece (piece) values ('delete-all')")
        for place in (2 * 65_536 + 1, 4_999 * 65_536 + 1):
            index.execute("insert into piece (rowid, of) values (?, 'FALSE')", (place,))
            index.execute("insert into named (rowid, of) values (?, '77')", (place,))
        index.execute("insert into name values (77, 'FALSE', 'FALSE', 'FALSE FALSE')")
    assert parts(depot, "FALSE") == []
    assert parts(depot, "Q00") == []


def test_what_is_registered_while_the_index_is_swept_is_found(where: str) -> None:
    clock = StoppedClock()
    depot = depot_at(where, clock, outside(clock))
    depot.register.views.prepare()
    register(depot.desk, depot.by_officer(), rifle_called("MEANWHILE-1"), depot.rack)
    assert parts(depot, "NWHIL") == ["W-0000003"]
    depot.register.close()


def test_a_reader_with_an_index_never_keeps_a_writer_waiting(depot: Depot, where: str) -> None:
    other = join_register(where, outside(depot.clock))
    with depot.desk.work() as work:
        head = work.head()
        # Another desk searches while this one is in the middle of an act.
        assert len(other.views.search("Q00")) == 20
        assert work.head() == head
    register(depot.desk, depot.by_officer(), rifle_called("AFTER-1"), depot.rack)
    assert [h.item.text("serial_raw") for h in other.views.search("AFTER")] == ["AFTER-1"]
    other.close()


def test_an_index_that_another_program_is_filling_is_done_without(depot: Depot, where: str) -> None:
    register(depot.desk, depot.by_officer(), rifle_called("NEW-123"), depot.rack)
    other = sqlite3.connect(f"{where}.search", isolation_level=None)
    other.execute("begin immediate")
    assert parts(depot, "EW12") == ["W-0000023"]
    other.execute("rollback")
    other.close()
    assert parts(depot, "EW12") == ["W-0000023"]


def test_a_folder_that_cannot_be_written_leaves_the_index_in_memory(depot: Depot, where: str) -> None:
    depot.register.views.close()  # type: ignore[attr-defined]
    index = Path(f"{where}.search")
    index.unlink()
    index.mkdir()
    assert len(parts(depot, "Q00")) == 20
    assert index.is_dir()


def test_a_reader_of_an_older_moment_leaves_the_index_as_it_is(depot: Depot, where: str) -> None:
    engine = open_sqlite(Path(where))
    index = Trigrams(Path(f"{where}.search"))
    with engine.execution_options(writes=False).connect() as older, older.begin():
        older.exec_driver_sql("select max(seq) from event")
        register(depot.desk, depot.by_officer(), rifle_called("NEWER-1"), depot.rack)
        assert parts(depot, "NEWER") == ["W-0000023"]
        kept = pieces(where)
        with pytest.raises(Busy):
            index.is_ready(older)
    assert pieces(where) == kept
    with engine.execution_options(writes=False).connect() as now, now.begin():
        assert index.is_ready(now)
    index.close()
    engine.dispose()


def test_verification_takes_no_notice_of_the_index(depot: Depot, where: str) -> None:
    with sqlite3.connect(f"{where}.search") as index:
        index.execute("insert into piece (rowid, of) values (77, 'FALSE')")
        index.execute("update built set value = '1' where key = 'seq'")
    assert depot.breaks() == ()
    depot.register.views.close()  # type: ignore[attr-defined]
    Path(f"{where}.search").write_bytes(b"damaged")
    assert depot.breaks() == ()


def test_a_server_builds_its_index_beside_the_desk_and_again_what_was_cut_off(postgresql_server: str) -> None:
    name = "t" + os.urandom(8).hex()
    admin = sa.create_engine(
        postgresql_server.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT"
    )
    with admin.connect() as db:
        db.exec_driver_sql(f"create database {name}")
    url = postgresql_server.replace("/postgres?", f"/{name}?")
    depot = depot_at(url, StoppedClock(), outside())
    server = open_postgresql(url).execution_options(isolation_level="AUTOCOMMIT")
    valid = "select indisvalid from pg_index join pg_class on oid = indexrelid where relname = 'p_weapon_pieces'"
    while depot.register.views.prepare() < 1:
        pass
    with server.connect() as db:
        assert db.exec_driver_sql(valid).scalar_one() is True
        # As a build that was cut off leaves it.
        db.exec_driver_sql("update pg_index set indisvalid = false where indexrelid = 'p_weapon_pieces'::regclass")
        depot.register.close()
        again = join_register(url, outside())
        while again.views.prepare() < 1:
            pass
        assert db.exec_driver_sql(valid).scalar_one() is True
        again.close()
    server.dispose()
    with admin.connect() as db:
        db.exec_driver_sql(f"drop database {name} with (force)")
    admin.dispose()


def hide(where: str, number: int) -> None:
    """Have the index hold a weapon no more, as somebody would who wants it not to be found."""
    with sqlite3.connect(f"{where}.search") as index:
        (place,) = index.execute(
            "select rowid from piece where piece match ? and rowid between ? and ?",
            ('"ZQ0"', number * 65_536, (number + 1) * 65_536 - 1),
        ).fetchone()
        for table, words in (("piece", f"ZQ{number - 3:04d}"), ("named", "1")):
            index.execute(f"insert into {table} ({table}, rowid, of) values ('delete', ?, ?)", (place, words))


def looked_over(depot: Depot) -> int:
    """How many things an open window finds hidden, until all of the index was looked over."""
    hidden = 0
    for _ in range(20):
        depot.register.views.prepare()
        looked = depot.register.views.look_over()
        hidden += looked.hidden
        if looked.share >= 1:
            return hidden
    raise AssertionError("it is never whole")


def search_breaks(depot: Depot) -> list[tuple[str, str]]:
    return [(one.rule, one.where) for one in depot.register.audit.verify_search(lambda _done, _count: True)]


def test_an_index_that_hides_nothing_is_whole(depot: Depot) -> None:
    assert search_breaks(depot) == []
    assert looked_over(depot) == 0


def test_a_weapon_that_the_index_hides_is_named_by_verify_which_touches_nothing(depot: Depot, where: str) -> None:
    hide(where, 9)
    before = pieces(where)
    assert search_breaks(depot) == [("search_hides", "W-0000009")]
    assert pieces(where) == before


def test_an_open_window_throws_away_what_hides_a_weapon_and_it_is_found_again(depot: Depot, where: str) -> None:
    hide(where, 9)
    assert "W-0000009" not in parts(depot, "Q00")
    assert looked_over(depot) == 1
    assert "W-0000009" in parts(depot, "Q00")
    assert search_breaks(depot) == []


def test_an_index_that_says_it_knows_facts_it_has_not_taken_in_is_found(depot: Depot, where: str) -> None:
    register(depot.desk, depot.by_officer(), rifle_called("ZQ-STALE"), depot.rack)
    with depot.desk.look() as work:
        head = work.head()
    with sqlite3.connect(f"{where}.search") as index:
        index.execute("update built set value = ? where key = 'seq'", (str(head.size),))
        index.execute("update built set value = ? where key = 'leaf'", (head.leaf.hex(),))
    assert [rule for rule, _ in search_breaks(depot)] == ["search_hides"]
    assert looked_over(depot) == 1
    assert len(parts(depot, "QSTAL")) == 1


def test_a_name_taken_out_of_the_index_is_found(depot: Depot, where: str) -> None:
    with sqlite3.connect(f"{where}.search") as index:
        index.execute("update name set key = 'OTHER' where id = (select min(id) from name)")
    assert search_breaks(depot) != []
    assert looked_over(depot) > 0


def test_an_index_that_is_behind_hides_nothing(depot: Depot) -> None:
    register(depot.desk, depot.by_officer(), rifle_called("ZQ-NEW1"), depot.rack)
    assert search_breaks(depot) == []
    assert looked_over(depot) == 0


def test_an_index_that_cannot_be_read_is_said_to_be_so(depot: Depot, where: str) -> None:
    depot.register.views.close()  # type: ignore[attr-defined]
    Path(f"{where}.search").write_bytes(b"\xff" * 9_000)
    assert [rule for rule, _ in search_breaks(depot)] == ["search_damaged"]


def test_a_register_without_an_index_has_nothing_hidden(depot: Depot, where: str) -> None:
    depot.register.views.close()  # type: ignore[attr-defined]
    Path(f"{where}.search").unlink()
    assert search_breaks(depot) == []
