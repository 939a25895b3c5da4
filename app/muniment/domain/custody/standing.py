"""What is true of a subject now: the fold of its facts."""

from __future__ import annotations

import msgspec

from muniment.domain.basics.identity import Subject
from muniment.domain.custody.facts import Fact, Value

WHERE = "where"
"""The field that `from` and `to` of a fact move: a place, a person, or the item it is fitted to."""


class DoesNotFollow(ValueError):  # noqa: N818 - says what the fact does not do
    """A fact whose `before` is not what the facts before it left behind."""


class Standing(msgspec.Struct, frozen=True):
    """A subject as its facts leave it; `version` counts them."""

    subject: Subject
    version: int = 0
    fields: dict[str, Value] = msgspec.field(default_factory=dict)

    def text(self, name: str) -> str:
        """A field that is text; empty where it is absent."""
        value = self.fields.get(name, "")
        return value if isinstance(value, str) else ""

    def number(self, name: str) -> int:
        """A field that is a whole number; 0 where it is absent."""
        value = self.fields.get(name, 0)
        return value if isinstance(value, int) else 0

    @property
    def where(self) -> str:
        """The place, person or item it is with; empty for what is nowhere, such as a unit."""
        return self.text(WHERE)


def follow(standing: Standing, fact: Fact) -> Standing:
    """What is true after one more fact.

    Raises:
        DoesNotFollow: the fact speaks of another version, or of fields that stand otherwise.

    """
    if fact.expects != standing.version:
        raise DoesNotFollow(f"{fact.subject}: expects version {fact.expects}, stands at {standing.version}")
    fields = dict(standing.fields)
    for name, value in fact.before.items():
        if fields.pop(name, None) != value:
            raise DoesNotFollow(f"{fact.subject}: {name} is not what it is said to have been")
    if fields and not fields.keys().isdisjoint(fact.after):
        names = ", ".join(sorted(fields.keys() & fact.after.keys()))
        raise DoesNotFollow(f"{fact.subject}: {names} stood already, and is not said to have")
    fields.update(fact.after)
    if fact.from_ or fact.to:
        if fields.get(WHERE, "") != fact.from_:
            raise DoesNotFollow(f"{fact.subject}: was not where it is said to have been")
        if fact.to:
            fields[WHERE] = fact.to
        else:
            fields.pop(WHERE, None)
    return Standing(standing.subject, standing.version + 1, fields)
