"""Photographs, documents and the depot's own fields on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from muniment.cli.components import Intent
from muniment.cli.exporting import not_written
from muniment.cli.face import Face, WrongUse, table, when
from muniment.desk import own_fields
from muniment.desk.attachments import attach_file, read_file
from muniment.desk.finding import anything_named
from muniment.domain.basics.identity import Kind
from muniment.domain.basics.text import say
from muniment.domain.custody.attachments import LARGEST_BYTES, SERIAL, Attachment, FileKind, View
from muniment.domain.custody.own_fields import FieldKind, OwnField
from muniment.domain.stock.marking import MarkKind
from muniment.exchange.plain_files import read_plain, write_plain

fields = typer.Typer(no_args_is_help=True, help="Fields that the depot defines for itself.")

Record = Annotated[str, typer.Argument(help="Any number, code or name in the register.")]
_MARKS = (SERIAL, *MarkKind)
Of = Annotated[Kind, typer.Option("--of", help="Kind of record that has it.")]


def attach(
    context: typer.Context,
    record: Record,
    file: Path,
    kind: Annotated[FileKind, typer.Option()] = FileKind.PHOTOGRAPH,
    view: Annotated[View | None, typer.Option(help="From which side a photograph was taken.")] = None,
    shows: Annotated[str, typer.Option(help="Which mark the picture shows: " + ", ".join(_MARKS))] = "",
    taken: Annotated[str, typer.Option("--taken", help="When it was taken or signed.")] = "",
    title: Annotated[str, typer.Option(help="A few words, without names.")] = "",
    intent: Intent = "",
) -> None:
    """Attach a picture (PNG, JPEG) or a document (PDF) of at most 10 MiB to any record."""
    face: Face = context.obj
    if shows and shows not in _MARKS:
        raise WrongUse(
            "--shows", say("There is no mark {shows}; there are: {known}.", shows=shows, known=", ".join(_MARKS))
        )
    try:
        content = read_plain(file, LARGEST_BYTES)
    except OSError as error:
        raise WrongUse("FILE", say("The file cannot be read: {why}.", why=error.strerror or "?")) from error
    with face.register() as opened:
        deposition = face.deposition(opened, intent=intent)
        with opened.desk.look() as work:
            found = anything_named(work, record).subject
        shown_as = FileKind.MARK if shows and kind is FileKind.PHOTOGRAPH else kind
        said = Attachment(shown_as, view, when(taken, "--taken"), title, shows)
        face.tell_answers([attach_file(opened.desk, deposition, found, said, content)])


def extract(
    context: typer.Context,
    record: Record,
    name: Annotated[str, typer.Argument(help="Number of the file in its list, or the beginning of its hash.")],
    to: Path,
) -> None:
    """Write an attached file out again; a file that is there is not overwritten."""
    face: Face = context.obj
    with face.register() as opened, opened.desk.look() as work:
        attached, content = read_file(work, anything_named(work, record).subject, name)
    try:
        write_plain(to, content)
    except FileExistsError as error:
        raise WrongUse("TO", say("There is a file of that name already; it is left as it is.")) from error
    except OSError as error:
        raise not_written(to, error) from error
    value = {"file": str(to), "sha256": attached.sha256, "media_type": attached.media_type, "length": attached.length}
    face.tell(value, [f"{key:12} {shown}" for key, shown in value.items()])


@fields.command("define")
def define(
    context: typer.Context,
    key: Annotated[str, typer.Argument(help="Its name: small letters, digits and _.")],
    of: Of,
    kind: Annotated[FieldKind, typer.Option()],
    title: Annotated[str, typer.Option(help="What people read.")],
    choices: Annotated[list[str], typer.Option("--choice")] = [],  # noqa: B006
    intent: Intent = "",
) -> None:
    """Add a field to all records of a kind."""
    face: Face = context.obj
    with face.register() as opened:
        deposition = face.deposition(opened, intent=intent)
        field = OwnField(key, title, of, kind, tuple(choices))
        face.tell_answers([own_fields.define_field(opened.desk, deposition, field)])


@fields.command("change")
def change(
    context: typer.Context,
    key: str,
    of: Of,
    title: Annotated[str, typer.Option(help="Another title.")] = "",
    choices: Annotated[list[str], typer.Option("--choice", help="All choices from now on.")] = [],  # noqa: B006
    retire: Annotated[bool, typer.Option("--retire", help="Take it out of use; values stay.")] = False,
    intent: Intent = "",
) -> None:
    """Give a field another title or other choices, or take it out of use and in again."""
    face: Face = context.obj
    with face.register() as opened:
        deposition = face.deposition(opened, intent=intent)
        answer = own_fields.change_field(
            opened.desk, deposition, of, key, title=title, choices=choices, in_use=not retire
        )
        face.tell_answers([answer])


@fields.command("set")
def set_field(
    context: typer.Context,
    record: Record,
    key: str,
    value: Annotated[str, typer.Argument(help="Empty takes the value away.")],
    intent: Intent = "",
) -> None:
    """Fill in a field of a record."""
    face: Face = context.obj
    with face.register() as opened:
        deposition = face.deposition(opened, intent=intent)
        with opened.desk.look() as work:
            found = anything_named(work, record).subject
        face.tell_answers([own_fields.set_value(opened.desk, deposition, found, key, value)])


@fields.command("list")
def list_fields(context: typer.Context) -> None:
    """List the fields in use."""
    face: Face = context.obj
    with face.register() as opened, opened.desk.look() as work:
        found = own_fields.definitions(work)
    value = [
        {"key": one.key, "of": one.of.value, "kind": one.kind.value, "title": one.title, "choices": list(one.choices)}
        for one in found
    ]
    rows = [(one.key, one.of.value, one.kind.value, one.title, ", ".join(one.choices)) for one in found]
    face.tell({"fields": value}, table(("name", "of", "kind", "title", "choices"), rows) if rows else ["0"])
