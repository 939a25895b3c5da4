"""The keys that sign the ledger: `keys list`, `keys enrol`, `keys revoke`."""

from __future__ import annotations

from typing import Annotated

import typer

from muniment.cli.components import Intent, Reason
from muniment.cli.face import Face, table
from muniment.desk.signing_keys import enrol_workstation, revoke_key
from muniment.desk.signing_keys import keys as all_keys

keys = typer.Typer(no_args_is_help=True, help="The keys of workstations, which sign every state of the ledger.")


@keys.command("list")
def list_keys(context: typer.Context) -> None:
    """List every key, those that were revoked too."""
    face: Face = context.obj
    with face.register() as opened, opened.desk.look() as work:
        found = [{name: one.text(name) for name in ("ws", "state", "suite", "public")} for one in all_keys(work)]
    rows = [(one["ws"], one["state"], one["suite"], one["public"]) for one in found]
    face.tell({"keys": found}, table(("workstation", "state", "suite", "public key"), rows))


@keys.command("enrol")
def enrol(context: typer.Context, intent: Intent = "", reason: Reason = "") -> None:
    """Let this workstation write into the register: a commander or administrator and a second person say so."""
    face: Face = context.obj
    with face.register() as opened:
        deposition = face.deposition(opened, intent=intent, reason=reason)
        answer = enrol_workstation(opened.desk, deposition, opened.workstation_key())
    face.tell_answers([answer])


@keys.command("revoke")
def revoke(
    context: typer.Context,
    public: Annotated[str, typer.Argument(help="The beginning of the public key, at least eight signs.")],
    reason: Reason = "",
    intent: Intent = "",
) -> None:
    """Believe nothing that a key signs from now on."""
    face: Face = context.obj
    with face.register() as opened:
        deposition = face.deposition(opened, intent=intent, reason=reason)
        answer = revoke_key(opened.desk, deposition, public)
    face.tell_answers([answer])
