"""The serial scanner's protocol, byte by byte, and what it makes of a bad wire."""

from __future__ import annotations

import random
import threading
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muniment.ports.devices.manifest import SettingWrong
from muniment.ports.devices.notices import CodeGarbled, CodeRead, DeviceLost, DeviceReady, GarbledBecause, Notice
from muniment_drivers.kit.backoff import FIRST_S, LONGEST_S, delays_s
from muniment_drivers.kit.reading import reading
from muniment_drivers.scanner_serial.emulator import Faults, ScannerEmulator, TcpWire
from muniment_drivers.scanner_serial.protocol import Dropped, Frame, Lines
from muniment_drivers.scanner_serial.real import SerialScanner

TRANSCRIPTS = [
    (b"AK-000042\r", [b"AK-000042"]),
    (b"AK-000042\n", [b"AK-000042"]),
    (b"AK-000042\r\nAK-000043\r\n", [b"AK-000042", b"AK-000043"]),
    (b"\r\n\r\n\n\r", []),
    (b"]d2010950600013435221SN-042\x1d10L7\r", [b"]d2010950600013435221SN-042\x1d10L7"]),
    (b"[)>\x1e06\x1d18S0TESTA1\x1e\x04\r\n", [b"[)>\x1e06\x1d18S0TESTA1\x1e\x04"]),
    (b"\x00AK\x00\xff\xfe\x02\x1b[A\r", [b"\x00AK\x00\xff\xfe\x02\x1b[A"]),
    (b"never ended", []),
]


@pytest.mark.parametrize(("sent", "frames"), TRANSCRIPTS)
def test_bytes_become_frames(sent: bytes, frames: list[bytes]) -> None:
    assert [cut.raw for cut in Lines().feed(sent) if isinstance(cut, Frame)] == frames


@pytest.mark.parametrize(("sent", "frames"), TRANSCRIPTS)
def test_bytes_become_the_same_frames_one_at_a_time(sent: bytes, frames: list[bytes]) -> None:
    lines = Lines()
    cuts = [cut for byte in sent for cut in lines.feed(bytes([byte]))]
    assert [cut.raw for cut in cuts if isinstance(cut, Frame)] == frames


@given(
    wanted=st.lists(st.binary(min_size=1, max_size=30).filter(lambda raw: not set(raw) & {10, 13}), max_size=8),
    end=st.sampled_from([b"\r", b"\n", b"\r\n"]),
    cuts=st.lists(st.integers(0, 300), max_size=12),
)
@settings(max_examples=200, deadline=None)
def test_however_the_stream_is_split_the_frames_are_the_same(wanted: list[bytes], end: bytes, cuts: list[int]) -> None:
    stream = b"".join(raw + end for raw in wanted)
    lines, out, start = Lines(), list[Frame | Dropped](), 0
    for cut in [*sorted(cuts), len(stream)]:
        out += lines.feed(stream[start:cut])
        start = max(start, cut)
    assert out == [Frame(raw) for raw in wanted]


def test_a_frame_too_long_is_dropped_once_and_the_next_is_whole() -> None:
    lines = Lines(longest=10)
    out = [*lines.feed(b"x" * 8), *lines.feed(b"y" * 8), *lines.feed(b"z" * 8 + b"\rAK\r")]
    assert out == [Dropped(24, too_long=True), Frame(b"AK")]


def test_an_endless_stream_takes_no_more_memory() -> None:
    lines = Lines()
    block = b"x" * 65_536
    tracemalloc.start()
    for _ in range(1_000):
        lines.feed(block)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1_000_000


def test_two_hundred_thousand_altered_frames_raise_nothing() -> None:
    chance = random.Random(1)
    lines = Lines(longest=64)
    model = [sent for sent, _ in TRANSCRIPTS]
    begun = time.monotonic()
    frames = 0
    for _ in range(200_000):
        raw = bytearray(chance.choice(model))
        for _ in range(chance.randint(1, 3)):
            raw[chance.randrange(len(raw))] = chance.randrange(256)
        del raw[chance.randrange(len(raw) + 1) :: 2]
        for cut in lines.feed(bytes(raw)):
            if isinstance(cut, Frame):
                frames += 1
                reading("counter", cut.raw, 0)
    assert frames > 1_000
    assert time.monotonic() - begun < 60


@pytest.mark.parametrize(
    ("raw", "aim", "text"),
    [
        (b"]d2010950600013435221A", "]d2", "010950600013435221A"),
        (b"]C0", None, "]C0"),
        (b"]", None, "]"),
        (b"x]C1", None, "x]C1"),
        ("]Q1Lager Süd".encode(), "]Q1", "Lager Süd"),
        (b"Lager S\xfcd", None, "Lager Süd"),
        (b"\xff\x00", None, "ÿ\x00"),
    ],
)
def test_a_read_is_taken_apart(raw: bytes, aim: str | None, text: str) -> None:
    read = reading("counter", raw, 7)
    assert (read.raw, read.aim, read.text, read.at) == (raw, aim, text, 7)


def test_a_scanner_that_sends_no_identifiers_may_read_codes_that_begin_like_one() -> None:
    assert reading("counter", b"]C1X", 0, aim_ids=False).text == "]C1X"


def test_waits_double_from_half_a_second_to_half_a_minute() -> None:
    waits = delays_s(lambda: 0.5)
    assert [next(waits) for _ in range(8)] == [0.5, 1, 2, 4, 8, 16, 30, 30]


@given(st.lists(st.floats(0, 1, exclude_max=True), min_size=12, max_size=12))
def test_no_wait_is_out_of_bounds(shares: list[float]) -> None:
    waits = delays_s(iter(shares).__next__)
    assert all(FIRST_S <= next(waits) <= LONGEST_S for _ in shares)


@pytest.mark.parametrize(
    "wrong", [{}, {"port": "x", "baud": 9601}, {"port": "x", "speed": 1}, {"port": "x", "aim_ids": 1}]
)
def test_wrong_settings_are_refused(wrong: dict[str, str | int | bool]) -> None:
    with pytest.raises(SettingWrong):
        SerialScanner("counter", wrong)


class Ear:
    """Listens, and waits for what it wants to hear."""

    def __init__(self) -> None:
        self.heard: list[Notice] = []
        self._changed = threading.Condition()

    def __call__(self, notice: Notice) -> None:
        with self._changed:
            self.heard.append(notice)
            self._changed.notify_all()

    def wait_for(self, kind: type[Notice], count: int = 1, within_s: float = 10) -> list[Notice]:
        def found() -> list[Notice]:
            return [notice for notice in self.heard if isinstance(notice, kind)]

        with self._changed:
            assert self._changed.wait_for(lambda: len(found()) >= count, within_s), self.heard
            return found()


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def emulator() -> Iterator[ScannerEmulator]:
    made = ScannerEmulator(TcpWire())
    yield made
    made.stop()


@pytest.fixture
def scanner(emulator: ScannerEmulator, ear: Ear) -> Iterator[SerialScanner]:
    made = SerialScanner("counter", {"port": emulator.url})
    made.open(ear)
    ear.wait_for(DeviceReady)
    yield made
    made.close()


@pytest.mark.usefixtures("scanner")
def test_a_code_in_pieces_and_late_is_one_code(emulator: ScannerEmulator, ear: Ear) -> None:
    emulator.faults = Faults(split=2, delay_s=0.01)
    emulator.present("AK-000042")
    (read,) = ear.wait_for(CodeRead)
    assert isinstance(read, CodeRead)
    assert read.raw == b"AK-000042"
    assert bytes(emulator.sent) == b"AK-000042\r\n"


@pytest.mark.usefixtures("scanner")
def test_a_corrupt_code_arrives_as_it_was_sent(emulator: ScannerEmulator, ear: Ear) -> None:
    emulator.faults = Faults(corrupt=128)
    emulator.present("AK")
    (read,) = ear.wait_for(CodeRead)
    assert isinstance(read, CodeRead)
    assert read.raw == bytes([ord("A") + 128, ord("K") + 128])


@pytest.mark.usefixtures("scanner")
def test_a_code_that_lost_its_terminator_is_not_glued_to_the_next(emulator: ScannerEmulator, ear: Ear) -> None:
    emulator.faults = Faults(drop=2)
    emulator.present("AK-000042")
    (garbled,) = ear.wait_for(CodeGarbled)
    assert isinstance(garbled, CodeGarbled)
    assert (garbled.because, garbled.length) == (GarbledBecause.NEVER_ENDED, 9)
    emulator.faults = Faults()
    emulator.present("AK-000043")
    (read,) = ear.wait_for(CodeRead)
    assert isinstance(read, CodeRead)
    assert read.text == "AK-000043"


@pytest.mark.usefixtures("scanner")
def test_a_flood_is_dropped_and_reading_goes_on(emulator: ScannerEmulator, ear: Ear) -> None:
    emulator.faults = Faults(flood=100_000)
    emulator.present("AK-000042")
    (garbled,) = ear.wait_for(CodeGarbled, within_s=30)
    assert isinstance(garbled, CodeGarbled)
    assert garbled.because is GarbledBecause.TOO_LONG
    emulator.faults = Faults()
    emulator.present("AK-000043")
    (read,) = ear.wait_for(CodeRead)
    assert isinstance(read, CodeRead)
    assert read.text == "AK-000043"


def test_a_scanner_without_a_terminator_ends_its_codes_by_a_pause(emulator: ScannerEmulator, ear: Ear) -> None:
    scanner = SerialScanner("counter", {"port": emulator.url, "flush_after_ms": 50})
    scanner.open(ear)
    try:
        ear.wait_for(DeviceReady)
        emulator.send(b"AK-000042")
        (read,) = ear.wait_for(CodeRead)
        assert isinstance(read, CodeRead)
        assert read.text == "AK-000042"
    finally:
        scanner.close()


@pytest.mark.parametrize("port", ["/dev/no-such-scanner", "nonsense://x"])
def test_a_port_that_is_not_there_is_said_once(port: str, ear: Ear, tmp_path: Path) -> None:
    tries = threading.Semaphore(0)

    def delays() -> Iterator[float]:
        while True:
            tries.release()
            yield 0.01

    scanner = SerialScanner("counter", {"port": port}, delays=delays)
    scanner.open(ear)
    try:
        assert all(tries.acquire(timeout=5) for _ in range(5))
        assert [type(notice) for notice in ear.heard] == [DeviceLost]
    finally:
        scanner.close()
