"""Walking the whole ledger: every record as it was written, every link whole, every shown state the fold of its facts.

The walk goes subject by subject, because the fold of one subject needs no other, so it holds one subject in memory
at a time however long the ledger is. The links between neighbours in time are checked on the way: each record comes
with the stored leaf hash of its predecessor.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from muniment.domain.basics.canonical import NotCanonical
from muniment.domain.basics.identity import Subject, is_subject
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.facts import Deed, Fact
from muniment.domain.custody.record import ORIGIN_LEAF, Head, Record, leaf_hash, unseal
from muniment.domain.custody.standing import WHERE, DoesNotFollow, Standing, follow


class Stored(NamedTuple):
    """A record as it lies in the database, with the leaf hash stored for the record before it."""

    seq: int
    subject: str
    act: str
    nth: int
    body: bytes
    leaf: bytes
    leaf_before: bytes | None


@dataclass(frozen=True, slots=True)
class Break:
    """One thing that is not as the ledger says: a stable name, where, and what it means."""

    rule: str
    where: str
    says: Text
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a walk found: how many facts, the head it reached, every break, the newest signed checkpoint."""

    facts: int
    head: Head
    breaks: tuple[Break, ...]
    signed: str = ""


Row = Sequence[Any]
"""A row that screens read, its subject first."""


def walk(
    log: str,
    stored: Iterable[Stored],
    rows: Iterable[Row],
    row_of: Callable[[Standing], Row],
    on_standing: Callable[[Standing, str], Iterable[Break]],
) -> Iterator[Break]:
    """Check records ordered by subject and then by place, against rows ordered by subject; answer every break.

    `row_of` makes the row that should stand; `on_standing` is asked of each subject in the end, with the last
    commitment to a person's record, for what lies beside the ledger.
    """
    shown = iter(rows)
    row = next(shown, None)
    standing: Standing | None = None
    commit = ""

    def settle(standing: Standing) -> Iterable[Break]:
        """What is wrong with a subject whose facts are all read; takes its row, and those before it that lack facts."""
        nonlocal row
        found: list[Break] = []
        while row is not None and row[0] < standing.subject:
            found.append(_unfounded(row))
            row = next(shown, None)
        if not is_subject(standing.subject):
            return found  # the records that lie under it are told of as mislabelled
        if row is None or row[0] != standing.subject:
            found.append(_missing(standing))
        else:
            if row != row_of(standing):
                found.append(_altered(standing))
            row = next(shown, None)
        found += on_standing(standing, commit)
        return found

    for one in stored:
        if standing is None or one.subject != standing.subject:
            if standing is not None:
                yield from settle(standing)
            standing, commit = Standing(Subject(one.subject)), ""
        yield from _link_breaks(one)
        try:
            record, fact = unseal(one.body)
        except NotCanonical as error:
            yield Break(
                "not_canonical",
                f"fact {one.seq}",
                say("This record is not as any program of ours wrote it: {why}.", why=str(error)),
                one.seq,
            )
            continue
        yield from _label_breaks(log, one, record, fact)
        commit = fact.person_commit or commit
        try:
            standing = follow(standing, fact)
        except DoesNotFollow as error:
            yield Break(
                "does_not_follow",
                f"fact {one.seq}",
                say("This fact does not fit what stood before it: {why}.", why=str(error)),
                one.seq,
            )
            standing = _forced(standing, fact)
    if standing is not None:
        yield from settle(standing)
    while row is not None:
        yield _unfounded(row)
        row = next(shown, None)


def _link_breaks(one: Stored) -> Sequence[Break]:
    sound = leaf_hash(one.body) == one.leaf
    if sound and (one.leaf_before is not None or one.seq == 1):
        return ()
    found: list[Break] = []
    if not sound:
        says = say("The record's bytes are not those that were hashed: it was altered.")
        found.append(Break("altered", f"fact {one.seq}", says, one.seq))
    if one.leaf_before is None and one.seq != 1:
        found.append(Break("gap", f"fact {one.seq}", say("The record before this one is missing."), one.seq))
    return found


def _label_breaks(log: str, one: Stored, record: Record, fact: Fact) -> Sequence[Break]:
    seq = one.seq
    found: list[Break] = []
    before = ORIGIN_LEAF if seq == 1 else one.leaf_before
    if before is not None and record.prev != before.hex():
        says = say("The record does not name the one before it: something was inserted, removed or changed here.")
        found.append(Break("chain_broken", f"fact {seq}", says, seq))
    if record.seq != seq:
        says = say("The record says that it is number {seq}.", seq=record.seq)
        found.append(Break("out_of_place", f"fact {seq}", says, seq))
    if fact.subject != one.subject or fact.id != f"{one.act}.{one.nth}":
        says = say("The record lies under another subject or act than it tells of.")
        found.append(Break("mislabelled", f"fact {seq}", says, seq))
    if record.log != log:
        says = say("The record belongs to another log, {log}.", log=record.log)
        found.append(Break("foreign", f"fact {seq}", says, seq))
    if (seq == 1) != (fact.kind is Deed.REGISTER_OPENED):
        says = say("A register is opened by its first fact, and only by that one.")
        found.append(Break("no_genesis", f"fact {seq}", says, seq))
    return found


def _forced(standing: Standing, fact: Fact) -> Standing:
    """Go on after a fact that does not fit, as if it did, so that later breaks are found on their own."""
    fields = {name: value for name, value in standing.fields.items() if name not in fact.before}
    fields.update(fact.after)
    if fact.to:
        fields[WHERE] = fact.to
    elif fact.from_:
        fields.pop(WHERE, None)
    return Standing(standing.subject, fact.expects + 1, fields)


def _unfounded(row: Row) -> Break:
    says = say("What screens read shows a subject that the ledger has no facts of.")
    return Break("row_unfounded", str(row[0]), says)


def _missing(standing: Standing) -> Break:
    says = say("What screens read lacks this subject, although the ledger has facts of it.")
    return Break("row_missing", standing.subject, says)


def _altered(standing: Standing) -> Break:
    says = say("What screens read differs from what the facts add up to.")
    return Break("row_altered", standing.subject, says)
