"""Making a register, and going on with an older copy of it: `init`, `restore`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from muniment.cli.face import Face, WrongUse, secret
from muniment.desk.desk import Answer, told_before
from muniment.desk.opening import Charter, FirstOfficer, Realm
from muniment.desk.register import Register
from muniment.desk.restoring import declare_restored
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.facts import Deed
from muniment.domain.people.person import PersonRecord, Role
from muniment.ports.paper import JobState
from muniment.ports.work import StoreFault


def init(
    context: typer.Context,
    depot: Annotated[str, typer.Option(help="Name of the depot.")],
    country: Annotated[str, typer.Option(help="ISO 3166-1 code of two letters.")],
    realm: Annotated[Realm, typer.Option(help="Real weapons, or training.")] = Realm.LIVE,
    intent: Annotated[str, typer.Option("--intent", help="A name for this act: doing it again does nothing.")] = "",
) -> None:
    """Make a new register; --as names its first officer and administrator, --second a second officer."""
    face: Face = context.obj
    if not face.user:
        raise WrongUse("--as", say("Name the first officer, with --as."))
    where = face.where or str(face.default_register)
    if intent and (before := _made_before(face, where, intent)):
        face.tell_answers([before], {"register": where, "realm": realm.value, "depot": depot})
        return
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
    if not where.startswith("postgresql"):
        _folder(Path(where).parent)
    register = face.registers.create(where, Charter(depot, country.upper(), realm, tuple(officers), act=intent))
    with register.desk.look() as work:
        told = tuple(one for one, _ in work.newest_first())[::-1]
    register.close()
    made = say("A {realm} register for {depot} was made at {where}.", realm=realm.value, depot=depot, where=where)
    face.tell_answers([Answer(told)], {"register": where, "realm": realm.value, "depot": depot}, lines=[str(made)])


def _made_before(face: Face, where: str, intent: str) -> Answer | None:
    """The answer to the act of this name, where a register stands that began with it."""
    if not where.startswith("postgresql") and not Path(where).exists():
        return None
    try:
        register = face.registers.join(where)
    except StoreFault:
        return None  # no register there, or none that opens: making one says what is wrong
    with register.desk.look() as work:
        before = told_before(work, intent, Deed.REGISTER_OPENED)
    register.close()
    return before if before and before.told[0].seq == 1 else None


def _folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreFault(
            say("The folder {folder} cannot be made: {why}.", folder=str(folder), why=error.strerror or "?"),
            say("Nothing was written."),
            say("Name a folder in which you may write."),
        ) from error


def restore(
    context: typer.Context,
    reason: Annotated[str, typer.Option(help="Why an older copy had to be used, without names.")],
    intent: Annotated[str, typer.Option("--intent", help="A name for this act: doing it again does nothing.")] = "",
) -> None:
    """Declare that an older copy stands in place of the register: --as and --second say so together."""
    face: Face = context.obj
    opened = face.registers.put_back(face.where or str(face.default_register))
    try:
        if opened.lost is None:
            raise Refusal(
                "nothing_seen",
                say("This workstation remembers nothing of this register, so nothing is missing to it."),
                do_now=say("Work on. If receipts show more than the register does, ask where they were printed."),
            )
        deposition = face.deposition(opened.register, intent=intent, reason=reason)
        answer = declare_restored(opened.register.desk, deposition, opened.lost)
        opened.forget()
        kept = _kept(opened.register, answer)
        lost = opened.lost.size - kept
        sheets = _sheets_beyond(face, opened.register, kept)
    finally:
        opened.register.close()
    said = say(
        "Declared. The copy held {kept} facts; {lost} that this workstation had seen are lost. Enter them again from "
        "receipts and logs: every sheet that bears a head of more than {kept} facts may show one of them.",
        kept=kept,
        lost=lost,
    )
    named = [f"{one['form']} {one['number']} ({one['facts']})" for one in sheets]
    face.tell_answers([answer], {"kept": kept, "lost": lost, "sheets": sheets}, lines=[str(said), *named])


def _kept(register: Register, answer: Answer) -> int:
    with register.desk.look() as work:
        fact = work.fact(answer.told[0].seq)
    return int(str(fact.about["kept"])) if fact else 0


_MOST_SHEETS = 2_000
"""As many as the print queue remembers."""


def _sheets_beyond(face: Face, register: Register, kept: int) -> list[dict[str, Any]]:
    """The sheets that this workstation printed since, as its own print queue remembers them."""
    with face.printing(register) as queue:
        jobs = [job for job in queue.jobs(_MOST_SHEETS) if job.head > kept and job.state is JobState.PRINTED]
    return [{"form": job.order.form.value, "number": job.number, "facts": job.head} for job in jobs]
