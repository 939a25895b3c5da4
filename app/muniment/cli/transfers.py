"""Transfers to other bodies on the command line: send, accept, reverse, follow up."""

from __future__ import annotations

from typing import Annotated

import typer

from muniment.cli.components import Intent, Overrides, Reason
from muniment.cli.face import Face, table, typed, when
from muniment.cli.looking import plain
from muniment.desk import shipping
from muniment.desk.finding import item_named, of_kind
from muniment.desk.reading import name_of
from muniment.domain.basics.identity import Kind
from muniment.domain.custody.shipping import Confirmed, Consignment

transfers = typer.Typer(no_args_is_help=True, help="What was sent to other bodies, until they confirm it.")

Shipment = Annotated[str, typer.Argument(help="Number T-… of the shipment.")]


@transfers.command("send")
def send(
    context: typer.Context,
    items: Annotated[list[str], typer.Argument(help="Register numbers, codes or whole serials.")],
    to: Annotated[str, typer.Option("--to", help="The body that receives it.")],
    doc: Annotated[str, typer.Option("--doc", help="Number of the transfer order.")],
    seals: Annotated[list[str], typer.Option("--seal", help="Number of a seal.")] = [],  # noqa: B006
    due: Annotated[str, typer.Option("--due", help="When the receiver's confirmation is expected.")] = "",
    intent: Intent = "",
    reason: Reason = "",
    overrides: Overrides = [],  # noqa: B006
) -> None:
    """Send items away; they are in transit until the receiver confirms them."""
    face: Face = context.obj
    with face.register() as opened:
        deposition = face.deposition(
            opened, intent=intent, evidence=typed(), reason=reason, doc=doc, overrides=frozenset(overrides)
        )
        with opened.desk.look() as work:
            found = [item_named(work, item).subject for item in items]
        consignment = Consignment(to, doc, tuple(seals), when(due, "--due"))
        answer = shipping.send_items(opened.desk, deposition, consignment, found)
        with opened.desk.look() as work:
            number = name_of(work, answer.about or "")
        face.tell_answers([answer], {"shipment": number})


@transfers.command("accept")
def accept(
    context: typer.Context,
    shipment: Shipment,
    confirmation: Annotated[str, typer.Option("--confirmation", help="Number of the receiver's confirmation.")],
    missing: Annotated[list[str], typer.Option("--missing", help="Item the receiver does not have.")] = [],  # noqa: B006
    seal_broken: Annotated[bool, typer.Option("--seal-broken", help="A seal was broken or wrong.")] = False,
    intent: Intent = "",
    reason: Reason = "",
) -> None:
    """Write down what the receiver confirmed; a case is opened for each item he misses."""
    face: Face = context.obj
    with face.register() as opened:
        deposition = face.deposition(opened, intent=intent, reason=reason, doc=confirmation)
        with opened.desk.look() as work:
            found = of_kind(work, Kind.SHIPMENT, shipment).subject
            gone = frozenset(item_named(work, one).subject for one in missing)
        confirmed = Confirmed(confirmation, gone, not seal_broken)
        face.tell_answers([shipping.confirm_arrival(opened.desk, deposition, found, confirmed)])


@transfers.command("reverse")
def reverse(context: typer.Context, shipment: Shipment, reason: Reason, intent: Intent = "") -> None:
    """Take a shipment back by counter-entries while nothing of it is confirmed."""
    face: Face = context.obj
    with face.register() as opened:
        deposition = face.deposition(opened, intent=intent, reason=reason)
        with opened.desk.look() as work:
            found = of_kind(work, Kind.SHIPMENT, shipment).subject
        face.tell_answers([shipping.reverse_shipment(opened.desk, deposition, found)])


@transfers.command("list")
def list_shipments(
    context: typer.Context,
    late: Annotated[bool, typer.Option("--overdue", help="Only those whose confirmation is late.")] = False,
) -> None:
    """List what is underway, the longest overdue first."""
    face: Face = context.obj
    with face.register() as opened, opened.desk.look() as work:
        now = opened.desk.clock.now()
        found = shipping.overdue(work, now) if late else shipping.underway(work, now)
    rows = [
        (
            one.register_no,
            one.sent_at.isoformat(),
            (one.due_at.isoformat() if one.due_at else "") + (" !" if one.late else ""),
            one.state,
            one.consignee,
            one.document,
            ", ".join(one.in_transit),
        )
        for one in found
    ]
    headings = ("shipment", "sent", "due", "state", "to", "document", "in transit")
    value = [{**plain(one), "seals": list(one.seals), "in_transit": list(one.in_transit)} for one in found]
    face.tell({"shipments": value}, table(headings, rows) if rows else ["0"])
