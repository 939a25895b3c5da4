"""Search answers what looking at everything answers, whatever happened before and whatever became of its index."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from contracts.plain_search import plainly_found
from fakes.depot import Depot, depot_at, depot_in_memory, rifle_called
from fakes.lists import WEAPONS, reading, taken_in, weapon
from fakes.outside import StoppedClock, outside
from fakes.workshop import component
from muniment.desk.correcting import take_back_act
from muniment.desk.hatch import Wanted, issue_item, move_item, return_item
from muniment.desk.stock import bind_code, register, register_quantity
from muniment.desk.undoing import undo_import
from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.facts import Deed
from muniment.domain.stock.component_kinds import ComponentKind
from muniment.ports.views import Which, Why

ALPHABET = "AB0O1I-8 Ж"
SERIALS = st.text(alphabet=ALPHABET, min_size=3, max_size=8).map(lambda s: " ".join(s.split())).filter(len)
MODELS = st.sampled_from(["AK-1", "M 16", "Model 16A", "Works K1", "B8", "Ж1 A"])
FAMILY = "KQXZY"
"""In the midst of many serials, so that a part of them has more hits than are asked for."""
CODES = st.text(alphabet="AB01-", min_size=1, max_size=5)
TEXTS = st.one_of(
    st.text(alphabet=ALPHABET + "WCL2a%_\"'*", max_size=7),
    MODELS,
    st.sampled_from(
        ["W-", "W-0", "w1", "C-1", "L", "3", "0000003", "W-0000002", "works ex", "mo del", "exa 1", "k1 ex"]
    ),
)


class SearchAtRandom(RuleBasedStateMachine):
    """A register that anything happens to, and a search in it after each."""

    def opened(self) -> Depot:
        return depot_in_memory()

    @initialize()
    def open(self) -> None:
        self.depot = self.opened()
        self.acts: list[str] = []
        self.batches: list[Subject] = []
        self.related = 0

    def items(self) -> Sequence[Subject]:
        with self.depot.desk.look() as work:
            return [one.subject for kind in (Kind.WEAPON, Kind.COMPONENT) for one in work.all_of(kind)]

    def weapons(self) -> Sequence[Subject]:
        with self.depot.desk.look() as work:
            return [one.subject for one in work.all_of(Kind.WEAPON)]

    @rule(serial=SERIALS, model=MODELS)
    def a_weapon_is_registered(self, serial: str, model: str) -> None:
        act = self.depot.desk.ids.ordered()
        try:
            register(self.depot.desk, self.depot.by_officer(act=act), rifle_called(serial, model), self.depot.rack)
        except Refusal:
            return
        self.acts.append(act)

    @rule(serial=SERIALS)
    def a_component_is_registered(self, serial: str) -> None:
        try:
            component(self.depot, ComponentKind.BOLT, serial)
        except Refusal:
            return

    @rule(loose=st.booleans())
    def one_more_of_a_family_of_serials_is_registered(self, loose: bool) -> None:
        self.related += 1
        serial = f"{self.related % 7}{FAMILY}{self.related}"
        if loose:
            component(self.depot, ComponentKind.BOLT, serial)
        else:
            register(self.depot.desk, self.depot.by_officer(), rifle_called(serial), self.depot.rack)

    @rule(start=st.integers(0, 2), most=st.sampled_from([1, 2, 3, 50]))
    def the_family_is_searched(self, start: int, most: int) -> None:
        self.compare(FAMILY[start : start + 3], most)

    @rule()
    def a_quantity_is_registered(self) -> None:
        fields = {"item_name": "RIFLE", "taxonomy_code": "SA-20"}
        register_quantity(self.depot.desk, self.depot.by_officer(), fields, 3, self.depot.rack)

    @rule(code=CODES, nth=st.integers(0, 30), place=st.booleans())
    def a_code_is_bound(self, code: str, nth: int, place: bool) -> None:
        items = self.items()
        try:
            to = self.depot.rack if place else items[nth % len(items)]
            bind_code(self.depot.desk, self.depot.by_officer(), code, to)
        except Refusal:
            return

    @rule(nth=st.integers(0, 30), serial=SERIALS, model=MODELS)
    def a_description_is_corrected(self, nth: int, serial: str, model: str) -> None:
        weapons, act = self.weapons(), self.depot.desk.ids.ordered()
        acting = Acting(self.depot.officer, self.depot.clock.at)
        with self.depot.desk.work() as work:
            standing = work.standing(weapons[nth % len(weapons)])
            assert standing is not None
            if standing.text("withdrawn"):
                return
            fact = acting.states(Deed.WEAPON_DESCRIBED, standing, sets={"serial_raw": serial, "model": model})
            self.depot.desk.tell(work, act, [fact])
        self.acts.append(act)

    @rule(nth=st.integers(0, 30))
    def an_act_is_taken_back(self, nth: int) -> None:
        if self.acts:
            try:
                take_back_act(self.depot.desk, self.depot.by_officer(reason="slip"), self.acts[nth % len(self.acts)])
            except Refusal:
                return

    @rule(serials=st.lists(SERIALS, min_size=1, max_size=3, unique=True))
    def a_list_is_imported(self, serials: list[str]) -> None:
        try:
            self.batches.append(taken_in(self.depot, reading(WEAPONS, [weapon(serial) for serial in serials])).batch)
        except Refusal:
            return

    @rule(nth=st.integers(0, 30))
    def an_import_is_undone(self, nth: int) -> None:
        if self.batches:
            try:
                undo_import(
                    self.depot.desk, self.depot.by_officer(reason="slip"), self.batches[nth % len(self.batches)]
                )
            except Refusal:
                return

    @rule(nth=st.integers(0, 30))
    def a_weapon_goes_out_and_comes_back(self, nth: int) -> None:
        item = self.weapons()[nth % len(self.weapons())]
        for act in (
            lambda: issue_item(self.depot.desk, self.depot.by_officer(), item, Wanted(self.depot.soldier)),
            lambda: return_item(self.depot.desk, self.depot.by_officer(), item),
            lambda: move_item(self.depot.desk, self.depot.by_officer(), item, self.depot.rack),
        ):
            try:
                act()
            except Refusal:
                continue

    @rule()
    def the_index_is_worked_on(self) -> None:
        self.depot.register.views.prepare()

    @rule(text=TEXTS, most=st.sampled_from([1, 2, 3, 50]))
    def a_text_is_searched(self, text: str, most: int) -> None:
        self.compare(text, most)

    @rule(nth=st.integers(0, 30), start=st.integers(0, 7), size=st.integers(1, 8), most=st.sampled_from([2, 50]))
    def a_part_of_a_serial_is_searched(self, nth: int, start: int, size: int, most: int) -> None:
        items = self.items()
        with self.depot.desk.look() as work:
            standing = work.standing(items[nth % len(items)])
        assert standing is not None
        self.compare(standing.text("serial_raw")[start : start + size], most)

    def compare(self, text: str, most: int) -> None:
        views = self.depot.register.views
        hits = [(hit.item.subject, hit.why) for hit in views.search(text, most)]
        assert hits == plainly_found(self.depot, text, most)
        if text.strip():
            fitting = [subject for subject, why in plainly_found(self.depot, text, 10_000) if why != Why.LOOKS_ALIKE]
            with self.depot.desk.look() as work:
                wanted = sorted(
                    standing.number("number") for standing in work.all_of(Kind.WEAPON) if standing.subject in fitting
                )
            assert list(views.numbers(Which(self.depot.clock.at, text=text))) == wanted

    @invariant()
    def what_is_found_stands(self) -> None:
        if hasattr(self, "depot"):
            for hit in self.depot.register.views.search("00"):
                with self.depot.desk.look() as work:
                    assert work.standing(hit.item.subject) == hit.item

    def teardown(self) -> None:
        if hasattr(self, "depot"):
            assert self.depot.breaks() == ()
            self.depot.register.close()


class SearchInAFileAtRandom(SearchAtRandom):
    """The same on a file, whose index lies beside it and may be lost or damaged."""

    def opened(self) -> Depot:
        self.folder = Path(tempfile.mkdtemp(prefix="muniment-search-"))
        clock = StoppedClock()
        return depot_at(str(self.folder / "register"), clock, outside(clock))

    @rule()
    def the_index_is_lost(self) -> None:
        self.depot.register.views.close()  # type: ignore[attr-defined]
        (self.folder / "register.search").unlink(missing_ok=True)

    @rule(at=st.integers(0, 40_000))
    def the_index_is_damaged(self, at: int) -> None:
        self.depot.register.views.close()  # type: ignore[attr-defined]
        index = self.folder / "register.search"
        if index.exists():
            whole = index.read_bytes()
            index.write_bytes(whole[:at])

    @rule()
    def it_is_opened_again(self) -> None:
        self.depot.register.views.close()  # type: ignore[attr-defined]

    def teardown(self) -> None:
        super().teardown()
        if hasattr(self, "folder"):
            shutil.rmtree(self.folder)


STEPS = settings(max_examples=15, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))
SearchAtRandom.TestCase.settings = STEPS
SearchInAFileAtRandom.TestCase.settings = STEPS
test_a_search_in_memory_at_random = SearchAtRandom.TestCase
test_a_search_in_a_file_at_random = SearchInAFileAtRandom.TestCase
