"""What the planning of every kind of list shares: where a value stands, and how a rule's no becomes a problem."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from muniment.desk.import_plan import Entry, RowNote, Tally
from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.domain.custody.standing import Standing
from muniment.domain.places.place import code_form
from muniment.exchange.drafts import Draft
from muniment.exchange.mapping import ListMapping
from muniment.exchange.sheets.problems import place_of_cell, place_of_row
from muniment.exchange.sheets.table import Table
from muniment.ports.work import Work


class Whereabouts:
    """Says where the value of a field of a row stands, as the person sees it."""

    def __init__(self, table: Table, mapping: ListMapping) -> None:
        at = {heading.strip(): index for index, heading in enumerate(table.headings)}
        self._columns = {
            name: at[heading.strip()] for heading, name in mapping.columns.items() if heading.strip() in at
        }
        self._constants = mapping.constants
        self._headings = table.headings
        self._by_lines = table.by_lines

    def of(self, row: int, name: str = "") -> str:
        """The cell of a field; the row where the field has no column."""
        if name in self._columns:
            index = self._columns[name]
            return place_of_cell(row, index, self._headings[index], line=self._by_lines)
        where = self.of_row(row)
        return f"{where}, mapping, constants ({name})" if name in self._constants else where

    def of_row(self, row: int) -> str:
        """A whole row."""
        return place_of_row(row, line=self._by_lines)


@dataclass(slots=True)
class Making:
    """A plan while it is being made: the register, the list, and what was found so far.

    `default_place` is where rows without a place go, empty where every row must name one. `overrides` are the rules
    that a second person will let pass. `this_year` bounds years of manufacture. `counted` says that the rows have
    quantities, `by_serial` that weapons known by their serial are described anew.
    """

    work: Work
    where: Whereabouts
    list_name: str
    this_year: int
    overrides: Collection[str]
    default_place: str = ""
    counted: bool = False
    by_serial: bool = False
    entries: list[Entry] = field(default_factory=list)
    problems: list[RowNote] = field(default_factory=list)
    notices: list[RowNote] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    _places: dict[str, Standing] | None = None

    def problem(self, draft: Draft, name: str, says: Text, kind: str) -> None:
        """Something that stops a row."""
        self.problems.append(RowNote(self.where.of(draft.row_number, name), says, kind, draft.row_number))

    def refused(self, draft: Draft, name: str, refusal: Refusal) -> None:
        """A rule's no, with what stands in the cell and what to do."""
        written = draft.values.get(name, "")
        says = say("{says} {do_now}", says=refusal.says, do_now=refusal.do_now) if refusal.do_now else refusal.says
        if written and written not in str(says):
            says = say("“{written}”: {says}", written=written, says=says)
        self.problem(draft, name, says, refusal.rule)

    def notice(self, draft: Draft, name: str, says: Text, kind: str) -> None:
        """Something worth knowing about a row."""
        self.notices.append(RowNote(self.where.of(draft.row_number, name), says, kind, draft.row_number))

    def left_out(self, draft: Draft) -> None:
        """Count a row that does not become anything."""
        quantity = quantity_of(draft, counted=self.counted)
        self.tally.count("left_out", quantity or 0)
        if quantity is None:
            self.tally.unreadable += 1

    @property
    def places(self) -> Mapping[str, Standing]:
        """The places of the register by code, upper and lower case being one."""
        if self._places is None:
            known = self.work.all_of(Kind.PLACE)
            self._places = {code_form(p.text("code")): p for p in known if p.text("code") and not p.text(WITHDRAWN)}
        return self._places

    def place(self, draft: Draft) -> Subject | None:
        """Where a row says that it lies; nothing, and a problem, where that is no place of the register."""
        code = draft.values.get("place", "") or self.default_place
        found = self.places.get(code_form(code))
        if found is not None:
            return found.subject
        if code:
            says = say("No place of the register has the code “{code}”. Register it first, or mend it.", code=code)
            self.problem(draft, "place", says, "unknown_place")
        else:
            says = say("It says nowhere where it lies. Name a place in the list, in its mapping, or for the import.")
            self.problem(draft, "place", says, "place_missing")
        return None


def quantity_of(draft: Draft, *, counted: bool) -> int | None:
    """What a row counts: 1 in lists that do not count, nothing where the quantity cannot be read."""
    if not counted:
        return 1
    written = draft.values.get("quantity")
    return int(written) if written else None
