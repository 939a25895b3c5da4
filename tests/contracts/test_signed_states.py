"""Every act leaves a signed state of the ledger, on every engine; what is altered afterwards does not fit it."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
import sqlalchemy as sa

from fakes.depot import Depot, depot_at, rifle_called
from fakes.keys import HeadsInMemory, KeysInMemory
from fakes.outside import CountingIds, StoppedClock, another_desk, outside, quick_passphrases
from fakes.rewriting import engine_under, rewritten
from muniment.bootstrap import Outside, join_register
from muniment.desk.hatch import Wanted, issue_item, return_item
from muniment.desk.stock import register
from muniment.domain.basics.refusal import Refusal
from muniment.domain.custody.checkpoints import read_checkpoint
from muniment.domain.custody.notes import read_note, signers
from muniment.domain.custody.record import leaf_hash
from muniment.domain.custody.signing_keys import keys_over_time
from muniment.domain.custody.tree import Edge, edge_at
from muniment.domain.custody.tree_proofs import consistency, inclusion, proves_consistency, proves_inclusion
from muniment.ports.work import StoreFault, Work
from muniment.signatures import suites

LOT = 600
"""Movements: enough that two parts of the tree are kept."""


def moved_often(depot: Depot, times: int) -> None:
    for _ in range(times // 2):
        issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
        return_item(depot.desk, depot.by_officer(), depot.rifle)


def grown_anew(work: Work) -> Edge:
    return Edge().grown(leaf_hash(one.body) for one in work.records())[0]


def test_an_act_is_signed_with_the_root_over_all_records(depot: Depot) -> None:
    moved_often(depot, 4)
    with depot.desk.look() as work:
        note = read_note(work.signed())
        told = read_checkpoint(note.text)
        assert told.origin == work.head().log
        assert told.size == work.head().size
        assert told.root == grown_anew(work).root()
        keys = [one.key for one in keys_over_time(((t.seq, f) for t, f in work.newest_first()), told.origin)]
        assert len(signers(note, keys, suites())) == 1


def test_what_is_refused_is_not_signed(depot: Depot) -> None:
    with depot.desk.look() as work:
        before = work.signed()
    with pytest.raises(Refusal):
        return_item(depot.desk, depot.by_officer(), depot.rifle)
    with depot.desk.look() as work:
        assert work.signed() == before


def test_every_record_is_provably_in_the_tree_and_every_older_state_its_beginning(depot: Depot) -> None:
    moved_often(depot, LOT)
    with depot.desk.look() as work:
        records = list(work.records())
        size, root = len(records), read_checkpoint(read_note(work.signed()).text).root
        assert size > 512
        for index in (0, 1, 255, 256, 300, size - 1):
            path = inclusion(index, size, work.subtree)
            assert proves_inclusion(leaf_hash(records[index].body), index, size, path, root)
        for older in (1, 7, 256, 257, size - 1, size):
            old = edge_at(older, work.subtree).root()
            assert old == Edge().grown(leaf_hash(one.body) for one in records[:older])[0].root()
            assert proves_consistency(older, size, old, root, consistency(older, size, work.subtree))


def test_a_desk_that_opens_the_register_goes_on_with_the_same_tree(depot: Depot, where: str) -> None:
    if where == ":memory:":
        pytest.skip("memory has one desk only")
    other = join_register(where, another_desk("ws-other", depot.clock))
    for desk in (depot.desk, other.desk, depot.desk, other.desk):
        issue_item(desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
        return_item(desk, depot.by_officer(), depot.rifle)
    other.close()
    with depot.desk.look() as work:
        assert read_checkpoint(read_note(work.signed()).text).root == grown_anew(work).root()
    assert depot.breaks() == ()


def test_a_workstation_without_an_enrolled_key_reads_and_writes_nothing(depot: Depot, where: str) -> None:
    if where == ":memory:":
        pytest.skip("memory has one desk only")
    stranger = KeysInMemory("another machine")
    world = Outside(depot.clock, CountingIds(), quick_passphrases(), "ws-2", "test", stranger, HeadsInMemory())
    other = join_register(where, world)
    with pytest.raises(StoreFault, match="no key"):
        issue_item(other.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    with other.desk.look() as work:
        standing = work.standing(depot.rifle)
    assert standing is not None
    assert standing.where == depot.rack
    other.close()
    assert depot.breaks() == ()


ALTERED = {
    "a signed state is made unreadable": ("update checkpoint set note = 'x'", {"checkpoint_altered"}),
    "the newest signed state is removed": (
        "delete from checkpoint where size = (select max(size) from checkpoint)",
        {"unsigned"},
    ),
    "every signed state is removed": ("delete from checkpoint", {"unsigned"}),
    "a signed state is put under another number": (
        "update checkpoint set size = size + 1 where size = (select max(size) from checkpoint)",
        {"checkpoint_foreign"},
    ),
    "a signature is exchanged for another": (
        "update checkpoint set note = (select substr(c.note, 1, length(c.note) - 90) || substr(o.note, "
        "length(o.note) - 89) from checkpoint c, checkpoint o where c.size = (select max(size) from checkpoint) "
        "and o.size = (select min(size) from checkpoint)) where size = (select max(size) from checkpoint)",
        {"signature_forged"},
    ),
    "a kept part of the tree": ("update node set hash = (select leaf from event where seq = 1)", {"tree_altered"}),
    "a kept part of the tree is removed": ("delete from node", {"tree_altered"}),
}


@pytest.mark.parametrize("name", ALTERED)
def test_what_is_altered_in_the_signed_states_is_found(depot: Depot, name: str) -> None:
    sql, rules = ALTERED[name]
    if "node" in sql:
        moved_often(depot, 260)
    engine = engine_under(depot)
    with engine.begin() as db:
        if db.dialect.name == "sqlite":
            for verb in ("update", "delete"):
                db.exec_driver_sql(f"drop trigger checkpoint_no_{verb}")
        else:
            db.exec_driver_sql("drop trigger checkpoint_no_change on checkpoint")
        db.exec_driver_sql(sql)
    found = {one.rule for one in depot.breaks()} - {"guard_missing"}
    assert found == rules


@pytest.mark.parametrize("sql", ["update checkpoint set note = ''", "delete from checkpoint"])
def test_the_database_refuses_to_change_what_was_signed(depot: Depot, sql: str) -> None:
    with pytest.raises(sa.exc.DBAPIError), engine_under(depot).begin() as db:
        db.exec_driver_sql(sql)
    assert depot.breaks() == ()


def test_who_hashes_the_ledger_anew_cannot_sign_it(tmp_path: Path) -> None:
    """The attack that a chain alone never finds: everything after the altered record is written and hashed again."""
    where = str(tmp_path / "register.muniment")
    clock = StoppedClock()
    depot = depot_at(where, clock, outside(clock))
    moved_often(depot, 6)
    rewritten(depot, b'"serial_raw":"EX-000001"', b'"serial_raw":"EX-000007"')
    rules = {one.rule for one in depot.breaks()} - {"guard_missing"}
    assert rules & {"altered", "chain_broken", "not_canonical"} == set()
    assert "root_differs" in rules


@pytest.mark.parametrize("byte", [0, -1], ids=["of an unknown key", "not genuine"])
def test_what_a_stranger_signed_at_the_end_is_not_signed_over(depot: Depot, where: str, byte: int) -> None:
    """Else the desk would vouch for his record, and he could take away what he signed himself."""
    if where == ":memory:":
        pytest.skip("memory has one desk only")
    moved_often(depot, 2)
    with engine_under(depot).begin() as db:
        for name in ("checkpoint_no_update", "checkpoint_no_delete"):
            if db.dialect.name == "sqlite":
                db.exec_driver_sql(f"drop trigger {name}")
        if db.dialect.name == "postgresql":
            db.exec_driver_sql("alter table checkpoint disable trigger all")
        size, note = db.exec_driver_sql("select size, note from checkpoint order by size desc limit 1").one()
        head, _, signed = str(note).rstrip("\n").rpartition(" ")
        raw = bytearray(base64.b64decode(signed))
        raw[byte] ^= 1
        forged = f"{head} {base64.b64encode(raw).decode()}\n"
        db.execute(sa.text("update checkpoint set note = :note where size = :size"), {"note": forged, "size": size})
    other = join_register(where, another_desk("ws-other", depot.clock))
    with pytest.raises(StoreFault, match="not the one that was signed last"):
        issue_item(other.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    other.close()


def test_a_desk_does_not_go_on_where_the_end_was_cut_off_while_it_was_open(depot: Depot) -> None:
    moved_often(depot, 2)
    with engine_under(depot).begin() as db:
        if db.dialect.name == "postgresql":
            for table in ("event", "checkpoint"):
                db.exec_driver_sql(f"alter table {table} disable trigger all")
        else:
            for name in ("event_no_delete", "checkpoint_no_delete"):
                db.exec_driver_sql(f"drop trigger {name}")
        last = db.exec_driver_sql("select max(seq) from event").scalar_one()
        before = db.exec_driver_sql(f"select max(size) from checkpoint where size < {last}").scalar_one()
        db.exec_driver_sql(f"delete from event where seq > {before}")
        db.exec_driver_sql(f"delete from checkpoint where size > {before}")
    with pytest.raises(StoreFault):
        register(depot.desk, depot.by_officer(), rifle_called("EX-000009"), depot.rack)
