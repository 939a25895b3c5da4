"""Kits on the command line: make up, change, issue whole, check on return."""

from __future__ import annotations

from typing import Annotated

import typer

from muniment.cli.components import Happened, Intent, Overrides, PaperForm, Reason
from muniment.cli.face import Face, WrongUse, table, typed, until_when, when
from muniment.desk import kits as desk_kits
from muniment.desk.finding import item_named, of_kind, person_named, place_named
from muniment.desk.hatch import Wanted
from muniment.desk.kits import KitContent, content_of
from muniment.desk.late import record_past_issues, record_past_returns, whole_kit
from muniment.desk.reading import name_of
from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.basics.text import say
from muniment.domain.custody.kits import Accessory, Checked, accessories_of, members_of
from muniment.ports.work import Work

kits = typer.Typer(no_args_is_help=True, help="Sets of specific items that are issued and returned as one.")

Kit = Annotated[str, typer.Argument(help="Register number K-… of the kit, or its code.")]
Accessories = Annotated[list[str], typer.Option("--accessory", help="Counted thing without serials: magazine=4.")]


@kits.command("add")
def add_kit(
    context: typer.Context,
    name: str,
    members: Annotated[list[str], typer.Option("--member", help="Weapon or component.")],
    home: Annotated[str, typer.Option("--place", help="Code of the place where its accessories belong.")],
    accessories: Accessories = [],  # noqa: B006
    intent: Intent = "",
) -> None:
    """Make things one kit."""
    face: Face = context.obj
    with face.register() as opened:
        deposition = face.deposition(opened, intent=intent, evidence=typed())
        with opened.desk.look() as work:
            content = KitContent(_items(work, members), counted(accessories, "--accessory"))
            place = place_named(work, home).subject
        answer = desk_kits.register(opened.desk, deposition, name, content, place)
        with opened.desk.look() as work:
            number = name_of(work, answer.about or "")
        face.tell_answers([answer], {"register_no": number})


@kits.command("change")
def change_kit(
    context: typer.Context,
    kit: Kit,
    add: Annotated[list[str], typer.Option("--add", help="Item that belongs to it from now on.")] = [],  # noqa: B006
    remove: Annotated[list[str], typer.Option("--remove", help="Item that no longer does.")] = [],  # noqa: B006
    accessories: Annotated[
        list[str], typer.Option("--accessory", help="New quantity of a counted thing: magazine=3; 0 takes it out.")
    ] = [],  # noqa: B006
    intent: Intent = "",
    reason: Reason = "",
) -> None:
    """Let a kit consist of something else."""
    face: Face = context.obj
    with face.register() as opened:
        deposition = face.deposition(opened, intent=intent, evidence=typed(), reason=reason)
        with opened.desk.look() as work:
            standing = of_kind(work, Kind.KIT, kit)
            had = content_of(standing)
            gone = set(_items(work, remove))
            members = tuple(one for one in (*had.members, *_items(work, add)) if one not in gone)
            held = {one.name: one.quantity for one in had.accessories}
        held |= dict(map(_pair, accessories))
        content = KitContent(members, tuple(Accessory(name, many) for name, many in held.items() if many))
        face.tell_answers([desk_kits.change(opened.desk, deposition, standing.subject, content)])


@kits.command("issue")
def issue_kit(
    context: typer.Context,
    kit: Kit,
    to: Annotated[str, typer.Option("--to", help="Service number, badge, sign-in name or name of the receiver.")],
    until: Annotated[str, typer.Option(help="When it is expected back: a moment, or a day, which means its end.")] = "",
    for_good: Annotated[bool, typer.Option("--assign", help="Assign without an end.")] = False,
    purpose: Annotated[str, typer.Option()] = "",
    happened: Happened = "",
    doc: PaperForm = "",
    intent: Intent = "",
    reason: Reason = "",
    overrides: Overrides = [],  # noqa: B006
) -> None:
    """Hand a whole kit out on one hand receipt, or nothing of it; with --at what went out on paper."""
    face: Face = context.obj
    at = when(happened, "--at")
    with face.register() as opened:
        deposition = face.deposition(
            opened, intent=intent, evidence=typed(), reason=reason, overrides=frozenset(overrides), at=at, doc=doc
        )
        with opened.desk.look() as work:
            person, wanted = person_named(work, to).subject, of_kind(work, Kind.KIT, kit).subject
            whole = whole_kit(work, wanted, at) if at else ()
        terms = Wanted(person, until_when(until, "--until"), for_good, purpose)
        if at:
            answer = record_past_issues(opened.desk, deposition, whole, terms)
        else:
            answer = desk_kits.issue(opened.desk, deposition, wanted, terms)
        with opened.desk.look() as work:
            number = name_of(work, answer.receipt or "")
        face.tell_answers([answer], {"receipt": number})


@kits.command("return")
def return_kit(
    context: typer.Context,
    kit: Kit,
    missing: Annotated[list[str], typer.Option("--missing", help="Member that is not there.")] = [],  # noqa: B006
    short: Annotated[list[str], typer.Option("--short", help="Counted thing that is not there: magazine=1.")] = [],  # noqa: B006
    by: Annotated[str, typer.Option("--by", help="Who brought it, if not the holder.")] = "",
    happened: Happened = "",
    doc: PaperForm = "",
    intent: Intent = "",
    reason: Reason = "",
) -> None:
    """Take a kit back, with --at from paper; what is missing stays with the holder, with a case for each."""
    face: Face = context.obj
    at = when(happened, "--at")
    if at and short:
        raise WrongUse("--short", say("Enter the return first, then open a case about what is short."))
    with face.register() as opened:
        deposition = face.deposition(opened, intent=intent, evidence=typed(), reason=reason, at=at, doc=doc)
        with opened.desk.look() as work:
            bringer = person_named(work, by).subject if by else None
            wanted = of_kind(work, Kind.KIT, kit).subject
            checked = Checked(frozenset(_items(work, missing)), counted(short, "--short"))
            came = [one for one in whole_kit(work, wanted, at) if one not in checked.missing] if at else []
        if at:
            face.tell_answers([record_past_returns(opened.desk, deposition, came, by=bringer)])
            return
        face.tell_answers([desk_kits.take_back_kit(opened.desk, deposition, wanted, checked, by=bringer)])


@kits.command("list")
def list_kits(context: typer.Context) -> None:
    """List all kits, with what belongs to each and where it is."""
    face: Face = context.obj
    with face.register() as opened, opened.desk.look() as work:
        listed = [
            {
                "kit": kit.subject,
                "register_no": kit.text("register_no"),
                "name": kit.text("item_name"),
                "where": name_of(work, kit.where),
                "members": [name_of(work, one) for one in members_of(kit)],
                "accessories": {one.name: one.quantity for one in accessories_of(kit)},
                "open_cases": len(work.open_cases(kit.subject)),
            }
            for kit in work.all_of(Kind.KIT)
        ]
    rows = [
        (
            str(one["register_no"]),
            str(one["name"]),
            str(one["where"]),
            str(one["open_cases"]),
            _content(one["members"], one["accessories"]),
        )
        for one in listed
    ]
    face.tell({"kits": listed}, table(("number", "name", "where", "cases", "content"), rows) if rows else ["0"])


def counted(written: list[str], where: str) -> tuple[Accessory, ...]:
    """Counted things as typed, `magazine=4`.

    Raises:
        WrongUse: one of them is not written like that.

    """
    return tuple(Accessory(name, quantity) for name, quantity in (_pair(one, where) for one in written))


def _pair(written: str, where: str = "--accessory") -> tuple[str, int]:
    name, _, quantity = written.rpartition("=")
    if not name or not quantity.isascii() or not quantity.isdecimal() or len(quantity) > 6:
        raise WrongUse(where, say("{text} is not written like magazine=4.", text=written))
    return name, int(quantity)


def _items(work: Work, names: list[str]) -> tuple[Subject, ...]:
    return tuple(item_named(work, name).subject for name in names)


def _content(members: object, accessories: object) -> str:
    shown = [str(one) for one in members] if isinstance(members, list) else []
    counts = [f"{name}={many}" for name, many in accessories.items()] if isinstance(accessories, dict) else []
    return ", ".join([*shown, *counts])
