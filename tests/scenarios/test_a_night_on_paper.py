"""A night without power: forms are written, the light comes back, much is changed, and then the forms are typed in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from fakes.depot import Depot, depot_at, rifle_called
from fakes.outside import StoppedClock, quick_passphrases
from fakes.terminal import Terminal, secrets_in
from muniment.bootstrap import Outside
from muniment.desk import cases
from muniment.desk.hatch import Wanted, issue_item
from muniment.desk.people import Newcomer, ban, enter_certificate, register_person
from muniment.desk.places import NewPlace, close_place, register_place
from muniment.desk.stock import register
from muniment.domain.basics.identity import Subject
from muniment.domain.people.authority import Certificate
from muniment.domain.people.person import PersonRecord
from muniment.domain.places.place import PlaceKind

AS_ON_PAPER = ("--doc", "PF-7", "--reason", "power cut")


def night(path: Path) -> Depot:
    """What the register knows in the morning, and nothing of the forms."""
    clock = StoppedClock()
    depot = depot_at(str(path), clock, replace(Outside.system(), passphrases=quick_passphrases(), clock=clock))
    desk, said = depot.desk, depot.by_officer(second=True, reason="ordered")
    with desk.look() as work:
        rack = work.standing(depot.rack)
        assert rack is not None
    rack2 = register_place(desk, said, NewPlace("RACK2", "Rack 2", PlaceKind.RACK, Subject(rack.text("parent")))).about
    corporal = register_person(
        desk,
        said,
        Newcomer(
            PersonRecord(name="Example Corporal", service_no="0002"),
            certificates=(Certificate("SA", date(2026, 11, 20)),),
        ),
    ).about
    drawn = register(desk, said, rifle_called("EX-000002"), depot.rack).about
    assert rack2 is not None
    assert corporal is not None
    assert drawn is not None

    # In the afternoon a soldier draws a rifle. At 20:00 the power fails.
    clock.forward(hours=8)
    issue_item(desk, said, drawn, Wanted(depot.soldier))

    # At 22:00 it is back, and before anybody thinks of the forms the day is tidied up: the soldier of form 7 is
    # banned, the corporal's certificate renewed, a case opened about a rifle, an empty rack given up.
    clock.forward(hours=6)
    ban(desk, said, depot.soldier, None)
    enter_certificate(desk, said, corporal, Certificate("SA", date(2099, 12, 31)))
    cases.open_a_case(desk, said, depot.rifle)
    close_place(desk, said, rack2)
    return depot


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    secrets_in(tmp_path, monkeypatch)
    path = tmp_path / "register.muniment"
    night(path).register.close()
    return Terminal(path, capsys)


def open_rules(terminal: Terminal) -> list[tuple[str, str]]:
    return [(one["concerns"], one["rule"]) for one in terminal.says("cases", "list")["cases"]]


def test_the_forms_of_a_night_are_judged_by_that_night(terminal: Terminal) -> None:
    """Who was in order is not blamed for the morning, and who was not is found although it is mended by now."""
    assert open_rules(terminal) == [("W-0000001", "reported")]

    # Form 7, 20:30: a rifle to the soldier. Then he was not banned, and no case stood against the rifle.
    given = terminal.says(
        "issue", "EX-000001", "--to", "0001", "--at", "2026-11-24T20:30:00Z", *AS_ON_PAPER, second=True
    )
    assert given["warnings"] == []
    assert open_rules(terminal) == [("W-0000001", "reported")]

    # Form 8, 20:40: a pistol to the corporal, whose certificate had run out. By now it is renewed.
    given = terminal.says("issue", "EX-P-01", "--to", "0002", "--at", "2026-11-24T20:40:00Z", *AS_ON_PAPER, second=True)
    assert given["warnings"] == ["The certificate for this type of weapon ran out on 2026-11-20."]
    assert open_rules(terminal)[1:] == [("W-0000002", "certificate_expired")]

    # Form 9, 21:15: the soldier brings back what he drew in the afternoon, and it is laid on a rack that is closed by
    # now. It was open then: no case, but somebody must say where the rifle lies.
    back = ("return", "EX-000002", "--to", "RACK2", "--at", "2026-11-24T21:15:00Z")
    given = terminal.says(*back, *AS_ON_PAPER, second=True)
    assert given["warnings"] == ["RACK2 is closed by now. By the book it lies at ROOM1: move it to where it is."]
    assert terminal.says("show", "EX-000002")["place"] == "ROOM1"
    terminal.says("move", "EX-000002", "--to", "RACK1")

    # A form that nobody can have signed: 21:00, when by the book the soldier had that rifle already.
    given = terminal.says(
        "issue", "EX-000002", "--to", "0002", "--at", "2026-11-24T21:00:00Z", *AS_ON_PAPER, second=True
    )
    assert [rule for item, rule in open_rules(terminal) if item == "W-0000003"] == [
        "not_in_store",
        "certificate_expired",
        "later_entry",
    ]
    assert given["warnings"][0] == "By the book it is not in store."
    assert terminal.says("verify")["breaks"] == []
