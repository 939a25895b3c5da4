"""Keys of a keyboard on the way to a window, and the sieve that takes a scanner's keys out of them.

A scanner in keyboard mode is a keyboard to the computer: what it sends would land in whatever has the focus.
The window therefore shows each key to a sieve before anything else sees it, and does as the sieve says.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from muniment.ports.devices.notices import Notice

MODIFIERS = frozenset({"Shift", "Control", "Alt", "AltGr", "Meta", "CapsLock", "NumLock", "ScrollLock"})
"""Names of keys that write nothing of themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One press or release of a key.

    `name` is the key: `A` to `Z`, `0` to `9` or the character it bears, `F1` to `F35`, `Enter` (both of them),
    `Tab`, `Space`, `Escape`, a name of `MODIFIERS`, or any other name the window is consistent about. `text` is
    what it would write. `at` is the monotonic time of the press in nanoseconds. `repeat` marks what
    the computer repeats because a key stays down. `into_text` says that the focus is in a field for text.
    `stamp` is when the system says the key was pressed, in nanoseconds of a clock of its own, 0 where it does not say.
    `ticket` is the window's own mark, to find the event again when the key is released to it.
    """

    name: str
    text: str
    down: bool
    at: int
    control: bool = False
    alt: bool = False
    meta: bool = False
    repeat: bool = False
    into_text: bool = False
    stamp: int = 0
    ticket: int = 0


class Fate(StrEnum):
    """What becomes of a key."""

    PASS = "pass"  # noqa: S105 - not a password
    HOLD = "hold"
    SWALLOW = "swallow"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the window shall do now.

    First deliver `released`, keys held earlier, in this order; then treat the key at hand by `fate`; then pass
    on `notices`; and call `tick` at the monotonic time `due`, if there is one, unless a key comes first.
    """

    fate: Fate = Fate.SWALLOW
    released: tuple[Key, ...] = ()
    notices: tuple[Notice, ...] = ()
    due: int | None = None


class KeySieve(Protocol):
    """Takes a keyboard-mode scanner's keys out of the stream of keys.

    A key that is swallowed never comes back, whatever follows. A key that is held is either released,
    in order, or swallowed. The release of a key shares the fate of its press.
    """

    @property
    def by_timing(self) -> bool:
        """Whether a scan is told from typing by its speed alone; such a sieve is kept off password fields."""

    def take(self, key: Key) -> Verdict:
        """Decide about a key, before anything may act on it. Times of successive calls never go back."""

    def compose(self, at: int) -> Verdict:
        """Decide about text that came around the keys, from an input method or a dead key.

        It is never held. Inside a scan it is swallowed, and the scan is thrown away when it ends: what the scanner sent
        is not known any more.
        """

    def tick(self, at: int) -> Verdict:
        """Let time pass without a key; `fate` of the answer has no meaning."""

    def reset(self) -> Verdict:
        """Forget a scan under way, without a notice, and release what is held."""
