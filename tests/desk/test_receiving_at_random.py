"""Whatever arrives and is taken back: nothing is counted twice, quantities are kept, the ledger is whole."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from fakes.depot import Depot, depot_in_memory
from muniment.desk import receiving, shipping
from muniment.desk.desk import Answer, Deposition
from muniment.desk.hatch import Wanted, issue_item, return_item
from muniment.desk.receiving import Thing
from muniment.desk.signing import sign_in
from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.custody.announcing import SendersPapers
from muniment.domain.custody.arrivals import Described, Listed, seen_of
from muniment.domain.custody.receiving import Sighting
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.domain.custody.shipping import Consignment
from muniment.domain.custody.taking_in import Closing

SERIALS = ("EX-000001", "EX-P-01", "EX-7001", "EX-7002", "EX-7003")
RIFLE = Described("", "Example Works", "Model A", "5.56x45mm", "SA-40")
SLINGS = Described(name="Sling")


class ArrivalsAtRandom(RuleBasedStateMachine):
    """Officers who begin, scan, count, close and take back in any order, while things go out and are sent away."""

    @initialize()
    def open(self) -> None:
        self.depot: Depot = depot_in_memory()
        officer = sign_in(self.depot.desk, "officer", "correct horse")
        second = sign_in(self.depot.desk, "second", "battery staple")
        self.said = Deposition(officer, second=second, reason="at random")
        self.arrivals: list[Subject] = []

    def attempt(self, do: object, *words: object) -> Answer | None:
        try:
            return do(self.depot.desk, replace(self.said, act=self.depot.desk.ids.ordered()), *words)  # type: ignore[operator,no-any-return]
        except Refusal:
            return None

    def arrival(self, nth: int) -> Subject:
        return self.arrivals[nth % len(self.arrivals)]

    @rule(listed=st.sets(st.sampled_from(SERIALS)), slings=st.integers(0, 3))
    def begin(self, listed: set[str], slings: int) -> None:
        lines = [Listed(replace(RIFLE, serial=one)) for one in sorted(listed)]
        lines += [Listed(SLINGS, slings)] if slings else []
        begun = self.attempt(receiving.begin_arrival, SendersPapers("Depot North", "N-1", (), tuple(lines)))
        assert begun is not None
        assert begun.about is not None
        self.arrivals.append(begun.about)

    @rule(nth=st.integers(0, 5), serial=st.sampled_from(SERIALS), flagged=st.booleans(), described=st.booleans())
    def scan(self, nth: int, serial: str, flagged: bool, described: bool) -> None:
        if self.arrivals:
            thing = Thing(serial, RIFLE if described else Described(), how=Sighting(flagged=flagged))
            self.attempt(receiving.check_in, self.arrival(nth), thing)

    @rule(nth=st.integers(0, 5), quantity=st.integers(0, 4))
    def count(self, nth: int, quantity: int) -> None:
        if self.arrivals:
            self.attempt(receiving.check_in, self.arrival(nth), Thing(what=SLINGS, quantity=quantity))

    @rule(nth=st.integers(0, 5), number=st.integers(1, 4))
    def strike(self, nth: int, number: int) -> None:
        if self.arrivals:
            self.attempt(receiving.strike_off, self.arrival(nth), number)

    @rule(nth=st.integers(0, 5))
    def close(self, nth: int) -> None:
        if not self.arrivals:
            return
        before, arrival = self.pieces(), self.arrival(nth)
        if self.attempt(receiving.close_arrival, arrival, Closing(self.depot.rack)) is not None:
            with self.depot.desk.look() as work:
                standing = work.standing(arrival)
            assert standing is not None
            new = [one for one in seen_of(standing).values() if one.found in ("new", "counted")]
            assert self.pieces() == before + sum(one.quantity for one in new)

    @rule(nth=st.integers(0, 5))
    def take_back(self, nth: int) -> None:
        if self.arrivals:
            self.attempt(receiving.take_back_arrival, self.arrival(nth))

    @rule(nth=st.integers(0, 5))
    def send(self, nth: int) -> None:
        self.attempt(shipping.send_items, Consignment("Depot North", "T-1"), [self.weapon(nth)])

    @rule(nth=st.integers(0, 5), back=st.booleans())
    def issue(self, nth: int, back: bool) -> None:
        if back:
            self.attempt(return_item, self.weapon(nth))
        else:
            self.attempt(issue_item, self.weapon(nth), Wanted(self.depot.soldier))

    def weapon(self, nth: int) -> Subject:
        with self.depot.desk.look() as work:
            weapons = work.all_of(Kind.WEAPON)
        return weapons[nth % len(weapons)].subject

    def pieces(self) -> int:
        with self.depot.desk.look() as work:
            weapons = [one for one in work.all_of(Kind.WEAPON) if not one.text(WITHDRAWN)]
            lines = [one for one in work.all_of(Kind.LINE) if not one.text(WITHDRAWN)]
        return len(weapons) + sum(one.number("quantity") for one in lines)

    @invariant()
    def no_weapon_is_in_the_book_twice(self) -> None:
        if not hasattr(self, "depot"):
            return
        with self.depot.desk.look() as work:
            stand = [one for one in work.all_of(Kind.WEAPON) if not one.text(WITHDRAWN)]
        named = [(one.text("serial_raw"), one.text("model")) for one in stand]
        assert len(set(named)) == len(named)
        assert all(one.where for one in stand)

    def teardown(self) -> None:
        if hasattr(self, "depot"):
            assert self.depot.breaks() == ()


ArrivalsAtRandom.TestCase.settings = settings(
    max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
test_arrivals_at_random = ArrivalsAtRandom.TestCase
