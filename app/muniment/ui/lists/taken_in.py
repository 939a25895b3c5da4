"""The lists that were taken in, and taking one back, decided without a screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from muniment.desk.desk import Deposition, Desk, Officer, stands
from muniment.desk.import_plan import OUTCOMES, Totals
from muniment.desk.importing import duty_for
from muniment.desk.reading import name_of
from muniment.desk.signing import sign_in
from muniment.desk.undoing import NotUndone, undo_import
from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.basics.moments import moment
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.facts import Deed
from muniment.domain.custody.importing import batch_undone
from muniment.domain.custody.reversing import WITHDRAWN, refuse_alone
from muniment.domain.custody.standing import Standing
from muniment.ports.audit import Stopped
from muniment.ports.work import Told, Work
from muniment.ui.lists.pace import Going, Pace

MOST_STANDING = 500
"""How many things of a batch that was taken back are named as still standing."""


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One import: its number, when, by whom, of which file, and what became of its rows.

    `undone` counts what was taken back and `kept` what was not; both are 0 while it stands.
    """

    batch: Subject
    register_no: str
    at: datetime
    by: str
    list_name: str
    file: str
    sheet: str
    sha256: str
    kind: str
    totals: Totals
    stands: bool
    undone: int
    kept: int


@dataclass(frozen=True, slots=True)
class StandingStill:
    """Something that a batch brought and that was not taken back; `row` is 0 where the list has none for it."""

    row: int
    name: str
    why: Text


@dataclass(frozen=True, slots=True)
class TakingBack:
    """An import that is to be taken back, why, and who stands beside."""

    batch: Subject
    reason: str
    second: Officer | None = None


@dataclass(frozen=True, slots=True)
class BatchesView:
    """All imports, newest first; of the one in front, if it was taken back, what still stands of it."""

    lines: tuple[BatchLine, ...]
    shown: Subject | None = None
    standing: tuple[StandingStill, ...] = ()
    told: Text | None = None

    @property
    def line(self) -> BatchLine | None:
        """The import in front."""
        return next((one for one in self.lines if one.batch == self.shown), None)


class BatchesPresenter:
    """Shows imports, and takes them back by counter-entries."""

    def __init__(self, desk: Desk, officer: Officer) -> None:
        self._desk, self._officer = desk, officer
        self._shown: Subject | None = None
        self._newest: Subject | None = None
        self._said: dict[Subject, tuple[StandingStill, ...]] = {}
        self._act = ""

    def sit_down(self, officer: Officer) -> None:
        """Another officer has signed in."""
        self._officer = officer

    def view(self, told: Text | None = None) -> BatchesView:
        """What is shown now."""
        with self._desk.look() as work:
            batches = sorted(work.all_of(Kind.BATCH), key=lambda one: -one.number("number"))
            lines = tuple(_line(work, one) for one in batches)
            if lines and lines[0].batch != self._newest:
                self._newest = self._shown = lines[0].batch  # what has just come in is put in front
            shown = self._shown if any(one.batch == self._shown for one in lines) else None
            line = next((one for one in lines if one.batch == shown), None)
            standing: tuple[StandingStill, ...] = ()
            if line is not None and line.kept:
                standing = self._said.get(line.batch) or _still(work, line)
        return BatchesView(lines, shown, standing, told)

    def open(self, batch: Subject) -> BatchesView:
        """Put one import in front."""
        self.view()
        self._shown = batch
        return self.view()

    def who_takes_back(self, batch: Subject, reason: str, second: str = "", passphrase: str = "") -> TakingBack:
        """Make sure that an import may be taken back so, before the desk is kept with it; who stands beside signs in.

        Raises:
            Refusal: no reason is given, the role does not allow it, it was taken back before, or it takes a second
                person, because another officer took it in or more than an hour has passed.

        """
        other = sign_in(self._desk, second.strip(), passphrase) if second.strip() else None
        by = Deposition(self._officer, second=other, reason=reason.strip())
        with self._desk.look() as work:
            standing = stands(work, batch)
            acting = self._desk.acting(by, duty_for(standing.text("kind")))
            batch_undone(standing, 0, 0, acting)
            refuse_alone(work.facts_of(batch)[0][1], acting)
        return TakingBack(batch, reason.strip(), other)

    def take_back(self, taking: TakingBack, tell: Callable[[Going], bool]) -> BatchesView:
        """Take back everything of an import that has not moved or changed since; the rest stands and is named.

        Raises:
            Refusal: as `who_takes_back` says.

        """
        self._act = self._act or self._desk.ids.ordered()
        by = Deposition(self._officer, act=self._act, second=taking.second, reason=taking.reason)
        pace = Pace(self._desk.clock)
        try:
            done = undo_import(self._desk, by, taking.batch, lambda n, all_of_it: tell(pace.at(n, all_of_it)))
        except Stopped:
            return self.view(say("Stopped. The register is as it was before."))
        self._act, self._shown = "", taking.batch
        self._said[taking.batch] = tuple(_kept(one) for one in done.refused)
        return self.view(
            say("{count} entries are taken back, {kept} stand.", count=done.taken_back, kept=len(done.refused))
        )


_FIELDS = {
    "reason_missing": "reason",
    "second_person_missing": "second",
    "second_is_first": "second",
    "wrong_sign_in": "passphrase",
}


def field_of(refusal: Refusal) -> str:
    """The field that a refusal is about; empty where it is about the whole."""
    return _FIELDS.get(refusal.rule, "")


def _line(work: Work, batch: Standing) -> BatchLine:
    first = work.facts_of(batch.subject)[0][1]
    rows = {name: batch.number(f"rows_{name}") for name in OUTCOMES}
    quantity = {name: batch.number(f"quantity_{name}") for name in OUTCOMES}
    return BatchLine(
        batch=batch.subject,
        register_no=batch.text("register_no"),
        at=moment(first.made_at),
        by=name_of(work, first.actor),
        list_name=batch.text("list_name"),
        file=batch.text("file"),
        sheet=batch.text("sheet"),
        sha256=batch.text("sha256"),
        kind=batch.text("kind"),
        totals=Totals(rows, quantity),
        stands=batch.text("state") == "imported",
        undone=batch.number("undone"),
        kept=batch.number("kept"),
    )


def _kept(one: NotUndone) -> StandingStill:
    return StandingStill(one.row, one.name, one.says)


def _still(work: Work, line: BatchLine) -> tuple[StandingStill, ...]:
    """What still stands of an import that was taken back in an earlier run of the program.

    Why is not written down with it, so this says only what is true now.
    """
    act = work.facts_of(line.batch)[0][1].act
    back = {told.subject for told, fact in _undoing(work, line) if fact in (Deed.REVERSED, Deed.WITHDRAWN)}
    found = []
    for _, fact in work.facts_of_act(act):
        if fact.subject in back or fact.subject == line.batch:
            continue
        standing = work.standing(fact.subject)
        if standing is None or standing.text(WITHDRAWN):
            continue
        row = fact.about.get("row", 0)
        says = say("It had been moved or changed, or was in use.")
        found.append(StandingStill(row if isinstance(row, int) else 0, name_of(work, fact.subject), says))
        if len(found) == MOST_STANDING:
            break
    return tuple(sorted(found, key=lambda one: one.row))


def _undoing(work: Work, line: BatchLine) -> list[tuple[Told, Deed]]:
    """The counter-entries of the act that took the import back."""
    closing = work.facts_of(line.batch)[-1][1]
    return [(told, fact.kind) for told, fact in work.facts_of_act(closing.act)]
