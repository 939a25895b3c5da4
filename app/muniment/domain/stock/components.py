"""Which components a weapon may have at once, and which it lacks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.stock.component_kinds import COMPONENT_NAMES, ComponentKind
from muniment.domain.stock.taxonomy import Family, WeaponType

CONTROL_KINDS = frozenset({ComponentKind.FRAME, ComponentKind.RECEIVER, ComponentKind.GRIPSTOCK, ComponentKind.OTHER})
"""Components that can be the point of reference for the marks of a weapon."""

_AS_MANY_AS_THERE_ARE = frozenset({ComponentKind.OTHER})

_EXCLUDES: Mapping[ComponentKind, ComponentKind] = MappingProxyType(
    {
        ComponentKind.BARREL: ComponentKind.EXCHANGE_SYSTEM,
        ComponentKind.EXCHANGE_SYSTEM: ComponentKind.BARREL,
    }
)

_BARREL = frozenset({ComponentKind.BARREL, ComponentKind.EXCHANGE_SYSTEM, ComponentKind.UPPER})
"""Any of them brings a barrel."""

_BOLT = frozenset({ComponentKind.BOLT, ComponentKind.BREECH_BLOCK, ComponentKind.EXCHANGE_SYSTEM})
_SLIDE = frozenset({ComponentKind.SLIDE, ComponentKind.EXCHANGE_SYSTEM})
_CYLINDER = frozenset({ComponentKind.CYLINDER})

_NEEDS: Mapping[Family, tuple[frozenset[ComponentKind], ...]] = MappingProxyType(
    {
        Family.REVOLVER: (_CYLINDER, _BARREL),
        Family.PISTOL: (_SLIDE, _BARREL),
        Family.RIFLE: (_BARREL, _BOLT),
        Family.BOLT_RIFLE: (_BARREL, _BOLT),
        Family.PRECISION_RIFLE: (_BARREL, _BOLT),
        Family.ASSAULT_RIFLE: (_BARREL, _BOLT),
        Family.SUBMACHINE_GUN: (_BARREL, _BOLT),
        Family.MACHINE_GUN: (_BARREL, _BOLT),
        Family.HEAVY_MACHINE_GUN: (_BARREL, _BOLT),
        Family.SHOTGUN: (_BARREL,),
    }
)
"""Beside the control component: for each need, the kinds of which one meets it."""

_PLAIN_NAMES = (
    ComponentKind.BARREL,
    ComponentKind.SLIDE,
    ComponentKind.CYLINDER,
    ComponentKind.BOLT,
)
_WITHOUT_PARTS_LIST = frozenset({"SA-10", "SA-20", "SA-93", "SA-95"})
"""Types that do not say how the weapon is built, so that only the control component can be said to be lacking."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A component on a weapon, and whether it is the one that carries the weapon's identity."""

    kind: ComponentKind
    is_control: bool = False


def may_fit(kind: ComponentKind, fitted: Sequence[ComponentKind]) -> None:
    """Check that a component may be added to those already on the weapon.

    Raises:
        Refusal: there is one of its kind already (one barrel, one grip frame and so on), or a barrel would come
            together with an exchange system, which brings its own.

    """
    name = COMPONENT_NAMES[kind]
    if kind in fitted and kind not in _AS_MANY_AS_THERE_ARE:
        raise Refusal(
            "component_slot_taken",
            say("The weapon has a component of this kind already: {component}.", component=name),
            do_now=say("Record first that the old one was removed."),
        )
    excluded = _EXCLUDES.get(kind)
    if excluded is not None and excluded in fitted:
        other = COMPONENT_NAMES[excluded]
        raise Refusal(
            "component_excluded",
            say("Not on one weapon at once: {component} and {other}.", component=name, other=other),
            do_now=say("Record first that the other one was removed."),
        )


def check_assembly(components: Sequence[Fitted]) -> None:
    """Check the components of one weapon against each other.

    Raises:
        Refusal: no component or more than one is the control component; it is of a kind that cannot be; or two
            components do not go together, see `may_fit`.

    """
    controls = [component for component in components if component.is_control]
    if len(controls) != 1:
        raise Refusal(
            "one_control_component",
            say("A weapon has exactly one control component; here are {count}.", count=len(controls)),
            do_now=say("Mark the frame or the receiver, and nothing else, as the control component."),
        )
    if controls[0].kind not in CONTROL_KINDS:
        raise Refusal(
            "not_a_control_component",
            say("This cannot be the control component: {component}.", component=COMPONENT_NAMES[controls[0].kind]),
            do_now=say("Mark the frame or the receiver as the control component."),
        )
    so_far: list[ComponentKind] = []
    for component in components:
        may_fit(component.kind, so_far)
        so_far.append(component.kind)


def missing_from(weapon_type: WeaponType, fitted: Sequence[ComponentKind]) -> tuple[ComponentKind, ...]:
    """What a weapon of this type lacks to be whole: the control component first, then the parts it fires with.

    For each lack the ordinary kind is named, so a pistol with neither slide nor exchange system lacks its slide.
    Types whose build the name does not tell lack at most the control component; parts and accessories lack nothing.
    """
    lacking: list[ComponentKind] = []
    if weapon_type.control and not set(weapon_type.control) & set(fitted):
        lacking.append(weapon_type.control[0])
    if weapon_type.final and weapon_type.code not in _WITHOUT_PARTS_LIST:
        for need in _NEEDS.get(weapon_type.family, ()):
            if not need & set(fitted):
                lacking.append(next(kind for kind in _PLAIN_NAMES if kind in need))
    return tuple(lacking)
