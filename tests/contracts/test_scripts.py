"""Serials of several scripts are found, offered and kept apart in the same way on every engine."""

from __future__ import annotations

import unicodedata

import pytest

from fakes.depot import Depot, rifle_called
from muniment.desk.finding import anything_named, item_named, place_named
from muniment.desk.hatch import Wanted, issue_item
from muniment.desk.people import Newcomer, register_person
from muniment.desk.places import NewPlace, register_place
from muniment.desk.seeking import seek
from muniment.desk.stock import bind_code, register
from muniment.domain.basics.identity import Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.people.person import PersonRecord
from muniment.domain.places.place import PlaceKind
from muniment.ports.views import Why

SAME = ("AK-0472", "АК 0472", "ΑΚ0472", "ak/٠٤٧٢", "АК۰۴۷۲")
"""One number, written in Latin, Cyrillic, Greek, and with figures of Arabic and Persian."""

ALIKE = ("AK-O472", "АКО47Z", "АК-О472")
"""Numbers that a tired eye takes for it: O for 0, in Latin and Cyrillic, and Z for 2."""


@pytest.fixture
def known(depot: Depot) -> Subject:
    made = register(depot.desk, depot.by_officer(), rifle_called("AK-0472"), depot.rack).about
    assert made is not None
    return made


@pytest.mark.parametrize("written", SAME)
def test_a_number_is_found_however_it_is_written(depot: Depot, known: Subject, written: str) -> None:
    with depot.desk.look() as work:
        assert item_named(work, written).subject == known
    hit = seek(depot.register, written, 5).items[0]
    assert (hit.item.subject, hit.why) == (known, Why.SERIAL)


@pytest.mark.parametrize("written", SAME)
def test_the_same_number_again_stops_and_is_never_merged(depot: Depot, known: Subject, written: str) -> None:
    with pytest.raises(Refusal) as refusal:
        register(depot.desk, depot.by_officer(), rifle_called(written), depot.rack)
    assert refusal.value.rule == "duplicate_weapon"
    both = depot.by_officer(second=True, reason="two rifles", overrides={"duplicate_weapon"})
    other = register(depot.desk, both, rifle_called(written), depot.rack).about
    assert other is not None
    assert other != known
    assert depot.card(other).serial == written
    assert depot.card(known).serial == "AK-0472"
    with depot.desk.look() as work, pytest.raises(Refusal) as refusal:
        item_named(work, "AK-0472")
    assert refusal.value.rule == "ambiguous"


@pytest.mark.parametrize("written", ALIKE)
def test_a_look_alike_is_offered_across_scripts_and_stays_another_weapon(
    depot: Depot, known: Subject, written: str
) -> None:
    answer = register(depot.desk, depot.by_officer(), rifle_called(written), depot.rack)
    assert answer.about not in (None, known)
    assert any("W-0000003" in str(warning) for warning in answer.warnings)
    found = {hit.item.subject: hit.why for hit in seek(depot.register, "AK-0472", 5).items}
    assert found == {known: Why.SERIAL, answer.about: Why.LOOKS_ALIKE}
    issue_item(depot.desk, depot.by_officer(), known, Wanted(depot.soldier))
    assert answer.about is not None
    assert depot.card(answer.about).state == "in_store"


def test_leading_zeros_count_and_are_pointed_at(depot: Depot, known: Subject) -> None:
    other = register(depot.desk, depot.by_officer(), rifle_called("AK-472"), depot.rack)
    assert [str(one) for one in other.warnings] == ["W-0000003 has serial AK-0472, which is easily mistaken for it."]
    assert other.about != known


def test_what_is_typed_with_accents_apart_is_found_as_it_is_kept(depot: Depot) -> None:
    kept = {
        "RÄCK-É": register_place(
            depot.desk, depot.by_officer(act="a"), NewPlace("RÄCK-É", "Räck", PlaceKind.RACK, room_of(depot))
        ).about,
        "ÉTUI-1": bind_code(depot.desk, depot.by_officer(act="b"), apart("ÉTUI-1"), depot.rifle).about,
        "José Exämple": register_person(
            depot.desk, depot.by_officer(act="c"), Newcomer(PersonRecord(name=apart("José Exämple")))
        ).about,
        "ÉÑ-12": register(depot.desk, depot.by_officer(act="d"), rifle_called(apart("ÉÑ-12")), depot.rack).about,
    }
    for name, subject in kept.items():
        sought = seek(depot.register, apart(name), 5)
        with depot.desk.look() as work:
            assert anything_named(work, apart(name)).subject == anything_named(work, name).subject == subject
        hits = [*(hit.item for hit in sought.items), *sought.people, *sought.places]
        assert [one.subject for one in hits] == [subject]


def test_a_place_with_accents_apart_is_no_second_place(depot: Depot) -> None:
    register_place(depot.desk, depot.by_officer(act="a"), NewPlace("RÄCK-É", "", PlaceKind.RACK, room_of(depot)))
    with pytest.raises(Refusal) as refusal:
        register_place(
            depot.desk, depot.by_officer(act="b"), NewPlace(apart("räck-é"), "", PlaceKind.RACK, room_of(depot))
        )
    assert refusal.value.rule == "place_code_taken"


def apart(text: str) -> str:
    """The same text, each accent a character of its own."""
    return unicodedata.normalize("NFD", text)


def room_of(depot: Depot) -> Subject:
    with depot.desk.look() as work:
        return place_named(work, "ROOM1").subject
