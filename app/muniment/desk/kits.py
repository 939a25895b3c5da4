"""Kits at the desk: made up, changed, issued on one receipt, checked member by member on return."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from muniment.desk.cases import case_facts
from muniment.desk.components import bench_of
from muniment.desk.desk import Answer, Deposition, Desk, stands, told_before
from muniment.desk.hatch import Wanted, asked_for, counter_for, late_items, policy_in_force, receipt_for, terms_of
from muniment.desk.people import drawer_of
from muniment.desk.places import lies_in_store, open_place, place_kind_at, store_at
from muniment.domain.basics.identity import Kind, Subject, is_subject, kind_of
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.cases import Matter
from muniment.domain.custody.facts import Deed, Fact
from muniment.domain.custody.fitting import keep_back
from muniment.domain.custody.kit_moves import move_kit
from muniment.domain.custody.kits import (
    KIT,
    Accessory,
    Checked,
    Content,
    accessories_of,
    change_kit,
    issue_kit,
    members_of,
    refuse_member,
    register_kit,
    return_kit,
)
from muniment.domain.custody.returning import Handed, take_back
from muniment.domain.custody.standing import Standing, follow
from muniment.domain.people.duties import Duty
from muniment.ports.work import Work


@dataclass(frozen=True, slots=True)
class KitContent:
    """What a kit shall consist of: items by their subjects, and counted accessories."""

    members: tuple[Subject, ...]
    accessories: tuple[Accessory, ...] = ()


def register(desk: Desk, deposition: Deposition, name: str, content: KitContent, home: Subject) -> Answer:
    """Make things one kit, under the next number among kits; `home` is where its accessories belong.

    Raises:
        Refusal: see `muniment.domain.custody.kits.register_kit`.

    """
    acting = desk.acting(deposition, Duty.REGISTER_STOCK)
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(work, act, Deed.KIT_REGISTERED, said=acting, to=home, sets={"item_name": name}):
            return before
        store_at(work, home)
        kit = desk.fresh(Kind.KIT)
        facts = register_kit(kit, name, _content(work, content, kit), work.next_number(Kind.KIT), home, acting)
        return Answer(tuple(desk.tell(work, act, facts)), about=kit)


def change(desk: Desk, deposition: Deposition, kit: Subject, content: KitContent) -> Answer:
    """Let a kit consist of something else from now on.

    Raises:
        Refusal: the kit is out, nothing changes, or see `muniment.domain.custody.kits.register_kit`.

    """
    acting = desk.acting(deposition, Duty.REGISTER_STOCK)
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(work, act, Deed.KIT_CHANGED, of=(kit,), said=acting):
            return before
        standing = stands(work, kit)
        facts = change_kit(standing, members(work, standing), _content(work, content, kit), acting)
        return Answer(tuple(desk.tell(work, act, facts)), about=kit)


def issue(desk: Desk, deposition: Deposition, kit: Subject, wanted: Wanted) -> Answer:
    """Hand a whole kit out on one hand receipt, or nothing of it.

    Raises:
        Refusal: a rule says no to one of its members, and it is not one that the second person lets pass.

    """
    acting = desk.acting(deposition, Duty.HANDLE_STOCK)
    act = desk.act(deposition)
    with desk.work() as work:
        deed = Deed.ASSIGNED if wanted.for_good else Deed.ISSUED
        if before := told_before(work, act, deed, of=(kit,), said=acting, to=wanted.to, sets=asked_for(wanted)):
            return before
        standing, person = stands(work, kit), stands(work, wanted.to)
        policy = policy_in_force(work)
        listed = [(member, counter_for(work, member, person, policy, acting.at)) for member in members(work, standing)]
        types = next((counter.types for _, counter in listed if counter.types), ())
        # What belongs to a weapon is drawn on the weapon's certificate.
        listed = [(member, replace(counter, types=counter.types or types)) for member, counter in listed]
        receipt, facts = receipt_for(desk, work, wanted, acting)
        terms = terms_of(wanted, policy, acting.at, receipt)
        facts += issue_kit(standing, listed, drawer_of(person), terms, policy, acting)
        told = desk.tell(work, act, facts)
        return Answer(tuple(told), late_items(work.at(wanted.to), acting.at), kit, receipt)


def take_back_kit(
    desk: Desk, deposition: Deposition, kit: Subject, checked: Checked, *, by: Subject | None = None
) -> Answer:
    """Take a kit back, member by member; what is missing stays with the holder, with a case for each.

    While such a case is open nothing of the kit is issued again.

    Raises:
        Refusal: the kit is not out, nothing came back, or what is called missing is not in it.

    """
    acting = desk.acting(deposition, Duty.HANDLE_STOCK)
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(work, act, Deed.RETURNED, of=(kit,), said=acting):
            return before
        standing = stands(work, kit)
        inside = members(work, standing)
        benches = {one.subject: bench_of(work, one) for one in inside if kind_of(one.subject) is Kind.WEAPON}
        homes = homes_of(work, inside)
        facts, matters = return_kit(standing, inside, benches, homes, checked, by or Subject(standing.where), acting)
        facts += case_facts(desk, work, matters, acting)
        return Answer(tuple(desk.tell(work, act, facts)), _warnings(work, matters), kit)


def move(desk: Desk, deposition: Deposition, kit: Subject, to: Subject) -> Answer:
    """Move a kit in store to another place, with everything of it that lies in store; what does not is warned of.

    Raises:
        Refusal: the place is closed or no store, or see `muniment.domain.custody.kit_moves.move_kit`.

    """
    acting = desk.acting(deposition, Duty.HANDLE_STOCK)
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(work, act, Deed.MOVED, of=(kit,), said=acting, to=to):
            return before
        place, standing = store_at(work, to), stands(work, kit)
        listed = [(one, place_kind_at(work, one)) for one in members(work, standing)]
        moved = move_kit(standing, listed, to, place.text("place_kind"), acting)
        return Answer(tuple(desk.tell(work, act, moved.facts)), moved.warnings, kit)


def return_without(
    desk: Desk,
    deposition: Deposition,
    weapon: Subject,
    missing: Sequence[Subject],
    *,
    by: Subject | None = None,
    to: Subject | None = None,
) -> Answer:
    """Take a weapon back without components that were on it: they stay with the holder, with a case for each.

    Raises:
        Refusal: by the book the weapon is not out, or a component called missing is not on it.

    """
    acting = desk.acting(deposition, Duty.HANDLE_STOCK)
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(work, act, Deed.RETURNED, of=(weapon,), said=acting):
            return before
        held = stands(work, weapon)
        place = store_at(work, to or open_place(work, Subject(held.text("home")))).subject
        facts: list[Fact] = take_back(held, Handed(by or Subject(held.where), place), acting)
        bench = replace(bench_of(work, held), weapon=follow(held, facts[0]))
        on_it = {one.subject: one for one in bench.fitted}
        for one in dict.fromkeys(missing):
            component = on_it.get(one) or _not_on(work, one)
            kept = keep_back(component, held, bench, acting)
            facts += kept
            bench = bench.after(component, kept[-1], fitted=False)
        matters = [
            Matter(weapon, "missing_component", held.where, missing=one, receipt=held.text("receipt"))
            for one in dict.fromkeys(missing)
        ]
        facts += case_facts(desk, work, matters, acting)
        return Answer(tuple(desk.tell(work, act, facts)), _warnings(work, matters), weapon)


def members(work: Work, kit: Standing) -> list[Standing]:
    """The items of a kit."""
    return [stands(work, one) for one in members_of(kit)]


def homes_of(work: Work, items: Sequence[Standing]) -> dict[Subject, Subject]:
    """Where each item goes when it comes back: its own place, or the nearest one around it that is not closed."""
    return {one.subject: open_place(work, Subject(one.text("home"))) for one in items}


def content_of(kit: Standing) -> KitContent:
    """What a kit consists of now, to be changed."""
    return KitContent(tuple(members_of(kit)), tuple(accessories_of(kit)))


def refuse_newcomer(work: Work, item: Standing, kit: Subject) -> None:
    """Decide whether a thing may come into a kit: it lies in store, by itself or on a weapon that does.

    Raises:
        Refusal: see above, or see `muniment.domain.custody.kits.refuse_member`.

    """
    refuse_member(item, kit)
    host = work.standing(Subject(item.where)) if item.where else None
    fitted = host is not None and kind_of(host.subject) is Kind.WEAPON
    if not item.text(KIT) and not lies_in_store(work, host if fitted and host is not None else item):
        raise Refusal(
            "not_in_store",
            say("{register_no} is not in store by the book.", register_no=item.text("register_no")),
            do_now=say("Take it back or record it as found first."),
        )


def _content(work: Work, content: KitContent, kit: Subject) -> Content:
    wanted = [stands(work, one) for one in content.members]
    for one in wanted:
        refuse_newcomer(work, one, kit)
    return Content(wanted, content.accessories)


def _not_on(work: Work, component: Subject) -> Standing:
    raise Refusal(
        "not_fitted",
        say("{register_no} is not on this weapon.", register_no=stands(work, component).text("register_no")),
        do_now=say("Compare with what is fitted to it."),
    )


def _warnings(work: Work, matters: Sequence[Matter]) -> tuple[Text, ...]:
    return tuple(
        say("Missing, and still with the holder: {thing}.", thing=_called(work, matter.missing)) for matter in matters
    )


def _called(work: Work, missing: str) -> str:
    return stands(work, Subject(missing)).text("register_no") if is_subject(missing) else missing
