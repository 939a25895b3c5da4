from __future__ import annotations

import io
import struct
import wave
from itertools import pairwise
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from muniment.ui.kit.sound import Silence, Sound, Tone, find_player, tone_bytes


class Ear:
    """Remembers what it was given to play."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []

    def play(self, file: Path) -> None:
        self.heard.append(file.read_bytes())


def samples(tone: Tone, *, training: bool = False) -> tuple[tuple[int, ...], int]:
    with wave.open(io.BytesIO(tone_bytes(tone, training=training))) as reading:
        count = reading.getnframes()
        return struct.unpack(f"<{count}h", reading.readframes(count)), reading.getframerate()


def pitch(part: tuple[int, ...], rate: int) -> float:
    crossings = sum(a < 0 <= b for a, b in pairwise(part))
    return crossings * rate / len(part)


def test_accepted_is_one_high_tone_and_refused_two_low_ones() -> None:
    high, rate = samples(Tone.ACCEPTED)
    low, _ = samples(Tone.REFUSED)
    assert len(high) / rate == pytest.approx(0.08, abs=0.002)
    assert pitch(high, rate) > 1500
    pause = low[int(0.17 * rate) : int(0.22 * rate)]
    assert set(pause) == {0}
    assert pitch(low[: int(0.15 * rate)], rate) < 400


def test_no_two_tones_sound_alike() -> None:
    assert len({tone_bytes(tone) for tone in Tone}) == len(Tone)


def test_training_is_heard_before_every_tone() -> None:
    for tone in Tone:
        real, practice = samples(tone)[0], samples(tone, training=True)[0]
        assert practice[-len(real) :] == real
        assert any(practice[: len(practice) - len(real)])


def test_loudness_is_between_nothing_and_one() -> None:
    with pytest.raises(ValueError, match="between"):
        tone_bytes(Tone.ALARM, volume=1.5)
    assert set(tone_bytes(Tone.ACCEPTED, volume=0)[44:]) == {0}


def test_a_muted_desk_is_silent_and_still_shows(qtbot: QtBot) -> None:
    ear = Ear()
    sound = Sound(ear)
    sound.mute(True)
    with qtbot.waitSignal(sound.sounded, timeout=500) as shown:
        sound.play(Tone.REFUSED)
    assert shown.args == [Tone.REFUSED]
    assert ear.heard == []
    sound.mute(False)
    sound.play(Tone.REFUSED)
    assert ear.heard == [tone_bytes(Tone.REFUSED)]


def test_another_loudness_is_another_sound(qtbot: QtBot) -> None:
    ear = Ear()
    sound = Sound(ear)
    for loud in (0.2, 0.9):
        sound.set_volume(loud)
        sound.play(Tone.ACCEPTED)
    assert ear.heard == [tone_bytes(Tone.ACCEPTED, volume=loud) for loud in (0.2, 0.9)]


def test_a_machine_without_a_player_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("sys.platform", "linux")
    player = find_player()
    assert isinstance(player, Silence)
    player.play(Path("nowhere.wav"))
