"""What the issue and return log says, read from the register."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from muniment.desk.evidence_words import in_a_row
from muniment.desk.reading import card, name_of
from muniment.domain.basics.identity import Subject
from muniment.domain.basics.moments import moment
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.facts import Deed, Fact
from muniment.ports.work import Told, Work
from muniment.reports.document import Document
from muniment.reports.from_register import OUT, Printing, beside, unnumbered
from muniment.reports.hand_receipt import described
from muniment.reports.issue_log import LogEntry, issue_log


def log_document(printing: Printing, day: date) -> Document:
    """What went out and came back on one day, oldest first."""
    with printing.register.desk.look() as work:
        moved: list[tuple[Told, Fact]] = []
        for told, fact in work.newest_first():
            at = moment(fact.made_at).astimezone(printing.zone).date()
            if at == day and fact.kind in (*OUT, Deed.RETURNED, Deed.REVERSED):
                moved.append((told, fact))
            elif at < day and not fact.about.get("late"):
                break
        entries = list(_entries(work, printing, reversed(moved)))
        return issue_log(printing.letterhead(work), printing.register.depot, day, entries)


def _entries(work: Work, printing: Printing, moved: Iterator[tuple[Told, Fact]]) -> Iterator[LogEntry]:
    """Pair each issue with the return that followed it on the same day."""
    out: dict[Subject, LogEntry] = {}
    for _told, fact in moved:
        at = moment(fact.made_at).astimezone(printing.zone)
        item = work.standing(fact.subject)
        if item is None or (fact.kind is Deed.REVERSED and fact.about.get("corrected") not in OUT):
            continue
        shown = card(work, item, printing.now())
        entry = LogEntry(
            described(shown.kind, "", "", shown.calibre),
            shown.serial,
            name_of(work, fact.to if fact.kind in OUT else fact.from_),
            unnumbered=unnumbered(shown),
            said=(say("{register_no}", register_no=shown.register_no),),
        )
        if fact.kind in OUT:
            if fact.subject in out:
                yield out.pop(fact.subject)
            (number,) = entry.said
            out[fact.subject] = replace(entry, out_at=at, said=(in_a_row((number, *_how_it_went(work, fact))),))
        else:
            went = out.pop(fact.subject, entry)
            back = beside(work, fact)
            came = (say("Return: {said}", said=in_a_row(back)),) if back else ()
            yield replace(went, in_at=at, received_by=_received(work, fact), said=(*went.said, *came))
    yield from out.values()


def _how_it_went(work: Work, fact: Fact) -> Iterator[Text]:
    """By whom and on which paper a thing went out, and what must be read with it."""
    yield say("Issued by: {person}", person=name_of(work, fact.actor))
    if receipt := str(fact.after.get("receipt", "")):
        yield say("Hand receipt: {number}", number=name_of(work, receipt))
    if fact.kind is Deed.ASSIGNED:
        yield say("Assigned until further notice")
    if fact.doc:
        yield say("Document: {document}", document=fact.doc)
    yield from beside(work, fact)


def _received(work: Work, fact: Fact) -> Text:
    by = name_of(work, fact.actor)
    return say("{name}", name=by) if fact.kind is Deed.RETURNED else say("{name}, entered in error", name=by)
