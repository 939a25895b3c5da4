"""What the page of papers decides, without a screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fakes.depot import depot_in_memory
from fakes.printing import Leaves, Shop
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.domain.basics.refusal import Refusal
from muniment.domain.custody.printing import FORMS, Form
from muniment.ports.paper import CAUSES, Cause, JobState
from muniment.ui.papers.presenter import PapersPresenter


class Room(Shop):
    """A shop with the page's presenter."""

    def __init__(self, folder: Path) -> None:
        super().__init__(depot_in_memory(), folder)
        self.presenter = PapersPresenter[Leaves](self.depot.desk, self.officer, self.queue)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = Room(tmp_path)
    made.presenter.prefer("Office")
    yield made
    made.queue.close()
    made.depot.register.close()


def test_what_is_shown_is_what_is_printed(room: Room) -> None:
    room.presenter.show(Form.HAND_RECEIPT, " R-000007 ")
    room.presenter.copies("2")
    (line,) = room.presenter.print_shown().lines
    room.until(lambda: room.presenter.view().lines[0].state is JobState.PRINTED)
    assert str(line.title) == "Hand receipt R-000007"
    assert len(room.office.tray) == 2


def test_what_cannot_be_made_is_shown_as_a_problem(room: Room) -> None:
    view = room.presenter.show(Form.HAND_RECEIPT, "nothing")
    assert view.made is None
    assert view.problem is not None
    with pytest.raises(Refusal, match="nothing to print"):
        room.presenter.print_shown()


@pytest.mark.parametrize(
    ("code", "form", "about"),
    [
        ("R-000001", Form.HAND_RECEIPT, "R-000001"),
        ("B-0000001", Form.IMPORT_RECEIPT, "B-0000001"),
        ("W-0000001", Form.HISTORY, "W-0000001"),
        ("RACK1", Form.PLACE_LABELS, "RACK1"),
    ],
)
def test_a_code_says_which_form_is_wanted(room: Room, code: str, form: Form, about: str) -> None:
    view = room.presenter.scanned(Scan(code))
    assert view is not None
    assert (view.form, view.about) == (form, about)


def test_a_badge_is_no_number_of_anything_here(room: Room) -> None:
    assert room.presenter.scanned(Scan("B-0001")) is None


def test_what_needs_a_person_stands_first_and_says_what_to_do(room: Room) -> None:
    room.ends(room.order("R-000001", "Hatch"), JobState.PRINTED)
    room.office.load(0)
    room.ends(room.order("R-000002"), JobState.FAILED)
    room.order("R-000003")
    first, second, third = room.presenter.view().lines
    assert (first.state, second.state, third.state) == (JobState.FAILED, JobState.WAITING, JobState.PRINTED)
    assert str(CAUSES[Cause.OUT_OF_PAPER]) in str(first.happened)
    assert "P-R-000002" in str(first.do_now)
    assert "R-000002" in str(second.happened)


def test_trouble_outshines_what_was_printed_later(room: Room) -> None:
    room.office.load(0)
    room.ends(room.order("R-000001"), JobState.FAILED)
    room.ends(room.order("R-000002", "Hatch"), JobState.PRINTED)
    view = room.presenter.view()
    assert view.trouble
    assert "R-000001" in str(view.news)


def test_an_unknown_outcome_sends_a_person_to_the_tray(room: Room) -> None:
    room.order("R-000001", pages=100_000)
    room.until(lambda: bool(room.office.tray))
    room.office.plug(powered=False)
    room.until(lambda: room.presenter.view().lines[0].state is JobState.UNKNOWN)
    assert "look at the tray" in str(room.presenter.view().lines[0].happened)
    room.presenter.done(room.presenter.view().lines[0].id)
    assert room.presenter.view().lines[0].state is JobState.PRINTED


@pytest.mark.parametrize("copies", ["", "-1", "two"])
def test_copies_are_a_number(room: Room, copies: str) -> None:
    with pytest.raises(Refusal, match="number of copies"):
        room.presenter.copies(copies)


def test_an_offset_is_a_length(room: Room) -> None:
    assert room.presenter.put_right("1,5", "-2").offset_mm == (1.5, -2.0)
    with pytest.raises(Refusal, match="length"):
        room.presenter.put_right("left", "0")


def test_every_form_and_every_cause_has_words() -> None:
    assert set(FORMS) == set(Form)
    assert set(CAUSES) == set(Cause)
