"""Types of weapon, and of the parts and accessories that are accounted for beside them.

A weapon is put under one code, the finest that is known; what each report makes of it is data here. The codes of
the International Tracing Instrument, the arms register and the indicator are their own; a type marked as a national
choice is filed differently by different states, so a report says which rule it used.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.stock.component_kinds import ComponentKind
from muniment.domain.stock.shipped import rows
from muniment.domain.stock.taxonomy_names import NAMES


class Family(StrEnum):
    """Which outline stands for a weapon whose picture is not at hand."""

    REVOLVER = "revolver"
    PISTOL = "pistol"
    RIFLE = "rifle"
    BOLT_RIFLE = "bolt_rifle"
    PRECISION_RIFLE = "precision_rifle"
    ASSAULT_RIFLE = "assault_rifle"
    SUBMACHINE_GUN = "submachine_gun"
    MACHINE_GUN = "machine_gun"
    HEAVY_MACHINE_GUN = "heavy_machine_gun"
    SHOTGUN = "shotgun"
    CRAFT = "craft"
    GRENADE_LAUNCHER = "grenade_launcher"
    RECOILLESS = "recoilless"
    ROCKET_LAUNCHER = "rocket_launcher"
    MANPADS = "manpads"
    MORTAR = "mortar"
    PART = "part"
    ACCESSORY = "accessory"
    OTHER = "other"


class Group(StrEnum):
    """The top of the tree; `EITHER` is a small arm to some states and a light weapon to others."""

    SMALL_ARM = "SA"
    LIGHT_WEAPON = "LW"
    EITHER = "SA/LW"
    PART = "PART"
    ACCESSORY = "ACC"


class Serialised(StrEnum):
    """Whether such an item carries a serial number."""

    YES = "yes"
    NO = "no"
    OPTIONAL = "optional"
    WHERE_MARKED = "where_marked"


@dataclass(frozen=True, slots=True)
class WeaponType:
    """One type.

    `final` is false for headings and for classes such as "rifle or carbine", which say too little to be the last
    word. `iti_line`, `unroca_line` and `sdg_type` are where reports put it, empty where they do not. `control` lists
    the components of which one is the point of reference for marks; `removable` those that may be stored apart.
    `risk_tier` runs from 1, the highest, to 4, and is 0 for headings. `usual_calibre` is an example, never a default.
    """

    code: str
    parent: str
    level: int
    name: Text
    group: Group
    family: Family
    final: bool
    iti_line: str
    unroca_line: str
    sdg_type: str
    serialised: Serialised | None
    control: tuple[ComponentKind, ...]
    removable: tuple[ComponentKind, ...]
    risk_tier: int
    usual_calibre: str
    national_choice: bool

    @property
    def is_weapon(self) -> bool:
        """Whether one of these counts as a weapon; parts and accessories never do."""
        return self.group in {Group.SMALL_ARM, Group.LIGHT_WEAPON, Group.EITHER}

    @property
    def counts_for_indicator(self) -> bool:
        """Whether one of these is an arm in the sense of indicator 16.4.2."""
        return self.is_weapon and self.sdg_type != "excluded"


@cache
def weapon_types() -> Mapping[str, WeaponType]:
    """All types by code, in the order of the table."""
    return MappingProxyType({row["code"]: _read(row) for row in rows("weapon_types.csv")})


def weapon_type(code: str) -> WeaponType:
    """The type with a code.

    Raises:
        Refusal: there is none.

    """
    found = weapon_types().get(code)
    if found is None:
        raise Refusal(
            "type_unknown",
            say("There is no weapon type “{code}”.", code=code),
            do_now=say("Choose a type from the list."),
        )
    return found


def final_types() -> tuple[WeaponType, ...]:
    """The types that may be the last word on a thing, in the order of the table."""
    return tuple(kind for kind in weapon_types().values() if kind.final)


def finer_types(code: str) -> tuple[WeaponType, ...]:
    """The types directly below one, for an officer to choose from; none where nothing is finer.

    Raises:
        Refusal: there is no type `code`.

    """
    weapon_type(code)
    return tuple(kind for kind in weapon_types().values() if kind.parent == code)


def is_weapon(code: str) -> bool:
    """Whether things of this type count as weapons.

    Raises:
        Refusal: there is no type `code`.

    """
    return weapon_type(code).is_weapon


def is_within(code: str, class_code: str) -> bool:
    """Whether a type is the class or lies below it, as SA-21 lies within SA-20 and SA.

    Raises:
        Refusal: there is no type `code`.

    """
    while code != class_code:
        code = weapon_type(code).parent
        if not code:
            return False
    return True


def lineage(type_code: str) -> tuple[str, ...]:
    """A type and all types above it, finest first."""
    types, found = weapon_types(), []
    while type_code in types:
        found.append(type_code)
        type_code = types[type_code].parent
    return tuple(found)


def _read(row: dict[str, str]) -> WeaponType:
    return WeaponType(
        code=row["code"],
        parent=row["parent"],
        level=int(row["level"]),
        name=NAMES[row["code"]],
        group=Group(row["group"]),
        family=Family(row["family"]),
        final=row["final"] == "yes",
        iti_line=row["iti_line"],
        unroca_line=row["unroca_line"],
        sdg_type=row["sdg_type"],
        serialised=Serialised(row["serialised"]) if row["serialised"] else None,
        control=_kinds(row["control"]),
        removable=_kinds(row["removable"]),
        risk_tier=int(row["risk_tier"] or 0),
        usual_calibre=row["usual_calibre"],
        national_choice=row["national_choice"] == "yes",
    )


def _kinds(cell: str) -> tuple[ComponentKind, ...]:
    return tuple(ComponentKind(word) for word in cell.split("|") if word)
