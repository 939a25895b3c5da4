"""People and places on the command line."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from muniment.cli.face import Face, WrongUse, day, secret, table
from muniment.desk import people as desk_people
from muniment.desk.desk import Deposition
from muniment.desk.finding import person_named, place_meant, place_named
from muniment.desk.people import Newcomer, drawer_of
from muniment.desk.places import NewPlace, close_place, register_place, register_unit, rename_place
from muniment.desk.reading import name_of
from muniment.desk.signing import end_lock, set_secret
from muniment.domain.basics.identity import Kind
from muniment.domain.basics.text import say
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.domain.people.authority import Certificate, Status
from muniment.domain.people.person import PersonRecord
from muniment.domain.places.place import PlaceKind

people = typer.Typer(no_args_is_help=True, help="Who is at the depot, and what they may draw.")
places = typer.Typer(no_args_is_help=True, help="The places of the depot.")

Person = Annotated[str, typer.Argument(help="Service number, badge, sign-in name or name.")]
Place = Annotated[str, typer.Argument(help="Code of the place.")]
Reason = Annotated[str, typer.Option("--reason", help="Why, without names.")]
Intent = Annotated[str, typer.Option("--intent", help="A name for this act: doing it again does nothing.")]


@people.command("add")
def add_person(
    context: typer.Context,
    name: str,
    service_no: Annotated[str, typer.Option()] = "",
    rank: Annotated[str, typer.Option()] = "",
    unit: Annotated[str, typer.Option()] = "",
    badge: Annotated[list[str], typer.Option(help="Code on a card.")] = [],  # noqa: B006
    covers: Annotated[str, typer.Option(help="Type that the certificate covers; empty for all.")] = "",
    until: Annotated[str, typer.Option(help="Last day of the certificate.")] = "",
    intent: Intent = "",
) -> None:
    """Take a person into the register."""
    face: Face = context.obj
    with face.register() as opened:
        deposition = face.deposition(opened, intent=intent)
        record = PersonRecord(name=name, service_no=service_no, rank=rank, badges=badge)
        certificates = (Certificate(covers, day(until, "--until")),) if until else ()
        answers = []
        home = None
        if unit:
            answers.append(register_unit(opened.desk, _part(deposition, "unit"), unit))
            home = answers[0].about
        newcomer = Newcomer(record, home, certificates)
        answers.append(desk_people.register_person(opened.desk, deposition, newcomer))
        face.tell_answers(answers, {"person": answers[-1].about or ""})


@people.command("list")
def list_people(context: typer.Context) -> None:
    """List everybody, with what they hold."""
    face: Face = context.obj
    with face.register() as opened, opened.desk.look() as work:
        listed = []
        for standing in work.all_of(Kind.PERSON):
            if standing.text(WITHDRAWN):
                continue
            record = work.person(standing.subject)
            drawer = drawer_of(standing)
            listed.append(
                {
                    "person": standing.subject,
                    "name": name_of(work, standing.subject),
                    "service_no": record.service_no if record else "",
                    "status": drawer.status.value,
                    "banned": drawer.ban is not None,
                    "certificates": [f"{c.covers or '*'} {c.until}" for c in drawer.certificates],
                    "holds": len(work.at(standing.subject)),
                }
            )
    rows = [
        (
            str(entry["service_no"]),
            str(entry["name"]),
            str(entry["status"]) + (" BAN" if entry["banned"] else ""),
            str(entry["holds"]),
            ", ".join(map(str, entry["certificates"])) if isinstance(entry["certificates"], list) else "",
        )
        for entry in listed
    ]
    face.tell({"people": listed}, table(("number", "name", "status", "holds", "certificates"), rows))


@people.command("certify")
def certify(
    context: typer.Context,
    person: Person,
    until: Annotated[str, typer.Option(help="Last day.")],
    covers: Annotated[str, typer.Option(help="Type that it covers; empty for all.")] = "",
    intent: Intent = "",
) -> None:
    """Enter a certificate."""
    face: Face = context.obj
    with face.register() as opened:
        with opened.desk.look() as work:
            found = person_named(work, person).subject
        certificate = Certificate(covers, day(until, "--until"))
        answer = desk_people.enter_certificate(opened.desk, face.deposition(opened, intent=intent), found, certificate)
        face.tell_answers([answer])


@people.command("ban")
def ban_person(
    context: typer.Context,
    person: Person,
    reason: Reason,
    until: Annotated[str, typer.Option(help="Last day; without it until it is lifted.")] = "",
    lift: Annotated[bool, typer.Option("--lift", help="Lift the ban, with --second.")] = False,
    intent: Intent = "",
) -> None:
    """Ban a person from drawing weapons, or lift the ban."""
    face: Face = context.obj
    with face.register() as opened:
        with opened.desk.look() as work:
            found = person_named(work, person).subject
        deposition = face.deposition(opened, intent=intent, reason=reason)
        if lift:
            answer = desk_people.lift_ban(opened.desk, deposition, found)
        else:
            answer = desk_people.ban(opened.desk, deposition, found, day(until, "--until") if until else None)
        face.tell_answers([answer])


@people.command("status")
def set_status(
    context: typer.Context, person: Person, status: Status, reason: Reason = "", intent: Intent = ""
) -> None:
    """Write down what has become of a person."""
    face: Face = context.obj
    with face.register() as opened:
        with opened.desk.look() as work:
            found = person_named(work, person).subject
        deposition = face.deposition(opened, intent=intent, reason=reason)
        face.tell_answers([desk_people.change_status(opened.desk, deposition, found, status)])


@people.command("pin")
def set_pin(context: typer.Context, person: Person, intent: Intent = "") -> None:
    """Give a person a PIN to confirm receipts with; it is asked for, or read from MUNIMENT_PIN_FILE."""
    face: Face = context.obj
    with face.register() as opened:
        with opened.desk.look() as work:
            found = person_named(work, person).subject
        deposition = face.deposition(opened, intent=intent)
        face.tell_answers([set_secret(opened.desk, deposition, found, "pin", secret("MUNIMENT_PIN_FILE", "New PIN: "))])


@people.command("unlock")
def unlock(context: typer.Context, person: Person, intent: Intent = "") -> None:
    """Forget the wrong tries of another person's passphrase and PIN, so that the person need not wait."""
    face: Face = context.obj
    with face.register() as opened:
        with opened.desk.look() as work:
            found = person_named(work, person).subject
        face.tell_answers([end_lock(opened.desk, face.deposition(opened, intent=intent), found)])


@places.command("add")
def add_place(
    context: typer.Context,
    code: str,
    kind: Annotated[PlaceKind, typer.Option()],
    name: Annotated[str, typer.Option()] = "",
    parent: Annotated[str, typer.Option("--in", help="Code of the place it lies in.")] = "DEPOT",
    intent: Intent = "",
) -> None:
    """Take a place into the register."""
    face: Face = context.obj
    with face.register() as opened:
        with opened.desk.look() as work:
            above = place_named(work, parent).subject
        deposition = face.deposition(opened, intent=intent)
        face.tell_answers([register_place(opened.desk, deposition, NewPlace(code, name or code, kind, above))])


@places.command("rename")
def rename(
    context: typer.Context,
    place: Place,
    code: Annotated[str, typer.Option("--code", help="Another code; its label is to be printed anew.")] = "",
    name: Annotated[str, typer.Option("--name", help="Another name.")] = "",
    intent: Intent = "",
) -> None:
    """Give a place another code, another name, or both."""
    face: Face = context.obj
    if not code and not name:
        raise WrongUse("--name", say("Say the new --code, the new --name, or both."))
    with face.register() as opened:
        with opened.desk.look() as work:
            found = place_meant(work, place, intent)
        had_code, had_name = found.text("code"), found.text("name")
        kept = "" if had_name == had_code else had_name  # a place without a name of its own is called by its code
        deposition = face.deposition(opened, intent=intent)
        face.tell_answers([rename_place(opened.desk, deposition, found.subject, code or had_code, name or kept)])


@places.command("close")
def close(context: typer.Context, place: Place, reason: Reason, intent: Intent = "") -> None:
    """Give up an empty place. It keeps its history; what belongs there comes back to the place it lay in."""
    face: Face = context.obj
    with face.register() as opened:
        with opened.desk.look() as work:
            found = place_meant(work, place, intent).subject
        deposition = face.deposition(opened, intent=intent, reason=reason)
        face.tell_answers([close_place(opened.desk, deposition, found)])


@places.command("list")
def list_places(
    context: typer.Context, everything: Annotated[bool, typer.Option("--all", help="Also those closed.")] = False
) -> None:
    """List all places with what lies there."""
    face: Face = context.obj
    with face.register() as opened, opened.desk.look() as work:
        listed = [
            {
                "place": standing.subject,
                "code": standing.text("code"),
                "name": standing.text("name"),
                "kind": standing.text("place_kind"),
                "in": name_of(work, standing.text("parent")),
                "items": len(work.at(standing.subject)),
                "closed": standing.text(WITHDRAWN),
            }
            for standing in work.all_of(Kind.PLACE)
            if everything or not standing.text(WITHDRAWN)
        ]
    rows = [
        (*(str(entry[key]) for key in ("code", "kind", "in", "items")), _named_so(str(entry["name"]), entry["closed"]))
        for entry in listed
    ]
    face.tell({"places": listed}, table(("code", "kind", "in", "items", "name"), rows))


def _named_so(name: str, closed: object) -> str:
    return f"{name} ({say('closed: {reason}', reason=str(closed))})" if closed else name


def _part(deposition: Deposition, part: str) -> Deposition:
    """The same deposition for another part of an act that has a name."""
    return replace(deposition, act=f"{deposition.act}-{part}" if deposition.act else "")
