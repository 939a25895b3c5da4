"""Kits: specific items, and counted accessories without serials, that are issued and returned as one.

A thing is in one kit at most; it carries the kit's name in its field `kit`. The kit itself has a home, and while it is
out it stands with the person, because its accessories have no record of their own that could.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.cases import Matter
from muniment.domain.custody.facts import Deed, Fact, Group, Plain, Value
from muniment.domain.custody.fitting import Bench, keep_back
from muniment.domain.custody.issuing import Counter, Terms, handed_out, objections_to_issue
from muniment.domain.custody.policy import Policy
from muniment.domain.custody.registering import register_no
from muniment.domain.custody.returning import HELD, Handed, take_back
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.domain.custody.standing import Standing, follow
from muniment.domain.people.authority import Drawer
from muniment.domain.stock.free_text import tidy

KIT = "kit"
"""The field of an item that names the kit it belongs to."""

MOST = 60
"""Members that one kit may have, so that its facts stay within the length of a record."""


@dataclass(frozen=True, slots=True)
class Accessory:
    """So many of a thing without serials, such as four magazines."""

    name: str
    quantity: int

    def __post_init__(self) -> None:
        """Refuse an empty name and a quantity below one.

        Raises:
            Refusal: see above, or the name is untidy.

        """
        object.__setattr__(self, "name", tidy(self.name, say("The accessory")))
        if not self.name or not 1 <= self.quantity <= 10_000:
            raise Refusal(
                "accessory_misshapen",
                say("An accessory needs a name and a whole quantity above zero."),
                do_now=say("Write, for example, magazine and 4."),
            )


@dataclass(frozen=True, slots=True)
class Content:
    """What a kit consists of."""

    members: Sequence[Standing]
    accessories: Sequence[Accessory] = ()


def register_kit(
    subject: Subject, name: str, content: Content, number: int, home: Subject, acting: Acting
) -> list[Fact]:
    """Decide whether these things may be made one kit, and state it: first the kit, then each member.

    Raises:
        Refusal: there is no member or only one thing, too many, or one is withdrawn, out or in another kit.

    """
    named = tidy(name, say("The name of the kit"))
    if not named:
        raise Refusal("name_missing", say("A kit needs a name."), do_now=say("Write the name."))
    for member in content.members:
        refuse_member(member, subject)
    kit = acting.states(
        Deed.KIT_REGISTERED,
        Standing(subject),
        sets={
            **_content_fields(content),
            "item_name": named,
            "number": number,
            "register_no": register_no("K", number),
            "home": home,
        },
        to=home,
    )
    return [kit, *(acting.states(Deed.KIT_CHANGED, one, sets={KIT: subject}) for one in content.members)]


def change_kit(kit: Standing, before: Sequence[Standing], content: Content, acting: Acting) -> list[Fact]:
    """Decide whether a kit may consist of something else from now on, and state it on the kit and on whom it touches.

    `before` are its members until now.

    Raises:
        Refusal: the kit is out or withdrawn, nothing changes, or see `register_kit`.

    """
    refuse_out(kit)
    wanted = {one.subject for one in content.members}
    known = {one.subject for one in before}
    for member in content.members:
        refuse_member(member, kit.subject)
    fields = _content_fields(content)
    drops = [] if "accessories" in fields else ["accessories"]
    fact = acting.states(Deed.KIT_CHANGED, kit, sets=fields, drops=drops)
    if not fact.after and not fact.before:
        raise Refusal("nothing_changes", say("The kit consists of that already."), do_now=say("Nothing to do."))
    gone = [acting.states(Deed.KIT_CHANGED, one, drops=(KIT,)) for one in before if one.subject not in wanted]
    come = [
        acting.states(Deed.KIT_CHANGED, one, sets={KIT: kit.subject})
        for one in content.members
        if one.subject not in known
    ]
    return [fact, *gone, *come]


def issue_kit(
    kit: Standing,
    members: Sequence[tuple[Standing, Counter]],
    drawer: Drawer,
    terms: Terms,
    policy: Policy,
    acting: Acting,
) -> list[Fact]:
    """Decide whether a whole kit may be handed out, and state it of each member and of the kit: all of it or nothing.

    A member that is fitted to another one goes with it. Each member comes with what must be known of it at the hatch.

    Raises:
        Refusal: a rule speaks against one of the members, and is not overridden; the kit is out or withdrawn.

    """
    refuse_out(kit)
    inside = {member.subject for member, _ in members}
    objections: list[Refusal] = []
    going: list[Standing] = []
    for member, counter in members:
        if member.where in inside:
            continue
        weapons = sum(kind_of(one.subject) is Kind.WEAPON for one in going)
        known = replace(
            counter,
            with_kit=kit.subject,
            held=[*counter.held, *going],
            issued_lately=counter.issued_lately + weapons,
        )
        found = objections_to_issue(member, drawer, known, policy, acting.at)
        objections += [_of_member(member, one) for one in found]
        going.append(member)
    noted: dict[str, Value] = dict(acting.passes(objections, never=(Subject(drawer.person),)))
    facts = [handed_out(member, drawer, terms, acting, {**noted, "kit": kit.subject}) for member in going]
    return [*facts, handed_out(kit, drawer, terms, acting, dict(noted))]


@dataclass(frozen=True, slots=True)
class Checked:
    """What the officer saw when a kit came back: members and accessories that were not there."""

    missing: AbstractSet[Subject] = frozenset()
    short: Sequence[Accessory] = ()


def return_kit(
    kit: Standing,
    members: Sequence[Standing],
    benches: Mapping[Subject, Bench],
    homes: Mapping[Subject, Subject],
    checked: Checked,
    by: Subject,
    acting: Acting,
) -> tuple[list[Fact], list[Matter]]:
    """State that a kit came back, and what of it did not: that stays with the holder, and a case is due for each.

    `benches` are the weapons of the kit with what is fitted to them, `homes` the place that each member goes back to.
    A member that came back before is left as it is.

    Raises:
        Refusal: the kit is not out; what is called missing is not in it, or was not out; nothing came back at all.

    """
    holder = kit.where
    if not holder or kind_of(Subject(holder)) is not Kind.PERSON:
        raise Refusal("not_out", say("By the book the kit is not with anybody."), do_now=say("Check the kit's number."))
    _refuse_strange(kit, members, checked)
    _refuse_short(kit, checked.short)
    out = [one for one in members if one.where == holder]
    fitted = [one for one in members if one.subject in checked.missing and one.where in benches]
    coming = [one for one in out if one.subject not in checked.missing]
    if out and not coming:
        raise Refusal(
            "nothing_came_back",
            say("Nothing of the kit came back."),
            do_now=say("Leave it with the holder, or declare it unaccounted for."),
        )
    facts: list[Fact] = []
    after = dict(benches)
    for member in coming:
        back = take_back(member, Handed(by, homes[member.subject]), acting)
        facts += back
        if member.subject in after:
            weapon = member
            for fact in back:
                weapon = follow(weapon, fact)
            after[member.subject] = replace(after[member.subject], weapon=weapon)
    for component in fitted:
        host = Subject(component.where)
        kept = keep_back(component, benches[host].weapon, after[host], acting)
        facts += kept
        after[host] = after[host].after(component, kept[-1], fitted=False)
    about: dict[str, Value] = {"brought_by": by} if by != holder else {}
    facts.append(acting.states(Deed.RETURNED, kit, drops=HELD, to=Subject(kit.text("home")), about=about))
    gone = [one.subject for one in members if one.subject in checked.missing]
    words = [f"{one.quantity} {one.name}" for one in checked.short]
    matters = [
        Matter(kit.subject, "missing_from_kit", holder=holder, missing=missing, receipt=kit.text("receipt"))
        for missing in (*gone, *words)
    ]
    return facts, matters


def members_of(kit: Standing) -> list[Subject]:
    """The items a kit consists of."""
    listed = kit.fields.get("members", [])
    return [Subject(str(one)) for one in listed] if isinstance(listed, list) else []


def accessories_of(kit: Standing) -> list[Accessory]:
    """The counted things of a kit."""
    listed = kit.fields.get("accessories", [])
    return [
        Accessory(str(one["name"]), int(one["quantity"]))
        for one in (listed if isinstance(listed, list) else [])
        if isinstance(one, dict)
    ]


def _content_fields(content: Content) -> dict[str, Value]:
    names = [accessory.name.casefold() for accessory in content.accessories]
    if not content.members or len(content.members) + len(content.accessories) < 2:
        raise Refusal(
            "kit_too_small",
            say("A kit needs an item with a register number, and something beside it."),
            do_now=say("Add what belongs to it."),
        )
    if len(content.members) + len(content.accessories) > MOST:
        raise Refusal(
            "kit_too_large", say("A kit has {most} members at the most.", most=MOST), do_now=say("Make two kits of it.")
        )
    if len({one.subject for one in content.members}) < len(content.members) or len(set(names)) < len(names):
        raise Refusal("named_twice", say("Something is named twice."), do_now=say("Name it once, with its quantity."))
    members: list[Plain | Group] = [str(one.subject) for one in content.members]
    accessories: list[Plain | Group] = [{"name": one.name, "quantity": one.quantity} for one in content.accessories]
    return {"members": members, **({"accessories": accessories} if accessories else {})}


def refuse_member(member: Standing, kit: Subject) -> None:
    """Decide whether a thing may be a member of a kit; `kit` is empty for one that is not made yet.

    Raises:
        Refusal: it is no weapon or component, withdrawn, in another kit, or newly taken in while a person has it.

    """
    number = member.text("register_no")
    if kind_of(member.subject) not in (Kind.WEAPON, Kind.COMPONENT):
        raise Refusal(
            "not_a_member",
            say("{register_no} cannot be a member of a kit.", register_no=number),
            do_now=say("Name weapons and components; count the rest as accessories."),
        )
    if member.text(WITHDRAWN):
        raise Refusal(
            "withdrawn",
            say("{register_no} was withdrawn.", register_no=number),
            do_now=say("Leave it out, or look in its history for why."),
        )
    if member.text(KIT) not in ("", kit):
        raise Refusal(
            "in_another_kit",
            say("{register_no} belongs to another kit.", register_no=number),
            do_now=say("Take it out of that kit first."),
        )
    if not member.text(KIT) and member.where and kind_of(Subject(member.where)) is Kind.PERSON:
        raise Refusal(
            "not_in_store",
            say("{register_no} is with a person.", register_no=number),
            do_now=say("Take it back first."),
        )


def refuse_out(kit: Standing) -> None:
    """Decide whether a kit is in the depot's hands, so that something can be done with it.

    Raises:
        Refusal: it was withdrawn, or a person has it.

    """
    if kit.text(WITHDRAWN):
        raise Refusal("withdrawn", say("This kit was withdrawn."), do_now=say("Find the true record."))
    if kit.where and kind_of(Subject(kit.where)) is Kind.PERSON:
        raise Refusal("kit_out", say("The kit is with a person."), do_now=say("Take it back first."))


def _refuse_strange(kit: Standing, members: Sequence[Standing], checked: Checked) -> None:
    hosts = {one.subject for one in members if one.where == kit.where}
    known = {one.subject for one in members if one.where == kit.where or one.where in hosts}
    if checked.missing - known:
        raise Refusal(
            "not_out_with_kit",
            say("What is called missing did not go out with this kit, or came back before."),
            do_now=say("Compare with the list of the kit."),
        )


def _refuse_short(kit: Standing, short: Sequence[Accessory]) -> None:
    stocked = {one.name.casefold(): one.quantity for one in accessories_of(kit)}
    for one in short:
        if one.quantity > stocked.get(one.name.casefold(), 0):
            raise Refusal(
                "not_out_with_kit",
                say("The kit does not hold {quantity} {name}.", quantity=one.quantity, name=one.name),
                do_now=say("Compare with the list of the kit."),
            )


def _of_member(member: Standing, objection: Refusal) -> Refusal:
    """The same objection, saying which member it is about."""
    return Refusal(
        objection.rule,
        say("{register_no}: {objection}", register_no=member.text("register_no"), objection=objection.says),
        do_now=objection.do_now,
        override=objection.override,
        source=objection.source,
    )
