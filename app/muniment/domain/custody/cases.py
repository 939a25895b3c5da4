"""Cases: what is unsettled stays open until an authorised officer and a second person settle it."""

from __future__ import annotations

from dataclasses import dataclass

from muniment.domain.basics.identity import Subject
from muniment.domain.basics.moments import stamp
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.facts import Deed, Fact, Value
from muniment.domain.custody.registering import register_no
from muniment.domain.custody.standing import Standing

NEEDS_INQUIRY = frozenset({"unaccounted", "missing_from_kit", "missing_component", "not_received", "not_arrived"})
"""What a case may be about that is closed with the number of an inquiry only."""


@dataclass(frozen=True, slots=True)
class Matter:
    """What a case is about.

    `concerns` is the thing that is held up by it, `rule` the stable name of what is wrong, `holder` the person who
    answers for it, `missing` the item that is not there or the words for a counted thing, `receipt` and `shipment`
    the papers it stands on.
    """

    concerns: Subject
    rule: str
    holder: str = ""
    missing: str = ""
    receipt: str = ""
    shipment: str = ""


def open_case(case: Subject, number: int, matter: Matter, acting: Acting) -> Fact:
    """State that something is unsettled. `number` is the running number among cases."""
    sets: dict[str, Value] = {
        "state": "open",
        "number": number,
        "register_no": register_no("CASE", number),
        "concerns": matter.concerns,
        "rule": matter.rule,
        "opened_at": stamp(acting.at),
    }
    beside = {
        "holder": matter.holder,
        "missing": matter.missing,
        "receipt": matter.receipt,
        "shipment": matter.shipment,
    }
    sets.update({name: value for name, value in beside.items() if value})
    return acting.states(Deed.CASE_OPENED, Standing(case), sets=sets)


def note_case(case: Standing, acting: Acting) -> Fact:
    """State what was found out or ordered about an open case; the act's reason is the note.

    Raises:
        Refusal: the case is closed, or the note is empty.

    """
    _refuse_closed(case)
    if not acting.reason:
        raise Refusal("reason_missing", say("The note is empty."), do_now=say("Write what was done, without names."))
    return acting.states(Deed.CASE_NOTED, case, sets={"notes": case.number("notes") + 1})


def close_case(case: Standing, acting: Acting) -> Fact:
    """Decide whether a case may be closed: two persons whom it does not concern, a decision, and its number.

    The act's reason is the decision, its document the number of the inquiry or order. That number may only be left out
    where nothing is missing.

    Raises:
        Refusal: the case is closed, one of the two is concerned, or the second person, the decision or the number is
            missing.

    """
    _refuse_closed(case)
    if acting.actor == case.text("holder"):
        raise Refusal(
            "concerned",
            say("You answer for this case yourself."),
            do_now=say("Have another officer settle it."),
        )
    if acting.second is None or acting.second in (acting.actor, case.text("holder")):
        raise Refusal(
            "second_person_missing",
            say("Closing a case needs a second authorised person who is not concerned."),
            do_now=say("Have the second person sign in beside you."),
        )
    if not acting.reason:
        raise Refusal(
            "reason_missing",
            say("Closing a case needs a decision."),
            do_now=say("Write what was decided, without names."),
        )
    if case.text("rule") in NEEDS_INQUIRY and not acting.doc:
        raise Refusal(
            "reference_missing",
            say("Something is missing in this case: it is closed with the number of an inquiry or order only."),
            do_now=say("Give the number of the paper that decides it."),
        )
    sets: dict[str, Value] = {"state": "closed", "closed_at": stamp(acting.at)}
    if acting.doc:
        sets["reference"] = acting.doc
    return acting.states(Deed.CASE_CLOSED, case, sets=sets)


CASE_RULES: dict[str, Text] = {
    "unaccounted": say("Unaccounted for"),
    "missing_from_kit": say("Missing from a kit"),
    "missing_component": say("Returned without a component"),
    "not_received": say("Sent, not received"),
    "not_arrived": say("Announced, not arrived"),
    "not_announced": say("Arrived, not announced"),
    "arrived_otherwise": say("Arrived otherwise than announced"),
    "arrived_not_away": say("Arrived although by the book it was not away"),
    "seal_broken": say("Arrived with a broken seal"),
    "found_elsewhere": say("Found where it should not be"),
    "holder_left": say("The holder has left"),
    "reported": say("Reported"),
    "wrong_hand_out": say("Handed out wrongly"),
    "not_out": say("Returned although by the book it was not out"),
    "later_entry": say("The book has a later entry about it"),
    "place_closed": say("Laid at a place that was closed"),
    "signed_by_receiver": say("Signed for by who received it"),
    "already_held": say("Issued to a person who held it already"),
    "not_in_store": say("Issued although it was not in store"),
    "quarantined": say("Issued although quarantined"),
    "not_serviceable": say("Issued although not serviceable"),
    "withdrawn": say("Issued although its record is withdrawn"),
    "open_case": say("Issued although a case was open"),
    "incomplete": say("Issued although a component is lacking"),
    "component_quarantined": say("Issued although a component is quarantined"),
    "fitted": say("Issued apart although fitted to a weapon"),
    "part_of_kit": say("Issued apart from its kit"),
    "limit_reached": say("Issued beyond the limit for one person"),
    "rush": say("Issued in a rush"),
    "ban_in_force": say("Issued to a banned person"),
    "not_serving": say("Issued to a person who does not serve"),
    "state_blocks_issue": say("Issued in a state in which it is not issued"),
    "inspection_overdue": say("Issued although its inspection was overdue"),
    "person_withdrawn": say("Issued to a person whose record is withdrawn"),
    "certificate_missing": say("Issued without a certificate"),
    "certificate_expired": say("Issued on an expired certificate"),
}
"""What cases are about, in words."""


def _refuse_closed(case: Standing) -> None:
    if case.text("state") != "open":
        raise Refusal("case_closed", say("This case is closed."), do_now=say("Open a new one if there is cause."))
