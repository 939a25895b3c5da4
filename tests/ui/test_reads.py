"""Which reads are meant, which came twice, and which are noise."""

from __future__ import annotations

import random

import pytest

from muniment.ports.devices.notices import CodeRead
from muniment.ui.reads import Judged, Reads

MS = 1_000_000


def read(text: str, at_ms: int, device: str = "left") -> CodeRead:
    return CodeRead(device=device, at=at_ms * MS, raw=text.encode(), text=text)


def judged(*reads: CodeRead) -> list[Judged]:
    reads_of_all = Reads()
    return [reads_of_all.judge(one) for one in reads]


def test_what_bounces_for_seconds_is_one_read() -> None:
    assert judged(*(read("MUNIMENT UNDO LAST", 100 * n) for n in range(50))) == [Judged.MEANT] + [Judged.AGAIN] * 49


def test_the_same_code_after_a_moment_is_meant_again() -> None:
    assert judged(read("AK-1", 0), read("AK-1", 800)) == [Judged.MEANT, Judged.MEANT]


def test_the_same_code_after_another_one_is_meant_again() -> None:
    assert judged(read("AK-1", 0), read("AK-2", 200), read("AK-1", 400)) == [Judged.MEANT] * 3


def test_one_code_before_two_scanners_is_one_read() -> None:
    assert judged(read("AK-1", 0), read("AK-1", 30, "right")) == [Judged.MEANT, Judged.AGAIN]


def test_two_scanners_with_codes_of_their_own_do_not_disturb_each_other() -> None:
    left, right = [read(f"L{n}", n) for n in range(9)], [read(f"R{n}", n, "right") for n in range(9)]
    assert judged(*(one for pair in zip(left, right, strict=True) for one in pair)) == [Judged.MEANT] * 18


@pytest.mark.parametrize(
    "text", ["AK-000042", "Lager S\u00fcd", "010950600013435221SN\x1d10L7", "[)>\x1e06\x1d1T1\x1e\x04"]
)
def test_printed_codes_and_standard_ones_are_no_noise(text: str) -> None:
    assert judged(read(text, 0)) == [Judged.MEANT]


def test_bytes_of_a_line_at_a_wrong_speed_are_noise() -> None:
    chance = random.Random(7)
    lines = [bytes(chance.randrange(256) for _ in range(60)).decode("latin-1") for _ in range(100)]
    assert judged(*(read(line, 0) for line in lines)).count(Judged.NOISE) > 95
