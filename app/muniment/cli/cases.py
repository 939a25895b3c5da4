"""Cases on the command line, and what opens them: missing, found."""

from __future__ import annotations

from typing import Annotated

import typer

from muniment.cli.components import Happened, Intent, Reason
from muniment.cli.face import Face, table, typed, when
from muniment.cli.looking import plain
from muniment.desk import cases as desk_cases
from muniment.desk.finding import anything_named, item_named, of_kind
from muniment.desk.of_its_time import place_called
from muniment.desk.reading import name_of
from muniment.domain.basics.identity import Kind

cases = typer.Typer(no_args_is_help=True, help="What is unsettled, until an officer and a second person settle it.")

Case = Annotated[str, typer.Argument(help="Number CASE-… of the case.")]


@cases.command("list")
def list_cases(context: typer.Context) -> None:
    """List what is open, oldest first."""
    face: Face = context.obj
    with face.register() as opened, opened.desk.look() as work:
        found = desk_cases.open_cases(work)
    rows = [
        (
            one.register_no,
            one.opened_at.isoformat() if one.opened_at else "",
            one.concerns,
            one.missing,
            one.holder,
            str(one.what),
        )
        for one in found
    ]
    headings = ("case", "opened", "concerns", "missing", "answers for it", "what")
    face.tell({"cases": [plain(one) for one in found]}, table(headings, rows) if rows else ["0"])


@cases.command("show")
def show_case(context: typer.Context, case: Case) -> None:
    """Show one case with its notes."""
    face: Face = context.obj
    with face.register() as opened, opened.desk.look() as work:
        shown = plain(desk_cases.case_card(work, of_kind(work, Kind.CASE, case)))
    lines = [f"{key:12} {value}" for key, value in shown.items() if key != "notes" and value]
    face.tell({**shown, "notes": list(shown["notes"])}, [*lines, *(f"{'note':12} {one}" for one in shown["notes"])])


@cases.command("open")
def open_a_case(context: typer.Context, concerns: str, reason: Reason, intent: Intent = "") -> None:
    """Open a case about anything in the register."""
    face: Face = context.obj
    with face.register() as opened:
        deposition = face.deposition(opened, intent=intent, reason=reason)
        with opened.desk.look() as work:
            about = anything_named(work, concerns).subject
        answer = desk_cases.open_a_case(opened.desk, deposition, about)
        with opened.desk.look() as work:
            number = name_of(work, answer.about or "")
        face.tell_answers([answer], {"case": number})


@cases.command("note")
def note_case(context: typer.Context, case: Case, note: Annotated[str, typer.Argument()], intent: Intent = "") -> None:
    """Write down what was found out or ordered, without names."""
    face: Face = context.obj
    with face.register() as opened:
        deposition = face.deposition(opened, intent=intent, reason=note)
        with opened.desk.look() as work:
            found = of_kind(work, Kind.CASE, case).subject
        face.tell_answers([desk_cases.note(opened.desk, deposition, found)])


@cases.command("close")
def close_case(
    context: typer.Context,
    case: Case,
    reason: Annotated[str, typer.Option("--reason", help="What was decided, without names.")],
    doc: Annotated[str, typer.Option("--doc", help="Number of the inquiry or order.")] = "",
    intent: Intent = "",
) -> None:
    """Close a case, with --second."""
    face: Face = context.obj
    with face.register() as opened:
        deposition = face.deposition(opened, intent=intent, reason=reason, doc=doc)
        with opened.desk.look() as work:
            found = of_kind(work, Kind.CASE, case).subject
        face.tell_answers([desk_cases.close(opened.desk, deposition, found)])


def declare_missing(context: typer.Context, item: str, reason: Reason, at: Happened = "", intent: Intent = "") -> None:
    """Declare an item unaccounted for, with --second; it opens a case."""
    face: Face = context.obj
    with face.register() as opened:
        deposition = face.deposition(opened, intent=intent, reason=reason, at=when(at, "--at"))
        with opened.desk.look() as work:
            found = item_named(work, item).subject
        face.tell_answers([desk_cases.declare_missing(opened.desk, deposition, found)])


def record_found(
    context: typer.Context,
    item: str,
    to: Annotated[str, typer.Option("--to", help="Code of the place where it is laid.")],
    reason: Reason,
    at: Happened = "",
    intent: Intent = "",
) -> None:
    """Write down that an item was found, with --second, wherever the book has it."""
    face: Face = context.obj
    with face.register() as opened:
        deposition = face.deposition(opened, intent=intent, evidence=typed(), reason=reason, at=when(at, "--at"))
        with opened.desk.look() as work:
            found, place = item_named(work, item).subject, place_called(work, to, deposition.at).subject
        face.tell_answers([desk_cases.record_as_found(opened.desk, deposition, found, place)])
