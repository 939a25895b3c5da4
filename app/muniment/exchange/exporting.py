"""Writing a register out in open formats, with the digests to check what was written."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from muniment.desk.register import Register
from muniment.domain.basics.identity import Kind
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.attachments import SUFFIXES, attached_to
from muniment.exchange.export_lists import NAMES_PEOPLE, SHEETS, ListKind, left_out, rows_of
from muniment.exchange.sheets.problems import SheetRefused
from muniment.exchange.sheets.writing import Value as Cell
from muniment.exchange.sheets.writing import write_table
from muniment.ports.audit import Stopped
from muniment.ports.work import StoreFault, Work

README, DIGESTS, FILES, CHECKPOINT = "README.txt", "SHA256SUMS", "files", "checkpoint.txt"

_CHUNK = 1 << 20
_AT_ONCE = 500

Written = Callable[[int], bool]
"""Told how many rows are written so far; answers whether to go on."""


def _keep_on(_rows: int) -> bool:
    return True


_SUFFIXES = {ListKind.FACTS: ".jsonl", ListKind.OTHERS: ".jsonl"}


@dataclass(frozen=True, slots=True)
class Exported:
    """One file that was written: what of, where, how many rows, the SHA-256 of its bytes in hexadecimal.

    `notices` are what whoever hands the file on must know.
    """

    kind: str
    path: Path
    rows: int
    sha256: str
    notices: tuple[Text, ...] = ()


def export_list(
    register: Register, kind: ListKind, path: Path, *, with_names: bool = False, written: Written = _keep_on
) -> Exported:
    """Write one list; the suffix of the name decides the format: csv, tsv, xlsx, ods, json, jsonl.

    Rows go from the register to the file one by one. Where names of persons are asked for and the list holds them,
    a notice is written beside it.

    Raises:
        SheetRefused: the format is unknown, or cannot hold the list.
        OSError: the disk says no.
        Stopped: `written` answered that it should not go on; no file was made.

    """
    named = with_names and kind in NAMES_PEOPLE
    with _notice_beside(path) if named else nullcontext(), _reading(register) as work:
        made = _write(work, kind, path, with_names, _Counter(written))
        notices = [*made.notices, *_left_out(work, kind)]
    if named:
        notices.insert(0, _names_notice(path.name))
    return Exported(kind, path, made.rows, made.sha256, tuple(notices))


def export_all(
    register: Register, folder: Path, *, with_names: bool = False, written: Written = _keep_on
) -> tuple[Exported, ...]:
    """Write everything into a folder that is empty or not there yet: lists, facts, a page to read first, digests.

    Everything is of one moment of the register. Photographs and scanned papers may show persons, so they are written
    only with names.

    Raises:
        Refusal: the folder holds something.
        OSError: the disk says no; what was written by then is gone again.
        Stopped: `written` answered that it should not go on; what was written by then is gone again.

    """
    was_there = folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise Refusal(
            "folder_not_empty",
            say("The folder {folder} holds something already.", folder=folder.name),
            do_now=say("Name a new folder, so that nothing old is taken for part of this export."),
        )
    try:
        return _all_of(register, folder, with_names, _Counter(written))
    except (Stopped, OSError, StoreFault):
        # Half of an export would stand in the way of the next one, and be taken for a whole one.
        for one in folder.iterdir():
            shutil.rmtree(one) if one.is_dir() else one.unlink()
        if not was_there:
            folder.rmdir()
        raise


def _all_of(register: Register, folder: Path, with_names: bool, counter: _Counter) -> tuple[Exported, ...]:
    at = register.desk.clock.now()
    made: list[Exported] = []
    with _reading(register) as work:
        head = work.head()
        for kind in ListKind:
            path = folder / f"{kind}{_SUFFIXES.get(kind, '.csv')}"
            one = _write(work, kind, path, with_names, counter)
            made.append(Exported(kind, path, one.rows, one.sha256, tuple(_left_out(work, kind))))
        kept, withheld = _files(work, folder / FILES, with_names=with_names)
        signed = folder / CHECKPOINT
        signed.write_text(work.signed(), encoding="utf-8", newline="\n")
    made += [*kept, Exported("checkpoint", signed, 0, _digest(signed))]
    notices = [_names_notice(folder.name) if with_names else _nameless_notice()]
    if withheld:
        notices.append(
            say("{count} photographs and papers were not written, because they may show persons.", count=withheld)
        )
    page = folder / README
    told = (f"{head.size}", head.leaf.hex())
    page.write_text(_readme(register, at, told, made, notices), encoding="utf-8", newline="\n")
    made.append(Exported("readme", page, 0, _digest(page), tuple(notices)))
    lines = [f"{one.sha256}  {one.path.relative_to(folder).as_posix()}\n" for one in made]
    (folder / DIGESTS).write_text("".join(lines), encoding="utf-8", newline="\n")
    return tuple(made)


@contextmanager
def _reading(register: Register) -> Iterator[Work]:
    """The register, to read from. What a disk says to files that are written meanwhile is not said of the register."""
    said: OSError | None = None
    with register.desk.look() as work:
        try:
            yield work
        except OSError as error:
            said = error
    if said is not None:
        raise said


@contextmanager
def _notice_beside(path: Path) -> Iterator[None]:
    """Write the notice of names before the list: a list with names never lies there without it, nor it without one."""
    notice = path.with_name(f"{path.name}.notice.txt")
    was_there = notice.exists()
    try:
        notice.write_text(f"{_names_notice(path.name)}\n", encoding="utf-8", newline="\n")
        yield
    except (Stopped, OSError, StoreFault, SheetRefused):
        if not was_there:
            notice.unlink(missing_ok=True)
        raise


def _write(work: Work, kind: ListKind, path: Path, with_names: bool, counter: _Counter) -> Exported:
    before = counter.rows
    write_table(
        path, SHEETS[kind].headings, counter.counted(rows_of(kind, work, with_names=with_names)), sheet=kind.value
    )
    return Exported(kind, path, counter.rows - before, _digest(path))


class _Counter:
    """Counts rows on their way to files, and tells how many there are now and then."""

    def __init__(self, written: Written) -> None:
        self._written = written
        self.rows = 0

    def counted(self, rows: Iterator[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
        for row in rows:
            self.rows += 1
            if self.rows % _AT_ONCE == 0 and not self._written(self.rows):
                raise Stopped
            yield row


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as opened:
        while chunk := opened.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


_SUBJECTS = {
    ListKind.WEAPONS: Kind.WEAPON,
    ListKind.HOLDINGS: Kind.LINE,
    ListKind.COMPONENTS: Kind.COMPONENT,
}


def _left_out(work: Work, kind: ListKind) -> Iterator[Text]:
    if kind in _SUBJECTS:
        count = sum(left_out(kind, standing) for standing in work.every(_SUBJECTS[kind]))
        if count:
            yield say("{count} records are withdrawn or worked off and stand in the facts only.", count=count)


def _files(work: Work, folder: Path, *, with_names: bool) -> tuple[list[Exported], int]:
    """Write what is attached to anything, each file under its digest; also how many were withheld."""
    found = {one.sha256: one for kind in Kind for standing in work.every(kind) for one in attached_to(standing)}
    if not with_names:
        return [], len(found)
    made = []
    for digest, one in sorted(found.items()):
        kept = work.file(digest)
        if kept is not None:
            folder.mkdir(exist_ok=True)
            path = folder / f"{digest}{SUFFIXES.get(one.media_type, '')}"
            path.write_bytes(kept[1])
            made.append(Exported(one.kind, path, 1, _digest(path)))
    return made, 0


def _names_notice(name: str) -> Text:
    return say(
        "{name} names persons: names, ranks, service numbers, badge codes. Keep it as the register itself is kept, "
        "give it only to those who may know, and destroy it when it has served.",
        name=name,
    )


def _nameless_notice() -> Text:
    return say(
        "Persons stand here as person/… and are not named. Reasons and remarks are as officers wrote them; read them "
        "before handing this on."
    )


_CONTENTS = {
    ListKind.WEAPONS: say("every weapon; the first columns are those that an import of weapons reads"),
    ListKind.HOLDINGS: say("quantities without serials"),
    ListKind.COMPONENTS: say("components that are followed by themselves"),
    ListKind.PEOPLE: say("persons, what they may draw and how much they hold"),
    ListKind.PLACES: say("the places of the depot"),
    ListKind.MODELS: say("the catalogue of makes and models, which `models import` reads"),
    ListKind.FACTS: say("the ledger, one record a line, oldest first: the truth all else follows from"),
    ListKind.OTHERS: say("everything else that stands: units, codes, receipts, cases, limits, batches"),
}

_HOW = (
    say("Text is UTF-8. Dates are written year first. A cell of a CSV that begins with ' and then = + - or @ is"),
    say("text: take the ' away. An import by Muniment does so itself."),
    say("To take weapons into another register, leave register_no out of the mapping: a register numbers its own."),
    say("facts.jsonl: `record` is the record exactly as it is kept; its leaf is the SHA-256 of one zero byte and"),
    say("the UTF-8 bytes of `record`, and each record names the leaf of the one before as `prev`."),
    say(
        "{checkpoint} is the root of the tree over all leaves as RFC 9162 makes it, signed by a", checkpoint=CHECKPOINT
    ),
    say("workstation; installer/verify_ledger.py checks all of this without Muniment."),
    say("{digests} lists the SHA-256 of every file; `sha256sum -c {digests}` checks them.", digests=DIGESTS),
)


def _readme(
    register: Register, at: datetime, head: tuple[str, str], made: Sequence[Exported], notices: Sequence[Text]
) -> str:
    lines = [
        say("Export of a register of weapons, made by Muniment"),
        "",
        say("Depot: {depot}", depot=register.depot),
        say("Realm: {realm}", realm=register.realm.value),
        say("Written: {at}", at=at.strftime("%Y-%m-%dT%H:%M:%SZ")),
        say("Ledger: {facts} facts; leaf of the last one: {leaf}", facts=head[0], leaf=head[1]),
        "",
        *notices,
        "",
    ]
    for one in made:
        content = _CONTENTS.get(ListKind(one.kind)) if one.kind in tuple(ListKind) else None
        if content is not None:
            lines.append(say("{file}: {rows} rows, {content}.", file=one.path.name, rows=one.rows, content=content))
            lines += [f"  {notice}" for notice in one.notices]
    return "\n".join(str(line) for line in [*lines, "", *_HOW]) + "\n"
