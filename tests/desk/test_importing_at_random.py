"""Lists come in, things move, imports are undone: what was not touched stands as before, what was is named."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from fakes.depot import Depot, depot_in_memory
from fakes.lists import PLACES, WEAPONS, planned, reading, taken_in, weapon
from muniment.desk.describing import describe
from muniment.desk.hatch import Wanted, issue_item, move_item, quarantine, return_item
from muniment.desk.signing import sign_in
from muniment.desk.stock import bind_code
from muniment.desk.undoing import undo_import
from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.custody.facts import Deed
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.domain.custody.standing import Standing
from muniment.exchange.importing import ListReading

WORDS = st.sampled_from(["", "worn", "new stock", "rack 3"])


class BooksAtRandom(RuleBasedStateMachine):
    """Officers who take lists in, change them, insert rows, move what they took in, and undo."""

    @initialize()
    def open(self) -> None:
        self.depot: Depot = depot_in_memory()
        self.officer = sign_in(self.depot.desk, "officer", "correct horse")
        self.said = replace(self.depot.by_officer(second=True), reason="at random")
        self.batches: list[Subject] = []
        self.before: dict[Subject, dict[Subject, Standing]] = {}
        self.book: list[tuple[str, str]] = []
        self.made = 0

    def all(self) -> dict[Subject, Standing]:
        with self.depot.desk.look() as work:
            kinds = (Kind.WEAPON, Kind.PLACE)
            return {one.subject: one for kind in kinds for one in work.every(kind)}

    def take(self, listed: ListReading) -> None:
        plan = planned(self.depot, listed)
        if plan.entries:
            before = self.all()
            made = taken_in(self.depot, listed)
            self.batches.append(made.batch)
            self.before[made.batch] = before
        assert planned(self.depot, listed).entries == (), "the same list again changes nothing"

    @rule(at=st.integers(0, 5), remark=WORDS)
    def take_the_book_in_with_a_row_inserted(self, at: int, remark: str) -> None:
        self.made += 1
        known = self.all()
        self.book.insert(at % (len(self.book) + 1), (f"{self.made}", remark))
        self.take(self.listed())
        touched = [one for subject, one in self.all().items() if known.get(subject) != one]
        numbers = {one.text("book_no") for one in touched if one.subject.startswith("weapon/")}
        assert len(touched) >= 1
        assert numbers <= {number for number, _ in self.book}

    @rule(nth=st.integers(0, 5), remark=WORDS)
    def take_the_book_in_with_a_cell_changed(self, nth: int, remark: str) -> None:
        if self.book:
            number, _ = self.book[nth % len(self.book)]
            self.book[nth % len(self.book)] = (number, remark)
            self.take(self.listed())

    @rule(name=st.sampled_from(["First", "Second"]), inside=st.sampled_from(["ROOM1", "ROOM2"]))
    def take_places_in(self, name: str, inside: str) -> None:
        self.take(reading(PLACES, [("ROOM2", "Annex", "room", ""), ("RACK9", name, "rack", inside)], "places"))

    def listed(self) -> ListReading:
        return reading(WEAPONS, [weapon(f"EX-{n}", no=n, remarks=remark) for n, remark in self.book])

    def attempt(self, do: object, *words: object) -> None:
        try:
            do(self.depot.desk, replace(self.said, act=self.depot.desk.ids.ordered()), *words)  # type: ignore[operator]
        except Refusal:
            return

    def weapon(self, nth: int) -> Subject:
        weapons = [subject for subject in self.all() if subject.startswith("weapon/")]
        return weapons[nth % len(weapons)]

    @rule(nth=st.integers(0, 9))
    def issue(self, nth: int) -> None:
        self.attempt(issue_item, self.weapon(nth), Wanted(self.depot.soldier))

    @rule(nth=st.integers(0, 9))
    def give_back(self, nth: int) -> None:
        self.attempt(return_item, self.weapon(nth))

    @rule(nth=st.integers(0, 9))
    def set_apart(self, nth: int) -> None:
        self.attempt(quarantine, self.weapon(nth))

    @rule(nth=st.integers(0, 9), year=st.integers(1950, 2020))
    def describe(self, nth: int, year: int) -> None:
        self.attempt(describe, self.weapon(nth), {"year_of_manufacture": year})

    @rule(nth=st.integers(0, 9), to=st.integers(0, 9))
    def move(self, nth: int, to: int) -> None:
        places = [one for one in self.all().values() if one.text("place_kind") in ("room", "rack")]
        self.attempt(move_item, self.weapon(nth), places[to % len(places)].subject)

    @rule(nth=st.integers(0, 9))
    def bind(self, nth: int) -> None:
        self.made += 1
        self.attempt(bind_code, f"TAG-{self.made}", self.weapon(nth))

    @rule(nth=st.integers(0, 9))
    def undo(self, nth: int) -> None:
        if not self.batches:
            return
        batch = self.batches.pop(nth % len(self.batches))
        desk, stood = self.depot.desk, self.all()
        with desk.look() as work:
            told = [
                (one, fact)
                for one, fact in work.facts_of_act(work.facts_of(batch)[0][1].act)
                if fact.kind is not Deed.BATCH_IMPORTED
            ]
            in_use = work.in_use([fact.subject for _, fact in told])
        done = undo_import(desk, replace(self.said, act=desk.ids.ordered()), batch)
        named = {one.subject for one in done.refused}
        now = self.all()
        for _, fact in told:
            untouched = stood[fact.subject].version == fact.expects + 1
            if fact.subject in named:
                assert not untouched or fact.subject in in_use, "only what was moved or is used stays"
                assert now[fact.subject] == stood[fact.subject], "what is named stands as it stood"
                continue
            assert untouched, "what was moved or changed since is named and stays"
            if fact.expects == 0:
                assert now[fact.subject].text(WITHDRAWN), "what the list brought is withdrawn"
            else:
                known = self.before[batch][fact.subject]
                assert now[fact.subject].fields == known.fields, "what the list changed is as it was before"
        assert len(named) + done.taken_back == len(told)
        for subject, one in now.items():
            if subject not in {fact.subject for _, fact in told}:
                assert one == stood[subject], "what the list did not bring is not touched"

    @invariant()
    def nothing_is_doubled(self) -> None:
        if hasattr(self, "depot"):
            kept = [one for one in self.all().values() if one.text("book_no") and not one.text(WITHDRAWN)]
            assert len({one.text("book_no") for one in kept}) == len(kept)

    def teardown(self) -> None:
        if hasattr(self, "depot"):
            assert self.depot.breaks() == ()


BooksAtRandom.TestCase.settings = settings(
    max_examples=30, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
test_books_at_random = BooksAtRandom.TestCase
