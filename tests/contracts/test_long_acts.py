"""A long act, which is written beside its making, is one act all the same: whole, in order, or not there at all."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fakes.depot import Depot
from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.facts import Deed, Fact
from muniment.domain.custody.standing import Standing
from muniment.ports.work import StoreFault

MANY = 1_201


def states(depot: Depot, count: int) -> Iterator[Fact]:
    """Codes that are bound, and each second one at once taken off again: new subjects, and changes of them."""
    acting = Acting(depot.officer, depot.clock.now())
    for nth in range(count // 2):
        code = Standing(depot.desk.fresh(Kind.CODE))
        yield acting.states(Deed.CODE_BOUND, code, sets={"code": f"LONG-{nth}", "bound": depot.rifle})
        bound = Standing(code.subject, 1, {"code": f"LONG-{nth}", "bound": depot.rifle})
        yield acting.states(Deed.CODE_RELEASED, bound, drops=["bound"])
    if count % 2:
        last = Standing(depot.desk.fresh(Kind.CODE))
        yield acting.states(Deed.CODE_BOUND, last, sets={"code": "LONG-LAST", "bound": depot.rifle})


def test_a_long_act_stands_whole_and_in_order(depot: Depot) -> None:
    with depot.desk.work() as work:
        before = work.head().size
        told = depot.desk.tell(work, "long", list(states(depot, MANY)))
    assert [one.seq for one in told] == list(range(before + 1, before + 1 + MANY))
    with depot.desk.look() as work:
        assert [one.leaf for one in work.told("long")] == [one.leaf for one in told]
        assert work.bound_to("LONG-LAST") == depot.rifle
        assert work.bound_to("LONG-7") is None
    assert depot.breaks() == ()


def test_a_long_act_that_fails_while_it_is_written_is_not_there_at_all(depot: Depot) -> None:
    with depot.desk.look() as work:
        before = work.head()
    facts = list(states(depot, MANY))
    facts.append(facts[0])  # a subject that begins a second time: only the fold can see it, and it comes last
    with pytest.raises(ValueError, match="expects version"), depot.desk.work() as work:
        depot.desk.tell(work, "long", facts)
    with depot.desk.look() as work:
        assert work.head() == before
        assert work.bound_to("LONG-LAST") is None
    assert depot.breaks() == ()


def test_a_fault_of_the_database_in_the_middle_of_a_long_act_is_told(depot: Depot) -> None:
    """The rows of the act's second part have names that are taken; the desk works on afterwards."""
    with depot.desk.work() as work:
        depot.desk.tell(work, "long", list(states(depot, 2)), first=700)
    with depot.desk.look() as work:
        before = work.head()
    with pytest.raises(Exception) as told, depot.desk.work() as work:  # noqa: PT011 - each engine has its own fault
        depot.desk.tell(work, "long", list(states(depot, MANY)))
    assert isinstance(told.value, StoreFault) or "unique" in str(told.value).lower()
    with depot.desk.look() as work:
        assert work.head() == before
        assert work.bound_to("LONG-LAST") is None
    with depot.desk.work() as work:
        depot.desk.tell(work, "short", list(states(depot, 3)))
        assert work.bound_to("LONG-LAST") == Subject(depot.rifle)
    assert depot.breaks() == ()
