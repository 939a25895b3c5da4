"""The receipt of an import: which file was read, what came of it, who answers for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from muniment.domain.basics.text import Text, say
from muniment.reports.document import (
    Code,
    Column,
    Document,
    Ending,
    Fields,
    Heading,
    Holds,
    Line,
    Signatures,
    Table,
    Words,
)
from muniment.reports.hand_receipt import Party
from muniment.reports.letterhead import Letterhead


@dataclass(frozen=True, slots=True)
class ImportReceipt:
    """What an import did. `totals` are counted rows by what became of them, `kinds` the items by kind."""

    batch: str
    letterhead: Letterhead
    imported_at: datetime
    imported_by: Party
    file_name: str
    file_digest: str
    rows_read: int
    totals: tuple[tuple[Text, int], ...]
    kinds: tuple[tuple[Text, int], ...] = ()
    second: Party | None = None


def import_receipt(receipt: ImportReceipt) -> Document:
    """The sheet: the file and its digest, the totals, two signatures."""
    slots = [receipt.imported_by.slot(say("Imported by"))]
    slots.append((receipt.second or Party("")).slot(say("Checked against the file by")))
    tables: list[Heading | Table] = [
        Heading(say("What became of the rows"), 2),
        _counted(say("Outcome"), receipt.totals),
    ]
    if receipt.kinds:
        tables += [Heading(say("Items by kind"), 2), _counted(say("Kind"), receipt.kinds)]
    return receipt.letterhead.sheet(
        say("Receipt of an import"),
        (
            Fields(
                (
                    Line(say("Imported at"), receipt.imported_at),
                    Line(say("Rows read"), receipt.rows_read),
                    Line(say("File"), Words(receipt.file_name), wide=True),
                    Line(say("Digest of the file (SHA-256)"), Code(receipt.file_digest), wide=True),
                )
            ),
            *tables,
            Signatures(say("Signatures"), tuple(slots)),
        ),
        number=receipt.batch,
    )


def _counted(title: Text, counted: tuple[tuple[Text, int], ...]) -> Table:
    return Table((Column(title, 5), Column(say("Number"), 1, Holds.NUMBER)), counted, Ending.NOTHING_FOLLOWS)
