"""What would become of every row of a list, ready to be shown row by row. No Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from muniment.desk.import_plan import (
    Entry,
    PersonEntry,
    PlaceChange,
    PlaceEntry,
    Plan,
    RowNote,
    StockChange,
    StockEntry,
)
from muniment.domain.basics.identity import Kind
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.facts import Value
from muniment.domain.custody.list_rules import BY_TWO
from muniment.domain.custody.registering import calibre_of
from muniment.domain.custody.undecided import WHY, why_read
from muniment.domain.stock.taxonomy import weapon_types
from muniment.exchange.importing import ListReading
from muniment.exchange.problems_list import Doubts
from muniment.ui.lists.field_names import REGISTER_FIELDS

ROWS, PROBLEMS, NOTICES, CHANGES = "rows", "problems", "notices", "changes"
"""What can be looked at of a plan."""


@dataclass(frozen=True, slots=True)
class RowLine:
    """A row of the list: its number there, what it says, what becomes of it, and as what."""

    row: int
    says: str
    outcome: str
    becomes: Text


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A problem or notice: where it stands, the value in that cell, what is wrong."""

    where: str
    value: str
    says: Text


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One cell of a record that would be changed."""

    row: int
    record: str
    field: Text
    before: str
    after: str


class Preview:
    """A plan beside its list. What is shown of it is asked for line by line, so that a long list costs nothing."""

    def __init__(self, plan: Plan, reading: ListReading, names: Mapping[str, str]) -> None:
        self.plan, self._reading, self._names = plan, reading, dict(names)
        self._doubts = Doubts(reading.table)
        self._entries: dict[int, Entry] = {entry.row: entry for entry in plan.entries}
        stopped = plan.stopped
        out = {note.row for note in plan.problems if note.row is not None}
        self._why = {note.row: note.says for note in reversed(plan.problems) if note.row is not None}
        self._at = [index for index, name in _columns(reading)]
        self.outcomes: list[str] = []
        for row in reading.table.rows:
            entry = self._entries.get(row.number)
            left = stopped or row.number in out
            self.outcomes.append(_outcome(entry) if entry else "left_out" if left else "already")
        self.changes: tuple[ChangeLine, ...] = tuple(
            line
            for entry in plan.entries
            if isinstance(entry, StockChange | PersonEntry | PlaceChange)
            for line in _changes(entry)
        )

    def counts(self) -> Mapping[str, int]:
        """How much there is to look at of each sort."""
        return {
            ROWS: len(self.outcomes),
            PROBLEMS: len(self.plan.problems),
            NOTICES: len(self.plan.notices),
            CHANGES: len(self.changes),
        }

    def rows_of(self, outcome: str) -> int:
        """How many rows come out so."""
        return Counter(self.outcomes)[outcome]

    @property
    def for_two(self) -> int:
        """What rows are left out for until a second person confirms it, such as the same weapon again."""
        return sum(note.kind in BY_TWO for note in self.plan.problems)

    def find(self, what: str, text: str = "", outcome: str = "") -> range | Sequence[int]:
        """The numbers of the lines that contain every word of a text; rows may be narrowed to one outcome."""
        words = text.casefold().split()
        if not words and not outcome:
            return range(self.counts()[what])
        if what == ROWS:
            return [
                number
                for number, row in enumerate(self._reading.table.rows)
                if (not outcome or self.outcomes[number] == outcome)
                and (not words or _fits(words, *(cell.text for cell in row.cells)))
            ]
        if what == CHANGES:
            return [n for n, one in enumerate(self.changes) if _fits(words, one.record, one.before, one.after)]
        return [n for n, one in enumerate(self._notes(what)) if _fits(words, one.where, str(one.says))]

    def row(self, number: int) -> RowLine:
        """A row of the list."""
        row, outcome = self._reading.table.rows[number], self.outcomes[number]
        entry = self._entries.get(row.number)
        says = " · ".join(text for at in self._at if (text := " ".join(row.cells[at].text.split())))
        if entry is not None:
            becomes = _becomes(entry, self._names)
        elif outcome == "left_out":
            becomes = self._why.get(row.number, say("A problem concerns the whole list."))
        else:
            becomes = say("Nothing is written: the register has it.")
        return RowLine(row.number, says, outcome, becomes)

    def note(self, what: str, number: int) -> NoteLine:
        """A problem or a notice."""
        note = self._notes(what)[number]
        return NoteLine(note.where, self._doubts.about(note).value, note.says)

    def _notes(self, what: str) -> tuple[RowNote, ...]:
        return self.plan.problems if what == PROBLEMS else self.plan.notices


def _columns(reading: ListReading) -> list[tuple[int, str]]:
    """The columns that are taken over, in the order of the list."""
    names = {heading.strip(): name for heading, name in reading.mapping.columns.items()}
    at = enumerate(reading.table.headings)
    return [(index, names[heading.strip()]) for index, heading in at if heading.strip() in names]


def _fits(words: Sequence[str], *texts: str) -> bool:
    told = " ".join(texts).casefold()
    return all(word in told for word in words)


def _outcome(entry: Entry) -> str:
    match entry:
        case StockEntry():
            return "for_decision" if entry.kind is Kind.UNDECIDED else "registered"
        case StockChange() | PlaceChange():
            return "changed"
        case PersonEntry():
            return "registered" if entry.subject is None else "changed"
        case PlaceEntry():
            return "registered"


def _becomes(entry: Entry, names: Mapping[str, str]) -> Text:
    match entry:
        case StockEntry():
            return _stock(entry, names)
        case StockChange():
            changed = ", ".join(dict.fromkeys(str(_field(name)) for name in (*entry.sets, *entry.drops)))
            return say("{register_no}: {fields}", register_no=entry.register_no, fields=changed)
        case PlaceChange():
            changed = ", ".join(str(line.field) for line in _changes(entry))
            return say("{code}: {fields}", code=entry.code, fields=changed)
        case PersonEntry():
            return say("{name}, {number}", name=entry.record.name, number=entry.record.service_no)
        case PlaceEntry():
            return say("{code}, {name} ({kind})", code=entry.code, name=entry.name, kind=entry.kind.value)


def _stock(entry: StockEntry, names: Mapping[str, str]) -> Text:
    if entry.kind is Kind.UNDECIDED:
        return say("{quantity} × {why}", quantity=entry.quantity, why=why_read(entry.fields.get(WHY, "")))
    code = str(entry.fields.get("taxonomy_code", ""))
    known = weapon_types().get(code)
    what: Text | str = known.name if known else code
    where = names.get(entry.holder or entry.place, "")
    calibre = calibre_of(entry.fields)
    if entry.kind is Kind.LINE:
        return say(
            "{quantity} × {what} {calibre}, at {where}",
            quantity=entry.quantity,
            what=what,
            calibre=calibre,
            where=where,
        )
    serial = str(entry.fields.get("serial_raw", "")) or str(entry.fields.get("serial_status", ""))
    return say("{what} {calibre}, {serial}, at {where}", what=what, calibre=calibre, serial=serial, where=where)


def _changes(entry: StockChange | PersonEntry | PlaceChange) -> list[ChangeLine]:
    """What would change of a record that the register has, cell by cell."""
    record: str
    touched: Mapping[str, tuple[str, str]]
    match entry:
        case StockChange():
            record = entry.register_no
            touched = {n: (_plain(entry.before.get(n)), _plain(entry.sets.get(n))) for n in (*entry.sets, *entry.drops)}
        case PlaceChange():
            record = entry.code
            touched = {n: (_plain(entry.before.get(n)), _plain(after)) for n, after in entry.sets.items()}
            if entry.parent_code:
                touched = {**touched, "parent": (_plain(entry.before.get("parent")), entry.parent_code)}
        case PersonEntry():
            record = entry.record.name
            touched = _person_changes(entry)
    return [ChangeLine(entry.row, record, _field(name), was, then) for name, (was, then) in touched.items()]


def _person_changes(entry: PersonEntry) -> Mapping[str, tuple[str, str]]:
    if entry.subject is None:
        return {}
    was, then = entry.was, entry.record
    pairs = {
        "name": (was.name if was else "", then.name),
        "rank": (was.rank if was else "", then.rank),
        "service_no": (was.service_no if was else "", then.service_no),
        "badges": (", ".join(was.badges) if was else "", ", ".join(then.badges)),
    }
    touched = {name: (_plain(before), _plain(after)) for name, (before, after) in pairs.items() if before != after}
    touched |= {name: (_plain(entry.before.get(name)), _plain(after)) for name, after in entry.fields.items()}
    if entry.unit:
        touched["unit"] = (_plain(entry.before.get("unit")), entry.unit)
    return touched


def _field(name: str) -> Text:
    return REGISTER_FIELDS.get(name, say("{name}", name=name))


def _plain(value: Value | None) -> str:
    """A value of a record in a few words."""
    if value is None or value == "":
        return "–"
    if isinstance(value, list):
        parts = [
            str(one.get("text") or " ".join(str(part) for part in one.values() if part != ""))
            if isinstance(one, dict)
            else str(one)
            for one in value
        ]
        return ", ".join(parts)
    return str(value)
