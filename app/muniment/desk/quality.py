"""What is left to mend in the records, above all after an old book was imported: a worklist with counts.

Nothing here is an error of the register. An import takes what an old book says; this list is how the depot works
its way from there to records that can be traced.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from muniment.desk.models import proposals
from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.describing import assigned_number
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.domain.custody.standing import Standing
from muniment.domain.stock.calibres import Ambiguous, recognise
from muniment.domain.stock.serial import (
    SERIAL_STATUS_NAMES,
    SerialStatus,
    comparison_key,
    look_alike_key,
    zeros_aside,
)
from muniment.domain.stock.taxonomy import weapon_types
from muniment.ports.work import Work

MOST = 200
"""How many items of each task are named unless more are asked for."""


class Task(StrEnum):
    """What can be left to do, in the order in which it is best done."""

    UNDECIDED = "undecided"
    LINE_NOT_WORKED_OFF = "line_not_worked_off"
    SERIAL_MISSING = "serial_missing"
    SERIAL_PARTLY_LEGIBLE = "serial_partly_legible"
    SERIAL_TWICE = "serial_twice"
    SERIAL_LOOKS_ALIKE = "serial_looks_alike"
    CONDITION_MISSING = "condition_missing"
    TYPE_COARSE = "type_coarse"
    CALIBRE_NOT_RECOGNISED = "calibre_not_recognised"
    MAKE_MISSING = "make_missing"
    MODEL_MISSING = "model_missing"
    NOT_IN_CATALOGUE = "not_in_catalogue"
    COUNTRY_MISSING = "country_missing"
    YEAR_MISSING = "year_missing"


@dataclass(frozen=True, slots=True)
class Concern:
    """One item that a task is about; `note` says what of it."""

    subject: Subject
    register_no: str
    serial: str
    note: Text


@dataclass(frozen=True, slots=True)
class ToDo:
    """One task: what is lacking, what to do, how many items it is about, and those that are named.

    Where many lack the same, as a model that is not in the catalogue, one of them is named for all.
    """

    task: Task
    says: Text
    do_now: Text
    count: int
    items: tuple[Concern, ...]


WORDS: Mapping[Task, tuple[Text, Text]] = {
    Task.UNDECIDED: (
        say("Lines of a list that wait for a decision"),
        say("Decide whether they are weapons of this depot."),
    ),
    Task.LINE_NOT_WORKED_OFF: (
        say("Quantities without serials"),
        say("Take the weapons one by one and identify each by its serial."),
    ),
    Task.SERIAL_MISSING: (
        say("Weapons without a serial number"),
        say("Look at the metal again; mark the weapon if there is no number."),
    ),
    Task.SERIAL_PARTLY_LEGIBLE: (
        say("Serial numbers that are legible in part"),
        say("Look at the metal again with light and glass, or have the weapon marked."),
    ),
    Task.SERIAL_TWICE: (
        say("Serial numbers that stand in several records"),
        say("Compare the weapons. Take back the record that is one too many, or note that there are two."),
    ),
    Task.SERIAL_LOOKS_ALIKE: (
        say("Serial numbers that are easily taken for each other"),
        say("Compare both with the metal, letter by letter."),
    ),
    Task.CONDITION_MISSING: (
        say("Weapons whose condition nobody has written down"),
        say("Have each looked over and its condition written down; until then it is not issued."),
    ),
    Task.TYPE_COARSE: (
        say("Weapons of a type that says too little"),
        say("Choose the finer type below it."),
    ),
    Task.CALIBRE_NOT_RECOGNISED: (
        say("Calibres that the catalogue does not know"),
        say("Compare with the weapon and choose from the catalogue."),
    ),
    Task.MAKE_MISSING: (say("Weapons without a make"), say("Read the maker from the weapon or its papers.")),
    Task.MODEL_MISSING: (say("Weapons without a model"), say("Read the model from the weapon or its papers.")),
    Task.NOT_IN_CATALOGUE: (
        say("Weapons whose make and model are not in the catalogue"),
        say("Enter the make and model in the catalogue, as an entry or as another name of one."),
    ),
    Task.COUNTRY_MISSING: (
        say("Weapons without a country of manufacture or last import"),
        say("Read it from the marks; a tracing request needs it."),
    ),
    Task.YEAR_MISSING: (say("Weapons without a year of manufacture"), say("Read it from the marks, or estimate it.")),
}
"""How each task is called, and what to do about it."""


@dataclass(slots=True)
class _Pile:
    """Items of one task while the register is walked: all are counted, the first are kept.

    One that stands for several alike counts for as many.
    """

    most: int
    count: int = 0
    kept: list[Concern] = field(default_factory=list)

    def add(self, item: Standing, note: Text, count: int = 1) -> None:
        self.count += count
        if len(self.kept) < self.most:
            self.kept.append(Concern(item.subject, item.text("register_no"), item.text("serial_raw"), note))


def worklist(work: Work, *, most: int = MOST) -> tuple[ToDo, ...]:
    """Everything that is left to mend, tasks without items left out; of each task at most `most` items are named.

    Walks every weapon once. Withdrawn records are passed over.
    """
    piles = {task: _Pile(most) for task in Task}
    seen: set[str] = set()
    doubtful: set[str] = set()
    for weapon in work.every(Kind.WEAPON):
        if weapon.text(WITHDRAWN):
            continue
        for task, note in _lacks(weapon):
            piles[task].add(weapon, note)
        _remember(weapon, seen, doubtful)
    for line in work.every(Kind.LINE):
        left = line.number("quantity")
        if left and not line.text(WITHDRAWN):
            says = say("{left} left, {what}", left=left, what=_named(line))
            piles[Task.LINE_NOT_WORKED_OFF].add(line, says)
    for one in work.every(Kind.UNDECIDED):
        if one.text("state") == "open" and not one.text(WITHDRAWN):
            says = say("{left} left, {what}", left=one.number("quantity"), what=_named(one))
            piles[Task.UNDECIDED].add(one, says)
    for key in sorted(doubtful):
        _near(work, key, piles)
    for lacking in proposals(work):
        example = work.standing(lacking.example)
        if example is not None:
            says = say("{count} of “{name}”", count=lacking.weapons, name=str(lacking.model.name))
            piles[Task.NOT_IN_CATALOGUE].add(example, says, lacking.weapons)
    return tuple(ToDo(task, *WORDS[task], pile.count, tuple(pile.kept)) for task, pile in piles.items() if pile.count)


def _lacks(weapon: Standing) -> Iterator[tuple[Task, Text]]:
    fields = weapon.fields
    nothing = say("")
    status = SerialStatus(weapon.text("serial_status") or SerialStatus.PRESENT)
    if not status.has_text and not assigned_number(weapon):
        yield Task.SERIAL_MISSING, SERIAL_STATUS_NAMES[status]
    elif status is SerialStatus.PARTLY_LEGIBLE:
        yield Task.SERIAL_PARTLY_LEGIBLE, nothing
    if not weapon.text("condition"):
        yield Task.CONDITION_MISSING, nothing
    kind = weapon_types().get(weapon.text("taxonomy_code"))
    if kind is not None and not kind.final:
        yield Task.TYPE_COARSE, kind.name
    yield from _calibres(weapon)
    for name, task in (("make", Task.MAKE_MISSING), ("model", Task.MODEL_MISSING)):
        if not weapon.text(name):
            yield task, nothing
    if not (weapon.text("country_of_manufacture") or weapon.text("historic_country_code") or _imported(weapon)):
        yield Task.COUNTRY_MISSING, nothing
    if "year_of_manufacture" not in fields:
        yield Task.YEAR_MISSING, nothing


def _imported(weapon: Standing) -> bool:
    marks = weapon.fields.get("marks")
    return any(
        isinstance(mark, dict) and mark.get("kind") == "import" and mark.get("country")
        for mark in (marks if isinstance(marks, list) else [])
    )


def _calibres(weapon: Standing) -> Iterator[tuple[Task, Text]]:
    listed = weapon.fields.get("calibres")
    for entry in listed if isinstance(listed, list) else []:
        if isinstance(entry, dict) and not entry.get("code"):
            text = str(entry.get("text", ""))
            found = recognise(text)
            if isinstance(found, Ambiguous):
                names = ", ".join(candidate.name for candidate in found.candidates)
                yield Task.CALIBRE_NOT_RECOGNISED, say("“{text}” may be {names}", text=text, names=names)
            else:
                yield Task.CALIBRE_NOT_RECOGNISED, say("“{text}”", text=text)


def _remember(weapon: Standing, seen: set[str], doubtful: set[str]) -> None:
    """Note the weapon's number under the key in which look-alikes are equal; keys met twice are doubtful."""
    serial = weapon.text("serial_raw")
    if not serial:
        return
    key = zeros_aside(look_alike_key(serial))
    if key in seen:
        doubtful.add(key)
    seen.add(key)


def _near(work: Work, key: str, piles: Mapping[Task, _Pile]) -> None:
    alike = [
        item
        for item in work.looking_alike_any([key])
        if not item.text(WITHDRAWN) and item.subject.startswith(f"{Kind.WEAPON}/")
    ]
    for item in alike:
        own = comparison_key(item.text("serial_raw"))
        others = [other for other in alike if other.subject != item.subject]
        same = [other for other in others if comparison_key(other.text("serial_raw")) == own]
        near = [other for other in others if comparison_key(other.text("serial_raw")) != own]
        for task, found in ((Task.SERIAL_TWICE, same), (Task.SERIAL_LOOKS_ALIKE, near)):
            if found:
                numbers = ", ".join(f"{o.text('register_no')} {o.text('serial_raw')}" for o in found[:6])
                piles[task].add(item, say("as {numbers}", numbers=numbers))


def _named(line: Standing) -> Text | str:
    found = weapon_types().get(line.text("taxonomy_code"))
    return line.text("item_name") or (found.name if found else line.text("taxonomy_code"))
