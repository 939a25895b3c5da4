"""Opening a register and checking it: `init`, `verify`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from muniment.cli.face import DOES_NOT_VERIFY, Face, WrongUse, secret
from muniment.desk.opening import Charter, FirstOfficer, Realm
from muniment.domain.basics.text import say
from muniment.domain.people.person import PersonRecord, Role


def init(
    context: typer.Context,
    depot: Annotated[str, typer.Option(help="Name of the depot.")],
    country: Annotated[str, typer.Option(help="ISO 3166-1 code of two letters.")],
    realm: Annotated[Realm, typer.Option(help="Real weapons, or training.")] = Realm.LIVE,
) -> None:
    """Make a new register; --as names its first officer and administrator, --second a second officer."""
    face: Face = context.obj
    if not face.user:
        raise WrongUse("--as", say("Name the first officer, with --as."))
    officers = [
        FirstOfficer(
            PersonRecord(name=face.user, sign_in=face.user),
            frozenset({Role.ADMINISTRATOR, Role.ARMOURY_OFFICER}),
            secret("MUNIMENT_PASSPHRASE_FILE", f"New passphrase of {face.user}: "),
        )
    ]
    if face.second_user:
        officers.append(
            FirstOfficer(
                PersonRecord(name=face.second_user, sign_in=face.second_user),
                frozenset({Role.SECOND_OFFICER}),
                secret("MUNIMENT_SECOND_PASSPHRASE_FILE", f"New passphrase of {face.second_user}: "),
            )
        )
    where = face.where or str(face.default_register)
    if not where.startswith("postgresql"):
        Path(where).parent.mkdir(parents=True, exist_ok=True)
    register = face.registers.create(where, Charter(depot, country.upper(), realm, tuple(officers)))
    register.close()
    face.tell(
        {"register": where, "realm": realm.value, "depot": depot},
        [str(say("A {realm} register for {depot} was made at {where}.", realm=realm.value, depot=depot, where=where))],
    )


def verify(context: typer.Context) -> None:
    """Walk the whole ledger, and hold what screens show against it."""
    face: Face = context.obj

    def progress(done: int, count: int) -> bool:
        if sys.stderr.isatty():
            print(f"\r{done} / {count}", end="\n" if done == count else "", file=sys.stderr)
        return True

    with face.register() as register:
        verdict = register.audit.verify(progress)
    value = {
        "facts": verdict.facts,
        "head": {"size": verdict.head.size, "leaf": verdict.head.leaf.hex()},
        "breaks": [
            {"rule": broken.rule, "where": broken.where, "says": str(broken.says), "seq": broken.seq}
            for broken in verdict.breaks
        ],
    }
    if verdict.breaks:
        found = say("{count} breaks in {facts} facts.", count=len(verdict.breaks), facts=verdict.facts)
        lines = [f"{broken.where}: {broken.says}" for broken in verdict.breaks]
    else:
        found = say("{facts} facts, all whole.", facts=verdict.facts)
        lines = [f"head {verdict.head.size} {verdict.head.leaf.hex()}"]
    face.tell(value, [str(found), *lines])
    if verdict.breaks:
        raise typer.Exit(DOES_NOT_VERIFY)
