"""Facts told in full: what changed from what to what, who, beside whom, on what evidence, and what took it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from muniment.desk.field_words import file_words, title_of, value_of
from muniment.desk.own_fields import definitions
from muniment.desk.reading import DEEDS, HistoryLine, line, name_of
from muniment.domain.basics.identity import Subject, is_subject
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.attachments import FILES, attached_in
from muniment.domain.custody.facts import Deed, Fact, Value
from muniment.domain.custody.reversing import TAKING_BACK
from muniment.domain.custody.standing import WHERE
from muniment.ports.work import Told, Work

_HOW: Mapping[str, Text] = {
    "typed": say("typed"),
    "barcode": say("barcode"),
    "tag": say("tag"),
    "eye": say("read by eye"),
    "badge": say("badge"),
    "passphrase": say("passphrase"),
    "pin": say("PIN"),
    "signature": say("signature"),
    "paper": say("paper"),
    "list": say("list"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One field that a fact touches: how it is called, what stood before, what stands after; empty for nothing."""

    title: Text
    before: Text | None
    after: Text | None


@dataclass(frozen=True, slots=True)
class ToldFact:
    """One fact with all that was said of it.

    `act` names the act it belongs to. `corrects` is the place of the fact it takes back, `corrected_by` that of the
    counter-entry that took it back; 0 where there is none.
    """

    line: HistoryLine
    act: str
    doc: str
    evidence: tuple[Text, ...]
    overridden: tuple[str, ...]
    about: tuple[Change, ...]
    changes: tuple[Change, ...]
    corrects: int
    corrected_by: int

    @property
    def instead(self) -> Text | None:
        """What to do where such a fact is never taken back."""
        return TAKING_BACK[self.line.kind].instead

    @property
    def may_be_taken_back(self) -> bool:
        """Whether taking it back can be tried: the rule decides who may, and what has changed since."""
        return self.instead is None and not self.corrected_by


@dataclass(frozen=True, slots=True)
class Facts:
    """All facts of a subject, oldest first, kept as they are: they are put into words when they are looked at."""

    subject: Subject
    told: Sequence[tuple[Told, Fact]]
    by_leaf: Mapping[str, int]
    taken_back_by: Mapping[str, int]

    def __len__(self) -> int:
        """How many there are."""
        return len(self.told)


def facts_of(work: Work, subject: Subject) -> Facts:
    """The facts of a subject, and which took which back."""
    told = work.facts_of(subject)
    return Facts(
        subject,
        told,
        {one.leaf: one.seq for one, _ in told},
        {fact.corrects: one.seq for one, fact in told if fact.corrects},
    )


def lines_of(work: Work, facts: Facts, newest: int, count: int) -> tuple[HistoryLine, ...]:
    """So many facts in a line each, newest first, from the one that `newest` stand before."""
    end = len(facts.told) - newest
    return tuple(line(work, told, fact) for told, fact in reversed(facts.told[max(0, end - count) : max(0, end)]))


def told_in_full(work: Work, facts: Facts, nth: int) -> ToldFact:
    """One fact in full; `nth` counts from 0 for the newest."""
    told, fact = facts.told[len(facts.told) - 1 - nth]
    own = {field.name: field.title for field in definitions(work, retired=True)}
    return ToldFact(
        line=line(work, told, fact),
        act=fact.act,
        doc=fact.doc,
        evidence=tuple(_evidence(one.how, one.seen, one.device) for one in fact.evidence),
        overridden=tuple(str(fact.about.get("overridden", "")).split()),
        about=tuple(_about(work, fact)),
        changes=tuple(_changes(work, fact, own)),
        corrects=facts.by_leaf.get(fact.corrects, 0),
        corrected_by=facts.taken_back_by.get(told.leaf, 0),
    )


@dataclass(frozen=True, slots=True)
class ActTold:
    """What is taken back with a fact: each fact of its act in a line with what it is about, in the order told."""

    seq: int
    facts: tuple[tuple[str, Text], ...]


def taken_back_with(work: Work, seq: int, most: int = 12) -> ActTold:
    """What goes with a fact when it is taken back: its whole act, or it alone where it is one row of an import.

    At most so many facts are shown.
    """
    fact = work.fact(seq)
    found: list[tuple[str, Text]] = []
    for told, other in work.facts_of_act(fact.act if fact is not None else ""):
        if not found and other.kind is Deed.BATCH_IMPORTED and fact is not None and told.seq != seq:
            return ActTold(seq, ((name_of(work, fact.subject), DEEDS[fact.kind]),))
        found.append((name_of(work, told.subject), DEEDS[other.kind]))
        if len(found) >= most:
            break
    return ActTold(seq, tuple(found))


def _evidence(how: str, seen: str, device: str) -> Text:
    words = _HOW.get(how, say("{how}", how=how))
    if seen and device:
        return say("{how}: {seen}, by {device}", how=words, seen=seen, device=device)
    return say("{how}: {seen}", how=words, seen=seen) if seen else words


def _changes(work: Work, fact: Fact, own: Mapping[str, str]) -> list[Change]:
    found = []
    if fact.from_ or fact.to:
        found.append(
            Change(
                title_of(WHERE, {}),
                say("{name}", name=name_of(work, fact.from_)) if fact.from_ else None,
                say("{name}", name=name_of(work, fact.to)) if fact.to else None,
            )
        )
    if fact.kind is Deed.FILE_ATTACHED and (attached := attached_in(fact.after.get(FILES))):
        return [*found, Change(title_of(FILES, own), None, file_words(attached[-1]))]
    for name in dict.fromkeys((*fact.before, *fact.after)):
        before, after = fact.before.get(name), fact.after.get(name)
        found.append(Change(title_of(name, own), _value(work, name, before), _value(work, name, after)))
    return found


def _value(work: Work, name: str, value: Value | None) -> Text | None:
    return None if value is None else value_of(work, name, value)


_ABOUT: Mapping[str, Text] = {
    "batch": say("Import"),
    "row": say("Row of the list"),
    "key": say("Line of the list"),
    "holder": say("Held until then by"),
    "brought_by": say("Brought by"),
    "brought_to": say("Brought to"),
    "receipt": say("Hand receipt"),
    "breach": say("Rules it broke"),
    "kit": say("Kit"),
    "line": say("Quantity it was one of"),
    "weapon": say("Weapon"),
    "component": say("Component"),
    "shipment": say("Shipment"),
    "arrival": say("Arrival"),
}


def _about(work: Work, fact: Fact) -> list[Change]:
    """What a fact is about beyond its effect, under the names people read."""
    found = []
    for name, value in fact.about.items():
        if name in _ABOUT and isinstance(value, str | int):
            words = name_of(work, str(value)) if is_subject(str(value)) else str(value)
            found.append(Change(_ABOUT[name], None, say("{value}", value=words)))
    return found
