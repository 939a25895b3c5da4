"""Verification takes steps in proportion to the people in the register. Steps are counted, not timed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import muniment_db.audit_share
from fakes.depot import Depot, depot_in_memory
from muniment.desk.people import Newcomer, register_person
from muniment.domain.people.person import PersonRecord

FEW, MANY = 40, 160
"""Of which one is four times the other."""

FILE = muniment_db.audit_share.__file__


def with_people(count: int) -> Depot:
    depot = depot_in_memory()
    for nth in range(count):
        record = PersonRecord(name=f"Example Person {nth}", service_no=f"S-{nth:04d}", badges=[f"B-X{nth:04d}"])
        register_person(depot.desk, depot.by_officer(), Newcomer(record))
    return depot


def steps(do: Callable[[], object], file: str) -> int:
    """How many lines of a file are run, each turn of a loop counted anew."""
    counted = 0

    def in_file(_frame: FrameType, event: str, _about: Any) -> Any:
        nonlocal counted
        counted += event == "line"
        return in_file

    before = sys.gettrace()
    sys.settrace(lambda frame, _event, _about: in_file if frame.f_code.co_filename == file else None)
    try:
        do()
    finally:
        sys.settrace(before)
    return counted


def steps_to_verify(depot: Depot) -> int:
    return steps(lambda: depot.register.audit.verify(lambda _done, _count: True), FILE)


def test_four_times_the_people_take_four_times_the_steps() -> None:
    few, many = steps_to_verify(with_people(FEW)), steps_to_verify(with_people(MANY))
    assert few > FEW
    assert many <= few * MANY / FEW * 1.2


def test_a_look_at_everybody_for_everybody_takes_sixteen_times_the_steps() -> None:
    """The control: this is what the test above would find."""

    def quadratic(count: int) -> Callable[[], object]:
        owners = {nth: nth for nth in range(count)}
        return lambda: [{key for key, owner in owners.items() if owner == nth} for nth in range(count)]

    assert steps(quadratic(MANY), __file__) > steps(quadratic(FEW), __file__) * MANY / FEW * 1.2
