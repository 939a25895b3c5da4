"""Fields of the depot's own: defined by who sets the policy, filled in and checked by the desk."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.depot import Depot, depot_in_memory
from fakes.workshop import refused, stands
from muniment.desk.correcting import take_back_act
from muniment.desk.desk import Deposition
from muniment.desk.own_fields import change_field, define_field, definitions, listed_fields, own_values, set_value
from muniment.domain.basics.identity import Kind
from muniment.domain.basics.refusal import Refusal
from muniment.domain.custody.own_fields import FieldKind, OwnField

GUARD = OwnField("guard_post", "Guard post", Kind.WEAPON, FieldKind.CHOICE, ("north", "south"))


@pytest.fixture
def depot() -> Depot:
    return depot_in_memory()


def by_admin(depot: Depot) -> Deposition:
    return Deposition(depot.administrator_signed_in())


def test_a_field_is_defined_filled_in_and_shown(depot: Depot) -> None:
    define_field(depot.desk, by_admin(depot), GUARD)
    set_value(depot.desk, depot.by_officer(), depot.rifle, "guard_post", "north")
    with depot.desk.look() as work:
        standing = work.standing(depot.rifle)
        assert standing is not None
        assert [(one.title, one.value) for one in own_values(work, standing)] == [("Guard post", "north")]
    set_value(depot.desk, depot.by_officer(), depot.rifle, "guard_post", "")
    assert "own_guard_post" not in stands(depot, depot.rifle).fields
    assert refused(depot, set_value, depot.rifle, "guard_post", "") == "nothing_changes"
    assert depot.breaks() == ()


def test_only_who_sets_the_policy_defines_fields(depot: Depot) -> None:
    assert refused(depot, define_field, GUARD) == "role_missing"
    define_field(depot.desk, by_admin(depot), GUARD)
    with pytest.raises(Refusal) as refusal:
        define_field(depot.desk, by_admin(depot), OwnField("guard_post", "Again", Kind.WEAPON, FieldKind.TEXT))
    assert refusal.value.rule == "own_field_known"
    define_field(depot.desk, by_admin(depot), OwnField("guard_post", "Posten", Kind.PLACE, FieldKind.TEXT))


def test_a_value_must_belong_into_its_field(depot: Depot) -> None:
    define_field(depot.desk, by_admin(depot), GUARD)
    define_field(depot.desk, by_admin(depot), OwnField("shots", "Shots", Kind.WEAPON, FieldKind.NUMBER))
    define_field(depot.desk, by_admin(depot), OwnField("checked", "Checked on", Kind.WEAPON, FieldKind.DATE))
    for key, value in (("guard_post", "west"), ("shots", "1e3"), ("shots", "9" * 16), ("checked", "2026-02-30")):
        assert refused(depot, set_value, depot.rifle, key, value) == "own_field_value"
    assert refused(depot, set_value, depot.rifle, "colour", "black") == "own_field_unknown"
    assert refused(depot, set_value, depot.rack, "shots", "3") == "own_field_unknown"
    set_value(depot.desk, depot.by_officer(), depot.rifle, "shots", "1200")
    assert stands(depot, depot.rifle).fields["own_shots"] == 1200


def test_a_field_out_of_use_keeps_its_values_and_takes_no_new_ones(depot: Depot) -> None:
    define_field(depot.desk, by_admin(depot), GUARD)
    set_value(depot.desk, depot.by_officer(), depot.rifle, "guard_post", "north")
    change_field(depot.desk, by_admin(depot), Kind.WEAPON, "guard_post", in_use=False)
    assert refused(depot, set_value, depot.rifle, "guard_post", "south") == "own_field_unknown"
    with depot.desk.look() as work:
        standing = work.standing(depot.rifle)
        assert standing is not None
        assert definitions(work) == []
        assert [one.value for one in own_values(work, standing)] == ["north"]
    change_field(depot.desk, by_admin(depot), Kind.WEAPON, "guard_post", title="Post", choices=("south", "east"))
    set_value(depot.desk, depot.by_officer(), depot.rifle, "guard_post", "east")
    assert depot.breaks() == ()


@pytest.mark.parametrize(
    ("key", "title", "of", "kind", "choices", "rule"),
    [
        ("Shots", "Shots", Kind.WEAPON, FieldKind.NUMBER, (), "own_field_key"),
        ("x" * 35, "Long", Kind.WEAPON, FieldKind.NUMBER, (), "own_field_key"),
        ("shots", "", Kind.WEAPON, FieldKind.NUMBER, (), "own_field_title"),
        ("shots", "Shots", Kind.CASE, FieldKind.NUMBER, (), "own_field_bearer"),
        ("nickname", "Nickname", Kind.PERSON, FieldKind.TEXT, (), "own_field_names_person"),
        ("phone", "Telephone", Kind.PERSON, FieldKind.NUMBER, (), "own_field_names_person"),
        ("post", "Post", Kind.WEAPON, FieldKind.CHOICE, (), "own_field_choices"),
        ("post", "Post", Kind.WEAPON, FieldKind.CHOICE, ("a", "a"), "own_field_choices"),
        ("post", "Post", Kind.WEAPON, FieldKind.TEXT, ("a",), "own_field_choices"),
    ],
)
def test_what_can_be_no_field_is_refused(
    key: str, title: str, of: Kind, kind: FieldKind, choices: tuple[str, ...], rule: str
) -> None:
    with pytest.raises(Refusal) as refusal:
        OwnField(key, title, of, kind, choices)
    assert refusal.value.rule == rule


def test_a_date_may_be_kept_of_a_person(depot: Depot) -> None:
    define_field(depot.desk, by_admin(depot), OwnField("briefed", "Briefed on", Kind.PERSON, FieldKind.DATE))
    set_value(depot.desk, by_admin(depot), depot.soldier, "briefed", "2026-11-01")
    assert stands(depot, depot.soldier).text("own_briefed") == "2026-11-01"
    assert depot.breaks() == ()


@given(st.integers(-(2**53) + 1, 2**53 - 1))
def test_every_whole_number_the_ledger_can_hold_reads_back(number: int) -> None:
    assert OwnField("n", "N", Kind.WEAPON, FieldKind.NUMBER).value_of(str(number)) == number


@given(st.dates())
def test_every_day_reads_back(day: date) -> None:
    assert OwnField("d", "D", Kind.WEAPON, FieldKind.DATE).value_of(day.isoformat()) == day.isoformat()


@given(st.text(max_size=20))
def test_nothing_else_passes_as_a_number_or_a_day(written: str) -> None:
    number, day = (OwnField("n", "N", Kind.WEAPON, kind) for kind in (FieldKind.NUMBER, FieldKind.DATE))
    for field in (number, day):
        plain = written.isascii() and any(sign.isdigit() for sign in written) and written == written.strip()
        if not plain:
            with pytest.raises(Refusal) as refusal:
                field.value_of(written)
            assert refusal.value.rule == "own_field_value"


def test_a_field_that_was_taken_back_takes_no_values_and_is_never_used_again(depot: Depot) -> None:
    define_field(depot.desk, Deposition(depot.administrator_signed_in(), act="slip"), GUARD)
    take_back_act(depot.desk, Deposition(depot.administrator_signed_in(), reason="wrong name"), "slip")
    assert refused(depot, set_value, depot.rifle, "guard_post", "north") == "own_field_unknown"
    with depot.desk.look() as work:
        assert definitions(work) == []
        assert [(one.field.key, one.in_use) for one in listed_fields(work)] == [("guard_post", False)]
    with pytest.raises(Refusal) as refusal:
        change_field(depot.desk, by_admin(depot), Kind.WEAPON, "guard_post", title="Post")
    assert refusal.value.rule == "own_field_known"
    assert depot.breaks() == ()
