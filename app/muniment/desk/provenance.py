"""Where a record comes from: who wrote it down, and the file, sheet and row it was read from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from muniment.desk.reading import name_of
from muniment.domain.basics.identity import Subject
from muniment.domain.basics.moments import moment
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.arrivals import ARRIVAL
from muniment.domain.custody.facts import Deed, Fact
from muniment.ports.work import Told, Work


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row of a list that was taken in.

    `batch` is the number of the import, `file` the file's own name, `row` as people count, the heading being the
    first. `sheet` and `list_name` are empty where there is none.
    """

    batch: str
    file: str
    sheet: str
    row: int
    list_name: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a record comes from, as far as the ledger tells.

    `source` is the row it was taken from, `updated` the newest row that described it anew. A weapon that was one of a
    quantity without serials names that `line`; a line that was listed for a decision names what it was `listed` as.
    `arrival` is what it came with.
    """

    registered_at: datetime
    registered_by: str
    source: ListRow | None = None
    updated: ListRow | None = None
    line: str = ""
    line_source: ListRow | None = None
    listed: str = ""
    arrival: str = ""


def provenance(work: Work, subject: Subject) -> Provenance | None:
    """Where a record comes from; nothing where no fact took it into the register."""
    return provenance_told(work, work.facts_of(subject))


def provenance_told(work: Work, told: Sequence[tuple[Told, Fact]]) -> Provenance | None:
    """Where a record comes from, told from all its facts."""
    if not told or told[0][1].expects or told[0][1].kind is Deed.WITHDRAWN:
        return None
    first = told[0][1]
    listed = _listed_as(work, first)
    line = str(first.about.get("line", ""))
    undone = {fact.corrects for _, fact in told if fact.corrects}
    later = [row for one, fact in told[1:] if one.leaf not in undone and (row := row_of(work, fact)) is not None]
    return Provenance(
        registered_at=moment(first.made_at),
        registered_by=name_of(work, first.actor),
        source=row_of(work, first) or (_source_of(work, listed) if listed else None),
        updated=later[-1] if later else None,
        line=name_of(work, line),
        line_source=_source_of(work, Subject(line)) if line else None,
        listed=name_of(work, listed or ""),
        arrival=name_of(work, str(first.about.get(ARRIVAL, ""))),
    )


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that is known of it, as people read it. A `code` never changes its reading direction."""

    title: Text
    value: Text
    code: bool = True


def in_words(found: Provenance) -> list[Said]:
    """Where a record comes from as people read it; what is not known is left out."""
    source = found.source
    said: list[tuple[Text, str | Text]] = [
        (say("Import"), source.batch if source else ""),
        (say("File"), source.file if source else ""),
        (say("Sheet"), source.sheet if source else ""),
        (say("Row of the list"), str(source.row) if source and source.row else ""),
        (say("List"), source.list_name if source else ""),
        (say("Described anew from"), row_words(found.updated) if found.updated else ""),
        (say("Listed for a decision as"), found.listed),
        (say("One of the quantity"), found.line),
        (say("The quantity comes from"), row_words(found.line_source) if found.line_source else ""),
        (say("Came with"), found.arrival),
    ]
    return [
        Said(say("Registered"), say("{at}", at=found.registered_at.astimezone().strftime("%Y-%m-%d %H:%M"))),
        Said(say("Registered by"), say("{name}", name=found.registered_by), code=False),
        *(Said(title, say("{value}", value=value), code=isinstance(value, str)) for title, value in said if value),
    ]


def row_words(one: ListRow) -> Text:
    """A row of a list in one line."""
    if one.sheet:
        return say(
            "{file}, sheet {sheet}, row {row} ({batch})", file=one.file, sheet=one.sheet, row=one.row, batch=one.batch
        )
    return say("{file}, row {row} ({batch})", file=one.file, row=one.row, batch=one.batch)


def row_of(work: Work, fact: Fact) -> ListRow | None:
    """The row of a list that a fact was read from."""
    batch = work.standing(Subject(str(fact.about["batch"]))) if "batch" in fact.about else None
    if batch is None:
        return None
    row = fact.about.get("row")
    return ListRow(
        batch.text("register_no"),
        batch.text("file"),
        batch.text("sheet"),
        row if isinstance(row, int) else 0,
        batch.text("list_name"),
    )


def _source_of(work: Work, subject: Subject) -> ListRow | None:
    found = provenance(work, subject)
    return found.source if found is not None else None


def _listed_as(work: Work, first: Fact) -> Subject | None:
    """What a line was listed as for a decision: that is told by the act that made the line of it."""
    if first.kind is not Deed.LINE_REGISTERED or "batch" in first.about:
        return None
    decided = (
        fact.subject
        for _, fact in work.facts_of_act(first.act)
        if fact.kind is Deed.UNDECIDED_DECIDED and fact.after.get("line") == first.subject
    )
    return next(decided, None)
