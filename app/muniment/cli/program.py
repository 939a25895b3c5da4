"""The command line as a whole: its commands, and what becomes of an answer that is a no."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any

import typer

from muniment.cli import (
    attachments,
    cases,
    components,
    custody,
    describing,
    keeping,
    kits,
    listing,
    looking,
    proving,
    transfers,
)
from muniment.cli.benching import bench
from muniment.cli.confirming import confirm_receipt
from muniment.cli.decode import decode_command
from muniment.cli.demo import demo
from muniment.cli.exporting import export, labels
from muniment.cli.face import NOT_READY, REFUSED, WRONG_USE, Face, WrongUse, refused
from muniment.cli.importing import imports
from muniment.cli.keys import keys
from muniment.cli.models import models
from muniment.cli.paper import printers, report
from muniment.cli.people import people, places
from muniment.cli.policy import overrides, policy
from muniment.cli.receiving import receive
from muniment.cli.states import states
from muniment.cli.worklist import worklist
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.ports.paper import PaperFault
from muniment.ports.work import StoreFault

program = typer.Typer(
    add_completion=False,
    no_args_is_help=False,
    help="A register of weapons that can prove itself.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

LANGUAGES = ("en",)
"""Languages that texts can be told in."""

_commands: dict[str, Callable[..., None]] = {
    "init": keeping.init,
    "restore": keeping.restore,
    "verify": proving.verify,
    "checkpoint": proving.checkpoint,
    "proof": proving.proof,
    "verify-print": proving.verify_print,
    "register": custody.register,
    "bind": custody.bind,
    "unbind": custody.unbind,
    "issue": custody.issue,
    "confirm": confirm_receipt,
    "return": custody.give_back,
    "move": custody.move,
    "quarantine": custody.set_apart,
    "correct": custody.correct,
    "describe": describing.describe,
    "mark": describing.mark,
    "condition": describing.condition,
    "return-without": components.give_back_without,
    "missing": cases.declare_missing,
    "found": cases.record_found,
    "attach": attachments.attach,
    "extract": attachments.extract,
    "list": listing.list_items,
    "find": looking.find,
    "show": looking.show,
    "history": looking.tell_history,
    "report": report,
    "export": export,
    "labels": labels,
    "worklist": worklist,
    "overrides": overrides,
    "demo": demo,
    "bench": bench,
    "decode": decode_command,
}
for name, command in _commands.items():
    program.command(name)(command)
program.add_typer(people, name="people")
program.add_typer(places, name="places")
program.add_typer(components.components, name="components")
program.add_typer(kits.kits, name="kits")
program.add_typer(cases.cases, name="cases")
program.add_typer(transfers.transfers, name="transfers")
program.add_typer(receive, name="receive")
program.add_typer(attachments.fields, name="fields")
program.add_typer(policy, name="policy")
program.add_typer(states, name="states")
program.add_typer(models, name="models")
program.add_typer(keys, name="keys")
program.add_typer(imports, name="import")
program.add_typer(printers, name="printers")


@program.callback(invoke_without_command=True)
def common(
    context: typer.Context,
    register: Annotated[str, typer.Option("--register", help="Register file, or postgresql://…")] = "",
    user: Annotated[str, typer.Option("--as", help="Who acts: sign-in name.")] = "",
    second: Annotated[str, typer.Option("--second", help="Who stands beside: sign-in name.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Answer with one JSON object.")] = False,
    language: Annotated[str, typer.Option("--lang", help="Language of the texts for people.")] = "",
) -> None:
    """Options that go before every command; without a command the desktop opens."""
    face: Face = context.obj
    face.where = register or os.environ.get("MUNIMENT_REGISTER", "")
    face.user, face.second_user, face.as_json = user, second, as_json
    if language and language not in LANGUAGES:
        raise WrongUse(
            "--lang",
            say("There is no {language} here; there are: {known}.", language=language, known=", ".join(LANGUAGES)),
        )
    if context.invoked_subcommand is None:
        raise typer.Exit(face.desktop(face.where or str(face.default_register)))


@program.command()
def desktop(context: typer.Context) -> None:
    """Open the desktop."""
    face: Face = context.obj
    raise typer.Exit(face.desktop(face.where or str(face.default_register)))


def run(words: Sequence[str], face: Face) -> int:
    """Run one command and answer its exit status; everything that can go wrong is told, nothing is thrown."""
    face.as_json = "--json" in words  # known before the words are read, for they may be wrong
    try:
        _refuse_what_is_no_text(words)
        status = program(list(words), obj=face, standalone_mode=False, prog_name="muniment")
    except Refusal as refusal:
        return _no(face, REFUSED, *refused(refusal))
    except custody.PartlyDone as partly:
        value, lines = refused(partly.refusal)
        told = [one for answer in partly.answers for one in answer.told]
        value["facts"] = [{"seq": one.seq, "kind": one.kind.value, "leaf": one.leaf} for one in told]
        value |= partly.extra
        done = [f"{one.seq:>8}  {one.kind.value.replace('_', ' ')}" for one in told]
        done += [f"{name}: {shown}" for name, shown in partly.extra.items() if shown]
        return _no(face, REFUSED, value, [*done, *lines])
    except WrongUse as wrong:
        lines = _each_said_once(wrong.problems)
        return _no(face, WRONG_USE, {"problems": wrong.problems}, lines)
    except typer.TyperException as wrong:
        problem = {"where": "command line", "says": wrong.format_message().replace("Value error, ", "")}
        return _no(face, WRONG_USE, {"problems": [problem]}, [problem["says"]])
    except (StoreFault, PaperFault) as fault:
        value = {"fault": {"says": str(fault.says), "safe": str(fault.safe), "do_now": str(fault.do_now)}}
        return _no(face, NOT_READY, value, [str(fault.says), str(fault.safe), str(fault.do_now)])
    except (typer.Abort, KeyboardInterrupt):
        return 130
    return status if isinstance(status, int) else 0


def _refuse_what_is_no_text(words: Sequence[str]) -> None:
    for nth, word in enumerate(words, 1):
        try:
            word.encode()
        except UnicodeEncodeError:
            raise WrongUse(
                "command line", say("Word {nth} holds bytes that are no text. Type it again.", nth=nth)
            ) from None


def _each_said_once(problems: Sequence[Mapping[str, Any]]) -> list[str]:
    """Problems as lines; what is said of many places is said of the first, with how many more there are."""
    places: dict[str, list[str]] = {}
    for problem in problems:
        places.setdefault(str(problem["says"]), []).append(str(problem["where"]))
    lines = []
    for says, where in places.items():
        lines.append(f"{where[0]}: {says}")
        if len(where) > 1:
            more = say("  The same {count} times more, last: {where}", count=len(where) - 1, where=where[-1])
            lines.append(str(more))
    return lines


def _no(face: Face, status: int, value: dict[str, Any], lines: Sequence[str]) -> int:
    if face.as_json:
        print(json.dumps(value, ensure_ascii=False))
    else:
        for line in lines:
            print(line, file=sys.stderr)
    return status
