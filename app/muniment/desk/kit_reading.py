"""Kits as people read them: where each is, what belongs to it, what of that is not where it should be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from muniment.desk.kits import members
from muniment.desk.places import lies_in_store
from muniment.desk.reading import ItemCard, card
from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.custody.kits import Accessory, accessories_of
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.domain.custody.standing import Standing
from muniment.ports.work import Work


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a kit; `present` says that it is with the person the kit is with, or in store as the kit is."""

    card: ItemCard
    present: bool


@dataclass(frozen=True, slots=True)
class KitCard:
    """A kit: its own card, what it is called, its members, its counted things, the cases open about it."""

    card: ItemCard
    name: str
    members: tuple[Member, ...]
    accessories: tuple[Accessory, ...]
    open_cases: int

    @property
    def absent(self) -> tuple[Member, ...]:
        """The members that are not where the kit is."""
        return tuple(one for one in self.members if not one.present)

    @property
    def complete(self) -> bool:
        """Whether all of it is together, and nothing about it is unsettled."""
        return not self.absent and not self.open_cases


def kit_card(work: Work, kit: Standing, at: datetime) -> KitCard:
    """One kit."""
    shown = card(work, kit, at)
    inside = members(work, kit)
    with_holder = {one.subject for one in inside if one.where == kit.where}

    def present(one: Standing) -> bool:
        if shown.holder is not None:
            return one.subject in with_holder or one.where in with_holder
        host = work.standing(Subject(one.where)) if one.where else None
        fitted = host is not None and kind_of(host.subject) is Kind.WEAPON
        return lies_in_store(work, host if fitted and host is not None else one)

    return KitCard(
        card=shown,
        name=kit.text("item_name"),
        members=tuple(Member(card(work, one, at), present(one)) for one in inside),
        accessories=tuple(accessories_of(kit)),
        open_cases=len(work.open_cases(kit.subject)),
    )


def all_kits(work: Work, at: datetime) -> list[KitCard]:
    """Every kit, those that are not complete first, then by number."""
    listed = [kit_card(work, kit, at) for kit in work.all_of(Kind.KIT) if not kit.text(WITHDRAWN)]
    return sorted(listed, key=lambda one: (one.complete, one.card.register_no))


def kit_of(work: Work, item: Subject) -> Subject | None:
    """The kit an item belongs to."""
    standing = work.standing(item)
    kit = standing.text("kit") if standing is not None else ""
    return Subject(kit) if kit else None
