"""What would become of each row of a list: made without writing anything, shown to a person, then applied as it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text
from muniment.domain.custody.facts import Value
from muniment.domain.custody.importing import ListSource
from muniment.domain.people.person import PersonRecord
from muniment.domain.places.place import PlaceKind


@dataclass(frozen=True, slots=True)
class RowNote:
    """Something about a row that a person should read: where, what, the stable name of it, the row's number."""

    where: str
    says: Text
    kind: str
    row: int | None = None


@dataclass(frozen=True, slots=True)
class StockEntry:
    """A row that becomes a weapon, a line without serials, or something listed for a decision.

    `quantity` is what the file says, 1 for weapons. `holder` is the person who has it, absent where it lies at
    `place`. `objections` speak against it and are let pass by a second person.
    """

    row: int
    key: str
    kind: Kind
    fields: Mapping[str, Value]
    place: Subject
    holder: Subject | None = None
    quantity: int = 1
    objections: tuple[Refusal, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class StockChange:
    """A row that describes a weapon which the register knows by its number: the fields as they would be after.

    `drops` are fields that the list has emptied. `version` is that of the weapon the row was compared with.
    """

    row: int
    key: str
    subject: Subject
    register_no: str
    version: int
    before: Mapping[str, Value]
    sets: Mapping[str, Value]
    drops: tuple[str, ...] = ()
    objections: tuple[Refusal, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """A row that becomes a person, or changes one where `subject` is given. `fields` are those of the ledger.

    `unit` is the name of the unit; one that the register lacks is registered. `before` has the unit by its name, too.
    `was` is who the person is until now.
    """

    row: int
    key: str
    record: PersonRecord
    fields: Mapping[str, Value]
    unit: str = ""
    subject: Subject | None = None
    before: Mapping[str, Value] = field(default_factory=dict)
    new_record: bool = True
    was: PersonRecord | None = None


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """A row that becomes a place. `parent_code` is of a place in the register or earlier in the plan."""

    row: int
    key: str
    code: str
    name: str
    kind: PlaceKind
    parent_code: str


@dataclass(frozen=True, slots=True)
class PlaceChange:
    """A row that gives a place which the register knows by its code another name, kind or place to lie in.

    `parent_code` is empty where it stays where it is; `before` has the place it lies in by its code, too.
    """

    row: int
    key: str
    subject: Subject
    version: int
    code: str
    before: Mapping[str, Value]
    sets: Mapping[str, Value]
    parent_code: str = ""


Entry = StockEntry | StockChange | PersonEntry | PlaceEntry | PlaceChange


@dataclass(frozen=True, slots=True)
class Totals:
    """What becomes of the rows, and of the quantities in them; where rows have no quantity each counts as one.

    Every row is in one of registered, for decision, changed, already there and left out; so is its quantity.
    `unreadable` are rows among those left out whose quantity cannot be read.
    """

    rows: Mapping[str, int]
    quantity: Mapping[str, int]
    unreadable: int = 0

    @property
    def rows_read(self) -> int:
        """All rows of the list."""
        return sum(self.rows.values())

    @property
    def quantity_read(self) -> int:
        """Everything the list counts, as far as it can be read."""
        return sum(self.quantity.values())


OUTCOMES = ("registered", "for_decision", "changed", "already", "left_out")
"""What can become of a row."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole list before it is taken in.

    `entries` become facts in this order. `problems` stop their rows, or the whole list where a row is absent;
    `notices` stop nothing. `by_type` counts what would be registered: the code of a type, or "" for what is listed for
    a decision, with its quantity. `size` is how many facts the ledger had when the plan was made.
    """

    source: ListSource
    entries: tuple[Entry, ...]
    problems: tuple[RowNote, ...]
    notices: tuple[RowNote, ...]
    totals: Totals
    by_type: Mapping[str, int]
    size: int

    def comes_out_like(self, other: Plan) -> bool:
        """Whether another plan would write the same; refusals are compared by what they say."""
        return self.entries == other.entries and self._objections() == other._objections()

    def _objections(self) -> list[tuple[int, str]]:
        return [
            (entry.row, str(one.says))
            for entry in self.entries
            if isinstance(entry, StockEntry | StockChange)
            for one in entry.objections
        ]

    @property
    def stopped(self) -> bool:
        """Whether a problem concerns the whole list."""
        return any(problem.row is None for problem in self.problems)

    def counts(self) -> dict[str, int]:
        """The totals as the batch keeps them."""
        found = {"rows": self.totals.rows_read, "quantity": self.totals.quantity_read}
        for name in OUTCOMES:
            found[f"rows_{name}"] = self.totals.rows.get(name, 0)
            found[f"quantity_{name}"] = self.totals.quantity.get(name, 0)
        return {name: number for name, number in found.items() if number}


class Tally:
    """Counts rows and quantities by what becomes of them while a plan is made."""

    def __init__(self) -> None:
        self.rows: Counter[str] = Counter()
        self.quantity: Counter[str] = Counter()
        self.by_type: Counter[str] = Counter()
        self.unreadable = 0

    def count(self, outcome: str, quantity: int = 1, type_code: str | None = None) -> None:
        """One more row; `type_code` where it would be registered or listed."""
        self.rows[outcome] += 1
        self.quantity[outcome] += quantity
        if type_code is not None:
            self.by_type[type_code] += quantity

    def totals(self) -> Totals:
        """What was counted."""
        return Totals(dict(self.rows), dict(self.quantity), self.unreadable)
