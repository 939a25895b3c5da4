"""What stood at a moment that has passed, folded from invented facts."""

from __future__ import annotations

from datetime import UTC, datetime

from muniment.domain.basics.identity import Subject
from muniment.domain.custody.facts import CONTENT, Deed, Fact, Value
from muniment.domain.custody.of_its_time import moved_after, stood, stood_as_known
from muniment.domain.custody.standing import Standing

RIFLE = Subject("weapon/00000000000000000000000001")
RACK, ROOM = "place/00000000000000000000000001", "place/00000000000000000000000002"
HOLDER = "person/00000000000000000000000001"


def at(hour: int) -> datetime:
    return datetime(2026, 11, 24, hour, tzinfo=UTC)


def fact(
    hour: int,
    kind: Deed = Deed.WEAPON_DESCRIBED,
    *,
    before: dict[str, Value] | None = None,
    after: dict[str, Value] | None = None,
    moved: tuple[str, str] = ("", ""),
    first: bool = False,
    corrects: str = "",
) -> Fact:
    return Fact(
        v=CONTENT,
        kind=kind,
        subject=RIFLE,
        actor=HOLDER,
        made_at=f"2026-11-24T{hour:02}:00:00Z",
        before=before or {},
        after=after or {},
        from_=moved[0],
        to=moved[1],
        expects=0 if first else 1,
        corrects=corrects,
    )


ENTERED = fact(8, Deed.WEAPON_REGISTERED, after={"make": "Example Works"}, moved=("", RACK), first=True)


def history(*facts: Fact) -> list[tuple[str, Fact]]:
    return [(f"leaf {nth}", one) for nth, one in enumerate(facts)]


def test_what_had_not_happened_yet_does_not_count() -> None:
    told = history(ENTERED, fact(10, after={"quarantine": "worn"}), fact(12, before={"quarantine": "worn"}))
    assert [stood(RIFLE, told, at(hour)).text("quarantine") for hour in (9, 10, 11, 12)] == ["", "worn", "worn", ""]


def test_nothing_had_happened_before_the_first_fact() -> None:
    assert stood(RIFLE, history(ENTERED), at(7)) == Standing(RIFLE)


def test_of_what_was_taken_in_later_the_first_fact_is_known() -> None:
    told = history(ENTERED, fact(9, after={"quarantine": "worn"}))
    assert stood_as_known(RIFLE, told, at(7)).fields == {"make": "Example Works", "where": RACK}
    assert stood_as_known(RIFLE, told, at(9)).text("quarantine") == "worn"


def test_one_that_was_recorded_later_counts_from_when_it_happened_and_after_those_recorded_before_it() -> None:
    out = fact(12, Deed.ISSUED, moved=(RACK, HOLDER))
    late = fact(10, Deed.FOUND, moved=(HOLDER, ROOM))
    told = history(ENTERED, out, late)
    assert [stood(RIFLE, told, at(hour)).where for hour in (9, 11, 13)] == [RACK, ROOM, ROOM]


def test_what_was_taken_back_never_happened() -> None:
    wrong = fact(9, after={"quarantine": "worn"})
    counter = fact(12, Deed.REVERSED, before={"quarantine": "worn"}, corrects="leaf 1")
    told = history(ENTERED, wrong, counter)
    assert [stood(RIFLE, told, at(hour)).text("quarantine") for hour in (10, 13)] == ["", ""]


def test_a_record_that_was_withdrawn_is_none_at_any_time() -> None:
    gone = fact(12, Deed.WITHDRAWN, after={"withdrawn": "entered twice"}, moved=(RACK, ""), corrects="leaf 0")
    told = history(ENTERED, gone)
    for hour in (7, 9, 13):
        assert stood_as_known(RIFLE, told, at(hour)).fields == {"make": "Example Works", "withdrawn": "entered twice"}


def test_a_later_movement_is_told_but_not_one_that_was_taken_back() -> None:
    out = fact(10, Deed.ISSUED, moved=(RACK, HOLDER))
    counter = fact(12, Deed.REVERSED, moved=(HOLDER, RACK), corrects="leaf 1")
    described = fact(14, after={"quarantine": "worn"})
    assert moved_after(history(ENTERED, out, described), at(9)) == at(10)
    assert moved_after(history(ENTERED, out, described), at(10)) is None
    assert moved_after(history(ENTERED, out, counter), at(9)) is None
    assert moved_after(history(ENTERED, out, counter), at(7)) == at(8)
