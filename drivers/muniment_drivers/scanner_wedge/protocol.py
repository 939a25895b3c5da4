"""Which keys are a scanner's. A pure machine: keys and their times in, decisions out.

With a prefix, everything from the prefix on is swallowed until the suffix has come and the machine at the
other end has fallen silent. Without one, or for a moment after a scan that broke off, each key is held back for
`HOLD_NS`, and keys that follow each other faster than hands can are taken for a scan.

Besides, keys too fast for hands never confirm anything: an Enter right behind another key, or the fourth key of a
burst, is swallowed with all that follows, so a scan whose prefix was lost presses no button.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from muniment.ports.devices.keys import MODIFIERS, Fate, Key, Verdict
from muniment.ports.devices.manifest import Settings
from muniment.ports.devices.notices import CodeGarbled, GarbledBecause, Notice
from muniment_drivers.kit.reading import reading
from muniment_drivers.scanner_wedge.chords import chords, confirms, contribution, ends_with, fit
from muniment_drivers.scanner_wedge.manifest import MANIFEST

MS = 1_000_000
FAST_NS = 35 * MS
"""Keys closer together than this are not typed one by one."""
HOLD_NS = 35 * MS
"""How long a key is held back; the promise is 40 ms, the rest is for the window's timer."""
TAIL_NS = 50 * MS
"""A key this soon after a suffix still comes from the scanner."""
QUIET_NS = 100 * MS
"""A silence of this length ends a burst."""
QUIET_PACES = 6
"""Both are at least as long as this many keys of the scan took, in case keys are lost."""
LATE_NS = 2_000 * MS
"""How long after a scan broke off the rest of it may still come."""
WHOLE_NS = 10_000 * MS
"""No scan takes longer than this."""
REPEATS_AFTER_NS = 100 * MS
"""No computer repeats a key before it was down so long; what is marked so sooner was struck twice."""
BURST = 3
SHORTEST_BY_TIMING = 4


class _Mode(Enum):
    RESTING = auto()
    COLLECTING = auto()
    DROPPING = auto()


@dataclass(slots=True)
class _Answer:
    released: list[Key] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


class WedgeSieve:
    """A `KeySieve` for one scanner in keyboard mode.

    Raises:
        SettingWrong: on construction, if a setting is wrong.

    """

    def __init__(self, device: str, settings: Settings) -> None:
        settled = MANIFEST.settled(settings)
        self._device = device
        self._prefix = chords("prefix", str(settled["prefix"]))
        self._suffix = chords("suffix", str(settled["suffix"]))
        self._longest = int(settled["longest"])
        self._pause_ns = int(settled["pause_ms"]) * MS
        self._aim_ids = bool(settled["aim_ids"])
        self._restarts = bool(self._prefix) and all(c.control or len(c.name) > 1 for c in self._prefix)
        self._mode = _Mode.RESTING
        self._held: list[Key] = []
        self._collected: list[Key] = []
        self._swallowed: Counter[str] = Counter()
        self._passed: set[str] = set()
        self._down_at: dict[str, int] = {}
        self._spoilt = False
        self._last = -LATE_NS
        self._last_stamp = 0
        self._run = 0
        self._begun = 0
        self._quiet_ns = self._quiet_after_ns = QUIET_NS
        self._next_may_come = False
        self._tail_until = self._wary_until = -LATE_NS

    @property
    def by_timing(self) -> bool:
        """Whether there is no prefix to go by."""
        return not self._prefix

    def take(self, key: Key) -> Verdict:
        """See `KeySieve.take`."""
        answer = _Answer()
        self._pass_time(key.at, answer)
        if key.repeat and key.at - self._down_at.get(key.name, key.at - REPEATS_AFTER_NS) < REPEATS_AFTER_NS:
            # A system takes a key that goes up and down within one stroke of its clock for one that is held.
            key = replace(key, repeat=False)
        if key.down and not key.repeat:
            self._down_at[key.name] = key.at
        if key.repeat:
            fate = self._repeat(key)
        elif key.down:
            fate = self._press(key, answer)
        else:
            fate = self._release(key, answer)
        return self._verdict(fate, answer)

    def tick(self, at: int) -> Verdict:
        """See `KeySieve.tick`."""
        answer = _Answer()
        self._pass_time(at, answer)
        return self._verdict(Fate.SWALLOW, answer)

    def compose(self, at: int) -> Verdict:
        """See `KeySieve.compose`."""
        answer = _Answer()
        self._pass_time(at, answer)
        if self._mode is _Mode.RESTING and at >= self._tail_until:
            self._let_go(answer)
            return self._verdict(Fate.PASS, answer)
        if self._mode is _Mode.RESTING:
            self._garbled(GarbledBecause.AFTER_ITS_END, answer)
            self._drop(self._quiet_after_ns, next_may_come=True)
        self._spoilt = True
        self._last, self._last_stamp = at, 0
        return self._verdict(Fate.SWALLOW, answer)

    def reset(self) -> Verdict:
        """See `KeySieve.reset`."""
        answer = _Answer()
        self._let_go(answer)
        if self._mode is _Mode.COLLECTING:
            self._drop(self._pause_ns)
        return self._verdict(Fate.SWALLOW, answer)

    def _verdict(self, fate: Fate, answer: _Answer) -> Verdict:
        due: int | None = None
        if self._mode is _Mode.COLLECTING:
            due = self._last + self._pause_ns
        elif self._held:
            due = self._expiry()
        return Verdict(fate=fate, released=tuple(answer.released), notices=tuple(answer.notices), due=due)

    def _pass_time(self, at: int, answer: _Answer) -> None:
        if self._mode is _Mode.COLLECTING:
            if at - self._last >= self._pause_ns:
                self._wary_until = self._last + self._pause_ns + LATE_NS
                self._garbled(GarbledBecause.NEVER_ENDED, answer)
                self._mode = _Mode.RESTING
            elif at - self._begun >= WHOLE_NS:
                self._garbled(GarbledBecause.NEVER_ENDED, answer)
                self._drop(self._pause_ns)
        elif self._mode is _Mode.DROPPING:
            if at - self._last >= self._quiet_ns:
                self._mode = _Mode.RESTING
        elif self._held and at >= self._expiry():
            self._let_go(answer)

    def _expiry(self) -> int:
        return (self._held[0].at if self._holds(self._held[0].at) else self._last) + HOLD_NS

    def _holds(self, at: int) -> bool:
        return not self._prefix or at < self._wary_until

    def _repeat(self, key: Key) -> Fate:
        if self._mode is not _Mode.RESTING:
            return Fate.SWALLOW
        if any(held.name == key.name and held.down for held in self._held):
            self._held.append(key)
            return Fate.HOLD
        return Fate.PASS if key.name in self._passed else Fate.SWALLOW

    def _release(self, key: Key, answer: _Answer) -> Fate:
        if self._swallowed[key.name]:
            self._swallowed[key.name] -= 1
            return Fate.SWALLOW
        if any(held.name == key.name and held.down for held in self._held):
            self._held.append(key)
            return Fate.HOLD
        if key.name in self._passed:
            self._passed.discard(key.name)
            return Fate.PASS
        if self._mode is _Mode.COLLECTING and key.name not in MODIFIERS:
            self._match(key)
        if self._mode is _Mode.RESTING and key.at < self._tail_until:
            # The press was lost, so the scanner has not fallen silent.
            self._note_time(key)
            self._garbled(GarbledBecause.AFTER_ITS_END, answer)
            self._drop(self._quiet_after_ns, next_may_come=True)
        return Fate.PASS if self._mode is _Mode.RESTING else Fate.SWALLOW

    def _match(self, key: Key) -> None:
        """Find the press of a release inside a code; one without a press tells that the code lacks a character.

        A key that makes a dead key's accent is taken by the system before a window sees it. The release may have
        another name than its press, where Shift went up first.
        """
        down = next((name for name, times in self._swallowed.items() if times > 0 and name not in MODIFIERS), None)
        if down is None:
            self._spoilt = True
        else:
            self._swallowed[down] -= 1

    def _press(self, key: Key, answer: _Answer) -> Fate:
        if self._mode is _Mode.RESTING:
            # A fresh press tells that the release of an earlier one was lost.
            self._swallowed[key.name] = 0
            fate = self._rest(key, answer)
        else:
            if self._mode is _Mode.COLLECTING:
                self._collect(key, answer)
            else:
                self._await_silence(key)
            fate = Fate.SWALLOW
        if fate is Fate.SWALLOW:
            self._swallowed[key.name] += 1
        elif fate is Fate.PASS:
            self._passed.add(key.name)
        return fate

    def _rest(self, key: Key, answer: _Answer) -> Fate:
        if key.name in MODIFIERS:
            return Fate.PASS
        fast = self._gap_ns(key) < FAST_NS
        self._note_time(key)
        if key.at < self._tail_until:
            return self._tail(key, answer)
        begun = self._prefix_so_far(key, answer)
        if begun is not None:
            return begun
        if key.at < self._wary_until and self._suffix[0].fits(key):
            self._wary_until = key.at
            if fast:
                self._take_held()
            return Fate.SWALLOW
        is_burst = self.by_timing and sum(held.down for held in self._held) >= BURST - 1
        if fast and confirms(key) and not is_burst:
            return self._headless(answer)
        if self._holds(key.at):
            return self._hold(key, fast, answer)
        self._run = self._run + 1 if fast else 0
        return self._headless(answer) if self._run >= BURST else Fate.PASS

    def _tail(self, key: Key, answer: _Answer) -> Fate:
        """Swallow what follows a suffix too soon, unless it is the next scan."""
        if len(self._prefix) == 1 and self._prefix[0].fits(key):
            self._begin(key.at)
        else:
            self._garbled(GarbledBecause.AFTER_ITS_END, answer)
            self._drop(self._quiet_after_ns, next_may_come=True)
            self._await_silence(key)
        return Fate.SWALLOW

    def _prefix_so_far(self, key: Key, answer: _Answer) -> Fate | None:
        """Hold or swallow a key that continues the prefix; None for one that does not.

        Held keys that turn out not to begin the prefix are released.
        """
        if not self._prefix:
            return None
        presses = [*(held for held in self._held if held.down), key]
        for start in range(len(presses)):
            rest = presses[start:]
            if len(rest) <= len(self._prefix) and fit(self._prefix, rest):
                if start:
                    self._let_go(answer, before=rest[0])
                if len(rest) < len(self._prefix):
                    self._held.append(key)
                    return Fate.HOLD
                self._take_held()
                self._begin(key.at)
                return Fate.SWALLOW
        if not self._holds(key.at):
            self._let_go(answer)
        return None

    def _hold(self, key: Key, fast: bool, answer: _Answer) -> Fate:
        if not fast:
            self._let_go(answer)
        self._held.append(key)
        presses = [held for held in self._held if held.down and not held.repeat]
        if len(presses) < BURST:
            return Fate.HOLD
        self._held.pop()
        self._take_held()
        if self._prefix:
            return self._headless(answer)
        self._begin(presses[0].at)
        for press in presses:
            if self._mode is _Mode.COLLECTING:
                self._collect(press, answer)
        return Fate.SWALLOW

    def _headless(self, answer: _Answer) -> Fate:
        self._run = 0
        self._let_go(answer)
        self._garbled(GarbledBecause.NO_PREFIX, answer)
        self._drop(QUIET_NS, next_may_come=True)
        return Fate.SWALLOW

    def _begin(self, at: int) -> None:
        self._mode = _Mode.COLLECTING
        self._begun = at
        self._spoilt = False
        self._collected.clear()
        self._wary_until = self._tail_until = at

    def _gap_ns(self, key: Key) -> int:
        """Time since the key before: by the system's stamps where there are any, because a busy window gets keys late.

        Keys that waited for the window come in a heap, and would look like a scan by the time they were taken.
        """
        if key.stamp and self._last_stamp:
            return key.stamp - self._last_stamp
        return key.at - self._last

    def _note_time(self, key: Key) -> None:
        self._last, self._last_stamp = key.at, key.stamp

    def _collect(self, key: Key, answer: _Answer) -> None:
        self._note_time(key)
        if key.name in MODIFIERS:
            return
        self._collected.append(key)
        if ends_with(self._collected, self._suffix):
            self._complete(key.at, answer)
        elif self._restarts and ends_with(self._collected, self._prefix):
            del self._collected[-len(self._prefix) :]
            self._garbled(GarbledBecause.NEVER_ENDED, answer)
            self._begin(key.at)
        elif len(self._collected) >= self._longest + len(self._suffix):
            self._garbled(GarbledBecause.TOO_LONG, answer)
            self._drop(self._pause_ns)

    def _complete(self, at: int, answer: _Answer) -> None:
        slow_ns = min(self._pause_ns, QUIET_PACES * (at - self._begun) // len(self._collected))
        parts = [contribution(key) for key in self._collected[: -len(self._suffix)]]
        text = "".join(part for part in parts if part is not None)
        if None in parts or self._spoilt:
            self._garbled(GarbledBecause.UNKNOWN_KEY, answer)
        elif not text or (not self._prefix and len(text) < SHORTEST_BY_TIMING):
            self._garbled(GarbledBecause.TOO_SHORT, answer)
        else:
            raw = text.encode("utf-8", "replace")
            answer.notices.append(reading(self._device, raw, at, aim_ids=self._aim_ids))
        self._tail_until = at + max(TAIL_NS, slow_ns)
        self._quiet_after_ns = max(QUIET_NS, slow_ns)
        self._mode = _Mode.RESTING
        self._collected.clear()

    def _await_silence(self, key: Key) -> None:
        self._note_time(key)
        if not self._next_may_come or key.name in MODIFIERS:
            return
        # The next scan may come before the silence does.
        self._collected = [*self._collected[-len(self._prefix) :], key] if self._prefix else []
        if self._prefix and ends_with(self._collected, self._prefix):
            self._begin(key.at)

    def _drop(self, quiet_ns: int, *, next_may_come: bool = False) -> None:
        self._mode = _Mode.DROPPING
        self._next_may_come = next_may_come
        self._quiet_ns = quiet_ns
        self._collected.clear()

    def _garbled(self, because: GarbledBecause, answer: _Answer) -> None:
        answer.notices.append(
            CodeGarbled(device=self._device, at=self._last, because=because, length=len(self._collected))
        )
        self._collected.clear()

    def _let_go(self, answer: _Answer, before: Key | None = None) -> None:
        """Release what is held, or only what was held before one key."""
        end = len(self._held) if before is None or before not in self._held else self._held.index(before)
        for key in self._held[:end]:
            answer.released.append(key)
            if key.down:
                self._passed.add(key.name)
            elif not key.repeat:
                self._passed.discard(key.name)
        del self._held[:end]

    def _take_held(self) -> None:
        """Swallow what is held."""
        for key in self._held:
            if not key.repeat:
                self._swallowed[key.name] += 1 if key.down else -1
        self._held.clear()
