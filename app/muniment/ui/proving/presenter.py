"""What the register can prove, decided without a screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from muniment.desk.desk import Deposition, Officer
from muniment.desk.register import Register
from muniment.desk.signing_keys import keys
from muniment.desk.witnessing import (
    JUDGEMENTS,
    Judgement,
    Unwitnessed,
    hand_out_checkpoint,
    judge,
    remembered,
    unwitnessed,
)
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.verifying import Break, Verdict
from muniment.exchange.plain_files import write_plain
from muniment.ports.audit import Stopped
from muniment.ui.proving.scanned_sheet import ScannedSheet

GOOD = frozenset({Judgement.HOLDS, Judgement.UNSIGNED})


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a workstation: whose, the beginning of it, whether it is believed."""

    workstation: str
    public: str
    enrolled: bool


@dataclass(frozen=True, slots=True)
class LedgerNow:
    """The ledger as it stands: its log, how many facts, the root over them, what nobody outside has seen, the keys."""

    log: str
    facts: int
    root: str
    tail: Unwitnessed
    keys: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """What a sheet tells: whether it is well, the words, how many facts the sheet has seen."""

    well: bool
    says: Text
    facts: int


@dataclass(frozen=True, slots=True)
class Checked:
    """What a verification found: the words, and every break."""

    sound: bool
    says: Text
    breaks: tuple[Break, ...]


class ProvingPresenter:
    """Reads, verifies, judges sheets and hands out heads in the name of whoever sits there."""

    def __init__(self, register: Register, officer: Officer) -> None:
        self._register = register
        self._officer = officer
        self._sheet: ScannedSheet | None = None

    def sit_down(self, officer: Officer) -> None:
        """Another officer has signed in."""
        self._officer = officer

    def now(self) -> LedgerNow:
        """How the ledger stands."""
        desk = self._register.desk
        with desk.look() as work:
            signed = remembered(work.signed())
            known = tuple(
                [Key(one.text("ws"), one.text("public"), one.text("state") == "enrolled") for one in keys(work)]
            )
            tail = unwitnessed(work, desk.clock.now())
            return LedgerNow(work.head().log, work.head().size, signed.root_text if signed else "", tail, known)

    def verify(self, progress: Callable[[int, int], bool]) -> Checked:
        """Walk everything; `progress` is told how far it is, and answers whether to go on."""
        seen = self._register.seen()
        try:
            verdict = self._register.audit.verify(progress, [seen] if seen else [])
            search = self._register.audit.verify_search(lambda _done, _count: True)
        except Stopped:
            return Checked(False, say("Stopped. Nothing is known of what was not walked yet."), ())
        return _checked(verdict, (*verdict.breaks, *search), remembers=seen is not None)

    def take(self, scanned: str) -> Judged | None:
        """Take a scanned code, which may come line by line; answers a judgement once a head is whole.

        Raises:
            LookupError: this is no part of a head.

        """
        if self._sheet is None:
            with self._register.desk.look() as work:
                self._sheet = ScannedSheet(work.head().log)
        whole = self._sheet.take(scanned)
        if whole is None:
            raise LookupError(scanned)
        return self.judge(whole) if whole else None

    def judge(self, written: str) -> Judged:
        """Hold what a sheet bears against the register."""
        with self._register.desk.look() as work:
            judgement, facts = judge(work, written, self._register.suites)
        return Judged(judgement in GOOD, JUDGEMENTS[judgement], facts)

    def hand_out(self, target: str) -> Text:
        """Write the newest head into a new file, and note that it went out.

        Raises:
            Refusal: no file is named, there is one already, or it cannot be written; nothing is noted then.

        """
        if not target.strip():
            raise Refusal("no_target", say("It is not said where to write."), do_now=say("Name a file."))
        path = Path(target.strip()).expanduser()
        deposition = Deposition(self._officer)
        _, handed = hand_out_checkpoint(self._register.desk, deposition, partial(_write, path))
        facts = signed.size if (signed := remembered(handed)) else 0
        return say(
            "The head of {facts} facts is in {file}. Give it to somebody outside: with it nobody can take any of them "
            "away unseen.",
            facts=f"{facts:,}",
            file=path.name,
        )

    def offered_name(self) -> str:
        """A name for the file that says which day it is of."""
        return f"checkpoint-{self._register.desk.clock.now():%Y-%m-%d-%H%M}.txt"


def _write(path: Path, note: str) -> None:
    try:
        write_plain(path, note.encode())
    except OSError as error:
        raise Refusal(
            "not_written",
            say("The file cannot be written: {why}.", why=error.strerror or "?"),
            do_now=say("Choose another name or place. Nothing was handed out."),
        ) from error


def _checked(verdict: Verdict, breaks: tuple[Break, ...], *, remembers: bool) -> Checked:
    if breaks:
        says = say(
            "{count} breaks in {facts} facts. Tell the commander, and keep this register as it is.",
            count=f"{len(breaks):,}",
            facts=f"{verdict.facts:,}",
        )
        return Checked(False, says, breaks)
    says = say("{facts} facts, all whole: every record, signature and row.", facts=f"{verdict.facts:,}")
    if not remembers:
        says = say(
            "{facts} facts, all whole: every record, signature and row. This workstation remembers nothing of this "
            "register: scan a sheet, to see that nothing was cut off its end.",
            facts=f"{verdict.facts:,}",
        )
    return Checked(True, says, ())
