"""Facts told in full: what changed from what to what, who, beside whom, on what evidence, and what took it back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from muniment.desk.evidence_words import in_a_row
from muniment.desk.field_words import file_words, title_of, value_of
from muniment.desk.own_fields import definitions
from muniment.desk.provenance import row_of, row_words
from muniment.desk.reading import DEEDS, HistoryLine, line, name_of
from muniment.domain.basics.identity import Subject, is_subject
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.attachments import FILES, attached_in
from muniment.domain.custody.facts import Deed, Fact, Value
from muniment.domain.custody.importing import IMPORT_KEY
from muniment.domain.custody.reversing import TAKING_BACK, WITHDRAWN
from muniment.domain.custody.standing import WHERE
from muniment.ports.work import Told, Work

_CHANGING = frozenset(
    {
        Deed.WEAPON_DESCRIBED,
        Deed.CONDITION_CHANGED,
        Deed.PLACE_CHANGED,
        Deed.PERSON_CHANGED,
        Deed.KIT_CHANGED,
        Deed.OWN_FIELD_SET,
        Deed.FILE_ATTACHED,
    }
)
"""Facts whose name does not say what they changed."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field that a fact touches: how it is called, what stood before, what stands after; empty for nothing."""

    title: Text
    before: Text | None
    after: Text | None


def _named(title: Text, words: str | Text) -> Change:
    return Change(title, None, say("{value}", value=words))


@dataclass(frozen=True, slots=True)
class ToldFact:
    """One fact with all that was said of it.

    `act` names the act it belongs to. `corrects` is the place of the fact it takes back, `corrected_by` that of the
    counter-entry that took it back; 0 where there is none.
    """

    line: HistoryLine
    act: str
    overridden: tuple[str, ...]
    about: tuple[Change, ...]
    changes: tuple[Change, ...]
    corrects: int
    corrected_by: int

    @property
    def said(self) -> tuple[Change, ...]:
        """What was said of it beyond what happened: who stood by, why, on what paper and evidence, what it is about.

        The same under the same titles on the screen, on paper and at the terminal; what was not said is left out.
        """
        second = self.line.second
        return (*((_named(say("Second person"), second),) if second else ()), *self.said_beside)

    @property
    def said_beside(self) -> tuple[Change, ...]:
        """The same for where the second person has a column."""
        line, rules = self.line, ", ".join(rule.replace("_", " ") for rule in self.overridden)
        known = (
            (say("Reason"), line.reason),
            (say("Document"), line.doc),
            (say("Identified by"), in_a_row(line.evidence) if line.evidence else ""),
            (say("Rules let pass"), rules),
        )
        return (*(_named(title, words) for title, words in known if words), *self.about)

    @property
    def notes(self) -> tuple[Text, ...]:
        """What must be known before it is read as it stands: that it is late, takes another back, was taken back."""
        found = [say("Entered late, after it had happened.")] if self.line.late else []
        found += [say("Takes fact {n} back.", n=self.corrects)] if self.corrects else []
        return (*found, *([say("Taken back by fact {n}.", n=self.corrected_by)] if self.corrected_by else []))

    @property
    def unsaid_changes(self) -> tuple[Change, ...]:
        """What it changed, where its name does not say it."""
        return self.changes if self.line.kind in _CHANGING else ()

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
    return _in_full(work, facts, len(facts.told) - 1 - nth, _own_titles(work))


def all_in_full(work: Work, facts: Facts) -> Iterator[ToldFact]:
    """Every fact in full, oldest first."""
    own = _own_titles(work)
    return (_in_full(work, facts, place, own) for place in range(len(facts.told)))


def _own_titles(work: Work) -> Mapping[str, str]:
    return {field.name: field.title for field in definitions(work, retired=True)}


def _in_full(work: Work, facts: Facts, place: int, own: Mapping[str, str]) -> ToldFact:
    told, fact = facts.told[place]
    return ToldFact(
        line=line(work, told, fact),
        act=fact.act,
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
        newest = say("{nth}  {file}", nth=str(len(attached)), file=file_words(attached[-1]))
        return [*found, Change(title_of(FILES, own), None, newest)]
    for name in dict.fromkeys((*fact.before, *fact.after)):
        if name == IMPORT_KEY:
            continue
        before, after = fact.before.get(name), fact.after.get(name)
        closed = fact.kind is Deed.PLACE_CHANGED and name == WITHDRAWN
        title = say("Closed") if closed else title_of(name, own)
        found.append(Change(title, _value(work, name, before), _value(work, name, after)))
    return found


def _value(work: Work, name: str, value: Value | None) -> Text | None:
    return None if value is None else value_of(work, name, value)


_ABOUT: Mapping[str, Text] = {
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
    row = row_of(work, fact)
    found = [Change(say("Row of the list"), None, row_words(row))] if row is not None else []
    for name, value in fact.about.items():
        if name in _ABOUT and isinstance(value, str | int):
            words = name_of(work, str(value)) if is_subject(str(value)) else str(value)
            found.append(Change(_ABOUT[name], None, say("{value}", value=words)))
    return found
