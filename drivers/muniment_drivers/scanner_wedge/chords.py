"""Names for keys pressed together, such as `Ctrl+B`, and what a key contributes to a code."""

from __future__ import annotations

from dataclasses import dataclass

from muniment.ports.devices.keys import MODIFIERS, Key
from muniment.ports.devices.manifest import SettingWrong

_HELD = {"Ctrl": "control", "Alt": "alt", "Meta": "meta"}
_NAMED = frozenset({"Enter", "Tab", "Space", "Escape"}) | {f"F{n}" for n in range(1, 36)}


@dataclass(frozen=True, slots=True)
class Chord:
    """One key with what is held beside it. Shift is part of the character, not of the chord."""

    name: str
    control: bool = False
    alt: bool = False
    meta: bool = False

    def fits(self, key: Key) -> bool:
        """Whether this press is the chord.

        Ctrl and a letter is known by the control character too, because on a keyboard with other letters
        the key has another name.
        """
        if self.control and key.control and (sign := control_character(self.name)) and key.text == sign:
            return True
        return (self.name, self.control, self.alt, self.meta) == (key.name, key.control, key.alt, key.meta)


def chords(setting: str, written: str) -> tuple[Chord, ...]:
    """Read the keys of a setting, parted by spaces.

    Raises:
        SettingWrong: a key is not known, or holding a key is all there is of it.

    """
    return tuple(_chord(setting, word) for word in written.split())


def _chord(setting: str, word: str) -> Chord:
    *held, name = word.split("+") if len(word) > 1 else [word]
    if any(part not in _HELD for part in held):
        raise SettingWrong(setting, f"{word} is not a key")
    if len(name) == 1 and name.isprintable():
        name = name.upper()
    elif name not in _NAMED:
        raise SettingWrong(setting, f"{word} is not a key")
    return Chord(name, "Ctrl" in held, "Alt" in held, "Meta" in held)


def control_character(name: str) -> str:
    """What Ctrl with this key sends on a keyboard: `B` is STX, `]` is GS; empty if nothing."""
    return chr(ord(name) - 64) if len(name) == 1 and "@" <= name <= "_" else ""


def contribution(key: Key) -> str | None:
    """The characters a press adds to a code; None if it stands for no character and the code is spoilt."""
    if key.name in MODIFIERS:
        return ""
    if key.alt and not key.control:
        return None
    if key.text and key.text.isprintable():
        return key.text
    if key.control and (sign := control_character(key.name)):
        return sign
    return key.text or None


def fit(wanted: tuple[Chord, ...], presses: list[Key]) -> bool:
    """Whether presses are these chords, as far as both go."""
    return all(chord.fits(key) for chord, key in zip(wanted, presses, strict=False))


def ends_with(presses: list[Key], wanted: tuple[Chord, ...]) -> bool:
    """Whether the last presses are all of these chords."""
    tail = presses[-len(wanted) :]
    return len(tail) == len(wanted) and fit(wanted, tail)


def confirms(key: Key) -> bool:
    """Whether a key can act rather than write."""
    if key.name in ("Enter", "Tab", "Escape") or (key.name == "Space" and not key.into_text):
        return True
    if key.text and key.text.isprintable() and not (key.alt ^ key.control) and not key.meta:
        return False
    return key.control or key.alt or key.meta or (key.name[0] == "F" and key.name[1:].isdigit())
