"""Moments and days as they are typed after a command."""

from __future__ import annotations

import pytest

from muniment.cli.face import WrongUse, until_when, when


def test_back_by_a_day_means_its_end_by_this_machines_clock() -> None:
    until = until_when("2027-01-31", "--until")
    assert until is not None
    assert until.tzinfo is not None
    assert (until.isoformat()[:16], until_when("", "--until")) == ("2027-01-31T23:59", None)


@pytest.mark.parametrize("wrong", ["2027-02-30", "tomorrow", "2027-01-31T10:00"])
def test_what_is_neither_a_day_nor_a_moment_with_its_zone_is_refused(wrong: str) -> None:
    with pytest.raises(WrongUse):
        until_when(wrong, "--until")


def test_when_something_happened_is_no_whole_day() -> None:
    with pytest.raises(WrongUse):
        when("2027-01-31", "--at")
