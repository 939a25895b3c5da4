"""How a receiver confirms a hand receipt: at once with `issue`, or later with `confirm`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from muniment.cli.face import Face, WrongUse, secret
from muniment.desk.desk import Deposition, Desk, stands
from muniment.desk.finding import of_kind
from muniment.desk.hatch import Confirmation, confirm, refuse_wrong_pin
from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.basics.text import say


class By(StrEnum):
    """The ways to confirm."""

    PIN = "pin"
    SIGNATURE = "signature"
    PAPER = "paper"


PaperNo = Annotated[str, typer.Option("--paper-no", help="Number of the signed paper.")]


def way_of(desk: Desk, deposition: Deposition, person: Subject, by: By, paper_no: str) -> Confirmation:
    """The confirmation of a receiver, checked before anything is handed out.

    Raises:
        WrongUse: the number of the paper is missing, or is given for another way.
        Refusal: the PIN is wrong.

    """
    if (by is By.PAPER) != bool(paper_no.strip()):
        raise WrongUse("--paper-no", say("The number of the signed paper goes with paper, and only with it."))
    pin = secret("MUNIMENT_PIN_FILE", "PIN of the receiver: ") if by is By.PIN else ""
    way = Confirmation(by.value, pin, paper_no)
    refuse_wrong_pin(desk, deposition, person, way)
    return way


def confirm_receipt(
    context: typer.Context,
    receipt: Annotated[str, typer.Argument(help="Number R-… of the hand receipt.")],
    by: Annotated[By, typer.Option("--by", help="How the receiver confirms.")],
    paper_no: PaperNo = "",
    intent: Annotated[str, typer.Option("--intent", help="A name for this act: doing it again does nothing.")] = "",
) -> None:
    """Let the receiver confirm a hand receipt that was left open, once for everything on it."""
    face: Face = context.obj
    with face.register() as opened:
        deposition = face.deposition(opened, intent=intent)
        with opened.desk.look() as work:
            found = of_kind(work, Kind.RECEIPT, receipt).subject
            holder = Subject(stands(work, found).text("holder"))
        way = way_of(opened.desk, deposition, holder, by, paper_no)
        face.tell_answers([confirm(opened.desk, deposition, found, way)])
