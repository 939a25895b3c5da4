"""Components on weapons: registered under numbers of their own, fitted, removed, swapped.

A component that is fitted has the weapon as its place, so it goes wherever the weapon goes. Each fitting is told on
both sides in one act: on the component, which moves, and on the weapon, whose calibre or completeness may change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.facts import Deed, Fact, Group, Plain, Value
from muniment.domain.custody.registering import calibre_of, register_no
from muniment.domain.custody.returning import HELD
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.domain.custody.standing import Standing, follow
from muniment.domain.people.authority import SECOND_PERSON
from muniment.domain.stock.component import ComponentDescription
from muniment.domain.stock.component_kinds import COMPONENT_NAMES, ComponentKind
from muniment.domain.stock.components import may_fit, missing_from
from muniment.domain.stock.condition import Condition
from muniment.domain.stock.serial import comparison_key
from muniment.domain.stock.taxonomy import WeaponType, weapon_types

LACKS = "lacks"
"""The field of a weapon that lists the kinds of component taken off it and not replaced."""

CHAMBERED = frozenset(
    {ComponentKind.BARREL, ComponentKind.UPPER, ComponentKind.EXCHANGE_SYSTEM, ComponentKind.CYLINDER}
)
"""Components whose calibre becomes that of the weapon they are fitted to."""

_BRINGS: dict[ComponentKind, frozenset[ComponentKind]] = {
    ComponentKind.UPPER: frozenset({ComponentKind.BARREL}),
    ComponentKind.BREECH_BLOCK: frozenset({ComponentKind.BOLT}),
    ComponentKind.EXCHANGE_SYSTEM: frozenset({ComponentKind.BARREL, ComponentKind.SLIDE, ComponentKind.BOLT}),
}
"""What a weapon may lack once such a component is off, beside the component itself."""


@dataclass(frozen=True, slots=True)
class Bench:
    """A weapon on which work is done: what is fitted to it, and whether it lies in a store of this depot."""

    weapon: Standing
    fitted: Sequence[Standing]
    in_store: bool

    @property
    def type(self) -> WeaponType | None:
        """Its type of the taxonomy; none where the type is not known."""
        return weapon_types().get(self.weapon.text("taxonomy_code"))

    def after(self, component: Standing, on_weapon: Fact, *, fitted: bool) -> Bench:
        """The bench when one more component was fitted, or taken off."""
        others = [one for one in self.fitted if one.subject != component.subject]
        return Bench(follow(self.weapon, on_weapon), [*others, component] if fitted else others, self.in_store)


def kind_fitted(component: Standing) -> ComponentKind:
    """What kind of component it is."""
    return ComponentKind(component.text("component_kind") or ComponentKind.OTHER)


def is_control(component: Standing) -> bool:
    """Whether it carries the identity of the weapon it is on."""
    return component.fields.get("is_control_component") is True


def register_component(
    subject: Subject,
    description: ComponentDescription,
    number: int,
    to: Subject,
    same_serial: Sequence[Standing],
    acting: Acting,
    *,
    condition: Condition = Condition.SERVICEABLE,
    name: str = "",
) -> Fact:
    """Decide whether a component may enter the register, and state the fact.

    `number` is its running number among components, never used again. `name` says in words what it is where the kind
    does not, such as an optic. `same_serial` are the items whose serial has the same comparison key; parts often bear
    their weapon's number, so only the same kind, calibre and serial again stops here.

    Raises:
        Refusal: the component seems to be in the register already.

    """
    fields: dict[str, Value] = {**description.to_fields(), "condition": condition.value}
    if name:
        fields["item_name"] = name
    key = comparison_key(description.serial)
    objections = [
        Refusal(
            "duplicate_component",
            say("{register_no} has the same kind, calibre and serial.", register_no=twin.text("register_no")),
            do_now=say("Compare both. If there are two, have a second person confirm it."),
            override=SECOND_PERSON,
        )
        for twin in same_serial
        if key
        and kind_of(twin.subject) is Kind.COMPONENT
        and not twin.text(WITHDRAWN)
        and kind_fitted(twin) is description.kind
        and twin.text("item_name") == name
        and _calibre_in(twin) == _calibre_in(Standing(subject, 0, fields))
    ]
    noted = acting.passes(objections)
    return acting.states(
        Deed.COMPONENT_REGISTERED,
        Standing(subject),
        sets={**fields, "number": number, "register_no": register_no("C", number), "home": to},
        to=to,
        qty=1,
        about=noted,
    )


def fit(component: Standing, bench: Bench, component_in_store: bool, acting: Acting) -> list[Fact]:
    """Decide whether a component may be put on a weapon, and state it on both.

    Both lie in store, or both are in the same hands. A barrel of another calibre changes the calibre of the weapon.

    Raises:
        Refusal: the slot is taken, there would be two control components, the component is on another weapon,
            quarantined, withdrawn or somewhere else; or the weapon is withdrawn.

    """
    weapon = bench.weapon
    _refuse_withdrawn(component, weapon)
    if component.where == weapon.subject:
        raise Refusal("already_fitted", say("It is fitted to this weapon already."), do_now=say("Nothing to do."))
    if component.where and kind_of(Subject(component.where)) is Kind.WEAPON:
        raise Refusal(
            "fitted_elsewhere",
            say("By the book it is on another weapon."),
            do_now=say("Record first that it was removed there."),
        )
    if component.text("quarantine"):
        raise Refusal(
            "quarantined",
            say("Quarantined: {reason}.", reason=component.text("quarantine")),
            do_now=say("Set it aside. A quarantined component is not fitted."),
        )
    in_one_hand = component.where == weapon.where and weapon.where and kind_of(Subject(weapon.where)) is Kind.PERSON
    if not (in_one_hand or (bench.in_store and component_in_store)):
        raise Refusal(
            "not_together",
            say("By the book the weapon and the component are not both in store."),
            do_now=say("Take back first what is out, or record it as found."),
        )
    if is_control(component) and any(is_control(one) for one in bench.fitted):
        raise Refusal(
            "one_control_component",
            say("The weapon has a control component already, and it has exactly one."),
            do_now=say("Check which of them carries the weapon's number."),
        )
    may_fit(kind_fitted(component), [kind_fitted(one) for one in bench.fitted])
    sets: dict[str, Value] = {}
    calibres = _calibres_after(weapon, component)
    if calibres:
        sets["calibres"] = calibres
    on_weapon = _on_weapon(Deed.COMPONENT_FITTED, component, bench, [*bench.fitted, component], sets, acting)
    return [
        acting.states(Deed.COMPONENT_FITTED, component, drops=HELD, to=weapon.subject, qty=1),
        on_weapon,
    ]


def remove(component: Standing, bench: Bench, to: Subject, acting: Acting) -> list[Fact]:
    """Decide whether a component may be taken off a weapon and laid somewhere, and state it on both.

    The control component is the weapon in the eye of the law: taking it off needs a second person and a reason. What
    is taken off and needed for firing is noted on the weapon as lacking until another one is fitted.

    Raises:
        Refusal: it is not on this weapon; or it is the control component, and no second person lets it pass.

    """
    if component.where != bench.weapon.subject:
        raise Refusal(
            "not_fitted",
            say("By the book it is not on this weapon."),
            do_now=say("Check the number, and see what the component is fitted to."),
        )
    objections = []
    if is_control(component):
        objections.append(
            Refusal(
                "control_component",
                say("This is the control component: without it the weapon is no longer the one in the register."),
                do_now=say("Leave it on, or have a second person decide."),
                override=SECOND_PERSON,
            )
        )
    noted = acting.passes(objections)
    return [
        acting.states(Deed.COMPONENT_REMOVED, component, to=to, qty=1, about=noted),
        taken_off(component, bench, acting),
    ]


def swap(old: Standing, new: Standing, bench: Bench, new_in_store: bool, to: Subject, acting: Acting) -> list[Fact]:
    """Take one component off and put another one on, in one act.

    Raises:
        Refusal: see `remove` and `fit`; then nothing happens.

    """
    off = remove(old, bench, to, acting)
    emptied = bench.after(old, off[1], fitted=False)
    return [*off, *fit(new, emptied, new_in_store, acting)]


def taken_off(component: Standing, bench: Bench, acting: Acting) -> Fact:
    """State on the weapon that a component is off it, whatever has become of the component."""
    left = [one for one in bench.fitted if one.subject != component.subject]
    return _on_weapon(Deed.COMPONENT_REMOVED, component, bench, left, {}, acting)


def keep_back(component: Standing, held: Standing, bench: Bench, acting: Acting) -> list[Fact]:
    """State that a weapon came back without a component: that stays with the holder, on the same terms.

    `held` is the weapon as it stood with the holder, `bench` the weapon as it came back.
    """
    terms = {name: held.fields[name] for name in HELD if name in held.fields}
    return [
        acting.states(Deed.COMPONENT_REMOVED, component, sets=terms, to=Subject(held.where), qty=1),
        taken_off(component, bench, acting),
    ]


def lacking(weapon: Standing) -> tuple[Text, ...]:
    """What a weapon lacks, in words."""
    return tuple(COMPONENT_NAMES[ComponentKind(kind)] for kind in _lacks(weapon))


def _on_weapon(
    deed: Deed,
    component: Standing,
    bench: Bench,
    fitted: Sequence[Standing],
    sets: dict[str, Value],
    acting: Acting,
) -> Fact:
    lacks = _lacks_after(component, bench, fitted, off=deed is Deed.COMPONENT_REMOVED)
    return acting.states(
        deed,
        bench.weapon,
        sets={**sets, LACKS: lacks} if lacks else sets,
        drops=() if lacks else (LACKS,),
        about={"component": component.subject},
    )


def _lacks_after(component: Standing, bench: Bench, fitted: Sequence[Standing], *, off: bool) -> list[Plain | Group]:
    """What was lacking or went off with the component, and is not met by what is fitted now."""
    of_type = bench.type
    if of_type is None:
        return []
    candidates = set(_lacks(bench.weapon))
    if off:
        kind = kind_fitted(component)
        candidates |= {kind, *_BRINGS.get(kind, ())}
        if is_control(component):
            candidates |= set(of_type.control[:1])
    missing = missing_from(of_type, [kind_fitted(one) for one in fitted])
    return [kind.value for kind in missing if kind in candidates]


def _lacks(weapon: Standing) -> list[ComponentKind]:
    listed = weapon.fields.get(LACKS, [])
    return [ComponentKind(str(kind)) for kind in listed] if isinstance(listed, list) else []


def _calibres_after(weapon: Standing, component: Standing) -> list[Plain | Group]:
    """The weapon's calibres with the component's in front; nothing where the component brings none."""
    brought = component.fields.get("calibres", [])
    if kind_fitted(component) not in CHAMBERED or not isinstance(brought, list) or not brought:
        return []
    first = brought[0]
    if not isinstance(first, dict):
        return []
    had = weapon.fields.get("calibres", [])
    kept = [
        entry
        for entry in (had if isinstance(had, list) else [])
        if isinstance(entry, dict) and entry.get("primary") is not True and _named(entry) != _named(first)
    ]
    return [{**first, "primary": True}, *kept]


def _named(calibre: Group) -> str:
    return str(calibre.get("code") or calibre.get("text", ""))


def _calibre_in(component: Standing) -> str:
    listed = component.fields.get("calibres", [])
    first = listed[0] if isinstance(listed, list) and listed else {}
    return calibre_of(component.fields) or (_named(first) if isinstance(first, dict) else "")


def _refuse_withdrawn(*standings: Standing) -> None:
    for standing in standings:
        if standing.text(WITHDRAWN):
            raise Refusal(
                "withdrawn",
                say("{register_no} was withdrawn.", register_no=standing.text("register_no")),
                do_now=say("Find the true record."),
            )
