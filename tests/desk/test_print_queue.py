"""A print queue that a dead printer, a kill and a power cut leave with the truth."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from fakes.depot import depot_in_memory
from fakes.printing import Shop
from muniment.desk.correcting import take_back_act
from muniment.desk.hatch import Wanted, issue_item
from muniment.desk.printing.noting import print_log
from muniment.domain.basics.refusal import Refusal
from muniment.domain.custody.facts import Deed
from muniment.domain.custody.printing import Form
from muniment.ports.paper import Cause, JobState, Order


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    made = Shop(depot_in_memory(), tmp_path)
    yield made
    made.queue.close()
    made.depot.register.close()


def test_an_order_comes_out_and_the_ledger_knows_who_printed_it(shop: Shop) -> None:
    job = shop.order("R-000012", pages=2, copies=3)
    shop.ends(job, JobState.PRINTED)
    (told,) = shop.queue.note(shop.depot.desk, shop.officer)
    assert told.kind is Deed.PRINTED
    assert len(shop.office.tray) == 6
    with shop.depot.desk.look() as work:
        (line,) = print_log(work)
    assert (line.form, line.number, line.copies, line.printer) == (Form.HAND_RECEIPT, "R-000012", 3, "Office")
    assert line.by == "Sgt Example Officer"
    assert shop.depot.breaks() == ()


def test_a_print_is_told_once_however_often_it_is_noted(shop: Shop) -> None:
    job = shop.ends(shop.order(), JobState.PRINTED)
    shop.queue.note(shop.depot.desk, shop.officer)
    noted = shop.queue.job(job.id)
    shop.journal.change(noted, job)  # as if the power went between the ledger and the journal
    shop.restart()
    shop.queue.note(shop.depot.desk, shop.officer)
    with shop.depot.desk.look() as work:
        assert len(print_log(work)) == 1


def test_a_printed_receipt_does_not_stand_in_the_way_of_undo(shop: Shop) -> None:
    depot = shop.depot
    answer = issue_item(depot.desk, depot.by_officer(act="issue-1"), depot.rifle, Wanted(depot.soldier))
    assert answer.receipt is not None
    shop.ends(shop.order(), JobState.PRINTED)
    shop.queue.note(depot.desk, shop.officer)
    take_back_act(depot.desk, depot.by_officer(reason="wrong person"), "issue-1")
    assert depot.breaks() == ()


def test_paper_that_runs_out_stops_that_printer_and_no_other(shop: Shop) -> None:
    shop.office.load(1)
    torn = shop.ends(shop.order("R-000001", pages=3), JobState.FAILED)
    waits, other = shop.order("R-000002"), shop.order("R-000003", "Hatch")
    shop.ends(other, JobState.PRINTED)
    assert torn.cause is Cause.OUT_OF_PAPER
    assert shop.queue.job(waits.id).state is JobState.WAITING
    assert len(shop.office.tray) == 1


def test_printed_again_on_a_persons_word_it_goes_before_what_waited(shop: Shop) -> None:
    shop.office.load(0)
    torn = shop.ends(shop.order("R-000001"), JobState.FAILED)
    waits = shop.order("R-000002")
    shop.office.load()
    again = shop.queue.again(torn, shop.officer)
    shop.ends(waits, JobState.PRINTED)
    assert shop.queue.job(torn.id).state is JobState.PRINTED
    assert shop.office.tray == [again.ticket().name, waits.ticket().name]


def test_a_dead_printer_can_give_its_job_to_the_folder(shop: Shop) -> None:
    shop.office.plug(powered=False)
    dead = shop.ends(shop.order(), JobState.FAILED)
    shop.queue.into_folder(dead, shop.officer)
    shop.ends(dead, JobState.PRINTED)
    assert dead.cause is Cause.GONE
    assert len(shop.folder.tray) == 1
    assert dead.paper_no == "P-R-000001"


def test_without_power_nobody_knows_what_the_printer_will_do_with_it(shop: Shop) -> None:
    shop.office.plug(powered=True)
    slow = shop.order(pages=100_000)
    shop.until(lambda: len(shop.office.tray) > 1)
    shop.office.plug(powered=False)
    unknown = shop.ends(slow, JobState.UNKNOWN)
    assert unknown.cause is Cause.GONE
    shop.queue.cancel(unknown)
    shop.office.plug(powered=True)
    assert shop.states() == [JobState.CANCELLED]


def test_what_somebody_cancelled_at_the_printer_has_failed_for_that_cause(shop: Shop) -> None:
    job = shop.order(pages=100_000)
    shop.until(lambda: bool(shop.office.tray))
    shop.office.take_back(job.ticket().name)
    assert shop.ends(job, JobState.FAILED).cause is Cause.TAKEN_BACK


def test_what_is_being_printed_can_be_cancelled(shop: Shop) -> None:
    job = shop.order(pages=100_000)
    shop.until(lambda: bool(shop.office.tray))
    shop.queue.cancel(shop.queue.job(job.id))
    shop.ends(job, JobState.CANCELLED)
    out = len(shop.office.tray)
    shop.ends(shop.order("R-000002"), JobState.PRINTED)
    assert len(shop.office.tray) == out + 1


def test_after_a_restart_a_printer_that_remembers_is_believed(shop: Shop) -> None:
    job = shop.order(pages=300)
    shop.until(lambda: bool(shop.office.tray))
    shop.restart()
    shop.ends(job, JobState.PRINTED)
    assert len(shop.office.tray) == 300


def test_after_a_restart_a_printer_that_has_forgotten_leaves_it_to_a_person(shop: Shop) -> None:
    job = shop.order(pages=100_000)
    shop.until(lambda: bool(shop.office.tray))
    shop.office = type(shop.office)("Office")
    shop.restart()
    unknown = shop.ends(job, JobState.UNKNOWN)
    waits = shop.order("R-000002")
    assert shop.queue.job(waits.id).state is JobState.WAITING
    shop.queue.done(unknown, shop.officer)
    shop.ends(waits, JobState.PRINTED)
    shop.queue.note(shop.depot.desk, shop.officer)
    with shop.depot.desk.look() as work:
        assert [line.on_sight for line in print_log(work)] == [True, False]


def test_what_waited_is_printed_by_the_next_run(shop: Shop) -> None:
    shop.office.load(0)
    stuck, waits = shop.ends(shop.order(), JobState.FAILED), shop.order("R-000002")
    shop.restart()
    shop.office.load()
    shop.queue.cancel(shop.queue.job(stuck.id))
    shop.ends(waits, JobState.PRINTED)


def test_what_cannot_be_made_any_more_says_so(shop: Shop) -> None:
    shop.office.load(0)
    shop.ends(shop.order(), JobState.FAILED)
    waits = shop.order("R-000002")
    with sqlite3.connect(shop.path) as db:
        db.execute("""update job set about = '["nothing"]' where id = ?""", (waits.id,))
    shop.restart()
    assert shop.ends(waits, JobState.FAILED).cause is Cause.NOT_MADE


def test_another_run_that_lives_keeps_its_jobs(shop: Shop) -> None:
    shop.office.load(0)
    shop.ends(shop.order(), JobState.FAILED)
    waits = shop.order("R-000002")
    beside = Shop.__new__(Shop)
    beside.__dict__.update(shop.__dict__)
    beside.open()
    beside.queue.take_over(shop.officer)
    assert beside.queue.job(waits.id).owner == shop.journal.me
    beside.queue.close()


def test_a_printer_nobody_has_is_a_failed_job_not_a_lost_one(shop: Shop) -> None:
    assert shop.ends(shop.order(printer="Nowhere"), JobState.FAILED).cause is Cause.GONE


@pytest.mark.parametrize("copies", [0, 21])
def test_a_foolish_number_of_copies_is_refused(shop: Shop, copies: int) -> None:
    with pytest.raises(Refusal, match="copies"):
        shop.order(copies=copies)
    assert shop.queue.jobs() == []


def test_what_cannot_be_made_is_refused_and_leaves_no_job(shop: Shop) -> None:
    with pytest.raises(Refusal):
        shop.queue.order(Order(Form.HAND_RECEIPT, ("nothing",)), shop.officer)
    assert shop.queue.jobs() == []


def test_nobody_decides_about_a_job_that_is_settled(shop: Shop) -> None:
    job = shop.ends(shop.order(), JobState.PRINTED)
    for act in (shop.queue.again, shop.queue.done, shop.queue.into_folder):
        with pytest.raises(Refusal, match="decision"):
            act(job, shop.officer)


def test_a_job_is_found_by_the_end_of_its_name(shop: Shop) -> None:
    job = shop.order()
    assert shop.queue.job(job.id[-6:].upper()).id == job.id
    with pytest.raises(Refusal, match="no print job"):
        shop.queue.job("zzzz")


def test_a_printer_is_put_right_by_so_much_and_stays_so(shop: Shop) -> None:
    shop.queue.keep_offset("Office", 1.5, -2.0)
    with pytest.raises(Refusal, match="20 mm"):
        shop.queue.keep_offset("Office", 200, 0)
    shop.restart()
    assert shop.queue.offset("Office") == (1.5, -2.0)


def test_the_journal_names_nobody(shop: Shop) -> None:
    shop.ends(shop.order(), JobState.PRINTED)
    written = b"".join(path.read_bytes() for path in shop.path.parent.iterdir())
    assert b"R-000001" in written
    assert b"Example" not in written
