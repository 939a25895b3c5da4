"""Rows that an earlier edition of a list of quantities had and this one has no more, and what became of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from muniment.desk.import_plan import RowNote
from muniment.domain.basics.identity import Kind
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.facts import Deed, Fields
from muniment.domain.custody.importing import IMPORT_KEY
from muniment.domain.custody.list_rules import line_changed
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.ports.work import Work

_COMPARED = ("item_name", "nsn", "unit_of_issue", "acquired_on", "listed_condition", "remarks")
_TOLD = 5

_Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Gone:
    register_no: str
    words: _Words


class GoneRows:
    """What stands in the register from earlier editions of a list, and is in none of the rows with these keys."""

    def __init__(self, work: Work, list_name: str, keys: Collection[str]) -> None:
        self._gone = list(_gone(work, list_name, keys))
        self._nearly: dict[tuple[int, _Words], list[_Gone]] = {}
        for one in self._gone:
            for place, rest in _but_one(one.words):
                self._nearly.setdefault((place, rest), []).append(one)

    def nearly(self, fields: Fields, quantity: int) -> Refusal | None:
        """The objection to a row that differs from one that is gone in no more than one of its cells.

        Each row that is gone is taken for one row only.
        """
        words = _words(fields, quantity)
        for place, rest in _but_one(words):
            for one in self._nearly.get((place, rest), ()):
                if one in self._gone:
                    self._gone.remove(one)
                    return line_changed(one.register_no, one.words[place] or "–", words[place] or "–")
        return None

    def notices(self) -> Iterator[RowNote]:
        """What is gone and like no other row: the list says nothing of it any more, the register keeps it."""
        if self._gone:
            numbers = ", ".join(one.register_no for one in self._gone[:_TOLD])
            says = say(
                "{count} rows of an earlier edition are not in this one. What they brought stays as it is: {numbers}.",
                count=len(self._gone),
                numbers=numbers if len(self._gone) <= _TOLD else f"{numbers}, …",
            )
            yield RowNote("earlier editions", says, "rows_gone")


def _gone(work: Work, list_name: str, keys: Collection[str]) -> Iterator[_Gone]:
    for batch in work.all_of(Kind.BATCH):
        if (batch.text("kind"), batch.text("list_name"), batch.text("state")) != ("holdings", list_name, "imported"):
            continue
        brought = [
            fact
            for _, fact in work.facts_of_act(work.facts_of(batch.subject)[0][1].act)
            if fact.kind in (Deed.LINE_REGISTERED, Deed.UNDECIDED_LISTED) and fact.after.get(IMPORT_KEY) not in keys
        ]
        standings = work.standings([fact.subject for fact in brought])
        for fact in brought:
            if fact.subject in standings and not standings[fact.subject].text(WITHDRAWN):
                yield _Gone(standings[fact.subject].text("register_no"), _words(fact.after, fact.qty))


def _words(fields: Fields, quantity: int) -> _Words:
    """What is compared of a row; the quantity stands first, for it is what changes most."""
    return (str(quantity), *(str(fields.get(name, "")) for name in _COMPARED))


def _but_one(words: _Words) -> Iterator[tuple[int, _Words]]:
    for place in range(len(words)):
        yield place, (*words[:place], *words[place + 1 :])
