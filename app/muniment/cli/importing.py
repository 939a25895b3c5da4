"""Importing lists, undoing an import, deciding what an import left open."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from muniment.cli.face import REFUSED, Face, WrongUse, table
from muniment.desk import undoing
from muniment.desk.desk import Deposition
from muniment.desk.import_plan import Plan, RowNote
from muniment.desk.importing import Imported, changing, import_list
from muniment.desk.reading import name_of
from muniment.desk.register import Register
from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.basics.text import say
from muniment.domain.custody.standing import Standing
from muniment.domain.custody.undecided import why_of
from muniment.exchange.importing import (
    ListReading,
    plan_list,
    preview_json,
    preview_lines,
    problems_json,
    read_list,
)
from muniment.exchange.mapping import FIELDS, ListMapping, save_mapping, translated
from muniment.exchange.sheets.problems import Problem, SheetRefused
from muniment.exchange.type_words import TYPED, is_type_code
from muniment.ports.work import Work

imports = typer.Typer(
    no_args_is_help=True, help="Take lists in: weapons, holdings, people, places. Undo it. Decide what was left open."
)

Reason = Annotated[str, typer.Option("--reason", help="Why, without names.")]
Numbers = Annotated[list[str], typer.Argument(help="Numbers U-…; or the exact name of what was listed.")]


def _take_in(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A list as .csv, .tsv, .xlsx or .ods.")],
    mapping: Annotated[Path | None, typer.Option(help="Mapping file; else the headings say what they mean.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would become of each row.")] = False,
    list_name: Annotated[str, typer.Option("--list", help="What the list is called; else as its file.")] = "",
    place: Annotated[str, typer.Option("--place", help="Code of the place for rows that name none.")] = "",
    saved: Annotated[Path | None, typer.Option("--save-mapping", help="Keep the mapping that was used here.")] = None,
    sheet: Annotated[str, typer.Option("--sheet", help="Sheet of a workbook; else the first one.")] = "",
    encoding: Annotated[str, typer.Option("--encoding", help="Of an older text file, such as cp1251.")] = "",
    whole: Annotated[
        bool, typer.Option("--all-or-nothing", help="Take nothing in while one row has a problem.")
    ] = False,
    by_serial: Annotated[
        bool, typer.Option("--update-by-serial", help="Rows without a number describe the weapon of their serial anew.")
    ] = False,
    means: Annotated[
        list[str],
        typer.Option("--means", help="Which type a word of the list is: “machine gun=SA-55”. May be given again."),
    ] = [],  # noqa: B006
    overrides: Annotated[list[str], typer.Option("--override", help="Rule that the second person lets pass.")] = [],  # noqa: B006
    reason: Reason = "",
    intent: Annotated[str, typer.Option("--intent", help="A name for this act: doing it again does nothing.")] = "",
) -> None:
    """Take a list in as one batch; rows with problems are left out and named."""
    face: Face = context.obj
    kind = context.info_name or ""
    with face.register() as opened:
        deposition = (
            None if dry_run else face.deposition(opened, intent=intent, reason=reason, overrides=frozenset(overrides))
        )
        try:
            reading = read_list(
                file, kind, mapping_path=mapping, list_name=list_name, sheet=sheet or None, encoding=encoding or None
            )

            reading = replace(reading, mapping=_with_answers(reading.mapping, means))

            def make(work: Work) -> Plan:
                return plan_list(
                    reading,
                    work,
                    this_year=opened.desk.clock.now().year,
                    default_place=place,
                    overrides=overrides,
                    by_serial=by_serial,
                )

            with opened.desk.look() as work:
                plan = make(work)
        except SheetRefused as refused:
            raise _Bad(_plain(refused.problems)) from refused
        _keep_mapping(saved, reading)
        if plan.stopped or (whole and plan.problems) or (plan.problems and not plan.entries):
            raise _Bad([*problems_json(_questions(plan))["problems"], *problems_json(plan.problems)["problems"]])
        if deposition is None:
            changed = len(changing(plan))
            lines = _preview(opened, plan)
            if changed and not reason:
                lines.append(str(say("What stands of {count} weapons is changed: that needs --reason.", count=changed)))
            face.tell({"dry_run": True, "needs_reason": bool(changed), **preview_json(plan)}, lines)
            return
        _apply(face, opened, deposition, plan, make)


def _questions(plan: Plan) -> list[RowNote]:
    return [note for note in plan.notices if note.kind == "word_unknown"]


def _with_answers(mapping: ListMapping, means: Sequence[str]) -> ListMapping:
    """The mapping with what words of the list mean, as it was answered.

    Raises:
        WrongUse: an answer is not of the form, names no type, or the list has no column of types.

    """
    field = next((name for name in mapping.columns.values() if name in TYPED), "")
    for answer in means:
        word, marked, code = (part.strip() for part in answer.rpartition("="))
        if not (word and marked and is_type_code(code)):
            says = say("“{answer}” is not a word, =, and the code of a type of weapon, such as SA-55.", answer=answer)
            raise WrongUse("--means", says)
        if not field:
            raise WrongUse("--means", say("No column of this list is read as a type of weapon."))
        mapping = translated(mapping, field, word, code.upper())
    return mapping


def _apply(face: Face, opened: Register, deposition: Deposition, plan: Plan, make: Any) -> None:
    lines = _preview(opened, plan)
    with opened.desk.look() as work:
        again = bool(deposition.act and work.told(deposition.act))
    if not plan.entries and not again:
        nothing = say("The register has all of it already; nothing was written.")
        face.tell({"facts": [], "batch": None, **preview_json(plan)}, [*lines, str(nothing)])
        return
    made = import_list(opened.desk, deposition, plan, make, _progress)
    face.tell({"facts": _facts(made), "batch": made.batch_no, **preview_json(plan)}, [*lines, f"→ {made.batch_no}"])


def _preview(opened: Register, plan: Plan) -> list[str]:
    with opened.desk.look() as work:
        lines = [str(line) for line in preview_lines(plan, work)]
    if _questions(plan):
        answer = say("Answer which type a word is with --means “WORD=CODE”, and keep it with --save-mapping.")
        lines.append(str(answer))
    return lines


def _facts(made: Imported) -> list[dict[str, Any]]:
    return [{"seq": one.seq, "kind": one.kind.value, "leaf": one.leaf} for one in made.answer.told]


def _keep_mapping(path: Path | None, reading: ListReading) -> None:
    if path is not None:
        try:
            save_mapping(reading.mapping, path)
        except OSError as fault:
            raise WrongUse(
                "--save-mapping", say("The file cannot be written: {why}.", why=fault.strerror or "?")
            ) from None


class _Bad(WrongUse):
    """A list that nothing is taken in from, with everything that is wrong with it."""

    def __init__(self, problems: list[dict[str, Any]]) -> None:
        super().__init__(problems[0]["where"], say("{says}", says=problems[0]["says"]))
        self.problems = problems


def _plain(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    return [{"where": one.where, "says": str(one.says), "kind": one.kind} for one in problems]


for _kind in FIELDS:
    imports.command(_kind)(_take_in)


@imports.command("undo")
def undo(
    context: typer.Context,
    batch: Annotated[str, typer.Argument(help="Number of the import, B-….")],
    reason: Reason,
    intent: Annotated[str, typer.Option("--intent")] = "",
) -> None:
    """Undo an import by counter-entries; what has moved since is named and stays."""
    face: Face = context.obj
    with face.register() as opened:
        deposition = face.deposition(opened, intent=intent, reason=reason)
        with opened.desk.look() as work:
            subject = undoing.batch_numbered(work, batch).subject
        done = undoing.undo_import(opened.desk, deposition, subject, _progress)
    facts = [{"seq": one.seq, "kind": one.kind.value, "leaf": one.leaf} for one in done.answer.told]
    refused = [
        {"row": one.row, "item": one.name, "subject": one.subject, "rule": one.rule, "says": str(one.says)}
        for one in done.refused
    ]
    lines = [str(say("{count} taken back, {kept} stand.", count=done.taken_back, kept=len(refused)))]
    lines += [str(say("{item} (row {row}): {says}", item=one.name, row=one.row, says=one.says)) for one in done.refused]
    face.tell({"facts": facts, "taken_back": done.taken_back, "refused": refused}, lines)
    if refused and not done.taken_back:
        raise typer.Exit(REFUSED)


@imports.command("list")
def list_batches(context: typer.Context) -> None:
    """List the imports so far, with what became of their rows."""
    face: Face = context.obj
    with face.register() as opened, opened.desk.look() as work:
        batches = sorted(work.all_of(Kind.BATCH), key=lambda one: one.number("number"))
    shown = [{name: value for name, value in batch.fields.items() if name != "number"} for batch in batches]
    keys = ("register_no", "state", "kind", "rows", "quantity", "list_name", "file")
    rows = [tuple(str(one.get(key, 0)) for key in keys) for one in shown]
    face.tell({"imports": shown}, table(("number", "state", "kind", "rows", "quantity", "list", "file"), rows))


@imports.command("undecided")
def list_undecided(
    context: typer.Context, everything: Annotated[bool, typer.Option("--all", help="Decided ones too.")] = False
) -> None:
    """List what an import left for a person to decide."""
    face: Face = context.obj
    with face.register() as opened, opened.desk.look() as work:
        listed = undoing.undecided(work, all_of_them=everything)
        shown = [
            {
                "register_no": one.text("register_no"),
                "state": one.text("state"),
                "decision": one.text("decision"),
                "quantity": one.number("quantity"),
                "item_name": one.text("item_name"),
                "nsn": one.text("nsn"),
                "why": str(why_of(one)),
                "place": name_of(work, one.where),
            }
            for one in listed
        ]
    keys = ("register_no", "state", "quantity", "nsn", "item_name", "why")
    rows = [tuple(str(one[key]) for key in keys) for one in shown]
    total = sum(one.number("quantity") for one in listed)
    face.tell(
        {"undecided": shown, "quantity": total}, table(("number", "state", "quantity", "nsn", "item", "why"), rows)
    )


@imports.command("decide")
def decide(
    context: typer.Context,
    listed: Numbers,
    reason: Reason,
    type_code: Annotated[str, typer.Option("--type", help="They are weapons of this type.")] = "",
    calibre: Annotated[str, typer.Option("--calibre", help="The calibre, where it is known.")] = "",
    not_ours: Annotated[bool, typer.Option("--not-ours", help="They are nothing this register keeps.")] = False,
    intent: Annotated[str, typer.Option("--intent")] = "",
) -> None:
    """Decide what was listed: weapons of a type, or nothing for this register."""
    face: Face = context.obj
    if bool(type_code) == not_ours:
        raise WrongUse("--type", say("Say either --type or --not-ours."))
    with face.register() as opened:
        deposition = face.deposition(opened, intent=intent, reason=reason)
        with opened.desk.look() as work:
            found = _named(undoing.undecided(work, all_of_them=True), listed)
        answer = undoing.decide(opened.desk, deposition, found, type_code, calibre)
        face.tell_answers([answer], {"decided": len(found)})


def _named(known: list[Standing], names: list[str]) -> list[Subject]:
    """Those with one of these numbers; for a name every open one that is called so."""
    found: list[Subject] = []
    for name in names:
        here = [one.subject for one in known if one.text("register_no") == name.upper()]
        here = here or [one.subject for one in known if one.text("item_name") == name and one.text("state") == "open"]
        if not here:
            raise WrongUse("LISTED", say("Nothing that was listed has the number or name {name}.", name=name))
        found += here
    return found


def _progress(done: int, count: int) -> bool:
    if sys.stderr.isatty():
        print(f"\r{done} / {count}", end="\n" if done == count else "", file=sys.stderr)
    return True
