"""The catalogue of makes and models on the command line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from muniment.cli.components import Intent, Reason
from muniment.cli.exporting import not_written
from muniment.cli.face import Face, WrongUse, table
from muniment.desk import models as desk_models
from muniment.desk.desk import Answer
from muniment.desk.models import ListedModel, Proposal, borne_as, entry_named, listed_models, proposals
from muniment.desk.reading import name_of
from muniment.desk.register import Register
from muniment.domain.basics.text import say
from muniment.domain.custody.models import Entry
from muniment.domain.stock.component_kinds import ComponentKind
from muniment.domain.stock.model import Model, ModelName, model_written
from muniment.exchange.model_files import model_row, read_models, write_models
from muniment.exchange.sheets import SheetRefused

models = typer.Typer(no_args_is_help=True, help="The depot's catalogue of makes and models.")

EntryName = Annotated[str, typer.Argument(help="Number M-…, or make|model.")]
TypeCode = Annotated[str, typer.Option("--type", help="Type code, such as SA-40.")]
Calibres = Annotated[list[str] | None, typer.Option("--calibre", help="Calibre; the first is the usual one.")]
Country = Annotated[str, typer.Option(help="Country of manufacture.")]
Modular = Annotated[bool | None, typer.Option("--modular/--not-modular", help="Whether parts change its calibre.")]
Numbered = Annotated[
    list[ComponentKind] | None, typer.Option("--numbered", help="Component that carries a number of its own.")
]
Aliases = Annotated[
    list[str] | None, typer.Option("--alias", help="Name in another list, make|model; without | of the same make.")
]
Note = Annotated[str | None, typer.Option(help="What else should be known.")]


@models.command("list")
def list_models(
    context: typer.Context,
    lacking: Annotated[bool, typer.Option("--lacking", help="What the register bears and no entry has.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Also those that were retired.")] = False,
) -> None:
    """List the entries with how many weapons there are of each; or what the catalogue lacks, most weapons first."""
    face: Face = context.obj
    with face.register() as opened, opened.desk.look() as work:
        if lacking:
            proposed = proposals(work)
            value: dict[str, Any] = {"lacking": [_proposal_json(one) for one in proposed]}
            rows = [_lacking_row(one) for one in proposed]
            headings = ("weapons", "make", "model", "type", "calibre", "near")
        else:
            listed = listed_models(work, retired=everything)
            value = {"models": [_json(one) for one in listed]}
            rows = [_row(one) for one in listed]
            headings = ("number", "weapons", "make", "model", "type", "calibres")
    face.tell(value, table(headings, rows) if rows else ["0"])


@models.command("show")
def show_model(context: typer.Context, entry: EntryName) -> None:
    """Show an entry; of a weapon's make and model, the one that has them."""
    face: Face = context.obj
    with face.register() as opened, opened.desk.look() as work:
        found = entry_named(work, entry)
        listed = next(one for one in listed_models(work, retired=True) if one.entry == found)
    value = _json(listed)
    face.tell({"model": value}, [f"{name:20} {_told(one)}" for name, one in value.items() if one not in ("", [])])


@models.command("add")
def add_model(
    context: typer.Context,
    make: str,
    model: str,
    type_code: TypeCode = "",
    calibre: Calibres = None,
    country: Country = "",
    modular: Modular = None,
    numbered: Numbered = None,
    alias: Aliases = None,
    note: Note = None,
    from_register: Annotated[
        bool, typer.Option("--from-register", help="What is not said here is as the register's weapons have it.")
    ] = False,
    intent: Intent = "",
) -> None:
    """Enter a make and model in the catalogue."""
    face: Face = context.obj
    if not from_register and not type_code:
        raise WrongUse("--type", say("Say the type, with --type, or take it --from-register."))
    with face.register() as opened:
        deposition = face.deposition(opened, intent=intent)
        with opened.desk.look() as work:
            borne = borne_as(work, ModelName(make, model)).model if from_register else None
        entered = model_written(
            ModelName(make, model),
            type_code or (borne.type_code if borne else ""),
            calibre or [one.text for one in (borne.calibres if borne else ())],
            country or (borne.country or borne.historic_country if borne else ""),
            modular=bool(modular),
            numbered=[kind.value for kind in numbered or ()],
            aliases=alias or (),
            note=note or "",
        )
        _tell(face, opened, desk_models.add_model(opened.desk, deposition, entered))


@models.command("change")
def change_model(
    context: typer.Context,
    entry: EntryName,
    make: Annotated[str, typer.Option(help="Another spelling; the one before stays an alias.")] = "",
    model: Annotated[str, typer.Option(help="Another spelling; the one before stays an alias.")] = "",
    type_code: TypeCode = "",
    calibre: Calibres = None,
    country: Country = "",
    modular: Modular = None,
    numbered: Numbered = None,
    alias: Aliases = None,
    not_alias: Annotated[list[str] | None, typer.Option("--not-alias", help="Alias that is one no more.")] = None,
    note: Note = None,
    intent: Intent = "",
    reason: Reason = "",
) -> None:
    """Change an entry, or take a retired one into use again; calibres are said anew as a whole, aliases one by one."""
    face: Face = context.obj
    with face.register() as opened:
        deposition = face.deposition(opened, intent=intent, reason=reason)
        with opened.desk.look() as work:
            found = entry_named(work, entry)
        had = found.model
        name = ModelName(make or had.make, model or had.model)
        said = model_written(
            name,
            type_code or had.type_code,
            calibre or [one.text for one in sorted(had.calibres, key=lambda one: not one.primary)],
            country or had.country or had.historic_country,
        )
        dropped = {ModelName.written(one, had.make).key for one in not_alias or ()}
        added = tuple(ModelName.written(one, name.make) for one in alias or ())
        changed = replace(
            said,
            calibres=said.calibres if calibre else had.calibres,
            modular=had.modular if modular is None else modular,
            numbered=had.numbered if numbered is None else tuple(numbered),
            aliases=tuple(one for one in (*had.aliases, *added) if one.key not in dropped),
            note=had.note if note is None else note,
        )
        _tell(face, opened, desk_models.change_model(opened.desk, deposition, found.subject, changed))


@models.command("retire")
def retire_model(context: typer.Context, entry: EntryName, reason: Reason, intent: Intent = "") -> None:
    """Offer an entry no more; records that bear its name keep it."""
    face: Face = context.obj
    with face.register() as opened:
        deposition = face.deposition(opened, intent=intent, reason=reason)
        with opened.desk.look() as work:
            found = entry_named(work, entry)
        _tell(face, opened, desk_models.retire_model(opened.desk, deposition, found.subject))


@models.command("import")
def import_models(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A list as `models export` writes it: .csv, .tsv, .xlsx or .ods.")],
    intent: Intent = "",
    reason: Reason = "",
) -> None:
    """Take a list of models in: new ones are entered, those of the same name changed; all of it or nothing."""
    face: Face = context.obj
    try:
        listed = read_models(file)
    except SheetRefused as refused:
        raise _Bad(refused) from refused
    with face.register() as opened:
        deposition = face.deposition(opened, intent=intent, reason=reason)
        face.tell_answers([desk_models.take_models(opened.desk, deposition, listed)])


@models.command("export")
def export_models(
    context: typer.Context,
    file: Path,
    lacking: Annotated[
        bool, typer.Option("--lacking", help="Write what the catalogue lacks, to be corrected and taken in.")
    ] = False,
) -> None:
    """Write the catalogue into a list that `models import` reads."""
    face: Face = context.obj
    with face.register() as opened, opened.desk.look() as work:
        if lacking:
            rows = [model_row(one.model, weapons=one.weapons) for one in proposals(work)]
        else:
            rows = [model_row(one.entry.model, weapons=one.weapons) for one in listed_models(work)]
    try:
        write_models(file, rows)
    except SheetRefused as refused:
        raise WrongUse("FILE", refused.problems[0].says) from refused
    except OSError as error:
        raise not_written(file, error) from error
    face.tell({"file": str(file), "models": len(rows)}, [f"{len(rows):>9}  {file}"])


class _Bad(WrongUse):
    """A list that cannot be read, with everything that is wrong with it."""

    def __init__(self, refused: SheetRefused) -> None:
        super().__init__(refused.problems[0].where, refused.problems[0].says)
        self.problems = [{"where": one.where, "says": str(one.says)} for one in refused.problems]


def _tell(face: Face, opened: Register, answer: Answer) -> None:
    with opened.desk.look() as work:
        number = name_of(work, answer.about or "")
    face.tell_answers([answer], {"register_no": number})


def _json(listed: ListedModel) -> dict[str, Any]:
    entry = listed.entry
    return {
        "register_no": entry.number,
        **_described(entry.model),
        "aliases": [f"{one.make}|{one.model}" for one in entry.model.aliases],
        "note": entry.model.note,
        "retired": entry.retired,
        "weapons": listed.weapons,
    }


def _described(model: Model) -> dict[str, Any]:
    return {
        "make": model.make,
        "model": model.model,
        "type": model.type_code,
        "calibres": [one.text for one in sorted(model.calibres, key=lambda one: not one.primary)],
        "country": model.country or model.historic_country,
        "modular": model.modular,
        "numbered": [kind.value for kind in model.numbered],
    }


def _proposal_json(proposal: Proposal) -> dict[str, Any]:
    near = [_near(one) for one in proposal.near]
    return {**_described(proposal.model), "weapons": proposal.weapons, "near": near}


def _near(entry: Entry) -> dict[str, str]:
    return {"register_no": entry.number, "make": entry.model.make, "model": entry.model.model}


def _row(listed: ListedModel) -> tuple[str, ...]:
    model = listed.entry.model
    calibres = ", ".join(one.text for one in model.calibres)
    return listed.entry.number, str(listed.weapons), model.make, model.model, model.type_code, calibres


def _lacking_row(proposal: Proposal) -> tuple[str, ...]:
    model = proposal.model
    calibres = ", ".join(one.text for one in model.calibres)
    near = ", ".join(map(str, proposal.near))
    return str(proposal.weapons), model.make, model.model, model.type_code, calibres, near


def _told(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "; ".join(value) if isinstance(value, list) else str(value)
