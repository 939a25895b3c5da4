"""Noise on a line is not carried to the desk code by code; what a person scans always is."""

from __future__ import annotations

from muniment.ports.devices.notices import CodeGarbled, CodeRead, DeviceReady, GarbledBecause, Notice
from muniment_drivers.kit.flood import MOST, WITHIN_NS, Flood
from muniment_drivers.kit.reading import reading

SECOND = 1_000_000_000


def noise(count: int, start: int, per_second: int) -> list[Notice]:
    return [reading("counter", b"\xffZ", start + nth * SECOND // per_second) for nth in range(count)]


def reads(notices: list[Notice]) -> int:
    return sum(isinstance(one, CodeRead) for one in notices)


def test_of_a_hundred_thousand_codes_in_a_minute_few_get_through_and_it_is_said() -> None:
    through = list(Flood().sift(noise(100_000, 0, 1_700)))
    assert reads(through) == MOST
    said = [one for one in through if isinstance(one, CodeGarbled)]
    assert {one.because for one in said} == {GarbledBecause.TOO_MANY}
    assert 50 <= len(said) <= 61


def test_what_a_quick_hand_scans_gets_through_for_hours() -> None:
    assert reads(list(Flood().sift(noise(40_000, 0, 5)))) == 40_000


def test_a_scanner_that_empties_its_memory_gets_through() -> None:
    assert reads(list(Flood().sift(noise(MOST, 0, 1_000)))) == MOST


def test_after_a_quiet_time_reads_get_through_again() -> None:
    flood = Flood()
    list(flood.sift(noise(10_000, 0, 1_000)))
    assert reads(list(flood.sift(noise(5, 10 * SECOND + WITHIN_NS + 1, 1)))) == 5


def test_news_of_the_device_itself_is_never_held_back() -> None:
    flood = Flood()
    list(flood.sift(noise(10_000, 0, 1_000)))
    ready = DeviceReady(device="counter", at=10 * SECOND)
    assert list(flood.sift([ready])) == [ready]
