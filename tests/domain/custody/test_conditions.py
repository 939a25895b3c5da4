"""The condition an item is in: worse by one officer, better by two."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.domain.basics.identity import Kind, Subject, subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.conditions import CONDEMNED, change_condition, is_better
from muniment.domain.custody.standing import Standing, follow
from muniment.domain.stock.condition import Condition

OFFICER, SECOND = subject(Kind.PERSON, "0" * 26), subject(Kind.PERSON, "1" * 26)
RIFLE = subject(Kind.WEAPON, "2" * 26)
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
CONDITIONS = st.sampled_from(Condition)


def acting(*, second: Subject | None = None, reason: str = "looked at", doc: str = "") -> Acting:
    return Acting(OFFICER, NOON, second=second, reason=reason, doc=doc)


def rifle(condition: str = "serviceable", **fields: str) -> Standing:
    known = {"register_no": "W-0000042", "condition": condition, "serial_raw": "EX-1", **fields}
    return Standing(RIFLE, 3, {name: value for name, value in known.items() if value})


def rule_of(item: Standing, condition: Condition, by: Acting) -> str:
    with pytest.raises(Refusal) as refusal:
        change_condition(item, condition, by)
    return refusal.value.rule


@given(CONDITIONS, CONDITIONS)
def test_what_does_not_make_it_better_is_never_refused(before: Condition, after: Condition) -> None:
    if before is not after and not is_better(after, before):
        fact = change_condition(rifle(before), after, acting())
        assert follow(rifle(before), fact).text("condition") == after


@given(CONDITIONS, CONDITIONS)
def test_what_makes_it_better_takes_two_persons(before: Condition, after: Condition) -> None:
    if is_better(after, before):
        assert rule_of(rifle(before), after, acting()) == "second_person_missing"
        assert rule_of(rifle(before), after, acting(second=OFFICER)) == "second_person_missing"
        fact = change_condition(rifle(before), after, acting(second=SECOND, doc="INSP-1"))
        assert follow(rifle(before), fact).text("condition") == after


@pytest.mark.parametrize("condemned", sorted(CONDEMNED))
def test_what_was_condemned_comes_back_with_the_number_of_an_inspection_only(condemned: Condition) -> None:
    assert rule_of(rifle(condemned), Condition.SERVICEABLE, acting(second=SECOND)) == "reference_missing"


def test_the_first_condition_of_an_item_is_one_officers_finding() -> None:
    assert change_condition(rifle(""), Condition.SERVICEABLE, acting()).after == {"condition": "serviceable"}


def test_another_condition_needs_a_reason() -> None:
    assert rule_of(rifle(), Condition.REPAIRABLE, acting(reason="")) == "reason_missing"


def test_the_same_condition_changes_nothing() -> None:
    assert rule_of(rifle(), Condition.SERVICEABLE, acting()) == "nothing_changes"


def test_a_withdrawn_record_keeps_its_condition() -> None:
    assert rule_of(rifle(withdrawn="in error"), Condition.REPAIRABLE, acting()) == "withdrawn"
