"""Whatever the desk is asked to do, the ledger stays whole and nothing is lost or doubled."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from fakes.depot import Depot, depot_in_memory, rifle_called
from muniment.desk.correcting import take_back_act
from muniment.desk.desk import Answer, Deposition
from muniment.desk.hatch import (
    Wanted,
    issue_item,
    move_item,
    quarantine,
    release_item,
    return_item,
)
from muniment.desk.late import record_past_issue
from muniment.desk.signing import sign_in
from muniment.desk.stock import identify, register, register_quantity
from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.custody.reversing import WITHDRAWN

ON_THE_LINE = 5


class DeskAtRandom(RuleBasedStateMachine):
    """Officers who try anything, in any order."""

    @initialize()
    def open(self) -> None:
        self.depot: Depot = depot_in_memory()
        officer = sign_in(self.depot.desk, "officer", "correct horse")
        second = sign_in(self.depot.desk, "second", "battery staple")
        self.said = Deposition(officer, second=second, reason="at random")
        fields = {"item_name": "RIFLE", "taxonomy_code": "SA-20"}
        line = register_quantity(self.depot.desk, self.said, fields, ON_THE_LINE, self.depot.rack).about
        assert line is not None
        self.line: Subject = line
        self.acts: list[str] = []
        self.made = 0

    def attempt(self, do: object, *words: object, **named: object) -> None:
        act = self.depot.desk.ids.ordered()
        try:
            answer: Answer = do(self.depot.desk, replace(self.said, act=act), *words, **named)  # type: ignore[operator]
        except Refusal:
            return
        if answer.told:
            self.acts.append(act)

    def weapon(self, nth: int) -> Subject:
        with self.depot.desk.look() as work:
            weapons = work.all_of(Kind.WEAPON)
        return weapons[nth % len(weapons)].subject

    @rule(nth=st.integers(0, 9), for_good=st.booleans())
    def issue(self, nth: int, for_good: bool) -> None:
        self.attempt(issue_item, self.weapon(nth), Wanted(self.depot.soldier, for_good=for_good))

    @rule(nth=st.integers(0, 9))
    def issue_on_paper(self, nth: int) -> None:
        said = self.said
        self.said = replace(said, at=self.depot.clock.at)
        self.attempt(record_past_issue, self.weapon(nth), Wanted(self.depot.soldier))
        self.said = said

    @rule(nth=st.integers(0, 9), fault=st.sampled_from(["", "rust"]))
    def give_back(self, nth: int, fault: str) -> None:
        self.attempt(return_item, self.weapon(nth), fault=fault)

    @rule(nth=st.integers(0, 9))
    def move(self, nth: int) -> None:
        self.attempt(move_item, self.weapon(nth), self.depot.rack)

    @rule(nth=st.integers(0, 9))
    def set_apart(self, nth: int) -> None:
        self.attempt(quarantine, self.weapon(nth))

    @rule(nth=st.integers(0, 9))
    def let_go(self, nth: int) -> None:
        self.attempt(release_item, self.weapon(nth))

    @rule()
    def identify_one(self) -> None:
        self.made += 1
        self.attempt(identify, self.line, rifle_called(f"LINE-{self.made}"))

    @rule()
    def register_one(self) -> None:
        self.made += 1
        self.attempt(register, rifle_called(f"NEW-{self.made}"), self.depot.rack)

    @rule(nth=st.integers(0, 30))
    def undo(self, nth: int) -> None:
        if self.acts:
            self.attempt(take_back_act, self.acts[nth % len(self.acts)])

    @invariant()
    def nothing_is_lost_or_doubled(self) -> None:
        if not hasattr(self, "line"):
            return
        with self.depot.desk.look() as work:
            weapons = work.all_of(Kind.WEAPON)
            line = work.standing(self.line)
            assert line is not None
            identified = [w for w in weapons if w.text("serial_raw").startswith("LINE-") and not w.text(WITHDRAWN)]
            assert line.number("quantity") + len(identified) == ON_THE_LINE
            assert len({w.number("number") for w in weapons}) == len(weapons)
            for weapon in weapons:
                assert weapon.where or weapon.text(WITHDRAWN), "only what was registered in error is nowhere"
                assert (weapon.where == self.depot.soldier) == bool(weapon.text("held_as"))

    def teardown(self) -> None:
        if hasattr(self, "depot"):
            assert self.depot.breaks() == ()


DeskAtRandom.TestCase.settings = settings(
    max_examples=40, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
test_the_desk_at_random = DeskAtRandom.TestCase
