"""What the receipt of an import says, read from the register."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from muniment.desk.undoing import batch_numbered
from muniment.domain.basics.moments import moment
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.facts import Deed
from muniment.domain.stock.taxonomy import weapon_types
from muniment.ports.work import Work
from muniment.reports.document import Document
from muniment.reports.from_register import Printing, party
from muniment.reports.import_receipt import ImportReceipt, import_receipt

OUTCOMES: Mapping[str, Text] = {
    "registered": say("Registered"),
    "for_decision": say("Listed for a decision"),
    "changed": say("Described anew"),
    "already": say("In the register already"),
    "left_out": say("Left out"),
}
"""What became of a row."""


def import_document(printing: Printing, register_no: str) -> Document:
    """The receipt of the import with a number.

    Raises:
        Refusal: there is no such import.

    """
    with printing.register.desk.look() as work:
        batch = batch_numbered(work, register_no)
        first = work.facts_of(batch.subject)[0][1]
        return import_receipt(
            ImportReceipt(
                batch=batch.text("register_no"),
                letterhead=printing.letterhead(work),
                imported_at=moment(first.made_at).astimezone(printing.zone),
                imported_by=party(work, first.actor),
                file_name=batch.text("file"),
                file_digest=batch.text("sha256"),
                rows_read=batch.number("rows"),
                totals=tuple((words, batch.number(f"rows_{name}")) for name, words in OUTCOMES.items()),
                kinds=_kinds(work, first.act),
                second=party(work, first.second) if first.second else None,
            )
        )


def _kinds(work: Work, act: str) -> tuple[tuple[Text, int], ...]:
    """How many pieces of each type an import brought, most first; what waits for a decision last."""
    counted: Counter[str] = Counter()
    waits = 0
    for _, fact in work.facts_of_act(act):
        if fact.kind in (Deed.WEAPON_REGISTERED, Deed.LINE_REGISTERED):
            counted[str(fact.after.get("taxonomy_code", ""))] += fact.qty
        elif fact.kind is Deed.UNDECIDED_LISTED:
            waits += fact.qty
    types = weapon_types()
    found = [(types[code].name if code in types else say("Of no known type"), n) for code, n in counted.most_common()]
    return (*found, *(((say("Waits for a decision"), waits),) if waits else ()))
