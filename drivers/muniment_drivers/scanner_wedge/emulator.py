"""The keys a scanner in keyboard mode would press, with their times."""

from __future__ import annotations

from collections.abc import Iterator

from muniment.ports.devices.keys import Key
from muniment_drivers.scanner_wedge.chords import Chord, chords

_TEXTS = {"Enter": "\r", "Tab": "\t", "Space": " ", "Escape": "\x1b"}


class TypingScanner:
    """Types codes as keys, `pace_ns` from press to press; the release comes half way between.

    Characters below space are sent as Ctrl and a key, as scanners do that are set so; capital letters with Shift.
    """

    def __init__(self, *, prefix: str = "Ctrl+B", suffix: str = "Enter", pace_ns: int = 4_000_000) -> None:
        self._prefix = chords("prefix", prefix)
        self._suffix = chords("suffix", suffix)
        self._pace_ns = pace_ns

    def keys(self, code: str, start: int) -> list[Key]:
        """All presses and releases for one code, the first at `start`."""
        wanted = [*self._prefix, *map(_chord_of, code), *self._suffix]
        texts = [None] * len(self._prefix) + list(code) + [None] * len(self._suffix)
        out: list[Key] = []
        for place, (chord, text) in enumerate(zip(wanted, texts, strict=True)):
            at = start + place * self._pace_ns
            out += _strokes(chord, text, at, at + self._pace_ns // 2)
        return out


def _chord_of(character: str) -> Chord:
    for name, text in _TEXTS.items():
        if character == text:
            return Chord(name)
    if character < " ":
        return Chord(chr(ord(character) + 64), control=True)
    return Chord(character.upper())


def _strokes(chord: Chord, text: str | None, down_at: int, up_at: int) -> Iterator[Key]:
    control = chord.control
    if text is None or control:
        text = _TEXTS.get(chord.name, chord.name.lower() if len(chord.name) == 1 else "")
        if control:
            text = chr(ord(chord.name) - 64) if "@" <= chord.name <= "_" else ""
    held = "Control" if control else "Shift" if text.isupper() else None
    if held:
        yield Key(name=held, text="", down=True, at=down_at, control=control)
    for down, at in ((True, down_at), (False, up_at)):
        yield Key(name=chord.name, text=text, down=down, at=at, control=control, alt=chord.alt, meta=chord.meta)
    if held:
        yield Key(name=held, text="", down=False, at=up_at)
