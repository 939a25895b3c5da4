"""The second verifier finds what the first one finds, shares no code with it, and agrees with the published vectors."""

from __future__ import annotations

import ast
import base64
import importlib.util
import json
import sqlite3
import sys
from pathlib import Path
from types import ModuleType

import pytest

from fakes.depot import Depot, depot_at
from fakes.outside import StoppedClock, outside
from fakes.rewriting import rewritten
from muniment.desk.hatch import Wanted, issue_item, return_item
from muniment.domain.basics.canonical import decode, encode
from muniment.domain.custody.checkpoints import read_checkpoint
from muniment.domain.custody.notes import PublicKey, read_note, signers
from muniment.domain.custody.record import leaf_hash
from muniment.domain.custody.tree import Edge, edge_at, node_hash
from muniment.domain.custody.tree_proofs import consistency, inclusion, proves_consistency, proves_inclusion
from muniment.exchange.exporting import export_all
from muniment.signatures import suites

ROOT = Path(__file__).parents[2]
PROGRAM = ROOT / "installer" / "verify_ledger.py"
VECTORS = json.loads((ROOT / "docs" / "ledger-vectors.json").read_text(encoding="utf-8"))
MOST_LINES = 300


def second() -> ModuleType:
    spec = importlib.util.spec_from_file_location("verify_ledger", PROGRAM)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def depot(tmp_path: Path) -> Depot:
    clock = StoppedClock()
    depot = depot_at(str(tmp_path / "register.muniment"), clock, outside(clock))
    for _ in range(3):
        issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
        return_item(depot.desk, depot.by_officer(), depot.rifle)
    return depot


def signed(depot: Depot) -> str:
    with depot.desk.look() as work:
        return work.signed()


def wrong(path: Path, *seen: str, keys: tuple[bytes, ...] = ()) -> list[str]:
    found: list[str] = second().verify(path, list(seen), list(keys))[0]
    return found


def test_it_is_short_and_needs_nothing_of_the_house() -> None:
    source = PROGRAM.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= MOST_LINES
    roots = {
        name.partition(".")[0]
        for node in ast.walk(ast.parse(source))
        for name in (
            [one.name for one in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert roots - set(sys.stdlib_module_names) == {"cryptography"}


def test_a_register_and_its_export_are_whole(depot: Depot, tmp_path: Path) -> None:
    export_all(depot.register, tmp_path / "out")
    sheet = signed(depot)
    assert wrong(tmp_path / "register.muniment", sheet) == []
    assert wrong(tmp_path / "out", sheet) == []
    assert second().main([str(tmp_path / "out")]) == 0


def test_only_keys_that_the_auditor_knows_are_believed(depot: Depot, tmp_path: Path) -> None:
    export_all(depot.register, tmp_path / "out")
    with depot.desk.look() as work:
        signer = outside().keys.signer(work.head().log)
    assert signer is not None
    assert wrong(tmp_path / "out", keys=(signer.public,)) == []
    assert any("no key that is believed" in one for one in wrong(tmp_path / "out", keys=(bytes(32),)))


ALTERED = {
    "bytes": "update event set body = cast(replace(body, 'EX-000001', 'EX-000007') as blob)",
    "a record removed": "delete from event where seq = 20",
    "the end cut off": "delete from event where seq > 18",
    "two records exchanged": "update event set seq = case seq when 20 then -21 else -20 end where seq in (20, 21)",
    "a leaf": "update event set leaf = (select leaf from event where seq = 3) where seq = 4",
    "a signature": "update checkpoint set note = replace(note, '= ', '=  ')||'A' where size > 20",
    "nothing signed": "delete from checkpoint",
}


STRANGE = {
    "a hash that is a text": "update event set leaf = 'x' where seq = 9",
    "a record that is a number": "update event set body = 1.5 where seq = 9",
    "a record nested without end": f"update event set body = cast('{'[' * 8000}' as blob) where seq = 9",
    "a signed state that is bytes": "update checkpoint set note = x'ff' where size > 20",
    "a signed state of ten million signs": "update checkpoint set note = hex(zeroblob(5000000)) where size > 20",
    "a signed state of 10^15 records": "insert into checkpoint select 1000000000000000, "
    "replace(note, char(10)||size||char(10), char(10)||'1000000000000000'||char(10)) from checkpoint limit 1",
}


@pytest.mark.parametrize("name", STRANGE)
def test_what_no_program_would_have_written_is_found_and_ends_nothing(depot: Depot, tmp_path: Path, name: str) -> None:
    depot.register.close()
    with sqlite3.connect(tmp_path / "register.muniment") as db:
        for (trigger,) in db.execute("select name from sqlite_master where type = 'trigger'").fetchall():
            db.execute(f"drop trigger {trigger}")
        db.execute(STRANGE[name])
    db.close()
    assert second().main([str(tmp_path / "register.muniment")]) == 4


@pytest.mark.parametrize("line", ["[]", "{}", '{"seq": 1}', '{"seq": 1, "leaf": "zz", "record": "x"}', "[" * 9000])
def test_an_export_that_is_none_is_said_to_be_none(tmp_path: Path, line: str) -> None:
    (tmp_path / "facts.jsonl").write_text(f"{line}\n", encoding="utf-8")
    assert second().main([str(tmp_path)]) == 2


@pytest.mark.parametrize("name", ALTERED)
def test_what_is_altered_is_found(depot: Depot, tmp_path: Path, name: str) -> None:
    depot.register.close()
    with sqlite3.connect(tmp_path / "register.muniment") as db:
        for (trigger,) in db.execute("select name from sqlite_master where type = 'trigger'").fetchall():
            db.execute(f"drop trigger {trigger}")
        db.execute(ALTERED[name])
        db.execute("update event set seq = -seq where seq < 0")
    db.close()
    assert wrong(tmp_path / "register.muniment")


def test_a_ledger_hashed_and_signed_anew_with_a_stolen_key_is_found_by_a_sheet_alone(
    depot: Depot, tmp_path: Path
) -> None:
    sheet = signed(depot)
    rewritten(depot, b'"serial_raw":"EX-000001"', b'"serial_raw":"EX-000007"', signs=outside().keys)
    assert wrong(tmp_path / "register.muniment") == []
    assert wrong(tmp_path / "register.muniment", sheet) == [
        f"checkpoint {read_checkpoint(read_note(sheet).text).size}: the records are not those that were seen"
    ]


@pytest.mark.parametrize("nth", range(len(VECTORS["canonical"])))
def test_both_write_the_published_bytes(nth: int) -> None:
    vector = VECTORS["canonical"][nth]
    assert encode(vector["value"]).hex() == vector["bytes"]
    assert second().canonical(vector["value"]).hex() == vector["bytes"]
    assert leaf_hash(bytes.fromhex(vector["bytes"])).hex() == vector["leaf"]
    assert second().leaf_of(bytes.fromhex(vector["bytes"])).hex() == vector["leaf"]


@pytest.mark.parametrize("nth", range(len(VECTORS["not_canonical"])))
def test_both_refuse_the_published_bytes_that_are_not_canonical(nth: int) -> None:
    written = bytes.fromhex(VECTORS["not_canonical"][nth]["bytes"])
    with pytest.raises(ValueError):  # noqa: PT011 - each says it in its own words
        second().record_in(written)
    with pytest.raises(ValueError):  # noqa: PT011
        decode(written)


def test_both_reach_the_published_roots() -> None:
    leaves = [bytes.fromhex(one) for one in VECTORS["tree"]["leaves"]]
    for size, root in enumerate(VECTORS["tree"]["roots"]):
        tree = second().Tree()
        for leaf in leaves[:size]:
            tree.add(leaf)
        assert tree.root().hex() == root
        assert Edge().grown(leaves[:size])[0].root().hex() == root
    first, other, joined = (bytes.fromhex(one) for one in VECTORS["tree"]["node"])
    assert node_hash(first, other) == second().node_of(first, other) == joined


def test_the_published_proofs_prove_what_they_say() -> None:
    leaves = [bytes.fromhex(one) for one in VECTORS["tree"]["leaves"]]
    roots = [bytes.fromhex(one) for one in VECTORS["tree"]["roots"]]

    def subtree(level: int, index: int) -> bytes:
        return Edge().grown(leaves[index << level : (index + 1) << level])[0].root()

    for one in VECTORS["inclusion"]:
        path = [bytes.fromhex(step) for step in one["path"]]
        assert inclusion(one["index"], one["size"], subtree) == path
        assert proves_inclusion(leaves[one["index"]], one["index"], one["size"], path, roots[one["size"]])
    for one in VECTORS["consistency"]:
        path = [bytes.fromhex(step) for step in one["path"]]
        assert consistency(one["older"], one["newer"], subtree) == path
        assert proves_consistency(one["older"], one["newer"], roots[one["older"]], roots[one["newer"]], path)
    assert edge_at(5, subtree).root() == roots[5]


def test_both_believe_the_published_checkpoint() -> None:
    vector = VECTORS["checkpoint"]
    public = bytes.fromhex(vector["public"])
    note = read_note(vector["note"])
    assert signers(note, [PublicKey(vector["origin"], "ed25519", public)], suites())
    checkpoint = second().Checkpoint(vector["note"])
    assert checkpoint.signed_by([public]) == public
    assert base64.b64encode(checkpoint.root).decode() == read_checkpoint(note.text).root_text
