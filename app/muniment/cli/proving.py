"""What a register can prove: `verify`, `checkpoint`, `proof`, `verify-print`."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from muniment.cli.face import DOES_NOT_VERIFY, Face, WrongUse
from muniment.desk.signing_keys import keys
from muniment.desk.witnessing import (
    JUDGEMENTS,
    Judgement,
    Unwitnessed,
    hand_out_checkpoint,
    judge,
    proof_of,
    remembered,
    unwitnessed,
)
from muniment.domain.basics.text import say
from muniment.domain.custody.checkpoints import Checkpoint
from muniment.domain.custody.signing_keys import ENROLLED
from muniment.exchange.plain_files import read_plain, write_plain
from muniment.ports.work import StoreFault

Intent = Annotated[str, typer.Option("--intent", help="A name for this act: doing it again does nothing.")]

LONGEST_FILE = 32 * 1024 * 1024
"""Bytes of a picture or a checkpoint that is read."""


def verify(
    context: typer.Context,
    checkpoint: Annotated[
        list[Path] | None, typer.Option(help="A checkpoint that was kept elsewhere; may be given several times.")
    ] = None,
) -> None:
    """Walk the whole ledger: every record, every signed state, and what screens show against it."""
    face: Face = context.obj
    kept = [_kept(path) for path in checkpoint or ()]
    where = face.where or str(face.default_register)

    def progress(done: int, count: int) -> bool:
        if sys.stderr.isatty():
            print(f"\r{done} / {count}", end="\n" if done == count else "", file=sys.stderr)
        return True

    examined = face.registers.examine(where)
    try:
        outside = [*kept, *([examined.seen] if examined.seen else [])]
        verdict = examined.audit.verify(progress, outside)
        search = examined.audit.verify_search(lambda _done, _count: True)
    finally:
        examined.close()
    breaks = (*verdict.breaks, *search)
    signed = remembered(verdict.signed)
    value: dict[str, Any] = {
        "facts": verdict.facts,
        "head": {
            "size": verdict.head.size,
            "root": signed.root_text if signed else "",
            "leaf": verdict.head.leaf.hex(),
        },
        "breaks": [
            {"rule": broken.rule, "where": broken.where, "says": str(broken.says), "seq": broken.seq}
            for broken in breaks
        ],
        "outside": [one.size for one in outside],
    }
    if breaks:
        found = say("{count} breaks in {facts} facts.", count=len(breaks), facts=verdict.facts)
        lines = [f"{broken.where}: {broken.says}" for broken in breaks]
    else:
        found = say("{facts} facts, all whole.", facts=verdict.facts)
        lines = [f"head {verdict.head.size} {signed.root_text if signed else ''}"]
        lines += _tail(face, value)
    if not outside:
        says = say(
            "This workstation remembers nothing of this register, and no checkpoint was named: whether its end was cut "
            "off, or another stands in its place, was held against nothing."
        )
        lines.append(str(says))
    face.tell(value, [str(found), *lines])
    if breaks:
        raise typer.Exit(DOES_NOT_VERIFY)


def _tail(face: Face, value: dict[str, Any]) -> list[str]:
    """Whose keys sign and what nobody outside has seen yet; nothing where the register cannot be worked on."""
    try:
        with face.register() as opened, opened.desk.look() as work:
            tail = unwitnessed(work, opened.desk.clock.now())
            signing = [(one.text("ws"), one.text("public")) for one in keys(work) if one.text("state") == ENROLLED]
    except StoreFault:
        return []
    value["keys"] = [{"ws": ws, "public": public} for ws, public in signing]
    says = say(
        "Signed by the keys of {keys}. A key that you do not know was put in by somebody who owns the database.",
        keys=", ".join(f"{ws} ({public[:16]}…)" for ws, public in signing),
    )
    return [str(says), *_without_witness(tail, value)]


def _without_witness(tail: Unwitnessed, value: dict[str, Any]) -> list[str]:
    value["unwitnessed"] = {"facts": tail.facts, "minutes": tail.minutes}
    if not tail.facts:
        return [str(say("Everything has a witness outside of the register."))]
    says = say(
        "{facts} facts have no witness outside of the register yet, the oldest since {minutes} minutes: print a sheet, "
        "or hand a checkpoint out.",
        facts=tail.facts,
        minutes=tail.minutes,
    )
    return [str(says)]


def checkpoint(
    context: typer.Context,
    out: Annotated[Path | None, typer.Option(help="File to write into; one that is there is not overwritten.")] = None,
    intent: Intent = "",
) -> None:
    """Hand out the newest signed state of the ledger, for somebody outside to keep."""
    face: Face = context.obj
    with face.register() as opened:
        given = partial(_written, out) if out is not None else _shown
        answer, note = hand_out_checkpoint(opened.desk, face.deposition(opened, intent=intent), given)
    lines = [str(out)] if out is not None else note.rstrip("\n").split("\n")
    face.tell_answers([answer], {"checkpoint": note}, lines=lines)


def _shown(_note: str) -> None:
    """What is told at the terminal is given by telling it."""


def _written(path: Path, note: str) -> None:
    try:
        if path.exists() and read_plain(path, len(note.encode())) == note.encode():
            return  # the same act, told again
        write_plain(path, note.encode())
    except OSError as error:
        raise WrongUse("--out", say("The file cannot be written: {why}.", why=error.strerror or "?")) from error


def proof(context: typer.Context, seq: Annotated[int, typer.Argument(help="Number of a fact.")]) -> None:
    """Prove that a fact is in the ledger, to somebody who has its bytes and knows a key of the depot."""
    face: Face = context.obj
    with face.register() as opened, opened.desk.look() as work:
        proven = proof_of(work, seq)
        kept = work.record(seq)
    body = kept.body.decode() if kept else ""
    face.tell({"seq": seq, "body": body, "proof": proven}, [body, "", *proven.rstrip("\n").split("\n")])


def verify_print(
    context: typer.Context,
    sheet: Annotated[
        list[str],
        typer.Argument(help="A picture of the sheet, a file with its code, or the number of facts and the root."),
    ],
) -> None:
    """Hold a printed sheet against the register."""
    face: Face = context.obj
    codes = _codes(face, sheet)
    with face.register() as opened, opened.desk.look() as work:
        found = [(*judge(work, code, face.suites), code) for code in codes]
    judgement, size, code = min(found, key=lambda one: _HEARD_FIRST.index(one[0]))
    value = {"judgement": judgement.value, "size": size, "code": code, "says": str(JUDGEMENTS[judgement])}
    face.tell(value, [str(JUDGEMENTS[judgement]), *([f"{size}"] if size else [])])
    if judgement not in (Judgement.HOLDS, Judgement.UNSIGNED):
        raise typer.Exit(DOES_NOT_VERIFY)


_HEARD_FIRST = (
    Judgement.FORGED,
    Judgement.DIFFERS,
    Judgement.AHEAD,
    Judgement.UNKNOWN_SIGNER,
    Judgement.LOST,
    Judgement.ANOTHER_LOG,
    Judgement.HOLDS,
    Judgement.UNSIGNED,
    Judgement.UNREADABLE,
)
"""Where a picture shows several codes, the worst of them is told: a true one beside a forged one proves nothing."""


def _codes(face: Face, sheet: list[str]) -> list[str]:
    path = Path(sheet[0])
    if len(sheet) > 1 or not os.path.exists(path):  # where pathlib would raise for a name that is too long
        return [" ".join(sheet)]
    written = _bytes(path)
    try:
        return [written.decode()]
    except UnicodeDecodeError:
        codes = face.codes_in(written)
    if not codes:
        raise WrongUse("SHEET", say("No code can be read in it. Take it again, straight from above, in light."))
    return codes


def _kept(path: Path) -> Checkpoint:
    try:
        found = remembered(_bytes(path).decode())
    except UnicodeDecodeError:
        found = None
    if found is None:
        raise WrongUse(str(path), say("This is no checkpoint."))
    return found


def _bytes(path: Path) -> bytes:
    try:
        read = read_plain(path, LONGEST_FILE)
    except OSError as error:
        raise WrongUse(str(path), say("The file cannot be read: {why}.", why=error.strerror or "?")) from error
    if len(read) > LONGEST_FILE:
        raise WrongUse(str(path), say("The file is too large to be one."))
    return read
