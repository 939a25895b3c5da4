"""What every command shares: the register, who is signed in, how answers and refusals are told."""

from __future__ import annotations

import getpass
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from pathlib import Path
from typing import Any, Protocol

from muniment.desk.clock_doubt import clock_doubt
from muniment.desk.desk import Answer, Deposition, Officer
from muniment.desk.printing.queue import PrintQueue
from muniment.desk.register import Register, Registers
from muniment.desk.signing import sign_in
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.facts import Evidence
from muniment.domain.custody.notes import Suite
from muniment.reports.document import Document
from muniment.reports.labels import LabelSheets
from muniment.training.demonstration import Thing

DONE, REFUSED, WRONG_USE, NOT_READY, DOES_NOT_VERIFY = range(5)
"""Exit statuses."""


class WrongUse(Exception):  # noqa: N818 - what the caller did
    """Bad input on the command line: where, and what is wrong with it."""

    def __init__(self, where: str, says: Text) -> None:
        super().__init__(f"{where}: {says}")
        self.problems = [{"where": where, "says": str(says)}]


class Measure(Protocol):
    """Measures named works on a register of a size; tells what it does, and of each work as soon as it is measured."""

    def __call__(
        self,
        works: Sequence[str],
        size: int,
        keep: Path | None,
        tell: Callable[[str], None],
        measured: Callable[[str, dict[str, object]], None],
    ) -> Mapping[str, dict[str, object]]:
        """Measure."""
        ...


@dataclass(slots=True)
class Face:
    """The command line of one call: where the register is, who acts, in which form to answer.

    Everything that must be put together is handed in: `registers` makes and opens registers, `desktop` opens the
    windows on one, `practise` opens them with pretended devices and things to hold before them, `write_pdf` and
    `write_labels` make files, `printing` opens the print queue of a register.
    `bench` measures speed. `codes_in` reads the codes in a picture. `suites` are the kinds of signature that can be
    checked. `zone` is where the depot's clock hangs.
    """

    registers: Registers
    desktop: Callable[[str], int]
    practise: Callable[[str, Sequence[Thing]], int]
    write_pdf: Callable[[Document, Path], None]
    write_labels: Callable[[LabelSheets, Path, datetime], None]
    printing: Callable[[Register], AbstractContextManager[PrintQueue[Any]]]
    bench: Measure
    codes_in: Callable[[bytes], list[str]]
    suites: Mapping[str, Suite]
    default_register: Path
    zone: tzinfo
    where: str = ""
    user: str = ""
    second_user: str = ""
    as_json: bool = False

    @contextmanager
    def register(self) -> Iterator[Register]:
        """The register the call is about, let go of in the end."""
        register = self.registers.join(self.where or str(self.default_register))
        try:
            yield register
        finally:
            register.close()

    def deposition(self, register: Register, *, intent: str = "", **given: Any) -> Deposition:
        """Sign in, and the second person where one is named; `given` fills the rest."""
        return Deposition(self.officer(register), act=intent, second=self.second(register), **given)

    def officer(self, register: Register) -> Officer:
        """Who acts."""
        if not self.user:
            raise WrongUse("--as", say("Name who acts, with --as."))
        known = secret("MUNIMENT_PASSPHRASE_FILE", f"Passphrase of {self.user}: ")
        with register.desk.look() as work:
            doubt = clock_doubt(work, register.desk.clock.now())
        if doubt is not None:
            print(f"! {say('The clock of this machine: {doubt}', doubt=str(doubt))}", file=sys.stderr)
        return sign_in(register.desk, self.user, known)

    def second(self, register: Register) -> Officer | None:
        """Who stands beside, where somebody is named."""
        if not self.second_user:
            return None
        asked = f"Passphrase of {self.second_user}: "
        return sign_in(register.desk, self.second_user, secret("MUNIMENT_SECOND_PASSPHRASE_FILE", asked))

    def tell(self, value: dict[str, Any], lines: Sequence[str]) -> None:
        """Answer: one JSON object, or lines for people."""
        if self.as_json:
            print(json.dumps(value, ensure_ascii=False))
        else:
            for line in lines:
                print(line)

    def tell_answers(
        self, answers: Sequence[Answer], extra: dict[str, Any] | None = None, *, lines: Sequence[str] = ()
    ) -> None:
        """Answer with the facts that were appended; `lines` tell them to people in other words."""
        told = [one for answer in answers for one in answer.told]
        warnings = [str(warning) for answer in answers for warning in answer.warnings]
        before = [one for answer in answers if answer.again for one in answer.told]
        if before:
            done = say("An act of this name was done before; nothing was done now.")
            warnings.append(str(done))
        value = {
            "facts": [{"seq": one.seq, "kind": one.kind.value, "leaf": one.leaf} for one in told],
            "warnings": warnings,
            **(extra or {}),
        }
        facts = [f"{one.seq:>8}  {one.kind.value.replace('_', ' ')}" for one in told]
        facts += [f"{name}: {shown}" for name, shown in (extra or {}).items()]
        self.tell(value, [*(lines or facts), *(f"! {warning}" for warning in warnings)])


def secret(variable: str, asked: str) -> str:
    """A secret from the file that an environment variable names, else typed at a prompt.

    Raises:
        WrongUse: the file cannot be read, or there is no terminal to ask at.

    """
    named = os.environ.get(variable)
    if named:
        try:
            return Path(named).read_text(encoding="utf-8").rstrip("\r\n")
        except OSError as error:
            raise WrongUse(variable, say("The file cannot be read: {why}.", why=error.strerror or "?")) from error
    if not sys.stdin.isatty():
        raise WrongUse(variable, say("There is no terminal to ask at; name a file with the secret in it."))
    return getpass.getpass(asked)


def typed() -> tuple[Evidence, ...]:
    """How an item is identified on the command line."""
    return (Evidence(how="typed"),)


def when(text: str, where: str) -> datetime | None:
    """A moment given as `2026-11-24T08:14:00Z` or with another offset; nothing for an empty text.

    Raises:
        WrongUse: it is not one, or does not say its zone.

    """
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise WrongUse(where, say("{text} is not a moment like 2026-11-24T08:14:00Z.", text=text)) from None
    if at.tzinfo is None:
        raise WrongUse(where, say("{text} does not say its zone; end it with Z or +02:00.", text=text))
    return at


def until_when(text: str, where: str) -> datetime | None:
    """A moment as `when` takes it, or a day like `2027-01-31`, which means its end by this machine's clock.

    Raises:
        WrongUse: it is neither.

    """
    if len(text) == len("2027-01-31"):
        return datetime.combine(day(text, where), time(23, 59)).astimezone()
    return when(text, where)


def day(text: str, where: str) -> date:
    """A calendar day given as `2027-01-31`.

    Raises:
        WrongUse: it is not one.

    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WrongUse(where, say("{text} is not a day like 2027-01-31.", text=text)) from None


def refused(refusal: Refusal) -> tuple[dict[str, Any], list[str]]:
    """A refusal as JSON and as lines."""
    lines = [f"Refused: {refusal.says}"]
    if refusal.do_now:
        lines.append(f"Do now:  {refusal.do_now}")
    lines.append(f"Override: {refusal.override or say('None.')} ({refusal.rule})")
    value = {"rule": refusal.rule, "says": str(refusal.says), "source": refusal.source}
    return {"refused": value}, lines


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows under headings, as wide as the terminal allows; the last column gives way."""
    widths = [max(len(row[i]) for row in [headings, *rows]) for i in range(len(headings))]
    room = shutil.get_terminal_size((110, 25)).columns
    cut = max(8, room - sum(widths[:-1]) - 2 * (len(widths) - 1))
    shown = []
    for row in [headings, *rows]:
        cells = [cell.ljust(width) for cell, width in zip(row[:-1], widths[:-1], strict=True)]
        last = row[-1] if len(row[-1]) <= cut else row[-1][: cut - 1] + "…"
        shown.append("  ".join([*cells, last]).rstrip())
    return shown
