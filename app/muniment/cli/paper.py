"""Paper on the command line: `report`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from muniment.cli.face import Face, WrongUse
from muniment.desk.finding import of_kind
from muniment.domain.basics.identity import Kind
from muniment.domain.basics.text import say
from muniment.reports.command_cards import command_cards
from muniment.reports.document import Document
from muniment.reports.from_register import (
    Printing,
    history_document,
    log_document,
    manifest_document,
    receipt_document,
    receipt_numbered,
)

NAMES = ("hand-receipt", "history", "issue-log", "manifest", "command-cards")


def report(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="One of: " + ", ".join(NAMES))],
    out: Annotated[Path, typer.Option("--out", help="PDF to write.")],
    of: Annotated[str, typer.Option("--of", help="Receipt or transfer number, item or day, as the report needs.")] = "",
) -> None:
    """Print a report as a PDF."""
    face: Face = context.obj
    with face.register() as opened:
        printing = Printing(opened, "en", face.zone)
        document = _document(printing, name, of)
        face.write_pdf(document, out)
    face.tell({"report": name, "file": str(out)}, [str(out)])


def _document(printing: Printing, name: str, of: str) -> Document:
    desk = printing.register.desk
    if name == "hand-receipt":
        with desk.look() as work:
            receipt = receipt_numbered(work, of)
        return receipt_document(printing, receipt)
    if name == "history":
        return history_document(printing, of)
    if name == "issue-log":
        try:
            day = date.fromisoformat(of) if of else printing.now().date()
        except ValueError:
            raise WrongUse("--of", say("{text} is not a day like 2027-01-31.", text=of)) from None
        return log_document(printing, day)
    if name == "manifest":
        with desk.look() as work:
            shipment = of_kind(work, Kind.SHIPMENT, of).subject
        return manifest_document(printing, shipment)
    if name == "command-cards":
        with desk.look() as work:
            return command_cards(printing.letterhead(work))
    raise WrongUse("NAME", say("There is no report {name}; there are: {names}.", name=name, names=", ".join(NAMES)))
