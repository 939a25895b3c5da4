"""What the page of arrivals shows, decided without a screen. Runs on the desk's thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from muniment.desk import receiving
from muniment.desk.arrivals import ArrivalCard, ArrivalLine, arrival_card, arrival_lines, arrivals
from muniment.desk.desk import Answer, Desk, Officer, stands
from muniment.desk.finding import read_code
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.announcing import SendersPapers, line_written
from muniment.domain.custody.arrivals import OPEN, Listed
from muniment.ports.work import Work
from muniment.ui.acts import OfficersWord, moment_typed

MOST = 200
"""How many arrivals that are settled are listed."""


@dataclass(frozen=True, slots=True)
class ArrivalFile:
    """The arrival in front: its card, its lines, how many cases are open about it or what came with it."""

    card: ArrivalCard
    lines: tuple[ArrivalLine, ...]
    open_cases: int


@dataclass(frozen=True, slots=True)
class ArrivalsView:
    """The page: what is open or settled, and the arrival in front."""

    listing: str
    lines: tuple[ArrivalCard, ...]
    counts: Mapping[str, int]
    shown: ArrivalFile | None
    told: Text | None = None
    warnings: tuple[Text, ...] = ()


class ArrivalsPresenter:
    """Lists arrivals, begins them and takes them back."""

    def __init__(self, desk: Desk, officer: Officer) -> None:
        self._desk, self._word = desk, OfficersWord(desk, officer)
        self._listing = "open"
        self._shown: Subject | None = None

    def sit_down(self, officer: Officer) -> ArrivalsView:
        """Another officer has signed in."""
        self._word = OfficersWord(self._desk, officer)
        return self.view()

    def view(self) -> ArrivalsView:
        """What is shown now."""
        with self._desk.look() as work:
            return self._view(work)

    def list(self, listing: str) -> ArrivalsView:
        """List what is open, or what is settled."""
        self._listing = listing
        return self.view()

    def open(self, arrival: Subject) -> ArrivalsView:
        """Put one arrival in front."""
        self._shown = arrival
        return self.view()

    def show(self, arrival: Subject) -> ArrivalsView:
        """Put one arrival in front, listed among those it belongs to."""
        with self._desk.look() as work:
            state = stands(work, arrival).text("state")
        self._listing = "open" if state in OPEN else "settled"
        return self.open(arrival)

    def scanned(self, scan: Scan) -> ArrivalsView:
        """Put the arrival in front whose sheet was scanned."""
        with self._desk.look() as work:
            found = read_code(work, scan.text, scan.raw).subject
        if found is not None and kind_of(found) is Kind.ARRIVAL:
            return self.show(found)
        said = say("{code} is no arrival. Begin one with F2, or go on with one with F3.", code=scan.text[:60])
        return replace(self.view(), warnings=(said,))

    def begin(self, given: Mapping[str, str]) -> Answer:
        """Begin an arrival, or announce one where a day is given, with the sender's papers as they were typed.

        Seals are separated by commas or blanks. A line with a serial and without a type is of the type chosen.

        Raises:
            Refusal: a paper is missing, or a line cannot be read.

        """
        lines = [line_written(text) for text in given["listed"].splitlines() if text.strip()]
        papers = SendersPapers(
            given["sender"].strip(),
            given["document"].strip(),
            tuple(given["seals"].replace(",", " ").split()),
            tuple(_typed(line, given["type_code"]) for line in lines),
            moment_typed(given["at"]),
        )
        answer = receiving.begin_arrival(self._desk, self._word.said(doc=papers.document), papers)
        self._word.done()
        return answer

    def reverse(self, arrival: Subject, given: Mapping[str, str]) -> ArrivalsView:
        """Take an arrival back by counter-entries.

        Raises:
            Refusal: something of it changed since, no reason is given, or the second person is missing.

        """
        second = self._word.second(given["second"], given["passphrase"]) if given["second"].strip() else None
        answer = receiving.take_back_arrival(self._desk, self._word.said(given["reason"], second=second), arrival)
        self._word.done()
        return self.told(say("Taken back: nothing of it has come in."), answer)

    def told(self, told: Text, answer: Answer) -> ArrivalsView:
        """The page after an act."""
        view = self.show(answer.about) if answer.about is not None else self.view()
        return replace(view, told=told, warnings=answer.warnings)

    def _view(self, work: Work) -> ArrivalsView:
        still_open, done = arrivals(work), arrivals(work, settled=True)[:MOST]
        return ArrivalsView(
            listing=self._listing,
            lines=tuple(still_open if self._listing == "open" else done),
            counts={"open": len(still_open), "settled": len(done)},
            shown=self._file(work, self._shown) if self._shown else None,
        )

    def _file(self, work: Work, arrival: Subject) -> ArrivalFile:
        standing = stands(work, arrival)
        lines = arrival_lines(work, standing)
        came = [found.subject for one in lines if one.register_no and (found := work.numbered(one.register_no))]
        open_cases = sum(len(work.open_cases(one)) for one in (arrival, *came))
        return ArrivalFile(arrival_card(work, standing), lines, open_cases)


def _typed(line: Listed, type_code: str) -> Listed:
    if line.counted or line.what.type_code:
        return line
    return replace(line, what=replace(line.what, type_code=type_code))
