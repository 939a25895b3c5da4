"""Handing on: `export` and `labels`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from muniment.cli.face import Face, WrongUse
from muniment.cli.paper import print_on
from muniment.domain.basics.text import say
from muniment.domain.custody.printing import Form
from muniment.exchange.export_lists import ListKind
from muniment.exchange.exporting import Exported, export_all, export_list
from muniment.exchange.sheets import SheetRefused
from muniment.ports.paper import Order
from muniment.ports.work import StoreFault
from muniment.reports.document import Symbology
from muniment.reports.label_orders import STOCKS, item_labels, place_labels
from muniment.reports.labels import LabelSheets

ALL = "all"
LABELLED = {"items": Form.ITEM_LABELS, "places": Form.PLACE_LABELS}


def export(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(help="One of: " + ", ".join((*ListKind, ALL)))],
    target: Annotated[Path, typer.Argument(help="File (.csv .tsv .xlsx .ods .json .jsonl); for all a new folder.")],
    with_names: Annotated[bool, typer.Option("--with-names", help="Name persons; a notice says so.")] = False,
) -> None:
    """Write a list, or everything, in an open format."""
    face: Face = context.obj
    if kind not in (*ListKind, ALL):
        known = ", ".join((*ListKind, ALL))
        raise WrongUse("KIND", say("There is no list {kind}; there are: {known}.", kind=kind, known=known))
    with face.register() as opened:
        try:
            if kind == ALL:
                made = export_all(opened, target, with_names=with_names)
            else:
                made = (export_list(opened, ListKind(kind), target, with_names=with_names),)
        except SheetRefused as refused:
            raise WrongUse("FILE", refused.problems[0].says) from refused
        except OSError as error:
            raise not_written(target, error) from error
    _tell(face, made)


def not_written(target: Path, error: OSError) -> StoreFault:
    """What is told where the disk does not take a file."""
    return StoreFault(
        say("{target} cannot be written: {why}.", target=str(target), why=error.strerror or "?"),
        say("The register was only read."),
        say("Name a folder that exists and may be written, with room on the disk."),
    )


def _tell(face: Face, made: tuple[Exported, ...]) -> None:
    notices = list(dict.fromkeys(str(notice) for one in made for notice in one.notices))
    value = {
        "files": [{"kind": one.kind, "file": str(one.path), "rows": one.rows, "sha256": one.sha256} for one in made],
        "notices": notices,
    }
    lines = [f"{one.rows:>9}  {one.path}" for one in made]
    face.tell(value, [*lines, *(f"! {notice}" for notice in notices)])


def labels(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(help="items or places")],
    names: Annotated[list[str] | None, typer.Argument(help="Numbers or codes; without any, all.")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="PDF to write, without a printer.")] = None,
    printer: Annotated[str, typer.Option("--printer", help="Printer; printers list names them.")] = "",
    at: Annotated[str, typer.Option("--at", help="Items at the place with this code.")] = "",
    stock: Annotated[str, typer.Option(help="Sheet of labels: large, middle or small.")] = "middle",
    symbology: Annotated[Symbology, typer.Option()] = Symbology.CODE128,
    first: Annotated[int, typer.Option(help="First free label of the sheet, from 1.", min=1)] = 1,
) -> None:
    """Print labels for items or places, as a PDF or on a printer, so that a scanner finds them."""
    face: Face = context.obj
    if kind not in LABELLED:
        raise WrongUse("KIND", say("There are no labels for {kind}, only for items and places.", kind=kind))
    if (out is None) == (not printer):
        raise WrongUse("--out", say("Say either --out for a PDF or --printer for a printer."))
    sheet = STOCKS.get(stock)
    if sheet is None:
        raise WrongUse(
            "--stock", say("There is no sheet {stock}; there are: {known}.", stock=stock, known=", ".join(STOCKS))
        )
    if first > sheet.on_a_sheet:
        raise WrongUse("--first", say("A sheet holds {count} labels.", count=sheet.on_a_sheet))
    if out is None:
        wishes = {"stock": stock, "symbology": symbology.value, "first": str(first)} | ({"at": at} if at else {})
        with face.register() as opened:
            print_on(face, opened, printer, Order(LABELLED[kind], tuple(names or ()), wishes), 1)
        return
    with face.register() as opened, opened.desk.look() as work:
        wanted = place_labels(work, names or ()) if kind == "places" else item_labels(work, names or (), at)
        found = tuple(wanted)
        if not found:
            raise WrongUse("NAMES", say("There is nothing to label."))
        sheets = LabelSheets(sheet, found, opened.realm, symbology, first=first - 1)
        face.write_labels(sheets, out, opened.desk.clock.now().astimezone(face.zone))
    face.tell({"labels": len(found), "file": str(out)}, [f"{len(found):>9}  {out}"])
