"""What every form of one depot shares: whose it is, whether it is practice, when it is printed, the ledger's head."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from muniment.desk.opening import Realm
from muniment.domain.basics.text import Text, say
from muniment.reports.document import Block, Document, ledger_head


@dataclass(frozen=True, slots=True)
class PrintedHead:
    """The head of the ledger as a sheet shows it: how many facts, the root of the tree over them in base 64.

    `note` is the signed checkpoint of it, which the square code carries.
    """

    facts: int
    root: str
    note: str


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Shared by all forms of one printing. `printed_at` carries the zone of the depot; `language` is a BCP 47 tag."""

    depot: str
    realm: Realm
    printed_at: datetime
    language: str = "en"
    head: PrintedHead | None = None

    def sheet(
        self,
        title: Text,
        blocks: tuple[Block, ...],
        number: str = "",
        subtitle: Text | None = None,
        *,
        witness: bool = True,
    ) -> Document:
        """A form of this depot, with the head of the ledger on every page for the eye.

        On a sheet that is to be a `witness` it stands for a scanner as well, with its signature.
        """
        shown = self.head if witness else None
        footer: tuple[Text, ...] = (ledger_head(self.head.facts, self.head.root),) if self.head else ()
        if shown:
            keep = say("Keep this sheet: it witnesses every fact up to number {facts}.", facts=shown.facts)
            footer = (keep, *footer)
        return Document(
            title=title,
            depot=self.depot,
            realm=self.realm,
            printed_at=self.printed_at,
            blocks=blocks,
            language=self.language,
            subtitle=subtitle,
            number=number,
            footer=footer,
            head=self.head.facts if self.head else 0,
            footer_code=shown.note if shown else "",
        )
