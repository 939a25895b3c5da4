from __future__ import annotations

import io
import struct
import sys
import wave
from itertools import pairwise
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from muniment.ui.kit.sound import Silence, Sound, Tone, find_player, tone_bytes


class Ear:
    """Remembers what it was given to play."""

    audible = True

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


@pytest.mark.skipif(sys.platform == "win32", reason="players of POSIX are programs")
def test_a_player_without_a_device_is_found_out(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    player = tmp_path / "paplay"
    player.write_text("#!/bin/sh\nexit 1\n")
    player.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    sound = Sound()
    sound.play(Tone.ACCEPTED)

    def found_out() -> bool:
        sound.play(Tone.ACCEPTED)
        return sound.unheard

    qtbot.waitUntil(found_out, timeout=5_000)
    player.unlink()
    sound.play(Tone.ACCEPTED)
    assert sound.unheard
    sound.mute(True)
    assert not sound.unheard


def test_a_full_disk_takes_the_tone_away_and_what_is_shown_stays(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", "/nowhere")
    sound = Sound(Ear())
    with qtbot.waitSignal(sound.sounded, timeout=500):
        sound.play(Tone.REFUSED)
    assert sound.unheard


def test_a_machine_without_a_player_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("sys.platform", "linux")
    player = find_player()
    assert isinstance(player, Silence)
    player.play(Path("nowhere.wav"))
