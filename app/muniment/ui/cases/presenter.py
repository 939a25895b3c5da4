"""What the page of cases shows and does, decided without a screen. Runs on the desk's thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from muniment.desk import cases as desk_cases
from muniment.desk.case_files import CaseFile, case_file, cases_about, closed_cases
from muniment.desk.cases import CaseCard
from muniment.desk.desk import Answer, Desk, Officer
from muniment.desk.finding import anything_named, read_code
from muniment.desk.reading import name_of
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.ports.work import Work
from muniment.ui.acts import OfficersWord

MOST = 200
"""How many closed cases are listed at once."""


@dataclass(frozen=True, slots=True)
class CasesView:
    """The page: which cases are listed (`listing` is open, closed or about), and the one in front.

    `about` names what a scan or another page narrowed the list to. `counts` are of open and closed cases that fit.
    `next_step` says what can be done about the case in front.
    """

    listing: str
    lines: tuple[CaseCard, ...]
    counts: Mapping[str, int]
    about: str
    search: str
    shown: CaseFile | None
    next_step: Text
    told: Text | None = None
    warnings: tuple[Text, ...] = ()


class CasesPresenter:
    """Lists cases, oldest first, and takes notes and decisions about them."""

    def __init__(self, desk: Desk, officer: Officer) -> None:
        self._desk, self._word = desk, OfficersWord(desk, officer)
        self._listing, self._search = "open", ""
        self._about: Subject | None = None
        self._shown: Subject | None = None

    def sit_down(self, officer: Officer) -> CasesView:
        """Another officer has signed in."""
        self._word = OfficersWord(self._desk, officer)
        return self.view()

    def view(self) -> CasesView:
        """What is shown now."""
        with self._desk.look() as work:
            return self._view(work)

    def list_open(self) -> CasesView:
        """List what is unsettled, oldest first."""
        self._listing, self._about, self._search = "open", None, ""
        return self.view()

    def search(self, text: str) -> CasesView:
        """List closed cases that fit a text; all of them where it is empty."""
        self._listing, self._about, self._search = "closed", None, text
        return self.view()

    def list_about(self, subject: Subject) -> CasesView:
        """List every case about one thing, and put the first in front."""
        self._listing, self._about, self._shown = "about", subject, None
        view = self.view()
        return self.open(view.lines[0].subject) if view.lines else view

    def open(self, case: Subject) -> CasesView:
        """Put one case in front."""
        self._shown = case
        return self.view()

    def show(self, case: Subject) -> CasesView:
        """Put one case in front, listed among those it belongs to."""
        with self._desk.look() as work:
            standing = work.standing(case)
        closed = standing is not None and standing.text("state") != "open"
        self._listing, self._about, self._search = ("closed" if closed else "open"), None, ""
        return self.open(case)

    def scanned(self, scan: Scan) -> CasesView:
        """Show the case whose number was scanned, or the cases about what was scanned."""
        with self._desk.look() as work:
            found = read_code(work, scan.text, scan.raw).subject
        if found is None:
            return replace(self.view(), warnings=(say("The register does not know {code}.", code=scan.text[:60]),))
        if kind_of(found) is Kind.CASE:
            return self.show(found)
        return self.list_about(found)

    def report(self, thing: str, reason: str) -> CasesView:
        """Open a case about a thing, named by its number, code or serial.

        Raises:
            Refusal: the register does not know it, or no reason is given.

        """
        with self._desk.look() as work:
            concerns = anything_named(work, thing.strip()).subject
        answer = desk_cases.open_a_case(self._desk, self._word.said(reason), concerns)
        self._listing, self._about, self._shown = "open", None, answer.about
        return self._told(say("The case is open."), answer)

    def note(self, case: Subject, note: str) -> CasesView:
        """Write down what was found out or ordered.

        Raises:
            Refusal: the note is empty, or the case is closed.

        """
        return self._told(say("The note is in the ledger."), desk_cases.note(self._desk, self._word.said(note), case))

    def close(self, case: Subject, second: str, passphrase: str, decision: str, doc: str) -> CasesView:
        """Close a case; the second person signs in here, after everything else is complete.

        Raises:
            Refusal: the decision, the number or the second person is missing, or one of the two is concerned.

        """
        if not decision.strip():
            raise Refusal(
                "reason_missing",
                say("Closing a case needs a decision."),
                do_now=say("Write what was decided, without names."),
            )
        other = self._word.second(second, passphrase)
        answer = desk_cases.close(self._desk, self._word.said(decision, doc=doc, second=other), case)
        return self._told(say("The case is closed."), answer)

    def _told(self, told: Text, answer: Answer) -> CasesView:
        self._word.done()
        return replace(self.view(), told=told, warnings=answer.warnings)

    def _view(self, work: Work) -> CasesView:
        still_open = desk_cases.open_cases(work)
        closed, found = closed_cases(work, self._search, MOST)
        lines = {"open": still_open, "closed": found}.get(self._listing, [])
        if self._about is not None:
            lines = cases_about(work, self._about)
        shown = case_file(work, self._shown) if self._shown else None
        return CasesView(
            listing=self._listing,
            lines=tuple(lines),
            counts={"open": len(still_open), "closed": closed},
            about=name_of(work, self._about or ""),
            search=self._search,
            shown=shown,
            next_step=next_step(shown) if shown else say(""),
        )


def next_step(file: CaseFile) -> Text:
    """What can be done about a case that is open."""
    if file.card.state != "open":
        return say("Settled. If there is cause, open a new case.")
    if file.held_by_holder:
        return say(
            "It still stands in the holder's name. Take it back at the desk from whoever brings it, or declare it"
            " missing."
        )
    return _NEXT_STEPS.get(file.card.rule, say("Note what is found out. Two persons who are not concerned close it."))


_NEXT_STEPS: Mapping[str, Text] = {
    "unaccounted": say("Search, and note it. When it turns up, record it as found; close with the inquiry's number."),
    "missing_from_kit": say("Have it brought, and take it back at the desk; close with the inquiry's number."),
    "missing_component": say("Have it brought, and take it back at the desk; close with the inquiry's number."),
    "not_received": say("Ask the carrier and the receiver. Confirm it on the transfer when it arrives."),
    "found_elsewhere": say("Find out which is wrong: the book, or what was found. Close when both agree."),
}
"""What can be done about a case, by what it is about."""
