"""What is known of a case: its facts, its papers, whom and what it leads to; and the cases about one thing."""

from __future__ import annotations

from dataclasses import dataclass

from muniment.desk.attachments import files_of
from muniment.desk.cases import CaseCard, case_card
from muniment.desk.desk import stands
from muniment.desk.finding import anything_named
from muniment.desk.reading import HistoryLine, history, name_of
from muniment.domain.basics.identity import Kind, Subject, is_subject, kind_of
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.cases import CASE_RULES, NEEDS_INQUIRY
from muniment.domain.custody.standing import Standing
from muniment.ports.work import Work

_LEADS = ("concerns", "missing", "holder", "shipment", "receipt")
"""Fields of a case that name another subject."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that a case stands on: what it is, and its number."""

    what: Text
    number: str


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case as it is worked on: the card, the facts oldest first, the papers, and what it leads to.

    `concerns` is the thing held up by it, `item` the weapon or component to look at (what is missing before what it is
    missing from), `holder` who answers for it, `shipment` and `kit` where it came from one. `held_by_holder` says that
    the item still stands in the holder's name.
    """

    card: CaseCard
    concerns: Subject
    item: Subject | None
    holder: Subject | None
    shipment: Subject | None
    kit: Subject | None
    held_by_holder: bool
    needs_inquiry: bool
    lines: tuple[HistoryLine, ...]
    papers: tuple[Paper, ...]


def case_file(work: Work, case: Subject) -> CaseFile:
    """Everything about one case.

    Raises:
        Refusal: the register does not know it.

    """
    standing = stands(work, case)
    concerns = Subject(standing.text("concerns"))
    items = [Subject(name) for name in (standing.text("missing"), concerns) if is_subject(name)]
    item = next((one for one in items if kind_of(one) in (Kind.WEAPON, Kind.COMPONENT, Kind.LINE)), None)
    holder = Subject(standing.text("holder")) if standing.text("holder") else None
    held = work.standing(item) if item else None
    return CaseFile(
        card=case_card(work, standing),
        concerns=concerns,
        item=item,
        holder=holder,
        shipment=Subject(standing.text("shipment")) if standing.text("shipment") else None,
        kit=concerns if kind_of(concerns) is Kind.KIT else None,
        held_by_holder=held is not None and holder is not None and held.where == holder,
        needs_inquiry=standing.text("rule") in NEEDS_INQUIRY,
        lines=tuple(history(work, case)),
        papers=_papers(work, standing),
    )


def cases_about(work: Work, subject: Subject) -> list[CaseCard]:
    """The cases that concern a thing, what is missing of it, the kit it belongs to, or a person who answers for it.

    Open ones first, oldest first; then the closed ones, newest first.
    """
    standing = work.standing(subject)
    kit = standing.text("kit") if standing else ""
    wanted = {subject, *((kit,) if kit else ())}
    found = [case for case in work.all_of(Kind.CASE) if any(case.text(name) in wanted for name in _LEADS)]
    settled = [case for case in found if case.text("state") != "open"]
    still = [case for case in found if case.text("state") == "open"]
    return [case_card(work, case) for case in (*still, *reversed(settled))]


def closed_cases(work: Work, text: str, most: int) -> tuple[int, list[CaseCard]]:
    """How many closed cases fit a text, and the newest of them; all of them where the text is empty.

    A text fits the number of the case or of the paper that closed it, words of what it was about, and whatever else
    the register calls by that name.
    """
    closed = [case for case in reversed(work.all_of(Kind.CASE)) if case.text("state") == "closed"]
    wanted = text.strip().casefold()
    if wanted:
        named = _named(work, text.strip())
        closed = [case for case in closed if _fits(case, wanted, named)]
    return len(closed), [case_card(work, case) for case in closed[:most]]


def _fits(case: Standing, wanted: str, named: Subject | None) -> bool:
    if named is not None and any(case.text(name) == named for name in _LEADS):
        return True
    rule = CASE_RULES.get(case.text("rule"))
    told = (case.text("register_no"), case.text("reference"), str(rule or case.text("rule")), case.text("missing"))
    return any(wanted in one.casefold() for one in told if "/" not in one or one == case.text("reference"))


def _named(work: Work, name: str) -> Subject | None:
    try:
        return anything_named(work, name).subject
    except Refusal:
        return None


def _papers(work: Work, case: Standing) -> tuple[Paper, ...]:
    """The papers a case names, those its facts name, and the files attached to it, each once."""
    found: dict[str, Paper] = {}
    receipt = work.standing(Subject(case.text("receipt"))) if case.text("receipt") else None
    if receipt is not None:
        found["receipt"] = Paper(say("Hand receipt"), f"R-{receipt.number('number'):06d}")
    if case.text("shipment"):
        paper = Subject(case.text("shipment"))
        called = say("Arrival") if kind_of(paper) is Kind.ARRIVAL else say("Transfer")
        found["shipment"] = Paper(called, name_of(work, paper))
    for _told, fact in work.facts_of(case.subject):
        if fact.doc:
            found.setdefault(fact.doc, Paper(say("Document"), fact.doc))
    for file in files_of(work, case.subject):
        found[file.sha256] = Paper(say("Attached file"), file.sha256[:12])
    return tuple(found.values())
