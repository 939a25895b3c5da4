"""What is done about one item that is not as it should be. Runs on the desk's thread."""

from __future__ import annotations

from muniment.desk.desk import Answer, Deposition, Desk, Officer
from muniment.desk.hatch import quarantine, release_item, return_item
from muniment.desk.signing import sign_in
from muniment.domain.basics.identity import Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.facts import Evidence

_SEEN = (Evidence(how="eye"),)

_FIELDS = {
    "reason_missing": "reason",
    "wrong_sign_in": "passphrase",
    "second_is_first": "second",
    "second_person_missing": "second",
}


def set_apart(desk: Desk, officer: Officer, item: Subject, reason: str) -> Answer:
    """Quarantine an item.

    Raises:
        Refusal: no reason is given, or the role does not allow it.

    """
    return quarantine(desk, Deposition(officer, reason=reason.strip(), evidence=_SEEN), item)


def back_with_fault(desk: Desk, officer: Officer, item: Subject, fault: str) -> Answer:
    """Take an item back and set it apart in one act.

    Raises:
        Refusal: it is not said what is wrong with it, or by the book it is not out.

    """
    if not fault.strip():
        raise Refusal(
            "reason_missing",
            say("It is not said what is wrong with it."),
            do_now=say("Write it in the words of who brings it."),
        )
    return return_item(desk, Deposition(officer, evidence=_SEEN), item, fault=fault.strip())


def let_go(desk: Desk, officer: Officer, item: Subject, second: str, passphrase: str, reason: str) -> Answer:
    """Let an item leave quarantine; the second person signs in here.

    Raises:
        Refusal: the second person cannot sign in or may not stand in, no reason is given, or it is not quarantined.

    """
    if not reason.strip():
        raise Refusal("reason_missing", say("Leaving quarantine needs a reason."), do_now=say("Write why."))
    other = sign_in(desk, second.strip(), passphrase)
    return release_item(desk, Deposition(officer, second=other, reason=reason.strip(), evidence=_SEEN), item)


def field_of(refusal: Refusal) -> str:
    """The field that a refusal is about; empty where it is about the whole."""
    return _FIELDS.get(refusal.rule, "")
