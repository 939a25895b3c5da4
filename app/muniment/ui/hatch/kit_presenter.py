"""A kit on the counter, as the hatch shows it; decided without a screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from muniment.desk.desk import stands
from muniment.desk.reading import card
from muniment.desk.sittings.kit_check import KitCheck
from muniment.domain.basics.identity import Subject
from muniment.domain.basics.text import Text, say
from muniment.ports.work import Work


@dataclass(frozen=True, slots=True)
class KitLine:
    """A member, or a counted thing where `item` is absent: `there` of `wanted` are there."""

    item: Subject | None
    name: str
    kind: Text
    register_no: str
    serial: str
    wanted: int
    there: int

    @property
    def complete(self) -> bool:
        """Whether all of it is there."""
        return self.there >= self.wanted


@dataclass(frozen=True, slots=True)
class KitView:
    """The kit, line by line. `asking` says that the officer must decide what becomes of what is missing."""

    register_no: str
    name: str
    lines: tuple[KitLine, ...]
    asking: bool

    @property
    def missing(self) -> tuple[KitLine, ...]:
        """What is not there."""
        return tuple(line for line in self.lines if not line.complete)


def kit_view(work: Work, check: KitCheck, at: datetime, *, asking: bool) -> KitView:
    """The kit that is being checked."""
    lines: list[KitLine] = []
    for member in check.out:
        shown = card(work, stands(work, member), at)
        kind = say("{kind} {calibre}", kind=shown.kind, calibre=shown.calibre) if shown.calibre else shown.kind
        lines.append(
            KitLine(member, shown.register_no, kind, shown.register_no, shown.serial, 1, int(member in check.seen))
        )
    for one in check.counted:
        there = check.there.get(one.name, 0)
        lines.append(KitLine(None, one.name, say("{name}", name=one.name), "", "", one.quantity, there))
    kit = stands(work, check.kit)
    return KitView(kit.text("register_no"), kit.text("item_name"), tuple(lines), asking)
