"""Components on the command line: take in, fit, remove, swap, and what was on what."""

from __future__ import annotations

from typing import Annotated

import typer

from muniment.cli.face import Face, table, typed
from muniment.cli.looking import plain
from muniment.desk import components as desk_components
from muniment.desk.components import NewComponent
from muniment.desk.finding import item_named, person_named, place_named
from muniment.desk.kits import return_without
from muniment.desk.reading import name_of
from muniment.domain.stock.calibre_as import CalibreAs
from muniment.domain.stock.component import ComponentDescription
from muniment.domain.stock.component_kinds import ComponentKind
from muniment.domain.stock.condition import Condition
from muniment.domain.stock.serial import SerialStatus

components = typer.Typer(no_args_is_help=True, help="Components with numbers of their own, and what they are on.")

Component = Annotated[str, typer.Argument(help="Register number C-…, code or whole serial of the component.")]
Weapon = Annotated[str, typer.Argument(help="Register number, code or whole serial of the weapon.")]
Laid = Annotated[str, typer.Option("--to", help="Code of the place where what comes off is laid.")]
Intent = Annotated[str, typer.Option("--intent", help="A name for this act: doing it again does nothing.")]
Reason = Annotated[str, typer.Option("--reason", help="Why, without names.")]
Happened = Annotated[str, typer.Option("--at", help="Late entry: when it happened; it is judged by what stood then.")]
PaperForm = Annotated[str, typer.Option("--doc", help="Number of the paper form of a late entry.")]
Overrides = Annotated[list[str], typer.Option("--override", help="Rule that the second person lets pass.")]


@components.command("add")
def add_component(
    context: typer.Context,
    kind: Annotated[ComponentKind, typer.Option()],
    place: Annotated[str, typer.Option("--place", help="Code of the place it is put.")],
    serial: Annotated[str, typer.Option(help="Exactly as struck.")] = "",
    serial_status: Annotated[SerialStatus, typer.Option()] = SerialStatus.PRESENT,
    calibre: Annotated[str, typer.Option(help="Calibre, for what has one.")] = "",
    control: Annotated[bool, typer.Option("--control", help="It carries the weapon's identity.")] = False,
    name: Annotated[str, typer.Option(help="What it is, where the kind does not say, such as an optic.")] = "",
    condition: Annotated[Condition, typer.Option()] = Condition.SERVICEABLE,
    intent: Intent = "",
    reason: Reason = "",
    overrides: Overrides = [],  # noqa: B006
) -> None:
    """Take a component into the register."""
    face: Face = context.obj
    with face.register() as opened:
        deposition = face.deposition(
            opened, intent=intent, evidence=typed(), reason=reason, overrides=frozenset(overrides)
        )
        description = ComponentDescription(
            kind=kind,
            is_control=control,
            serial=serial,
            serial_status=serial_status,
            calibre=CalibreAs.from_written(calibre) if calibre else None,
        )
        with opened.desk.look() as work:
            to = place_named(work, place).subject
        answer = desk_components.register(opened.desk, deposition, NewComponent(description, condition, name), to)
        with opened.desk.look() as work:
            number = name_of(work, answer.about or "")
        face.tell_answers([answer], {"register_no": number})


@components.command("fit")
def fit(context: typer.Context, component: Component, weapon: Weapon, intent: Intent = "", reason: Reason = "") -> None:
    """Put a component on a weapon."""
    face: Face = context.obj
    with face.register() as opened:
        deposition = face.deposition(opened, intent=intent, evidence=typed(), reason=reason)
        with opened.desk.look() as work:
            part, host = item_named(work, component).subject, item_named(work, weapon).subject
        face.tell_answers([desk_components.fit_component(opened.desk, deposition, part, host)])


@components.command("remove")
def remove(
    context: typer.Context,
    component: Component,
    to: Laid,
    intent: Intent = "",
    reason: Reason = "",
    overrides: Overrides = [],  # noqa: B006
) -> None:
    """Take a component off the weapon it is on."""
    face: Face = context.obj
    with face.register() as opened:
        deposition = face.deposition(
            opened, intent=intent, evidence=typed(), reason=reason, overrides=frozenset(overrides)
        )
        with opened.desk.look() as work:
            part, place = item_named(work, component).subject, place_named(work, to).subject
        face.tell_answers([desk_components.remove_component(opened.desk, deposition, part, place)])


@components.command("swap")
def swap(
    context: typer.Context,
    old: Component,
    new: Component,
    to: Laid,
    intent: Intent = "",
    reason: Reason = "",
    overrides: Overrides = [],  # noqa: B006
) -> None:
    """Take one component off its weapon and put another one on, in one act."""
    face: Face = context.obj
    with face.register() as opened:
        deposition = face.deposition(
            opened, intent=intent, evidence=typed(), reason=reason, overrides=frozenset(overrides)
        )
        with opened.desk.look() as work:
            off, on = item_named(work, old).subject, item_named(work, new).subject
            place = place_named(work, to).subject
        face.tell_answers([desk_components.swap_component(opened.desk, deposition, off, on, place)])


@components.command("list")
def list_fittings(context: typer.Context, item: Weapon) -> None:
    """List what was and is on a weapon, or what a component was and is on."""
    face: Face = context.obj
    with face.register() as opened, opened.desk.look() as work:
        found = desk_components.fittings(work, item_named(work, item).subject)
    rows = [
        (
            one.component_no,
            one.weapon_no,
            one.fitted_at.isoformat(),
            one.removed_at.isoformat() if one.removed_at else "",
            one.fitted_by,
        )
        for one in found
    ]
    headings = ("component", "weapon", "fitted", "removed", "by")
    face.tell({"fittings": [plain(one) for one in found]}, table(headings, rows) if rows else ["0"])


def give_back_without(
    context: typer.Context,
    weapon: Weapon,
    missing: Annotated[list[str], typer.Option("--missing", help="Component that was on it and is not there.")],
    by: Annotated[str, typer.Option("--by", help="Who brought it, if not the holder.")] = "",
    to: Annotated[str, typer.Option("--to", help="Place, if not its own.")] = "",
    intent: Intent = "",
    reason: Reason = "",
) -> None:
    """Take a weapon back without components that were on it; a case is opened for each."""
    face: Face = context.obj
    with face.register() as opened:
        deposition = face.deposition(opened, intent=intent, evidence=typed(), reason=reason)
        with opened.desk.look() as work:
            bringer = person_named(work, by).subject if by else None
            place = place_named(work, to).subject if to else None
            item = item_named(work, weapon).subject
            gone = [item_named(work, one).subject for one in missing]
        face.tell_answers([return_without(opened.desk, deposition, item, gone, by=bringer, to=place)])
