"""Arrivals from other bodies on the command line: begin, check in, strike off, close, take back, look."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from muniment.cli.components import Intent, Overrides, Reason
from muniment.cli.face import Face, WrongUse, table, typed, when
from muniment.cli.looking import plain
from muniment.desk import receiving
from muniment.desk.arrivals import ArrivalCard, ArrivalLine, arrival_card, arrival_lines, arrivals
from muniment.desk.finding import of_kind, place_named
from muniment.desk.reading import name_of
from muniment.desk.receiving import Thing
from muniment.domain.basics.identity import Kind
from muniment.domain.basics.text import say
from muniment.domain.custody.announcing import SendersPapers, line_written
from muniment.domain.custody.arrivals import Described
from muniment.domain.custody.receiving import Sighting
from muniment.domain.custody.taking_in import Closing
from muniment.domain.stock.serial import SerialStatus
from muniment.reports.from_arrivals import remark

receive = typer.Typer(no_args_is_help=True, help="What arrives from other bodies, checked against their list.")

Arrival = Annotated[str, typer.Argument(help="Number A-… of the arrival.")]
Seals = Annotated[list[str], typer.Option("--seal", help="Number of a seal that the document names.")]
Broken = Annotated[list[str], typer.Option("--broken", help="Number of a seal that is broken or wrong.")]
Whole = Annotated[bool, typer.Option("--seals-whole", help="Every seal was looked at and is whole.")]
Make = Annotated[str, typer.Option()]
Type = Annotated[str, typer.Option("--type", help="Type code, such as SA-40.")]


@receive.command("begin")
def begin(
    context: typer.Context,
    sender: Annotated[str, typer.Option("--from", help="The body that sends it.")],
    doc: Annotated[str, typer.Option("--doc", help="Number of the sender's document.")],
    seals: Seals = [],  # noqa: B006
    broken: Broken = [],  # noqa: B006
    seals_whole: Whole = False,
    listed: Annotated[
        list[str],
        typer.Option("--listed", help="One line: serial; make; model; calibre; type. Or: 12 x name; calibre; type."),
    ] = [],  # noqa: B006
    due: Annotated[str, typer.Option("--due", help="Announced only: when it is expected.")] = "",
    intent: Intent = "",
    reason: Reason = "",
) -> None:
    """Begin an arrival, or announce one, with what the sender's document lists."""
    face: Face = context.obj
    lines = tuple(line_written(text) for text in listed)
    papers = SendersPapers(sender, doc, tuple(seals), lines, when(due, "--due"), _broken(broken, seals_whole))
    with face.register() as opened:
        deposition = face.deposition(opened, intent=intent, reason=reason, doc=doc)
        answer = receiving.begin_arrival(opened.desk, deposition, papers)
        with opened.desk.look() as work:
            number = name_of(work, answer.about or "")
        face.tell_answers([answer], {"arrival": number})


@receive.command("relist")
def relist(
    context: typer.Context,
    arrival: Arrival,
    reason: Reason,
    added: Annotated[list[str], typer.Option("--add", help="A line as with begin: serial; make; model; …")] = [],  # noqa: B006
    struck: Annotated[list[int], typer.Option("--strike", help="The number of a line nothing was put to.")] = [],  # noqa: B006
    intent: Intent = "",
) -> None:
    """Put right what the document lists before the arrival is closed, with a second person."""
    face: Face = context.obj
    lines = [line_written(text) for text in added]
    with face.register() as opened:
        deposition = face.deposition(opened, intent=intent, reason=reason)
        with opened.desk.look() as work:
            found = of_kind(work, Kind.ARRIVAL, arrival).subject
        face.tell_answers([receiving.change_list(opened.desk, deposition, found, lines, struck)])


@receive.command("item")
def item(
    context: typer.Context,
    arrival: Arrival,
    code: Annotated[str, typer.Argument(help="Serial, register number or code of what is there.")] = "",
    type_code: Type = "",
    make: Make = "",
    model: Make = "",
    calibre: Make = "",
    country: Make = "",
    serial_status: Annotated[SerialStatus, typer.Option()] = SerialStatus.PRESENT,
    name: Annotated[str, typer.Option(help="What was counted.")] = "",
    counted: Annotated[int, typer.Option("--counted", min=0, help="How many of a thing without serials.")] = 0,
    line: Annotated[int, typer.Option("--line", min=0, help="The line of the list it is put to.")] = 0,
    flag: Annotated[
        bool, typer.Option("--flag", help="It is here though by the book it never left: open a case.")
    ] = False,
    intent: Intent = "",
    reason: Reason = "",
    overrides: Overrides = [],  # noqa: B006
) -> None:
    """Check in one thing that is there, or a counted quantity."""
    if not code and not counted and serial_status.has_text:
        raise WrongUse("CODE", say("Say what is there: its serial or number, or how many with --counted."))
    face: Face = context.obj
    with face.register() as opened:
        deposition = face.deposition(
            opened, intent=intent, evidence=typed(), reason=reason, overrides=frozenset(overrides)
        )
        with opened.desk.look() as work:
            found = of_kind(work, Kind.ARRIVAL, arrival).subject
        what = Described("", make, model, calibre, type_code.upper(), name)
        thing = Thing(code, what, serial_status, country.upper(), counted, Sighting(line, flag))
        face.tell_answers([receiving.check_in(opened.desk, deposition, found, thing)])


@receive.command("off")
def off(
    context: typer.Context,
    arrival: Arrival,
    number: Annotated[int, typer.Argument(help="The number under which it was checked in.")],
    intent: Intent = "",
    reason: Reason = "",
) -> None:
    """Take off what was checked in by error."""
    face: Face = context.obj
    with face.register() as opened:
        deposition = face.deposition(opened, intent=intent, reason=reason)
        with opened.desk.look() as work:
            found = of_kind(work, Kind.ARRIVAL, arrival).subject
        face.tell_answers([receiving.strike_off(opened.desk, deposition, found, number)])


@receive.command("close")
def close(
    context: typer.Context,
    arrival: Arrival,
    to: Annotated[str, typer.Option("--to", help="Code of the place where everything is laid.")],
    broken: Broken = [],  # noqa: B006
    seals_whole: Whole = False,
    intent: Intent = "",
    reason: Reason = "",
    overrides: Overrides = [],  # noqa: B006
) -> None:
    """Take everything in that was checked, with a second person; what is amiss opens cases."""
    face: Face = context.obj
    with face.register() as opened:
        deposition = face.deposition(opened, intent=intent, reason=reason, overrides=frozenset(overrides))
        with opened.desk.look() as work:
            found, place = of_kind(work, Kind.ARRIVAL, arrival).subject, place_named(work, to).subject
        closing = Closing(place, _broken(broken, seals_whole))
        face.tell_answers([receiving.close_arrival(opened.desk, deposition, found, closing)])


@receive.command("reverse")
def reverse(context: typer.Context, arrival: Arrival, reason: Reason, intent: Intent = "") -> None:
    """Take a whole arrival back by counter-entries while nothing of it has moved."""
    face: Face = context.obj
    with face.register() as opened:
        deposition = face.deposition(opened, intent=intent, reason=reason)
        with opened.desk.look() as work:
            found = of_kind(work, Kind.ARRIVAL, arrival).subject
        face.tell_answers([receiving.take_back_arrival(opened.desk, deposition, found)])


@receive.command("show")
def show(context: typer.Context, arrival: Arrival) -> None:
    """Show an arrival: what is there, what is missing, what was not announced."""
    face: Face = context.obj
    with face.register() as opened, opened.desk.look() as work:
        standing = of_kind(work, Kind.ARRIVAL, arrival)
        card, lines = arrival_card(work, standing), arrival_lines(work, standing)
    rows = [
        (
            str(one.line or ""),
            str(one.seen or ""),
            str(one.listed),
            str(one.there),
            str(remark(one)),
            one.register_no,
            one.what.words(),
        )
        for one in lines
    ]
    told = f"{card.register_no}  {card.state}  {card.sender}  {card.document}"
    headings = ("line", "no.", "listed", "there", "found", "register no.", "what")
    face.tell({"arrival": _told(card), "lines": [_line(one) for one in lines]}, [told, *table(headings, rows)])


@receive.command("list")
def list_arrivals(
    context: typer.Context,
    settled: Annotated[bool, typer.Option("--settled", help="Those closed or taken back instead.")] = False,
) -> None:
    """List the arrivals that are not closed, oldest first."""
    face: Face = context.obj
    with face.register() as opened, opened.desk.look() as work:
        found = arrivals(work, settled=settled)
    rows = [
        (
            one.register_no,
            one.begun_at.isoformat(),
            one.state,
            f"{one.there}/{one.listed}",
            str(one.missing),
            str(one.extra),
            one.document,
            one.sender,
        )
        for one in found
    ]
    headings = ("arrival", "begun", "state", "there", "missing", "extra", "document", "from")
    face.tell({"arrivals": [_told(one) for one in found]}, table(headings, rows) if rows else ["0"])


def _told(card: ArrivalCard) -> dict[str, object]:
    broken = None if card.broken is None else list(card.broken)
    return {**plain(card), "seals": list(card.seals), "broken": broken}


def _line(line: ArrivalLine) -> dict[str, object]:
    return {**plain(line), "what": asdict(line.what), "missing": line.missing, "over": line.over}


def _broken(broken: list[str], whole: bool) -> frozenset[str] | None:
    if broken and whole:
        raise WrongUse("--seals-whole", say("Some seals are called broken, and all of them whole."))
    return frozenset(broken) if broken or whole else None
