"""From a table, its mapping and what the register holds now to a plan."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from muniment.desk.import_plan import Plan, RowNote
from muniment.desk.importing import undisturbed
from muniment.domain.basics.identity import Kind
from muniment.domain.basics.text import say
from muniment.domain.custody.importing import ListSource
from muniment.exchange.drafts import Draft, draft_rows, with_proven_dates
from muniment.exchange.guessing import mapping_for
from muniment.exchange.importing.holdings import plan_holdings
from muniment.exchange.importing.people import plan_people
from muniment.exchange.importing.places import plan_places
from muniment.exchange.importing.rows import Making, Whereabouts
from muniment.exchange.importing.weapons import plan_weapons
from muniment.exchange.mapping import ListMapping, load_mapping
from muniment.exchange.sheets.problems import Problem, refuse
from muniment.exchange.sheets.reading import read_table
from muniment.exchange.sheets.table import Table
from muniment.exchange.type_words import with_known_words, word_notices
from muniment.ports.work import Work

_PLANNERS: Mapping[str, Callable[[Making, Iterable[Draft]], None]] = {
    "weapons": plan_weapons,
    "holdings": plan_holdings,
    "people": plan_people,
    "places": plan_places,
}


@dataclass(frozen=True, slots=True)
class ListReading:
    """A list as it was read, how its columns are read, and what the person calls it."""

    table: Table
    mapping: ListMapping
    list_name: str


def read_list(
    path: Path,
    kind: str,
    *,
    mapping_path: Path | None = None,
    list_name: str = "",
    sheet: str | None = None,
    encoding: str | None = None,
) -> ListReading:
    """Read a list and the mapping for it; without a mapping file the headings say what they mean.

    The list is called as its file unless it is given a name. Orders of dates that the list proves by itself are
    taken over into the mapping.

    Raises:
        SheetRefused: the list or the mapping cannot be read, or the mapping is for another kind of list.

    """
    mapping = load_mapping(mapping_path) if mapping_path else None
    if mapping is not None and mapping.kind != kind:
        raise refuse(
            mapping_path.name if mapping_path else "",
            say("This mapping is for lists of {kind}, not of {wanted}.", kind=mapping.kind, wanted=kind),
            "mapping_kind",
        )
    with undisturbed():
        table = read_table(path, sheet=sheet, encoding=encoding)
    mapping = mapping_for(table, kind) if mapping is None else with_known_words(mapping, table)
    return ListReading(table, with_proven_dates(mapping, table), list_name or path.stem)


def plan_list(
    reading: ListReading,
    work: Work,
    *,
    this_year: int,
    default_place: str = "",
    overrides: Collection[str] = (),
    by_serial: bool = False,
) -> Plan:
    """Say what would become of every row, beside what the register holds now. Nothing is written.

    `default_place` is the code of the place for rows that name none, in lists that have places. `overrides` are the
    rules that a second person will let pass. With `by_serial` a row without a number describes the weapon of its serial
    anew, where the register has one; else such a row is stopped as a duplicate.

    Raises:
        SheetRefused: the mapping does not fit the list.

    """
    with undisturbed():
        return _plan(reading, work, this_year, default_place, overrides, by_serial=by_serial)


def _plan(
    reading: ListReading,
    work: Work,
    this_year: int,
    default_place: str,
    overrides: Collection[str],
    *,
    by_serial: bool,
) -> Plan:
    table, mapping = reading.table, reading.mapping
    if default_place and mapping.kind in ("weapons", "holdings"):
        mapping = replace(mapping, default_place=default_place)
    drafts = draft_rows(table, mapping, list_name=reading.list_name)
    making = Making(
        work,
        Whereabouts(table, mapping),
        reading.list_name,
        this_year,
        frozenset(overrides),
        mapping.default_place,
        mapping.kind == "holdings",
        by_serial,
    )
    for problem in drafts.problems:
        (making.notices if problem.notice else making.problems).append(_note(problem))
    source = ListSource(table.source, table.sha256, table.sheet, mapping.kind, reading.list_name)
    making.problems += _under_another_name(work, source)
    making.notices += word_notices(mapping, table)
    _PLANNERS[mapping.kind](making, drafts.rows)
    making.problems.sort(key=_by_row)
    making.notices.sort(key=_by_row)
    return Plan(
        source,
        tuple(making.entries),
        tuple(making.problems),
        tuple(making.notices),
        making.tally.totals(),
        dict(making.tally.by_type),
        work.head().size,
    )


def _note(problem: Problem) -> RowNote:
    return RowNote(problem.where, problem.says, problem.kind, problem.row)


def _by_row(note: RowNote) -> tuple[bool, int]:
    return note.row is not None, note.row or 0


def _under_another_name(work: Work, source: ListSource) -> Iterable[RowNote]:
    """The same file under another name of list would be counted a second time."""
    for batch in work.all_of(Kind.BATCH):
        same = (batch.text("sha256"), batch.text("sheet"), batch.text("kind"))
        if (
            same == (source.sha256, source.sheet, source.kind)
            and batch.text("state") == "imported"
            and batch.text("list_name") != source.list_name
        ):
            says = say(
                "This very file was imported before as the list “{name}” ({batch}). Import it under that name, or "
                "undo that import first.",
                name=batch.text("list_name"),
                batch=batch.text("register_no"),
            )
            yield RowNote(source.file, says, "imported_under_another_name")
