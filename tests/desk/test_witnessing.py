"""What outsiders keep of the ledger, and what it tells when it is held against the register."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from fakes.depot import Depot, depot_at, depot_in_memory
from fakes.keys import KeysInMemory
from fakes.outside import StoppedClock, outside
from fakes.rewriting import rewritten
from muniment.desk.desk import Deposition
from muniment.desk.hatch import Wanted, issue_item, return_item
from muniment.desk.printing.noting import note_printed
from muniment.desk.restoring import declare_restored
from muniment.desk.signing_keys import enrol_workstation, keys, revoke_key
from muniment.desk.witnessing import (
    Judgement,
    Unwitnessed,
    hand_out_checkpoint,
    judge,
    proof_of,
    remembered,
    unwitnessed,
)
from muniment.domain.basics.refusal import Refusal
from muniment.domain.custody.checkpoints import Checkpoint
from muniment.domain.custody.notes import Note, PublicKey, Signature, key_id
from muniment.domain.custody.printing import Form
from muniment.domain.custody.record import leaf_hash
from muniment.domain.custody.tree_proofs import proves_inclusion
from muniment.ports.paper import Order, PrintJob
from muniment.signatures import Ed25519, suites


@pytest.fixture
def depot() -> Depot:
    return depot_in_memory()


def moved(depot: Depot) -> None:
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    return_item(depot.desk, depot.by_officer(), depot.rifle)


def signed_now(depot: Depot) -> str:
    with depot.desk.look() as work:
        return work.signed()


def judged(depot: Depot, written: str) -> Judgement:
    with depot.desk.look() as work:
        return judge(work, written, suites())[0]


def tail(depot: Depot) -> Unwitnessed:
    with depot.desk.look() as work:
        return unwitnessed(work, depot.clock.at)


def test_a_sheet_holds_however_much_is_written_after_it(depot: Depot) -> None:
    sheet = signed_now(depot)
    moved(depot)
    assert judged(depot, sheet) is Judgement.HOLDS
    assert judged(depot, sheet.rstrip("\n")) is Judgement.HOLDS  # scanners drop the last line feed


def test_facts_and_root_typed_by_hand_agree_but_bear_no_signature(depot: Depot) -> None:
    seen = remembered(signed_now(depot))
    assert seen is not None
    moved(depot)
    assert judged(depot, f"{seen.size} {seen.root_text}") is Judgement.UNSIGNED
    assert judged(depot, f"{seen.size} {base64.b64encode(bytes(32)).decode()}") is Judgement.DIFFERS
    assert judged(depot, f"{seen.size + 900} {seen.root_text}") is Judgement.AHEAD


@pytest.mark.parametrize(
    ("change", "judgement"),
    [
        (lambda note: note.replace("\n", "\n1", 1), Judgement.FORGED),
        (lambda note: note.replace("muniment/xx", "muniment/yy"), Judgement.ANOTHER_LOG),
        (lambda note: note[:-30] + "A" * 28 + "==", Judgement.UNREADABLE),
        (lambda _: "R-000001", Judgement.UNREADABLE),
        (lambda _: "", Judgement.UNREADABLE),
    ],
)
def test_what_was_changed_on_a_sheet_is_told(depot: Depot, change: Callable[[str], str], judgement: Judgement) -> None:
    assert judged(depot, change(signed_now(depot))) is judgement


def test_a_sheet_signed_by_a_stranger_is_told(depot: Depot) -> None:
    other = KeysInMemory("a forger").make("x")
    seen = remembered(signed_now(depot))
    assert seen is not None
    key = key_id(PublicKey(seen.origin, "ed25519", other.public), Ed25519())
    forged = Note(seen.text(), (Signature(seen.origin, key, other.sign(seen.text().encode())),))
    assert judged(depot, forged.written()) is Judgement.UNKNOWN_SIGNER


def test_a_register_altered_since_contradicts_the_sheet_even_where_the_key_was_stolen(tmp_path: Path) -> None:
    clock = StoppedClock()
    world = outside(clock)
    depot = depot_at(str(tmp_path / "r.muniment"), clock, world)
    sheet = signed_now(depot)
    rewritten(depot, b'"serial_raw":"EX-000001"', b'"serial_raw":"EX-000007"', signs=world.keys)
    assert judged(depot, sheet) is Judgement.DIFFERS


def test_the_tail_without_a_witness_grows_until_something_goes_out(depot: Depot) -> None:
    before = tail(depot).facts
    moved(depot)
    depot.clock.forward(minutes=14)
    assert tail(depot) == Unwitnessed(before + 3, 14)
    _, note = hand_out_checkpoint(depot.desk, depot.by_officer())
    assert judged(depot, note) is Judgement.HOLDS
    assert tail(depot) == Unwitnessed(0, 0)
    moved(depot)
    assert tail(depot).facts == 4


def test_a_printed_sheet_is_a_witness_of_what_it_bears_and_of_no_more(depot: Depot) -> None:
    with depot.desk.look() as work:
        head = work.head().size
    moved(depot)
    by = depot.by_officer()
    job = PrintJob("a", Order(Form.ISSUE_LOG), "", "", 1, 1, "printer", by.officer.person, "", "", head=head)
    note_printed(depot.desk, by, job)
    with depot.desk.look() as work:
        assert unwitnessed(work, depot.clock.at).facts == work.head().size - head


def test_the_same_act_hands_out_the_same_checkpoint(depot: Depot) -> None:
    _, first = hand_out_checkpoint(depot.desk, depot.by_officer(act="daily"))
    moved(depot)
    answer, again = hand_out_checkpoint(depot.desk, depot.by_officer(act="daily"))
    assert answer.again
    assert again == first


def test_a_proof_leads_from_a_record_to_a_signed_root(depot: Depot) -> None:
    moved(depot)
    with depot.desk.look() as work:
        kept = work.record(9)
        written = proof_of(work, 9)
    assert kept is not None
    head, index, *path = written.partition("\n\n")[0].split("\n")
    seen = remembered(written.partition("\n\n")[2])
    assert (head, index) == ("c2sp.org/tlog-proof@v1", "index 8")
    assert seen is not None
    assert proves_inclusion(leaf_hash(kept.body), 8, seen.size, [base64.b64decode(one) for one in path], seen.root)


@pytest.mark.parametrize("seq", [0, -1, 10_000])
def test_there_is_no_proof_of_a_fact_that_is_not_there(depot: Depot, seq: int) -> None:
    with depot.desk.look() as work, pytest.raises(Refusal, match="no fact"):
        proof_of(work, seq)


def by_administrator(depot: Depot, *, second: bool = True, reason: str = "") -> Deposition:
    return replace(depot.by_officer(second=second, reason=reason), officer=depot.administrator_signed_in())


def test_a_key_is_enrolled_and_revoked_by_two_persons_only(depot: Depot) -> None:
    new = KeysInMemory("new machine").make("log")
    for refused in (by_administrator(depot, second=False), depot.by_officer(second=True)):
        with pytest.raises(Refusal):
            enrol_workstation(depot.desk, refused, new)
    enrol_workstation(depot.desk, by_administrator(depot), new)
    with pytest.raises(Refusal, match="already"):
        enrol_workstation(depot.desk, by_administrator(depot), new)
    with pytest.raises(Refusal, match="reason"):
        revoke_key(depot.desk, by_administrator(depot), new.public.hex())
    revoke_key(depot.desk, by_administrator(depot, reason="lost"), new.public.hex()[:8])
    with depot.desk.look() as work:
        assert [one.text("state") for one in keys(work)] == ["enrolled", "revoked"]
    assert depot.breaks() == ()


def test_the_last_key_is_not_revoked(depot: Depot) -> None:
    with depot.desk.look() as work:
        public = keys(work)[0].text("public")
    with pytest.raises(Refusal, match="only key"):
        revoke_key(depot.desk, by_administrator(depot, reason="lost"), public)


def test_a_restore_is_declared_by_two_persons_with_a_reason_and_only_where_something_is_missing(depot: Depot) -> None:
    with depot.desk.look() as work:
        head = work.head()
    lost = Checkpoint(head.log, head.size + 3, bytes(32))
    for refused in (by_administrator(depot, reason="fire", second=False), by_administrator(depot)):
        with pytest.raises(Refusal):
            declare_restored(depot.desk, refused, lost)
    with pytest.raises(Refusal, match="nothing is missing"):
        declare_restored(
            depot.desk,
            by_administrator(depot, reason="fire"),
            Checkpoint(head.log, head.size, bytes(32)),
        )
    declare_restored(depot.desk, by_administrator(depot, reason="fire"), lost)
    assert depot.breaks() == ()


def test_a_sheet_of_facts_that_a_restore_lost_is_told_from_a_forged_one(depot: Depot) -> None:
    moved(depot)
    sheet = signed_now(depot)
    older = depot_in_memory()  # made alike, with the same names and key, but without the movements
    assert judged(older, sheet) is Judgement.AHEAD
    lost = remembered(sheet)
    assert lost is not None
    declare_restored(older.desk, by_administrator(older, reason="fire"), lost)
    assert judged(older, sheet) is Judgement.LOST
    older.clock.at += timedelta(days=1)
    moved(older)
    assert judged(older, signed_now(older)) is Judgement.HOLDS
