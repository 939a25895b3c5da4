"""What the acceptance sheet says, read from the register."""

from __future__ import annotations

from muniment.desk.arrivals import ArrivalLine, arrival_card, arrival_lines
from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.arrivals import Described, Found
from muniment.domain.custody.facts import Deed
from muniment.domain.stock.taxonomy import weapon_types
from muniment.reports.acceptance import Acceptance, AcceptanceLine, acceptance
from muniment.reports.document import Document
from muniment.reports.from_register import Printing, party
from muniment.reports.hand_receipt import described


def acceptance_document(printing: Printing, arrival: Subject) -> Document:
    """The acceptance sheet of an arrival as it was closed, whatever has moved since.

    Raises:
        Refusal: there is no such arrival, or it is not closed.

    """
    with printing.register.desk.look() as work:
        standing = work.standing(arrival)
        if standing is None or kind_of(arrival) is not Kind.ARRIVAL:
            raise Refusal("unknown_arrival", say("There is no such arrival."), do_now=say("Check its number."))
        shown = arrival_card(work, standing)
        if shown.state != "closed" or shown.closed_at is None:
            raise Refusal(
                "arrival_not_closed",
                say("Arrival {number} is not closed: nobody has accepted it.", number=shown.register_no),
                do_now=say("Close it with a second person first."),
            )
        closing = next(fact for _, fact in work.facts_of(arrival) if fact.kind is Deed.ARRIVAL_CLOSED)
        return acceptance(
            Acceptance(
                number=shown.register_no,
                letterhead=printing.letterhead(work),
                sender=shown.sender,
                document=shown.document,
                received_at=f"{printing.register.depot}, {shown.place}",
                closed_at=shown.closed_at.astimezone(printing.zone),
                seals=shown.seals,
                broken=shown.broken or (),
                receiver=party(work, closing.actor),
                second=party(work, closing.second),
                lines=tuple(
                    AcceptanceLine(
                        one.register_no, item_words(one.what), one.what.serial, one.listed, one.there, remark(one)
                    )
                    for one in arrival_lines(work, standing)
                ),
            )
        )


def item_words(what: Described) -> Text:
    """What a thing is, with the name of its type where it has one; without its serial."""
    return described(kind_words(what), what.make, what.model, what.calibre)


def kind_words(what: Described) -> Text:
    """What a thing is called: by its own name, else by its type."""
    known = weapon_types().get(what.type_code)
    return known.name if known is not None and not what.name else say("{name}", name=what.name)


def remark(line: ArrivalLine) -> Text:
    """How a line of an arrival was found."""
    if not line.there:
        return say("Missing")
    if line.found == Found.CONTRADICTS:
        return say("There, though by our book it never left us")
    if not line.line:
        return say("Not announced")
    if line.otherwise:
        return say("Otherwise than listed")
    if line.missing:
        return say("Missing: {count}", count=line.missing)
    if line.over:
        return say("Not announced: {count}", count=line.over)
    return say("As listed")
