"""What people write into a record: kept in one spelling, refused in words where the ledger cannot keep it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from fakes.depot import Depot, depot_in_memory
from muniment.desk.finding import person_named
from muniment.desk.hatch import Wanted, issue_item, quarantine, return_item
from muniment.desk.people import Newcomer, register_person
from muniment.desk.places import NewPlace, register_place, register_unit
from muniment.domain.basics.refusal import Refusal
from muniment.domain.people.person import PersonRecord
from muniment.domain.places.place import PlaceKind

TURNED, BELL, HUGE = "up\u202eside", "a\x1b[31mb", "x" * 20_000


@pytest.fixture
def depot() -> Depot:
    return depot_in_memory()


def _reason(depot: Depot, text: str) -> None:
    quarantine(depot.desk, depot.by_officer(reason=text), depot.rifle)


def _paper(depot: Depot, text: str) -> None:
    quarantine(depot.desk, depot.by_officer(reason="worn", doc=text), depot.rifle)


def _act(depot: Depot, text: str) -> None:
    quarantine(depot.desk, depot.by_officer(reason="worn", act=text), depot.rifle)


def _purpose(depot: Depot, text: str) -> None:
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier, purpose=text))


def _fault(depot: Depot, text: str) -> None:
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    return_item(depot.desk, depot.by_officer(), depot.rifle, fault=text)


def _name(depot: Depot, text: str) -> None:
    register_person(depot.desk, depot.by_officer(), Newcomer(PersonRecord(name=text)))


def _badge(depot: Depot, text: str) -> None:
    register_person(depot.desk, depot.by_officer(), Newcomer(PersonRecord(name="Example", badges=[text])))


def _unit(depot: Depot, text: str) -> None:
    register_unit(depot.desk, depot.by_officer(), text)


def _place(depot: Depot, text: str) -> None:
    register_place(depot.desk, depot.by_officer(), NewPlace(text, "Room", PlaceKind.ROOM, None))


@pytest.mark.parametrize("text", [TURNED, BELL, HUGE], ids=["turned", "control", "huge"])
@pytest.mark.parametrize("write", [_reason, _paper, _act, _purpose, _fault, _name, _badge, _unit, _place])
def test_what_the_ledger_cannot_keep_is_refused_in_words(
    depot: Depot, write: Callable[[Depot, str], None], text: str
) -> None:
    with pytest.raises(Refusal) as refused:
        write(depot, text)
    assert refused.value.do_now is not None
    assert depot.breaks() == ()


def test_blanks_are_no_reason(depot: Depot) -> None:
    with pytest.raises(Refusal) as refused:
        _reason(depot, " \n\t ")
    assert refused.value.rule == "reason_missing"


def test_a_letter_typed_in_two_parts_is_kept_as_one(depot: Depot) -> None:
    _reason(depot, "e\u0301raflure")
    with depot.desk.look() as work:
        assert next(fact.reason for _told, fact in work.newest_first()) == "éraflure"


def test_a_person_is_found_however_the_letters_are_typed(depot: Depot) -> None:
    record = PersonRecord(name="Ex\u00e9mple", service_no="N\u00e9-1")
    person = register_person(depot.desk, depot.by_officer(), Newcomer(record)).about
    with depot.desk.look() as work:
        assert person_named(work, "ne\u0301-1").subject == person


def test_nothing_is_due_before_it_goes_out(depot: Depot) -> None:
    earlier = Wanted(depot.soldier, until=depot.clock.at - timedelta(hours=1))
    with pytest.raises(Refusal) as refused:
        issue_item(depot.desk, depot.by_officer(), depot.rifle, earlier)
    assert refused.value.rule == "due_before_issue"


def test_the_net_behind_every_act_answers_in_words(depot: Depot) -> None:
    with pytest.raises(Refusal) as refused, depot.desk.work() as work:
        work.keep_person(depot.soldier, PersonRecord(name=TURNED), b"key")
    assert refused.value.rule == "text_not_kept"
