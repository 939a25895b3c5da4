"""Planning a list of places: the outer before the inner, in whatever order the list has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from muniment.desk.import_plan import PlaceEntry
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.places.place import PlaceKind, may_lie_in
from muniment.domain.stock.free_text import tidy
from muniment.exchange.drafts import Draft
from muniment.exchange.importing.rows import Making

_KINDS: Mapping[str, PlaceKind] = {
    "depot": PlaceKind.DEPOT,
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

    def plan(self) -> None:
        for code in self._waiting:
            if code in self._making.places:
                self._there(self._waiting[code])
        for code in self._waiting:
            self._settle(code)

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

    def _there(self, draft: Draft) -> None:
        making, values = self._making, draft.values
        place = making.places[values["code"].casefold()]
        making.tally.count("already")
        differs = place.text("name") != values["name"] or (
            "kind" in values and _KINDS[values["kind"]] != place.text("place_kind")
        )
        if differs:
            says = say(
                "The register has “{code}” as {name} ({kind}); a list does not change that.",
                code=values["code"],
                name=place.text("name"),
                kind=place.text("place_kind"),
            )
            making.notice(draft, "code", says, "place_differs")

    def _enter(self, draft: Draft) -> None:
        making, values = self._making, draft.values
        parent_code = values.get("parent_code", "")
        kind = _KINDS.get(values.get("kind", ""))
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
        making.entries.append(
            PlaceEntry(draft.row_number, draft.key, values["code"], values["name"], kind, parent_code)
        )
        making.tally.count("registered", 1, "")
