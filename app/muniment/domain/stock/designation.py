"""What an item is by its name in a supply catalogue, where the name comes first and its qualifiers follow.

`RIFLE,5.56 MILLIMETER` is a rifle; which rifle the words do not say, so it becomes "rifle or carbine" and no more.
Names that settle nothing stay undecided, for an officer to decide.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from muniment.domain.basics.text import Text, say
from muniment.domain.stock.calibres import Unknown, recognise

GUN_CLASSES = frozenset({"1005", "1010", "1015", "1055", "1095"})
"""Supply classes in which small arms and light weapons are listed, together with their parts."""


@dataclass(frozen=True, slots=True)
class Classified:
    """What the name of an item settles.

    `type_code` is none where the name settles no type. `calibre` is as written, empty where none is named.
    `is_weapon` is none where the name leaves open whether the thing is a weapon.
    """

    type_code: str | None
    calibre: str
    is_weapon: bool | None
    why: Text


_WEAPONS: Mapping[str, str] = MappingProxyType(
    {
        "RIFLE": "SA-20",
        "CARBINE": "SA-20",
        "MUSKET": "",
        "PISTOL": "SA-10",
        "HANDGUN": "SA-10",
        "REVOLVER": "SA-11",
        "SHOTGUN": "SA-60",
        "SUBMACHINE GUN": "SA-30",
        "GUN SUBMACHINE": "SA-30",
        "MACHINE GUN SUB": "SA-30",
        "MACHINE PISTOL": "SA-13",
        "PISTOL MACHINE": "SA-13",
        "ASSAULT RIFLE": "SA-40",
        "RIFLE ASSAULT": "SA-40",
        "MACHINE GUN": "",
        "GUN MACHINE": "",
        "LIGHT MACHINE GUN": "SA-50",
        "MACHINE GUN LIGHT": "SA-50",
        "HEAVY MACHINE GUN": "LW-10",
        "MACHINE GUN HEAVY": "LW-10",
        "RECOILLESS RIFLE": "LW-50",
        "RIFLE RECOILLESS": "LW-50",
        "LAUNCHER GRENADE": "LW-20",
        "GRENADE LAUNCHER": "LW-20",
        "MORTAR": "",
    }
)
"""Leading words and the type they settle; empty where they name a weapon, but several types would fit."""

_NOT_WEAPONS = frozenset(
    {
        "ADAPTER",
        "BAG",
        "BAYONET",
        "BELT",
        "BIPOD",
        "BOX",
        "BRUSH",
        "CARTRIDGE",
        "CASE",
        "CHEST",
        "CLEANER",
        "CLIP",
        "COVER",
        "GAGE",
        "HANDGUARD",
        "HOLSTER",
        "KIT",
        "LOADER",
        "LUBRICANT",
        "MAGAZINE",
        "MOUNT",
        "NET",
        "PARTS",
        "PIN",
        "PLUG",
        "RACK",
        "ROD",
        "SCABBARD",
        "SCREW",
        "SIGHT",
        "SLING",
        "SPRING",
        "STOCK",
        "SWAB",
        "TOOL",
        "TRIPOD",
        "WRENCH",
        "CAMOUFLAGE",
    }
)
"""Leading words of what is listed among guns and is none."""

_PARTS: Mapping[str, str] = MappingProxyType(
    {
        "BARREL": "PT-02",
        "SLIDE": "PT-03",
        "CYLINDER": "PT-04",
        "BOLT": "PT-05",
        "BREECHBLOCK": "PT-05",
        "BREECH BLOCK": "PT-05",
        "RECEIVER": "PT-01",
        "FRAME": "PT-01",
        "SUPPRESSOR": "PT-07",
    }
)

_IN_DOUBT = frozenset(
    {
        "AIR",
        "BLANK",
        "DUMMY",
        "FLARE",
        "INERT",
        "LINE",
        "PAINTBALL",
        "PYROTECHNIC",
        "REPLICA",
        "SIGNAL",
        "SIMULATED",
        "SIMULATOR",
        "TOY",
        "TRAINING",
        "ASSEMBLY",
        "BARREL",
        "CASE",
        "COVER",
        "KIT",
        "MAGAZINE",
        "MOUNT",
        "PART",
        "PARTS",
        "RACK",
        "SET",
        "SIGHT",
        "SLING",
    }
)
"""Words that leave open whether the thing fires, or is only a part of one that does."""

_MILLIMETRES = re.compile(r"\b([0-9]{2,3})(?:\.[0-9]+)? ?(?:MILLIMET(?:ER|RE)S?|MM)\b")
_SEPARATING_COMMA = re.compile(r"(?<![0-9]),|,(?![0-9])")
_SUPPLY_CLASS = re.compile(r"[0-9]{4}")


def classify(item_name: str, supply_class: str = "") -> Classified:
    """What a name settles; `supply_class` is the supply class or a stock number that begins with it.

    An empty supply class, or one that is not four figures, is passed over. Never guesses a finer type than the words
    say, and never raises.
    """
    words = item_name.upper().replace(",", " ").split()
    if not words:
        return Classified(None, "", None, say("The item has no name."))
    calibre = _calibre(item_name)
    code = _SUPPLY_CLASS.match(supply_class.strip())
    if code is None or code[0] in GUN_CLASSES:
        return _by_name(words, calibre)
    if _leading(words, _WEAPONS) is None:
        return Classified(None, "", False, say("Supply class {code} does not list guns.", code=code[0]))
    why = say("Named like a weapon, but supply class {code} does not list guns.", code=code[0])
    return Classified(None, calibre, None, why)


def _by_name(words: list[str], calibre: str) -> Classified:
    if words[0] in _NOT_WEAPONS:
        return Classified(None, calibre, False, say("The name says {word}: not a weapon.", word=words[0]))
    part = _leading(words, _PARTS)
    if part is not None:
        return Classified(_PARTS[part], calibre, False, say("The name says {word}: a part, not a weapon.", word=part))
    weapon = _leading(words, _WEAPONS)
    if weapon is None:
        return Classified(None, calibre, None, say("The name does not say what it is."))
    if _IN_DOUBT & {re.sub(r"\W", "", word) for word in words}:
        why = say("The name says {word}, but perhaps of a part or a dummy.", word=weapon)
        return Classified(None, calibre, None, why)
    code = _WEAPONS[weapon] or _mortar(weapon, words)
    if not code:
        why = say("The name says {word}, which leaves the type open.", word=weapon)
        return Classified(None, calibre, True, why)
    return Classified(code, calibre, True, say("The name says {word}.", word=weapon))


def _mortar(weapon: str, words: list[str]) -> str:
    bore = _MILLIMETRES.search(" ".join(words))
    return "LW-80" if weapon == "MORTAR" and bore is not None and int(bore[1]) < 100 else ""


def _leading(words: list[str], known: Mapping[str, str]) -> str | None:
    """The longest known term whose first word opens the name and whose other words stand anywhere in it."""
    fitting = [term for term in known if term.split()[0] == words[0] and set(term.split()) <= set(words)]
    return max(fitting, key=len, default=None)


def _calibre(item_name: str) -> str:
    for part in _SEPARATING_COMMA.split(item_name)[1:]:
        written = part.strip()
        if any(c.isdigit() for c in written) and not isinstance(recognise(written), Unknown):
            return written
    return ""
