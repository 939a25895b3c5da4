"""The demonstration depot: `demo`."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from muniment.cli.face import Face
from muniment.domain.basics.text import Text, say
from muniment.reports.command_cards import command_cards
from muniment.reports.from_register import Printing, history_document, receipt_document
from muniment.reports.log_from_register import log_document
from muniment.training.demonstration import CHARTER, OFFICER, PASSPHRASE, PIN, furnish, play_day


def demo(
    context: typer.Context,
    headless: Annotated[bool, typer.Option("--headless", help="Play the day in the terminal.")] = False,
    folder: Annotated[str, typer.Option("--folder", help="Where to put it; a fresh folder without.")] = "",
) -> None:
    """Make the demonstration depot, a training register, and open it, or play its day in the terminal."""
    face: Face = context.obj
    into = Path(folder) if folder else Path(tempfile.mkdtemp(prefix="muniment-demo-"))
    into.mkdir(parents=True, exist_ok=True)
    where = into / "demonstration.muniment"
    register = face.registers.create(str(where), CHARTER)
    things = furnish(register)
    if not headless:
        register.close()
        print(say("Sign in as {name} with the passphrase: {passphrase}", name=OFFICER, passphrase=PASSPHRASE))
        print(say("The PIN of every receiver is {pin}.", pin=PIN))
        raise typer.Exit(face.practise(str(where), things))
    told: list[str] = []

    def tell(line: Text) -> None:
        told.append(str(line))
        if not face.as_json:
            print(line)

    receipt = play_day(register, tell)
    printing = Printing(register, "en", face.zone)
    with register.desk.look() as work:
        cards = command_cards(printing.letterhead(work))
    sheets = {
        "hand-receipt.pdf": receipt_document(printing, receipt),
        "history.pdf": history_document(printing, "TAG-0001"),
        "issue-log.pdf": log_document(printing, printing.now().date()),
        "command-cards.pdf": cards,
    }
    for name, document in sheets.items():
        face.write_pdf(document, into / name)
    register.close()
    files = [str(into / name) for name in sheets]
    face.tell({"register": str(where), "told": told, "files": files}, [str(where), *files])
