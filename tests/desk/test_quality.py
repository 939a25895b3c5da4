"""The worklist after an old book was imported: what is counted, and what is not."""

from __future__ import annotations

import pytest

from fakes.depot import Depot, depot_in_memory, rifle_called
from muniment.desk.correcting import take_back_act
from muniment.desk.models import add_model
from muniment.desk.quality import Task, ToDo, worklist
from muniment.desk.stock import identify, register, register_quantity
from muniment.domain.basics.identity import Subject
from muniment.domain.stock.calibre_as import CalibreAs
from muniment.domain.stock.condition import Condition
from muniment.domain.stock.marks import Mark
from muniment.domain.stock.model import ModelName, model_written
from muniment.domain.stock.serial import SerialStatus
from muniment.domain.stock.weapon import WeaponDescription


@pytest.fixture
def depot() -> Depot:
    made = depot_in_memory()
    model = model_written(ModelName("Example Works", "Model W"), "SA-40", ["5.56x45mm"])
    add_model(made.desk, made.by_officer(), model)
    return made


def whole(serial: str, **other: object) -> WeaponDescription:
    """A weapon that lacks nothing but what a test takes away."""
    given = {
        "type_code": "SA-40",
        "make": "Example Works",
        "model": "Model W",
        "calibres": (CalibreAs("5.56x45mm", "5.56x45", primary=True),),
        "country": "FR",
        "year": 1990,
        "serial": serial,
        "condition": Condition.SERVICEABLE,
        **other,
    }
    return WeaponDescription(this_year=2026, **given)  # type: ignore[arg-type]


def taken_in(depot: Depot, description: WeaponDescription) -> Subject:
    about = register(depot.desk, depot.by_officer(), description, depot.rack).about
    assert about is not None
    return about


def found(depot: Depot, most: int = 200) -> dict[Task, ToDo]:
    with depot.desk.look() as work:
        return {todo.task: todo for todo in worklist(work, most=most)}


def about(depot: Depot, task: Task) -> set[Subject]:
    todo = found(depot).get(task)
    return {one.subject for one in todo.items} if todo else set()


def test_a_whole_record_is_on_no_list(depot: Depot) -> None:
    weapon = taken_in(depot, whole("EX-WHOLE"))
    assert not any(weapon == one.subject for todo in found(depot).values() for one in todo.items)


@pytest.mark.parametrize(
    ("task", "lacking"),
    [
        (Task.COUNTRY_MISSING, {"country": ""}),
        (Task.YEAR_MISSING, {"year": None}),
        (Task.MAKE_MISSING, {"make": ""}),
        (Task.MODEL_MISSING, {"model": ""}),
        (Task.CALIBRE_NOT_RECOGNISED, {"calibres": (CalibreAs("odd old thing", primary=True),)}),
        (Task.SERIAL_MISSING, {"serial": "", "serial_status": SerialStatus.OBLITERATED}),
        (Task.SERIAL_PARTLY_LEGIBLE, {"serial_status": SerialStatus.PARTLY_LEGIBLE}),
        (Task.TYPE_COARSE, {"type_code": "SA-20"}),
        (Task.CONDITION_MISSING, {"condition": None}),
    ],
)
def test_what_lacks_one_thing_is_on_that_list_only(depot: Depot, task: Task, lacking: dict[str, object]) -> None:
    weapon = taken_in(depot, whole(**{"serial": "EX-LACKS", **lacking}))  # type: ignore[arg-type]
    lists = [todo.task for todo in found(depot).values() if weapon in {one.subject for one in todo.items}]
    assert lists == [task]


def test_a_mark_of_import_tells_the_country(depot: Depot) -> None:
    weapon = taken_in(depot, whole("EX-IMP", country="", marks=(Mark(kind="import", text="EX IMP", country="BE"),)))
    assert weapon not in about(depot, Task.COUNTRY_MISSING)


def test_an_ambiguous_calibre_comes_with_its_candidates(depot: Depot) -> None:
    taken_in(depot, whole("EX-CAL", calibres=(CalibreAs.from_written("7.62", primary=True),)))
    (one,) = found(depot)[Task.CALIBRE_NOT_RECOGNISED].items
    assert "7.62x39" in str(one.note)


def test_look_alike_serials_are_named_on_both_sides(depot: Depot) -> None:
    one, other = taken_in(depot, whole("EX-B0S")), taken_in(depot, whole("EX-8O5", model="Model V"))
    todo = found(depot)[Task.SERIAL_LOOKS_ALIKE]
    assert {item.subject for item in todo.items} == {one, other}
    assert "EX-8O5" in str(next(item.note for item in todo.items if item.subject == one))
    assert about(depot, Task.SERIAL_TWICE) == set()


def test_serials_that_differ_in_leading_zeros_are_named_on_both_sides(depot: Depot) -> None:
    one, other = taken_in(depot, whole("0012045")), taken_in(depot, whole("12045", model="Model V"))
    assert about(depot, Task.SERIAL_LOOKS_ALIKE) == {one, other}


def test_the_same_serial_in_two_models_is_told_apart_from_a_look_alike(depot: Depot) -> None:
    one, other = taken_in(depot, whole("EX-777")), taken_in(depot, whole("EX 777", model="Model V"))
    assert about(depot, Task.SERIAL_TWICE) == {one, other}
    assert about(depot, Task.SERIAL_LOOKS_ALIKE) == set()


def test_a_line_is_on_the_list_until_nothing_is_left(depot: Depot) -> None:
    fields = {"item_name": "RIFLE", "taxonomy_code": "SA-40"}
    line = register_quantity(depot.desk, depot.by_officer(), fields, 1, depot.rack).about
    assert line is not None
    (one,) = found(depot)[Task.LINE_NOT_WORKED_OFF].items
    assert str(one.note) == "1 left, RIFLE"
    identify(depot.desk, depot.by_officer(), line, whole("EX-LINE"))
    assert Task.LINE_NOT_WORKED_OFF not in found(depot)


def test_what_was_withdrawn_is_nobodys_work(depot: Depot) -> None:
    register(depot.desk, depot.by_officer(act="slip"), whole("EX-SLIP", year=None), depot.rack)
    before = found(depot)[Task.YEAR_MISSING].count
    take_back_act(depot.desk, depot.by_officer(second=True, reason="entered twice"), "slip")
    assert found(depot)[Task.YEAR_MISSING].count == before - 1


def test_all_are_counted_though_few_are_named(depot: Depot) -> None:
    for number in range(5):
        register(depot.desk, depot.by_officer(), rifle_called(f"EX-N{number}X"), depot.rack)
    todo = found(depot, most=2)[Task.YEAR_MISSING]
    assert (todo.count, len(todo.items)) == (7, 2)


def test_makes_and_models_in_no_entry_are_one_pile_with_one_line_each(depot: Depot) -> None:
    pile = found(depot)[Task.NOT_IN_CATALOGUE]
    assert pile.count == 2
    assert [str(one.note) for one in pile.items] == [
        "1 of “Example Works Model A”",
        "1 of “Example Works Model P”",
    ]
    for serial in ("EX-2", "EX-3"):
        taken_in(depot, rifle_called(serial))
    pile = found(depot)[Task.NOT_IN_CATALOGUE]
    assert (pile.count, str(pile.items[0].note)) == (4, "3 of “Example Works Model A”")
