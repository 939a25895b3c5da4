"""Planning a list of places: the outer before the inner, in whatever order the list has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from muniment.desk.import_plan import PlaceChange, PlaceEntry
from muniment.desk.one_meaning import is_reserved, meant_already
from muniment.domain.basics.identity import Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.facts import Value
from muniment.domain.places.place import PlaceKind, may_lie_in
from muniment.domain.stock.free_text import tidy
from muniment.exchange.drafts import Draft
from muniment.exchange.importing.rows import Making

_KINDS: Mapping[str, PlaceKind] = {
    "depot": PlaceKind.DEPOT,
    "building": PlaceKind.BUILDING,
    "store house": PlaceKind.BUILDING,
    "magazine": PlaceKind.BUILDING,
    "room": PlaceKind.ROOM,
    "cabinet": PlaceKind.CABINET,
    "rack": PlaceKind.RACK,
    "shelf": PlaceKind.SLOT,
    "slot": PlaceKind.SLOT,
}
"""What the words of a list mean here."""


def plan_places(making: Making, drafts: Iterable[Draft]) -> None:
    """Add the entries of a list of places."""
    waiting: dict[str, Draft] = {}
    for draft in drafts:
        code = draft.values.get("code", "").casefold()
        if not draft.sound or not _tidy(making, draft):
            making.left_out(draft)
        elif code in waiting:
            says = say(
                "{row} has the code “{code}” already.",
                row=making.where.of_row(waiting[code].row_number),
                code=draft.values["code"],
            )
            making.problem(draft, "code", says, "place_twice")
            making.left_out(draft)
        else:
            waiting[code] = draft
    _Planner(making, waiting).plan()


def _tidy(making: Making, draft: Draft) -> bool:
    for name, what in (("code", say("The code")), ("name", say("The name"))):
        try:
            tidy(draft.values.get(name, ""), what)
        except Refusal as refusal:
            making.refused(draft, name, refusal)
            return False
    return True


class _Planner:
    def __init__(self, making: Making, waiting: Mapping[str, Draft]) -> None:
        self._making = making
        self._waiting = waiting
        self._kinds: dict[str, PlaceKind | None] = {
            code: PlaceKind(place.text("place_kind")) for code, place in making.places.items()
        }
        """The kind of each place that is settled; none for one that was left out."""
        self._code_of = {place.subject: code for code, place in making.places.items()}
        self._above = {
            code: self._code_of.get(Subject(place.text("parent")), "") for code, place in making.places.items()
        }
        """Which place each one lies in, by code, once the list is taken in."""

    def plan(self) -> None:
        for code in self._waiting:
            self._settle(code)
        for code in self._waiting:  # last, for they may move into a place that the list brings
            if code in self._making.places:
                self._there(code, self._waiting[code])

    def _settle(self, code: str) -> None:
        """Settle a place and, before it, every place it lies in."""
        path: list[str] = []
        while code in self._waiting and code not in self._kinds and code not in path:
            path.append(code)
            code = self._waiting[code].values.get("parent_code", "").casefold()
        circle = path[path.index(code) :] if code in path else []
        for one in reversed(path):
            draft = self._waiting[one]
            if one in circle:
                says = say("“{code}” would lie in itself.", code=draft.values["code"])
                self._leave_out(draft, "parent_code", says, "place_circle")
            else:
                self._enter(draft)

    def _leave_out(self, draft: Draft, name: str, says: Text, kind: str) -> None:
        self._kinds[draft.values["code"].casefold()] = None
        self._making.problem(draft, name, says, kind)
        self._making.left_out(draft)

    def _there(self, code: str, draft: Draft) -> None:
        """What a row says otherwise of a place that is known; empty cells leave what is known."""
        making, values = self._making, draft.values
        place = making.places[code]
        had = PlaceKind(place.text("place_kind"))
        sets: dict[str, Value] = {}
        if values["name"] != place.text("name"):
            sets["name"] = values["name"]
        kind = _KINDS.get(values.get("kind", ""), had)
        if kind is not had:
            sets["place_kind"] = kind.value
        known = self._code_of.get(Subject(place.text("parent")), "")
        above = values.get("parent_code", "").casefold() or known
        if not sets and above == known:
            making.tally.count("already")
        elif above != known and self._inside(above, code):
            self._leave_out(draft, "parent_code", say("“{code}” would lie in itself.", code=code), "place_circle")
        elif (above != known or kind is not had) and not self._fits(draft, code, kind, above):
            making.left_out(draft)
        else:
            before = {name: place.fields[name] for name in sets if name in place.fields}
            moved = self._called(above, values.get("parent_code", "")) if above != known else ""
            if moved:
                before["parent"] = self._called(known, known)
                self._above[code] = above
            self._kinds[code] = kind
            making.entries.append(
                PlaceChange(
                    draft.row_number, draft.key, place.subject, place.version, place.text("code"), before, sets, moved
                )
            )
            making.tally.count("changed")

    def _called(self, code: str, written: str) -> str:
        """The code of a place as its label has it; as it is written where the register does not know it yet."""
        known = self._making.places.get(code)
        return known.text("code") if known is not None else written

    def _inside(self, code: str, outer: str) -> bool:
        """Whether a place is another one, or lies in it."""
        while code and code != outer:
            code = self._above.get(code, "")
        return code == outer

    def _fits(self, draft: Draft, code: str, kind: PlaceKind, above: str) -> bool:
        """Whether a place may lie where it shall, and what lies in it may stay there; a problem where not."""
        parent = self._kinds.get(above)
        if above and parent is None:
            says = say("Neither the list nor the register has a place “{code}”.", code=above)
            self._making.problem(draft, "parent_code", says, "unknown_place")
            return False
        inner = [self._kinds[one] for one, outer in self._above.items() if outer == code]
        try:
            may_lie_in(kind, parent)
            for one in inner:
                if one is not None:
                    may_lie_in(one, kind)
        except Refusal as refusal:
            self._making.refused(draft, "kind", refusal)
            return False
        return True

    def _enter(self, draft: Draft) -> None:
        making, values = self._making, draft.values
        parent_code = values.get("parent_code", "")
        kind = _KINDS.get(values.get("kind", ""))
        if is_reserved(values["code"]) or meant_already(making.work, values["code"]) is not None:
            says = say(
                "“{code}” means something else in this register. Scan it alone to see what.", code=values["code"]
            )
            self._leave_out(draft, "code", says, "code_taken")
            return
        if kind is None:
            says = say("It says nowhere what kind of place this is. Add a column, or a constant to the mapping.")
            self._leave_out(draft, "kind", says, "kind_missing")
            return
        parent = self._kinds.get(parent_code.casefold())
        if parent_code and parent is None:
            if parent_code.casefold() in self._kinds:
                says = say("“{code}”, which it lies in, is left out.", code=parent_code)
            else:
                says = say("Neither the list nor the register has a place “{code}”.", code=parent_code)
            self._leave_out(draft, "parent_code", says, "unknown_place")
            return
        if not parent_code and kind is not PlaceKind.DEPOT:
            parent = PlaceKind.DEPOT  # what lies in nothing lies in the depot itself
        try:
            may_lie_in(kind, parent)
        except Refusal as refusal:
            says = say("{says} {do_now}", says=refusal.says, do_now=refusal.do_now or "")
            self._leave_out(draft, "kind", says, refusal.rule)
            return
        self._kinds[values["code"].casefold()] = kind
        self._above[values["code"].casefold()] = parent_code.casefold()
        making.entries.append(
            PlaceEntry(draft.row_number, draft.key, values["code"], values["name"], kind, parent_code)
        )
        making.tally.count("registered", 1, "")
