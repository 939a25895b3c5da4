"""The sieve for scanners in keyboard mode: which keys are the scanner's."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from muniment.ports.devices.keys import MODIFIERS, Fate, Key
from muniment.ports.devices.manifest import SettingWrong
from muniment.ports.devices.notices import CodeGarbled, CodeRead, GarbledBecause, Notice
from muniment_drivers.scanner_wedge.emulator import TypingScanner
from muniment_drivers.scanner_wedge.protocol import WedgeSieve

MS = 1_000_000
SCANNER = TypingScanner()


class Window:
    """Feeds keys to a sieve as a window does, the clock ticking between, and keeps what comes through."""

    def __init__(self, **settings: str | int | bool) -> None:
        self.sieve = WedgeSieve("counter", settings)
        self.through: list[tuple[Key, int]] = []
        self.notices: list[Notice] = []
        self._due: int | None = None

    def feed(self, keys: list[Key]) -> Window:
        for key in keys:
            self.rest_until(key.at)
            verdict = self.sieve.take(key)
            self._keep(verdict.released, verdict.notices, key.at)
            if verdict.fate is Fate.PASS:
                self.through.append((key, key.at))
            self._due = verdict.due
        return self

    def rest_until(self, at: int) -> Window:
        while self._due is not None and self._due <= at:
            due = self._due
            verdict = self.sieve.tick(due)
            self._keep(verdict.released, verdict.notices, due)
            assert verdict.due is None or verdict.due > due
            self._due = verdict.due
        return self

    def _keep(self, released: tuple[Key, ...], notices: tuple[Notice, ...], at: int) -> None:
        self.through += [(key, at) for key in released]
        self.notices += notices

    @property
    def pressed(self) -> list[str]:
        return [key.name for key, _ in self.through if key.down and key.name not in MODIFIERS]

    @property
    def read(self) -> list[str]:
        return [notice.text for notice in self.notices if isinstance(notice, CodeRead)]

    @property
    def garbled(self) -> list[GarbledBecause]:
        return [notice.because for notice in self.notices if isinstance(notice, CodeGarbled)]


def strokes(text: str, start: int, pace_ms: int, **more: bool) -> list[Key]:
    """Plain keys, one after the other; a newline is Enter."""
    out = []
    for place, sign in enumerate(text):
        at = start + place * pace_ms * MS
        name = {"\n": "Enter", " ": "Space", "\t": "Tab"}.get(sign, sign.upper())
        written = "\r" if sign == "\n" else sign
        out.append(Key(name=name, text=written, down=True, at=at, **more))
        out.append(Key(name=name, text=written, down=False, at=at + min(pace_ms, 30) * MS // 2, **more))
    return out


def test_a_scan_is_read_and_nothing_comes_through() -> None:
    window = Window().feed(SCANNER.keys("]C0AK-000042", 0))
    assert window.pressed == []
    (notice,) = window.notices
    assert isinstance(notice, CodeRead)
    assert (notice.aim, notice.text, notice.raw) == ("]C0", "AK-000042", b"]C0AK-000042")


def test_a_separator_typed_as_a_control_key_is_kept() -> None:
    window = Window().feed(SCANNER.keys("21SN-042\x1d10L7", 0))
    assert window.read == ["21SN-042\x1d10L7"]


def test_a_prefix_is_known_on_a_keyboard_with_other_letters() -> None:
    keys = SCANNER.keys("42", 0)
    cyrillic = [Key(name="И", text="\x02", down=k.down, at=k.at, control=True) if k.name == "B" else k for k in keys]
    assert Window().feed(cyrillic).read == ["42"]


def test_an_enter_inside_a_code_does_not_let_the_rest_out() -> None:
    window = Window().feed(SCANNER.keys("AK\rIssue \tall\r", 0))
    assert window.pressed == []
    assert window.read == ["AK"]
    assert GarbledBecause.AFTER_ITS_END in window.garbled


def test_the_next_scan_may_follow_at_once() -> None:
    first = SCANNER.keys("AK-1", 0)
    window = Window().feed(first).feed(SCANNER.keys("AK-2", first[-1].at + 5 * MS))
    assert window.read == ["AK-1", "AK-2"]
    assert window.garbled == []


def test_a_scan_in_the_middle_of_typing_leaves_the_typing_whole() -> None:
    typed = strokes("lot seven", 0, 120)
    scan = SCANNER.keys("AK-000042", typed[8].at + 10 * MS)
    keys = sorted([*typed, *scan], key=lambda key: key.at)
    window = Window().feed(keys)
    assert window.pressed == [key.name for key in typed if key.down]
    assert window.read == ["AK-000042"]


def test_the_release_of_a_key_that_was_down_before_the_scan_comes_through() -> None:
    held = Key(name="Space", text=" ", down=True, at=0)
    released = Key(name="Space", text=" ", down=False, at=400 * MS)
    scan = SCANNER.keys("A B", 100 * MS)
    window = Window().feed([held, *scan, released])
    through = [(key.name, key.down) for key, _ in window.through if key.name not in MODIFIERS]
    assert through == [("Space", True), ("Space", False)]
    assert window.through[-1][1] == 400 * MS


def test_a_key_stuck_after_a_scan_does_not_repeat_into_the_window() -> None:
    scan = SCANNER.keys("AK", 0)
    stuck = [key for key in scan if key.down or key.name != "Enter"]
    repeats = [Key(name="Enter", text="\r", down=True, at=(500 + n * 30) * MS, repeat=True) for n in range(40)]
    window = Window().feed(stuck).feed(repeats)
    assert window.pressed == []
    assert window.through == [(key, key.at) for key in stuck if key.name == "Control"]
    fresh = strokes("\n", 3_000 * MS, 50)
    assert window.feed(fresh).pressed == ["Enter"]


def test_a_key_held_down_by_hand_repeats() -> None:
    first = Key(name="X", text="x", down=True, at=0)
    repeats = [Key(name="X", text="x", down=True, at=(500 + n * 20) * MS, repeat=True) for n in range(9)]
    assert Window().feed([first, *repeats]).pressed == ["X"] * 10


def test_a_scan_that_stalls_is_dropped_and_its_late_end_presses_nothing() -> None:
    keys = SCANNER.keys("AK-000042", 0)
    stalled = keys[:12]
    window = Window().feed(stalled).rest_until(900 * MS)
    assert window.garbled == [GarbledBecause.NEVER_ENDED]
    window.feed(strokes("\n", 900 * MS, 4))
    window.feed(strokes("42\n", 1_200 * MS, 4)).rest_until(2_000 * MS)
    assert "Enter" not in window.pressed[:1]
    assert window.read == []


def test_the_rest_of_a_stalled_scan_is_swallowed_as_a_burst() -> None:
    window = Window().feed(SCANNER.keys("AK-0", 0)[:8]).rest_until(900 * MS)
    window.feed(strokes("00042\n", 1_000 * MS, 4)).rest_until(2_000 * MS)
    assert window.pressed == []


def test_a_scan_without_end_in_length_is_dropped_whole() -> None:
    window = Window(longest=16).feed(SCANNER.keys("A" * 5_000, 0))
    assert window.pressed == []
    assert window.garbled == [GarbledBecause.TOO_LONG]


def test_a_scan_without_end_in_time_is_dropped_whole() -> None:
    keys = SCANNER.keys("", 0)[:3] + strokes("A" * 100, 10 * MS, 250)
    window = Window().feed(keys)
    assert window.pressed == []
    assert window.garbled == [GarbledBecause.NEVER_ENDED]


def test_a_key_that_stands_for_no_character_spoils_the_code() -> None:
    keys = SCANNER.keys("AK42", 0)
    arrow = Key(name="key 1000013", text="", down=True, at=keys[6].at)
    assert Window().feed([*keys[:6], arrow, *keys[6:]]).garbled == [GarbledBecause.UNKNOWN_KEY]


def test_a_sign_whose_press_the_system_kept_for_an_accent_spoils_the_code() -> None:
    keys = SCANNER.keys("AK-42", 0)
    dead = Key(name="key 1001251", text="", down=False, at=keys[8].at)
    window = Window().feed([*keys[:9], dead, *keys[9:]])
    assert window.read == []
    assert window.garbled == [GarbledBecause.UNKNOWN_KEY]


def test_a_release_under_another_name_because_shift_went_up_first_spoils_nothing() -> None:
    keys = SCANNER.keys("AK:42", 0)
    renamed = [replace(key, name=";", text=";") if key.name == ":" and not key.down else key for key in keys]
    assert Window().feed(renamed).read == ["AK:42"]


def test_a_sign_that_is_sent_twice_in_one_stroke_of_the_clock_stands_twice() -> None:
    keys = SCANNER.keys("AK-1000001", 0)
    first = next(place for place, key in enumerate(keys) if key.name == "0")
    marked = [replace(key, repeat=key.name == "0" and place > first) for place, key in enumerate(keys)]
    assert Window().feed(marked).read == ["AK-1000001"]


def test_by_timing_too_a_sign_sent_twice_in_one_stroke_of_the_clock_stands_twice() -> None:
    keys = [replace(key, repeat=place > 1) for place, key in enumerate(strokes("1111", 0, 2))]
    assert Window(prefix="").feed(keys).feed(strokes("0001\n", 8 * MS, 2)).rest_until(900 * MS).read == ["11110001"]


def test_what_an_input_method_writes_into_a_scan_is_swallowed_with_the_scan() -> None:
    keys = SCANNER.keys("AK-42", 0)
    window = Window().feed(keys[:9])
    assert window.sieve.compose(keys[9].at).fate is Fate.SWALLOW
    window.feed(keys[9:])
    assert window.read == []
    assert window.garbled == [GarbledBecause.UNKNOWN_KEY]
    assert window.feed(SCANNER.keys("AK-43", 900 * MS)).read == ["AK-43"]


def test_what_an_input_method_writes_by_hand_comes_through_behind_the_keys_that_are_held() -> None:
    window = Window(prefix="").feed(strokes("a", 0, 40)[:1])
    verdict = window.sieve.compose(20 * MS)
    assert verdict.fate is Fate.PASS
    assert [key.name for key in verdict.released] == ["A"]


def test_a_scan_that_lost_its_prefix_confirms_nothing() -> None:
    window = Window().feed(strokes("AK-000042\n", 0, 4))
    assert window.pressed == ["A", "K", "-"]
    assert window.garbled == [GarbledBecause.NO_PREFIX]


@pytest.mark.parametrize("confirming", ["\n", "\t", " "])
def test_the_shortest_scan_without_a_prefix_presses_no_button(confirming: str) -> None:
    assert Window().feed(strokes("A" + confirming, 0, 4)).pressed == ["A"]


def test_a_space_typed_fast_into_a_text_stays() -> None:
    assert Window().feed(strokes("a b", 0, 30, into_text=True)).pressed == ["A", "Space", "B"]


def test_a_prefix_of_several_keys_that_is_not_completed_is_typed() -> None:
    window = Window(prefix="$ %").feed(strokes("a$b", 0, 100)).feed(strokes("$", 500 * MS, 100))
    window.rest_until(600 * MS)
    assert window.pressed == ["A", "$", "B", "$"]


def test_a_prefix_of_several_keys_is_found_behind_a_false_start() -> None:
    typing = TypingScanner(prefix="$ $ %")
    window = Window(prefix="$ $ %").feed(strokes("$", 0, 4)).feed(typing.keys("AK", 4 * MS))
    assert window.pressed == ["$"]
    assert window.read == ["AK"]


def test_a_scan_begun_anew_replaces_the_one_that_lost_its_end() -> None:
    keys = SCANNER.keys("AK-1", 0)
    cut = [key for key in keys if key.name != "Enter"]
    window = Window().feed(cut).feed(SCANNER.keys("AK-2", keys[-1].at + 20 * MS))
    assert window.read == ["AK-2"]
    assert window.garbled == [GarbledBecause.NEVER_ENDED]


def test_leaving_the_window_in_a_scan_does_not_let_the_rest_out() -> None:
    keys = SCANNER.keys("AK-000042", 0)
    window = Window().feed(keys[:10])
    window.sieve.reset()
    assert window.feed(keys[10:]).pressed == []


@pytest.mark.parametrize("wrong", [{"prefix": "Ctrl+"}, {"prefix": "Hyper+B"}, {"suffix": ""}, {"pause_ms": 1}])
def test_wrong_settings_are_refused(wrong: dict[str, str | int | bool]) -> None:
    with pytest.raises(SettingWrong):
        WedgeSieve("counter", wrong)


anything = st.text(st.characters(max_codepoint=0x7E), max_size=40)
paces = st.integers(1, 40)


@given(codes=st.lists(anything, min_size=1, max_size=4), pace=paces, lost=st.sets(st.integers(0, 60), max_size=6))
@example(codes=["\r\r\r"], pace=4, lost=set())
@settings(max_examples=300, deadline=None)
def test_nothing_between_prefix_and_silence_ever_comes_through(codes: list[str], pace: int, lost: set[int]) -> None:
    scanner = TypingScanner(pace_ns=pace * MS)
    at, keys = 0, list[Key]()
    for code in codes:
        scan = scanner.keys(code, at)
        # The prefix arrives; any other press or release may be lost on the way.
        keys += [key for place, key in enumerate(scan) if place < 4 or place not in lost]
        at = scan[-1].at + 1_000 * MS
    window = Window().feed(keys).rest_until(at)
    assert [key for key, _ in window.through if key.name not in MODIFIERS] == []


@given(text=st.text("abc 7-\n\t", max_size=40), gaps=st.lists(st.integers(40, 400), min_size=40, max_size=40))
@settings(max_examples=200, deadline=None)
def test_typing_comes_through_whole_and_in_order(text: str, gaps: list[int]) -> None:
    keys: list[Key] = []
    at = 0
    for sign, gap in zip(text, gaps, strict=False):
        keys += strokes(sign, at, gap)
        at += gap * MS
    for prefix in ("Ctrl+B", ""):
        window = Window(prefix=prefix).feed(keys).rest_until(at + 1_000 * MS)
        assert [key for key, _ in window.through] == keys
        assert window.notices == []


@given(gaps=st.lists(st.integers(0, 60), max_size=60), signs=st.text("ab 1\n\t", min_size=60, max_size=60))
@settings(max_examples=300, deadline=None)
def test_by_timing_no_key_is_held_longer_than_40_ms_and_none_overtakes(gaps: list[int], signs: str) -> None:
    keys: list[Key] = []
    at = 0
    for sign, gap in zip(signs, gaps, strict=False):
        keys.append(strokes(sign, at, 1)[0])
        at += gap * MS
    window = Window(prefix="").feed(keys).rest_until(at + 1_000 * MS)
    assert all(out - key.at <= 40 * MS for key, out in window.through)
    assert [key.at for key, _ in window.through] == sorted(key.at for key, _ in window.through)


@given(code=st.text("ABCDEF0123456789-", min_size=4, max_size=40), pace=st.integers(1, 15))
@settings(max_examples=100, deadline=None)
def test_by_timing_a_fast_scan_is_read_and_leaves_nothing(code: str, pace: int) -> None:
    window = Window(prefix="").feed(strokes(code + "\n", 0, pace)).rest_until(5_000 * MS)
    assert window.pressed == []
    assert window.read == [code]


def test_by_timing_a_burst_without_end_is_dropped() -> None:
    window = Window(prefix="").feed(strokes("AK-000042", 0, 4)).rest_until(900 * MS)
    assert window.pressed == []
    assert window.garbled == [GarbledBecause.NEVER_ENDED]


def test_keys_typed_by_hand_pass_even_when_a_busy_window_takes_them_in_a_heap() -> None:
    sieve = WedgeSieve("wedge", {})
    taken = 10_000_000_000
    for nth, letter in enumerate("officer"):
        stamp = 1_000_000_000 + nth * 60_000_000
        for down in (True, False):
            key = Key(name=letter.upper(), text=letter, down=down, at=taken + nth, stamp=stamp, into_text=True)
            assert sieve.take(key).fate is Fate.PASS
