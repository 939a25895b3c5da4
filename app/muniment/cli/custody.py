"""Custody: register, bind, issue, return, move, quarantine, correct."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated

import typer

from muniment.cli.components import Happened, PaperForm
from muniment.cli.confirming import By, PaperNo, way_of
from muniment.cli.face import Face, WrongUse, typed, until_when, when
from muniment.desk.correcting import take_back_entry
from muniment.desk.desk import Answer, Deposition
from muniment.desk.finding import anything_named, item_named, person_named, place_named, thing_named
from muniment.desk.hatch import (
    Wanted,
    confirm,
    issue_item,
    move_item,
    quarantine,
    release_item,
    return_item,
)
from muniment.desk.kits import move as move_kit
from muniment.desk.late import record_past_issue, record_past_returns
from muniment.desk.models import described_by, entry_named
from muniment.desk.of_its_time import place_called
from muniment.desk.reading import name_of
from muniment.desk.register import Register
from muniment.desk.stock import bind_code, identify, release_code
from muniment.desk.stock import register as register_weapon
from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.stock.calibre_as import CalibreAs
from muniment.domain.stock.calibres import Known, recognise
from muniment.domain.stock.condition import Condition
from muniment.domain.stock.serial import SerialStatus
from muniment.domain.stock.weapon import WeaponDescription

Items = Annotated[list[str], typer.Argument(help="Register numbers, codes or whole serials.")]
Intent = Annotated[str, typer.Option("--intent", help="A name for this act: doing it again does nothing.")]
Reason = Annotated[str, typer.Option("--reason", help="Why, without names.")]


def register(
    context: typer.Context,
    taxonomy: Annotated[str, typer.Option("--type", help="Type code, such as SA-40.")] = "",
    entry: Annotated[str, typer.Option("--entry", help="Entry M-… of the catalogue that describes its model.")] = "",
    make: Annotated[str, typer.Option()] = "",
    model: Annotated[str, typer.Option()] = "",
    calibre: Annotated[list[str], typer.Option(help="Calibre; the first is the primary one.")] = [],  # noqa: B006
    serial: Annotated[str, typer.Option(help="Exactly as struck.")] = "",
    serial_status: Annotated[SerialStatus, typer.Option()] = SerialStatus.PRESENT,
    country: Annotated[str, typer.Option()] = "",
    year: Annotated[int, typer.Option(help="Year of manufacture; 0 where unknown.")] = 0,
    condition: Annotated[Condition, typer.Option()] = Condition.SERVICEABLE,
    place: Annotated[str, typer.Option("--place", help="Code of the place it is put.")] = "",
    line: Annotated[str, typer.Option("--from-line", help="Line without serials that it is one of.")] = "",
    code: Annotated[str, typer.Option("--code", help="A code on it, to be bound to it.")] = "",
    intent: Intent = "",
    reason: Reason = "",
    overrides: Annotated[list[str], typer.Option("--override")] = [],  # noqa: B006
) -> None:
    """Take a weapon into the register, from the open or as one of a line without serials."""
    face: Face = context.obj
    if not place and not line:
        raise WrongUse("--place", say("Say where it is put, with --place, or which line it is one of."))
    if bool(entry) == bool(taxonomy) or (entry and (make or model)):
        raise WrongUse("--type", say("Say the --type with make and model, or name an --entry of the catalogue."))
    with face.register() as opened:
        deposition = face.deposition(
            opened, intent=intent, evidence=typed(), reason=reason, overrides=frozenset(overrides)
        )
        with opened.desk.look() as work:
            chosen = entry_named(work, entry) if entry else None
        this_year = opened.desk.clock.now().year
        description = WeaponDescription(
            this_year=this_year,
            type_code=chosen.model.type_code if chosen else taxonomy,
            make=make,
            model=model,
            calibres=tuple(calibre_as(text, primary=nth == 0) for nth, text in enumerate(calibre))
            or (chosen.model.calibres if chosen else ()),
            country=country.upper(),
            year=year or None,
            serial=serial,
            serial_status=serial_status,
            condition=condition,
        )
        if chosen is not None:
            description = described_by(chosen, description, this_year=this_year, calibre=bool(calibre))
        with opened.desk.look() as work:
            source = item_named(work, line).subject if line else place_named(work, place).subject
        if line:
            answers = [identify(opened.desk, deposition, source, description)]
        else:
            answers = [register_weapon(opened.desk, deposition, description, source)]
        if code and answers[0].about:
            binding = Deposition(deposition.officer, act=f"{intent}-code" if intent else "", evidence=typed())
            answers.append(bind_code(opened.desk, binding, code, answers[0].about))
        face.tell_answers(answers, {"register_no": _named(opened, answers[0].about)})


def calibre_as(text: str, *, primary: bool) -> CalibreAs:
    """A calibre as written, with its code where the catalogue is sure of it."""
    known = recognise(text)
    return CalibreAs(text, known.calibre.code if isinstance(known, Known) else "", primary)


def bind(context: typer.Context, code: str, to: str, intent: Intent = "") -> None:
    """Bind a code to an item or a place."""
    face: Face = context.obj
    with face.register() as opened:
        with opened.desk.look() as work:
            target = anything_named(work, to).subject
        face.tell_answers([bind_code(opened.desk, face.deposition(opened, intent=intent), code, target)])


def unbind(context: typer.Context, code: str, reason: Reason, intent: Intent = "") -> None:
    """Let a code mean nothing any more."""
    face: Face = context.obj
    with face.register() as opened:
        face.tell_answers([release_code(opened.desk, face.deposition(opened, intent=intent, reason=reason), code)])


def issue(
    context: typer.Context,
    items: Items,
    to: Annotated[str, typer.Option("--to", help="Service number, badge, sign-in name or name of the receiver.")],
    until: Annotated[str, typer.Option(help="When it is expected back: a moment, or a day, which means its end.")] = "",
    for_good: Annotated[bool, typer.Option("--assign", help="Assign without an end.")] = False,
    purpose: Annotated[str, typer.Option()] = "",
    confirmed: Annotated[By | None, typer.Option("--confirm", help="How the receiver confirms at once.")] = None,
    paper_no: PaperNo = "",
    happened: Happened = "",
    doc: PaperForm = "",
    overrides: Annotated[list[str], typer.Option("--override", help="Rule that the second person lets pass.")] = [],  # noqa: B006
    intent: Intent = "",
    reason: Reason = "",
) -> None:
    """Hand items out to a person, on one hand receipt, to be confirmed at once or later with `confirm`."""
    face: Face = context.obj
    at, back_by = when(happened, "--at"), until_when(until, "--until")
    if for_good and back_by is not None:
        raise WrongUse("--until", say("What is assigned without an end is not expected back. Say one or the other."))
    if confirmed is None and paper_no:
        raise WrongUse("--paper-no", say("Say --confirm paper with the number of the signed paper."))
    with face.register() as opened:
        deposition = face.deposition(
            opened,
            evidence=typed(),
            reason=reason,
            doc=doc,
            overrides=frozenset(overrides),
            at=at,
        )
        with opened.desk.look() as work:
            person = person_named(work, to).subject
            found = [item_named(work, item).subject for item in items]
        way = way_of(opened.desk, deposition, person, confirmed, paper_no) if confirmed else None
        hand_out = record_past_issue if at else issue_item
        receipt: Subject | None = None

        def hand(said: Deposition, item: Subject) -> Answer:
            nonlocal receipt
            wanted = Wanted(person, back_by, for_good, purpose, receipt)
            answer = hand_out(opened.desk, said, item, wanted)
            receipt = answer.receipt or _receipt_of(opened, item) or receipt
            return answer

        try:
            answers = each(found, deposition, intent, hand)
        except PartlyDone as partly:
            partly.extra = {"receipt": _named(opened, receipt)}
            raise
        if way is not None and receipt:
            closing = Deposition(deposition.officer, act=f"{intent}-confirm" if intent else "")
            answers.append(confirm(opened.desk, closing, receipt, way))
        face.tell_answers(answers, {"receipt": _named(opened, receipt)})


def give_back(
    context: typer.Context,
    items: Items,
    by: Annotated[str, typer.Option("--by", help="Who brought it, if not the holder.")] = "",
    to: Annotated[str, typer.Option("--to", help="Place, if not its own; as it was called --at.")] = "",
    fault: Annotated[str, typer.Option(help="What is wrong with it; it goes to quarantine.")] = "",
    happened: Happened = "",
    doc: PaperForm = "",
    intent: Intent = "",
    reason: Reason = "",
) -> None:
    """Take items back; with --at what came back on paper, for which --second signs too."""
    face: Face = context.obj
    if happened and fault:
        raise WrongUse("--fault", say("Enter the return first, then set it apart."))
    with face.register() as opened:
        deposition = face.deposition(opened, evidence=typed(), reason=reason, doc=doc, at=when(happened, "--at"))
        with opened.desk.look() as work:
            bringer = person_named(work, by).subject if by else None
            place = place_called(work, to, deposition.at).subject if to else None
            found = [item_named(work, item).subject for item in items]
        if deposition.at is not None:
            said = replace(deposition, act=intent)
            face.tell_answers([record_past_returns(opened.desk, said, found, by=bringer, to=place)])
            return
        face.tell_answers(
            each(
                found,
                deposition,
                intent,
                lambda said, item: return_item(opened.desk, said, item, by=bringer, to=place, fault=fault),
            )
        )


def move(
    context: typer.Context,
    items: Items,
    to: Annotated[str, typer.Option("--to", help="Code of the place.")],
    intent: Intent = "",
) -> None:
    """Move items in store to another place; a kit, K-…, goes with everything of it that lies in store."""
    face: Face = context.obj
    with face.register() as opened:
        deposition = face.deposition(opened, evidence=typed())
        with opened.desk.look() as work:
            place = place_named(work, to).subject
            found = [thing_named(work, item).subject for item in items]

        def carry(said: Deposition, item: Subject) -> Answer:
            return (move_kit if kind_of(item) is Kind.KIT else move_item)(opened.desk, said, item, place)

        face.tell_answers(each(found, deposition, intent, carry))


def set_apart(
    context: typer.Context,
    items: Items,
    reason: Reason,
    release: Annotated[bool, typer.Option("--release", help="Let it leave quarantine, with --second.")] = False,
    intent: Intent = "",
) -> None:
    """Quarantine items, or release them."""
    face: Face = context.obj
    do = release_item if release else quarantine
    with face.register() as opened:
        deposition = face.deposition(opened, evidence=typed(), reason=reason)
        with opened.desk.look() as work:
            found = [item_named(work, item).subject for item in items]
        face.tell_answers(each(found, deposition, intent, lambda said, item: do(opened.desk, said, item)))


def correct(context: typer.Context, seq: int, reason: Reason, intent: Intent = "") -> None:
    """Take back the act that a fact belongs to, by counter-entries."""
    face: Face = context.obj
    with face.register() as opened:
        deposition = face.deposition(opened, intent=intent, reason=reason)
        face.tell_answers([take_back_entry(opened.desk, deposition, seq)])


class PartlyDone(Exception):  # noqa: N818 - how far it went
    """A refusal after some items of several were done; those stand. `extra` is what else to tell of them."""

    def __init__(self, answers: list[Answer], refusal: Refusal) -> None:
        super().__init__(str(refusal))
        self.answers = answers
        self.refusal = refusal
        self.extra: dict[str, str] = {}


def each(
    items: list[Subject], deposition: Deposition, intent: str, do: Callable[[Deposition, Subject], Answer]
) -> list[Answer]:
    """Do something to each item, as an act of its own; `intent` and the item's place in the list name it.

    Raises:
        PartlyDone: a rule refuses one item; those before it are done, it and those after it are not.

    """
    answers: list[Answer] = []
    for nth, item in enumerate(items, 1):
        act = f"{intent}-{nth}" if intent else ""
        try:
            answers.append(do(replace(deposition, act=act), item))
        except Refusal as refusal:
            raise PartlyDone(answers, refusal) from refusal
    return answers


def _receipt_of(opened: Register, item: Subject) -> Subject | None:
    with opened.desk.look() as work:
        standing = work.standing(item)
    receipt = standing.text("receipt") if standing else ""
    return Subject(receipt) if receipt else None


def _named(opened: Register, subject: Subject | None) -> str:
    with opened.desk.look() as work:
        return name_of(work, subject or "")
