"""Checking a kit that comes back: each member scanned or ticked, each counted thing counted, before it is taken in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from muniment.desk.desk import stands
from muniment.desk.kits import members
from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.facts import Evidence
from muniment.domain.custody.kits import Accessory, Checked, accessories_of
from muniment.ports.work import Work


@dataclass(frozen=True, slots=True)
class KitCheck:
    """A kit on the counter.

    `out` are the members that went out with it and have not come back, `counted` its counted things. `seen` are the
    members that are there, in the order they were ticked, with how each was identified; `there` how many of each
    counted thing there are, 0 until they are counted. `code` is what was scanned of the kit itself.
    """

    kit: Subject
    code: Evidence
    out: tuple[Subject, ...]
    counted: tuple[Accessory, ...]
    seen: Mapping[Subject, Evidence] = field(default_factory=dict)
    there: Mapping[str, int] = field(default_factory=dict)

    def tick(self, item: Subject, evidence: Evidence) -> KitCheck:
        """A member is there.

        Raises:
            Refusal: it did not go out with this kit, or came back before.

        """
        if item not in self.out:
            raise Refusal(
                "not_out_with_kit",
                say("It did not go out with this kit, or came back before."),
                do_now=say("Set it aside. Finish the kit, then return it by itself."),
            )
        return replace(self, seen={**self.seen, item: evidence})

    def untick(self, item: Subject | None = None) -> KitCheck:
        """Take a tick off again; the last one where no member is named."""
        wanted = item or next(reversed(list(self.seen)), None)
        return replace(self, seen={one: how for one, how in self.seen.items() if one != wanted})

    def count(self, name: str, there: int) -> KitCheck:
        """So many of a counted thing are there; never more than went out."""
        most = next((one.quantity for one in self.counted if one.name == name), 0)
        return replace(self, there={**self.there, name: max(0, min(there, most))})

    @property
    def missing(self) -> frozenset[Subject]:
        """The members that are not ticked."""
        return frozenset(self.out) - set(self.seen)

    @property
    def short(self) -> tuple[Accessory, ...]:
        """What is not there of the counted things."""
        lacking = [(one.name, one.quantity - self.there.get(one.name, 0)) for one in self.counted]
        return tuple(Accessory(name, many) for name, many in lacking if many)

    @property
    def whole(self) -> bool:
        """Whether everything is there."""
        return not self.missing and not self.short

    @property
    def checked(self) -> Checked:
        """What the officer saw, for the use case."""
        return Checked(self.missing, self.short)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The code of the kit, and by which means its members were identified."""
        ways = dict.fromkeys((one.how, one.device) for one in self.seen.values())
        return (self.code, *(Evidence(how=how, device=device) for how, device in ways))


def begin_check(work: Work, kit: Subject, code: Evidence) -> KitCheck:
    """Begin to check a kit that comes back.

    Raises:
        Refusal: by the book it is not out.

    """
    standing = stands(work, kit)
    if not standing.where or kind_of(Subject(standing.where)) is not Kind.PERSON:
        raise Refusal(
            "not_out",
            say("By the book the kit is not with anybody."),
            do_now=say("Check its number. Return its members one by one if they are out by themselves."),
        )
    inside = members(work, standing)
    with_holder = {one.subject for one in inside if one.where == standing.where}
    out = tuple(one.subject for one in inside if one.subject in with_holder or one.where in with_holder)
    return KitCheck(kit, code, out, tuple(accessories_of(standing)))
