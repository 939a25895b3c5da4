"""The depot's own states on the command line: define, look at, go from one to the next."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from muniment.cli.components import Intent, Reason
from muniment.cli.custody import Items, each
from muniment.cli.face import Face, WrongUse, table, typed
from muniment.desk import own_states
from muniment.desk.finding import item_named
from muniment.domain.basics.text import say
from muniment.domain.custody.own_states import Axis, Blocks
from muniment.exchange.sheets import SheetRefused
from muniment.exchange.state_files import axes_json, axes_text, read_axes

states = typer.Typer(no_args_is_help=True, help="States that the depot defines for itself, such as workshop steps.")

AxisKey = Annotated[str, typer.Option("--axis", help="Name of the axis, where several have such a state.")]
_NOT_ISSUED = {
    Blocks.NO: say("issued"),
    Blocks.UNLESS_OVERRIDDEN: say("not issued, unless a second person lets it pass"),
    Blocks.ALWAYS: say("never issued"),
}


@states.command("define")
def define(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="JSON file with axes, as `states export` writes it.")],
    intent: Intent = "",
    reason: Reason = "",
) -> None:
    """Define axes of states, or change those of the same name; all of the file or nothing."""
    face: Face = context.obj
    try:
        axes = read_axes(file)
    except SheetRefused as refused:
        raise WrongUse(refused.problems[0].where or "FILE", refused.problems[0].says) from refused
    with face.register() as opened:
        deposition = face.deposition(opened, intent=intent, reason=reason)
        answer = own_states.define_axes(opened.desk, deposition, axes)
    face.tell_answers([answer], {"axes": ", ".join(axis.key for axis in axes)})


@states.command("export")
def export_axes(context: typer.Context, file: Path) -> None:
    """Write all axes into a JSON file; one that is there is not overwritten."""
    face: Face = context.obj
    with face.register() as opened, opened.desk.look() as work:
        axes = own_states.axes(work, retired=True)
    try:
        with file.open("x", encoding="utf-8", newline="\n") as written:
            written.write(axes_text(axes))
    except OSError as error:
        raise WrongUse("FILE", say("The file cannot be written: {why}.", why=error.strerror or "?")) from error
    face.tell({"file": str(file), "axes": len(axes)}, [f"{len(axes):>9}  {file}"])


@states.command("list")
def list_axes(
    context: typer.Context, everything: Annotated[bool, typer.Option("--all", help="Also those out of use.")] = False
) -> None:
    """List the axes with their states."""
    face: Face = context.obj
    with face.register() as opened, opened.desk.look() as work:
        axes = own_states.axes(work, retired=everything)
    rows = [(axis.key, axis.title, " ".join(axis.of), ", ".join(one.key for one in axis.states)) for axis in axes]
    face.tell(axes_json(axes), table(("name", "title", "of", "states"), rows) if rows else ["0"])


@states.command("show")
def show_axis(
    context: typer.Context,
    axis: Annotated[str, typer.Argument(help="Name of the axis.")],
    state: Annotated[str, typer.Option("--state", help="Name the items in this state.")] = "",
) -> None:
    """Show one axis: its states with how many items stand in each, and its ways with what they need."""
    face: Face = context.obj
    with face.register() as opened, opened.desk.look() as work:
        found = own_states.axis_named(work, axis)
        counts = own_states.counted(work, found)
        items = [
            {"register_no": one.text("register_no"), "serial": one.text("serial_raw")}
            for one in (own_states.standing_on(work, found) if state else ())
            if one.text(found.name) == state
        ]
    value: dict[str, Any] = {**axes_json([found])["axes"][0], "items": counts}
    if state:
        value["in_state"] = items
    lines = [f"{found.key}  {found.title}", *_state_lines(found, counts), *_way_lines(found)]
    lines += [f"{one['register_no']}  {one['serial']}".rstrip() for one in items]
    face.tell(value, lines)


@states.command("move")
def move_items(
    context: typer.Context,
    items: Items,
    to: Annotated[str, typer.Option("--to", help="Name of the state.")] = "",
    axis: AxisKey = "",
    off: Annotated[bool, typer.Option("--off", help="Take them off the axis.")] = False,
    doc: Annotated[str, typer.Option("--doc", help="Number of the paper that it stands on.")] = "",
    intent: Intent = "",
    reason: Reason = "",
) -> None:
    """Take items to another state."""
    face: Face = context.obj
    if bool(to) == off:
        raise WrongUse("--to", say("Say either --to a state, or --off with --axis."))
    if off and not axis:
        raise WrongUse("--axis", say("Say which axis they are taken off."))
    with face.register() as opened:
        deposition = face.deposition(opened, evidence=typed(), reason=reason, doc=doc)
        with opened.desk.look() as work:
            found = [item_named(work, item).subject for item in items]
            key = axis or own_states.axis_with(work, to).key
        answers = each(
            found, deposition, intent, lambda said, item: own_states.move_to_state(opened.desk, said, item, key, to)
        )
        face.tell_answers(answers)


def _state_lines(axis: Axis, counts: dict[str, int]) -> list[str]:
    rows = [(one.key, str(counts[one.key]), str(_NOT_ISSUED[one.blocks]), one.title) for one in axis.states]
    rows += [(key, str(count), "?", "?") for key, count in counts.items() if axis.state(key) is None]
    return table(("state", "items", "issue", "title"), rows)


def _way_lines(axis: Axis) -> list[str]:
    rows = [
        (one.start or "-", one.end or "-", ", ".join(sorted(one.needs)) or "-", one.role.value if one.role else "-")
        for one in axis.ways
    ]
    return table(("from", "to", "needs", "role"), rows)
