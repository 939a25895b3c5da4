"""Paper as evidence: who printed which form when, how many copies, on which printer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from muniment.domain.basics.identity import Subject
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.facts import Deed, Fact, Value
from muniment.domain.custody.standing import Standing
from muniment.domain.custody.witnesses import witnessed


class Form(StrEnum):
    """The forms that are printed, as the command line spells them."""

    HAND_RECEIPT = "hand-receipt"
    ISSUE_LOG = "issue-log"
    HISTORY = "history"
    MANIFEST = "manifest"
    ACCEPTANCE = "acceptance"
    ITEM_LABELS = "item-labels"
    PLACE_LABELS = "place-labels"
    COMMAND_CARDS = "command-cards"
    IMPORT_RECEIPT = "import-receipt"
    PAPER_FORM = "paper-form"
    PRINT_LOG = "print-log"


FORMS: Mapping[Form, Text] = {
    Form.HAND_RECEIPT: say("Hand receipt"),
    Form.ISSUE_LOG: say("Issue and return log"),
    Form.HISTORY: say("Item history"),
    Form.MANIFEST: say("Manifest of a transfer"),
    Form.ACCEPTANCE: say("Acceptance sheet of an arrival"),
    Form.ITEM_LABELS: say("Item labels"),
    Form.PLACE_LABELS: say("Place labels"),
    Form.COMMAND_CARDS: say("Command cards"),
    Form.IMPORT_RECEIPT: say("Receipt of an import"),
    Form.PAPER_FORM: say("Paper form to write on"),
    Form.PRINT_LOG: say("Print log"),
}
"""How each form is called."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What came out of a printer.

    `number` is the form's own, empty where it has none; `concerns` the receipt or item it is about. `on_sight` says
    that a person saw it in the tray, because no printer told. `asked_by` is who ordered it. `head` counts the facts
    that the head of the ledger on it covers.
    """

    form: Form
    number: str
    concerns: str
    pages: int
    copies: int
    printer: str
    asked_by: Subject
    on_sight: bool = False
    head: int = 0


def state_printed(register: Standing, printed: Printed, acting: Acting) -> Fact:
    """State that a form was printed.

    The subject is the register, not what the form is about: a print changes neither weapon nor receipt, and must not
    stand in the way of a counter-entry or of an import that is undone. A sheet that bears the head of the ledger is a
    witness of it from then on.
    """
    about: dict[str, Value] = {
        "form": printed.form.value,
        "pages": printed.pages,
        "copies": printed.copies,
        "printer": printed.printer,
    }
    if printed.number:
        about["number"] = printed.number
    if printed.concerns:
        about["concerns"] = printed.concerns
    if printed.asked_by != acting.actor:
        about["asked_by"] = printed.asked_by
    if printed.on_sight:
        about["on_sight"] = True
    return acting.states(Deed.PRINTED, register, sets=witnessed(register, printed.head), about=about)
