"""Who signed in and serves no more acts no more; what takes two persons is not brought about by one."""

from __future__ import annotations

from datetime import date

import pytest

from fakes.depot import Depot, depot_in_memory, rifle_called
from muniment.desk.correcting import take_back_act
from muniment.desk.desk import Deposition
from muniment.desk.hatch import Wanted, issue_item, quarantine, release_item
from muniment.desk.people import ban, change_status, enter_certificate, lift_ban
from muniment.desk.stock import identify, register_quantity
from muniment.domain.basics.refusal import Refusal
from muniment.domain.people.authority import Certificate, Status


@pytest.fixture
def depot() -> Depot:
    return depot_in_memory()


def test_who_was_posted_with_a_session_left_open_acts_no_more(depot: Depot) -> None:
    left_open = depot.by_officer()
    by_admin = Deposition(depot.administrator_signed_in())
    change_status(depot.desk, by_admin, depot.officer, Status.POSTED)
    with pytest.raises(Refusal) as refused:
        issue_item(depot.desk, left_open, depot.rifle, Wanted(depot.soldier))
    assert refused.value.rule == "not_serving"


def test_a_second_person_who_deserted_meanwhile_is_none(depot: Depot) -> None:
    quarantine(depot.desk, depot.by_officer(reason="worn"), depot.rifle)
    both = depot.by_officer(second=True, reason="mended")
    change_status(depot.desk, depot.by_officer(), depot.second, Status.DESERTED)
    with pytest.raises(Refusal) as refused:
        release_item(depot.desk, both, depot.rifle)
    assert refused.value.rule == "not_serving"


def test_one_person_does_not_bring_a_deserter_back_by_taking_the_entry_back(depot: Depot) -> None:
    change_status(depot.desk, depot.by_officer(act="gone"), depot.soldier, Status.DESERTED)
    with pytest.raises(Refusal) as refused:
        take_back_act(depot.desk, depot.by_officer(reason="slip"), "gone")
    assert refused.value.rule == "second_person_missing"


def test_nobody_helps_to_lift_a_ban_on_himself(depot: Depot) -> None:
    for person in (depot.officer, depot.second):
        ban(depot.desk, depot.by_officer(reason="inquiry"), person, None)
        with pytest.raises(Refusal) as refused:
            lift_ban(depot.desk, depot.by_officer(second=True, reason="over"), person)
        assert refused.value.rule == "concerned"


def test_what_is_set_apart_does_not_leave_its_line_one_by_one(depot: Depot) -> None:
    line = register_quantity(depot.desk, depot.by_officer(), {"item_name": "RIFLE"}, 3, depot.rack).about
    assert line is not None
    quarantine(depot.desk, depot.by_officer(reason="flood"), line)
    with pytest.raises(Refusal) as refused:
        identify(depot.desk, depot.by_officer(), line, rifle_called("EX-000777"))
    assert refused.value.rule == "quarantined"


def test_a_certificate_for_a_type_that_is_none_is_refused(depot: Depot) -> None:
    with pytest.raises(Refusal) as refused:
        enter_certificate(depot.desk, depot.by_officer(), depot.soldier, Certificate("SA-X", date(2027, 1, 1)))
    assert refused.value.rule == "type_unknown"


def test_nobody_gives_himself_the_right_to_draw_alone(depot: Depot) -> None:
    for_all = Certificate("", date(2027, 1, 1))
    with pytest.raises(Refusal) as refused:
        enter_certificate(depot.desk, depot.by_officer(), depot.officer, for_all)
    assert refused.value.rule == "own_right"
    enter_certificate(depot.desk, Deposition(depot.administrator_signed_in()), depot.officer, for_all)
    enter_certificate(depot.desk, depot.by_officer(second=True), depot.officer, Certificate("", date(2028, 1, 1)))
    assert depot.breaks() == ()


def test_what_has_become_of_a_person_is_not_written_down_twice(depot: Depot) -> None:
    with pytest.raises(Refusal) as refused:
        change_status(depot.desk, depot.by_officer(), depot.soldier, Status.SERVING)
    assert refused.value.rule == "nothing_changes"
    change_status(depot.desk, depot.by_officer(), depot.soldier, Status.POSTED)
    with pytest.raises(Refusal) as refused:
        change_status(depot.desk, depot.by_officer(), depot.soldier, Status.POSTED)
    assert refused.value.rule == "nothing_changes"
