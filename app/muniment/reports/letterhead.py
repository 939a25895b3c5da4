"""What every form of one depot shares: whose it is, whether it is practice, when it is printed, the ledger's head."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from muniment.desk.opening import Realm
from muniment.domain.basics.text import Text, say
from muniment.reports.document import Block, CodeBlock, Document, Symbology, ledger_head


@dataclass(frozen=True, slots=True)
class PrintedHead:
    """The head of the ledger as a sheet shows it. `checkpoint` is what the square code carries, signed if it can be."""

    facts: int
    digest: str
    checkpoint: str = ""

    def code(self) -> CodeBlock:
        """The head for a scanner; whoever keeps the sheet can show later how the ledger stood."""
        return CodeBlock(
            self.checkpoint or f"{self.facts}\n{self.digest}",
            Symbology.QR,
            say(
                "Ledger head when this was printed. Keep this sheet: it witnesses every fact up to number {facts}.",
                facts=self.facts,
            ),
        )


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Shared by all forms of one printing. `printed_at` carries the zone of the depot; `language` is a BCP 47 tag."""

    depot: str
    realm: Realm
    printed_at: datetime
    language: str = "en"
    head: PrintedHead | None = None

    def sheet(self, title: Text, blocks: tuple[Block, ...], number: str = "", subtitle: Text | None = None) -> Document:
        """A form of this depot."""
        footer = (ledger_head(self.head.facts, self.head.digest),) if self.head else ()
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
        )
