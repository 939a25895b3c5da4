"""Design tokens: colours, sizes and states in three themes. No Qt, so presenters may name states."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum

from muniment.domain.basics.text import Text, say

FACE = "Inter"
MONO = "JetBrains Mono"
ARABIC = "Noto Sans Arabic"
FLASH_MS = 180
"""How long a scan lights the frame of the scan field, in milliseconds."""


class Tint(StrEnum):
    """The themes. Night is one hue for dark-adapted eyes: no blue or green light."""

    LIGHT = "light"
    DARK = "dark"
    NIGHT = "night"


class Scale(StrEnum):
    """How large things are: for a desk, for tired eyes, for gloved hands."""

    NORMAL = "normal"
    LARGE = "large"
    GLOVE = "glove"


TYPE_FACTOR: Mapping[Scale, float] = {Scale.NORMAL: 1.0, Scale.LARGE: 1.25, Scale.GLOVE: 1.15}


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one theme, as #RRGGBB."""

    page: str
    panel: str
    sunk: str
    line: str
    edge: str
    text: str
    quiet: str
    rail: str
    rail_on: str
    rail_text: str
    rail_mark: str
    accent: str
    on_accent: str
    soft: str
    hit: str
    focus: str
    on_verb: str
    training: str
    on_training: str
    hatch: str


PALETTES: Mapping[Tint, Palette] = {
    Tint.LIGHT: Palette(
        page="#EDEFEB",
        panel="#FFFFFF",
        sunk="#F5F6F3",
        line="#D0D5CF",
        edge="#8B958F",
        text="#121816",
        quiet="#46524C",
        rail="#1A2320",
        rail_on="#31403A",
        rail_text="#C3CEC8",
        rail_mark="#F2C230",
        accent="#0B4F79",
        on_accent="#FFFFFF",
        soft="#E3EEF6",
        hit="#FCEBCB",
        focus="#0B6BD0",
        on_verb="#FFFFFF",
        training="#F2C230",
        on_training="#121816",
        hatch="#121816",
    ),
    Tint.DARK: Palette(
        page="#0F1412",
        panel="#181F1C",
        sunk="#121816",
        line="#2C3632",
        edge="#6C7A73",
        text="#EDF2EF",
        quiet="#AEBBB4",
        rail="#0A0E0C",
        rail_on="#25302B",
        rail_text="#AEBBB4",
        rail_mark="#D9AC22",
        accent="#8CC8F2",
        on_accent="#06202F",
        soft="#16293A",
        hit="#4A3A16",
        focus="#7CC4FF",
        on_verb="#FFFFFF",
        training="#D9AC22",
        on_training="#121816",
        hatch="#0A0E0C",
    ),
    Tint.NIGHT: Palette(
        page="#050101",
        panel="#0B0202",
        sunk="#050101",
        line="#43110C",
        edge="#A83B2D",
        text="#FF7A66",
        quiet="#E0604E",
        rail="#050101",
        rail_on="#240805",
        rail_text="#E0604E",
        rail_mark="#FF7A66",
        accent="#FF7A66",
        on_accent="#0B0202",
        soft="#1C0604",
        hit="#43110C",
        focus="#FF8E7C",
        on_verb="#FF7A66",
        training="#1C0604",
        on_training="#FF7A66",
        hatch="#FF7A66",
    ),
}


class Verb(StrEnum):
    """What a screen does. The colour of the band is the verb and is used for nothing else."""

    ISSUE = "issue"
    RETURN = "return"
    COUNT = "count"
    MOVE = "move"
    REGISTER = "register"
    RECEIVE = "receive"
    SEND = "send"
    DESTROY = "destroy"
    HANDOVER = "handover"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class VerbLook:
    """How a verb is worded and drawn; `light` and `dark` are the colours of its band."""

    word: Text
    icon: str
    light: str
    dark: str


VERBS: Mapping[Verb, VerbLook] = {
    Verb.ISSUE: VerbLook(say("ISSUE"), "arrow-up-right", "#0B4F79", "#12466B"),
    Verb.RETURN: VerbLook(say("RETURN"), "arrow-down-left", "#0C5B3C", "#0E4B33"),
    Verb.COUNT: VerbLook(say("COUNT"), "clipboard-check", "#55348B", "#4A3178"),
    Verb.MOVE: VerbLook(say("MOVE"), "arrows-move", "#7A4300", "#5F3A08"),
    Verb.REGISTER: VerbLook(say("REGISTER"), "tag", "#33434B", "#2C3A42"),
    Verb.RECEIVE: VerbLook(say("RECEIVE"), "door-enter", "#0B4F55", "#0C4247"),
    Verb.SEND: VerbLook(say("SEND"), "truck-delivery", "#3D4410", "#363C14"),
    Verb.DESTROY: VerbLook(say("DESTROY"), "flame", "#3A2A2A", "#3A2A2A"),
    Verb.HANDOVER: VerbLook(say("HANDOVER"), "arrows-exchange", "#7E1650", "#641641"),
    Verb.PAST: VerbLook(say("HAS HAPPENED"), "history", "#464646", "#3C3C3C"),
}
NIGHT_BAND = "#1C0604"


def band_colour(tint: Tint, verb: Verb) -> str:
    """The ground of a verb's band."""
    if tint is Tint.NIGHT:
        return NIGHT_BAND
    return VERBS[verb].light if tint is Tint.LIGHT else VERBS[verb].dark


class Fill(Enum):
    """How a chip is filled. Fill means certainty, so that it works in one hue and in print."""

    KNOWN = "tint"
    UNKNOWN = "dash"
    ACT_NOW = "solid"
    NOT_REAL = "hatch"


class State(StrEnum):
    """What a chip can say."""

    IN_STORE = "in_store"
    ISSUED = "issued"
    OVERDUE = "overdue"
    TRANSIT = "transit"
    MISSING = "missing"
    QUARANTINED = "quarantined"
    SURPLUS = "surplus"
    DESTROYED = "destroyed"
    UNVERIFIED = "unverified"
    ALARM = "alarm"
    SIMULATED = "simulated"
    STALE = "stale"
    STRANGER = "stranger"
    SWAPPED = "swapped"
    MISPLACED = "misplaced"
    SEALED = "sealed"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    HELD = "held"
    DUE = "due"


Ink = tuple[str, str]
"""Text and ground, as #RRGGBB."""

_GREEN: tuple[Ink, Ink] = (("#0A5532", "#E1F1E7"), ("#86E0B0", "#12291E"))
_BLUE: tuple[Ink, Ink] = (("#0B4A75", "#E0EDF7"), ("#93CDF5", "#132737"))
_AMBER: tuple[Ink, Ink] = (("#6E3C00", "#FCEBCB"), ("#FFC46B", "#33260F"))
_VIOLET: tuple[Ink, Ink] = (("#52328A", "#ECE6F7"), ("#CBB6FA", "#251D38"))
_RED: tuple[Ink, Ink] = (("#FFFFFF", "#9C1717"), ("#1E0303", "#FF8A80"))
_OPEN: tuple[Ink, Ink] = (("#37423D", "#FFFFFF"), ("#CAD3CE", "#181F1C"))
_ROSE: tuple[Ink, Ink] = (("#7E1650", "#F9E3EF"), ("#FFA6D3", "#361527"))
_TEAL: tuple[Ink, Ink] = (("#0B4F55", "#DDF0F1"), ("#86DCE3", "#10292B"))
_GREY: tuple[Ink, Ink] = (("#2B3330", "#E2E5E3"), ("#C3CCC7", "#272E2B"))
_SAND: tuple[Ink, Ink] = (("#3B2E00", "#FBEFC2"), ("#FFE08A", "#2E2710"))


@dataclass(frozen=True, slots=True)
class StateLook:
    """How one state speaks: never by colour alone. `inks` are for the light and the dark theme."""

    word: Text
    icon: str
    fill: Fill
    inks: tuple[Ink, Ink]


STATES: Mapping[State, StateLook] = {
    State.IN_STORE: StateLook(say("In store"), "building-warehouse", Fill.KNOWN, _GREEN),
    State.ISSUED: StateLook(say("Issued"), "arrow-up-right", Fill.KNOWN, _BLUE),
    State.OVERDUE: StateLook(say("Overdue"), "clock-exclamation", Fill.KNOWN, _AMBER),
    State.TRANSIT: StateLook(say("In transit"), "truck-delivery", Fill.KNOWN, _VIOLET),
    State.MISSING: StateLook(say("Missing"), "help-octagon", Fill.ACT_NOW, _RED),
    State.QUARANTINED: StateLook(say("Quarantined"), "hand-stop", Fill.KNOWN, _ROSE),
    State.SURPLUS: StateLook(say("Surplus"), "stack-2", Fill.KNOWN, _TEAL),
    State.DESTROYED: StateLook(say("Destroyed"), "trash-x", Fill.KNOWN, _GREY),
    State.UNVERIFIED: StateLook(say("Unverified"), "eye-question", Fill.UNKNOWN, _OPEN),
    State.ALARM: StateLook(say("Alarm"), "bell-ringing", Fill.ACT_NOW, _RED),
    State.SIMULATED: StateLook(say("Simulated"), "flask", Fill.NOT_REAL, _SAND),
    State.STALE: StateLook(say("Stale"), "clock-pause", Fill.UNKNOWN, _OPEN),
    State.STRANGER: StateLook(say("Not in the book"), "zoom-question", Fill.UNKNOWN, _OPEN),
    State.SWAPPED: StateLook(say("Part swapped"), "arrows-exchange", Fill.KNOWN, _AMBER),
    State.MISPLACED: StateLook(say("Wrong place"), "map-pin", Fill.KNOWN, _VIOLET),
    State.SEALED: StateLook(say("Seal only"), "package", Fill.UNKNOWN, _OPEN),
    State.ACCEPTED: StateLook(say("Accepted"), "circle-check", Fill.KNOWN, _GREEN),
    State.REFUSED: StateLook(say("Refused"), "circle-x", Fill.ACT_NOW, _RED),
    State.HELD: StateLook(say("Held"), "hourglass", Fill.UNKNOWN, _OPEN),
    State.DUE: StateLook(say("Due"), "calendar-due", Fill.KNOWN, _AMBER),
}


@dataclass(frozen=True, slots=True)
class ChipInk:
    """The colours a chip is painted with."""

    text: str
    ground: str
    border: str


def chip_ink(tint: Tint, state: State) -> ChipInk:
    """The colours of a state in a theme. At night states differ by icon, word and border, not by hue."""
    solid = STATES[state].fill is Fill.ACT_NOW
    if tint is Tint.NIGHT:
        night = PALETTES[Tint.NIGHT]
        if solid:
            return ChipInk(night.panel, night.text, night.text)
        return ChipInk(night.text, night.panel, night.edge)
    text, ground = STATES[state].inks[0 if tint is Tint.LIGHT else 1]
    return ChipInk(text, ground, ground if solid else text)


def state_colour(tint: Tint, state: State) -> str:
    """The colour a state has as text or a line on a panel."""
    return chip_ink(tint, state).border if tint is not Tint.NIGHT else PALETTES[tint].text


class Part(Enum):
    """Parts with a height of their own."""

    BAND = "band"
    TOP = "top"
    SCAN = "scan"
    FACT = "fact"
    FULL_FACT = "full_fact"
    CHIP = "chip"
    DEVICE = "device"
    QUEUE = "queue"
    SLOT = "slot"
    BUTTON = "button"
    FIELD = "field"
    ROW = "row"
    TALL_ROW = "tall_row"
    HEADER = "header"
    RAIL_ITEM = "rail_item"


HEIGHTS: Mapping[Part, tuple[int, int]] = {
    Part.BAND: (72, 84),
    Part.TOP: (64, 76),
    Part.SCAN: (60, 72),
    Part.FACT: (50, 60),
    Part.FULL_FACT: (70, 108),
    Part.CHIP: (24, 34),
    Part.DEVICE: (32, 44),
    Part.QUEUE: (44, 60),
    Part.SLOT: (80, 96),
    Part.BUTTON: (44, 60),
    Part.FIELD: (44, 60),
    Part.ROW: (40, 64),
    Part.TALL_ROW: (52, 64),
    Part.HEADER: (36, 44),
    Part.RAIL_ITEM: (64, 64),
}
"""Heights at normal size and for gloves, in pixels at 96 dpi."""

TOUCHED = frozenset({Part.BUTTON, Part.FIELD, Part.ROW, Part.TALL_ROW, Part.RAIL_ITEM, Part.SCAN, Part.QUEUE})
"""Parts that are pressed, or hold what is pressed across their whole height."""

TOUCH_MM, APART_MM = 15, 4
"""How large what is pressed must be for a gloved hand, and how far from the next."""


def height(part: Part, scale: Scale, dots_per_mm: float = 0) -> int:
    """The height of a part in pixels; for gloves on a screen of so many pixels a millimetre, if it is known."""
    normal, glove = HEIGHTS[part]
    if scale is Scale.GLOVE:
        return max(glove, math.ceil(TOUCH_MM * dots_per_mm)) if part in TOUCHED else glove
    return round(normal * TYPE_FACTOR[scale])


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21.

    Source: W3C, Web Content Accessibility Guidelines 2, definition of contrast ratio.
    """
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)
