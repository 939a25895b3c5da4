"""Tones of the desk. Every tone is also a signal, so that what is heard is always seen as well."""

from __future__ import annotations

import io
import math
import shutil
import struct
import subprocess
import sys
import tempfile
import wave
from collections.abc import Sequence
from enum import Enum
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

_RATE = 22_050
_ALARM_MS = 2_000


class Tone(Enum):
    """What was heard. Each is a sequence of (from hertz, to hertz, milliseconds); 0 hertz is silence."""

    ACCEPTED = ((1760, 1760, 80),)
    REFUSED = ((330, 330, 160), (0, 0, 70), (330, 330, 220))
    ALREADY = ((1040, 1040, 55), (0, 0, 45), (1040, 1040, 55), (0, 0, 45), (1040, 1040, 55))
    ALARM = ((620, 1480, 900), (0, 0, 100), (620, 1480, 900))


_CLICK = ((2600, 2600, 12), (0, 0, 60))


def tone_bytes(tone: Tone, *, volume: float = 0.6, training: bool = False) -> bytes:
    """The tone as a WAV file, one channel of 16 bits. In training a click comes first.

    Raises:
        ValueError: `volume` is not between 0 and 1.

    """
    if not 0 <= volume <= 1:
        raise ValueError("volume is between 0 and 1")
    samples: list[int] = []
    for low, high, milliseconds in (*(_CLICK if training else ()), *tone.value):
        samples += _swept(low, high, milliseconds, volume)
    file = io.BytesIO()
    with wave.open(file, "wb") as writing:
        writing.setnchannels(1)
        writing.setsampwidth(2)
        writing.setframerate(_RATE)
        writing.writeframes(struct.pack(f"<{len(samples)}h", *samples))
    return file.getvalue()


def _swept(low: int, high: int, milliseconds: int, volume: float) -> Sequence[int]:
    count = _RATE * milliseconds // 1000
    if not low:
        return [0] * count
    edge = min(count // 4, _RATE // 200)  # five milliseconds in and out, so that nothing clicks unasked
    phase, samples = 0.0, []
    for n in range(count):
        phase += 2 * math.pi * (low + (high - low) * n / count) / _RATE
        swell = min(1.0, (n + 1) / edge, (count - n) / edge)
        samples.append(round(32_000 * volume * swell * math.sin(phase)))
    return samples


class Player(Protocol):
    """Plays a WAV file and returns at once. Never fails the caller: a desk works without sound."""

    @property
    def audible(self) -> bool:
        """Whether what was played was heard, as far as is known by now."""
        ...

    def play(self, file: Path) -> None:
        """Begin to play."""
        ...


class Silence:
    """Plays nothing: no sound output was found."""

    audible = False

    def play(self, file: Path) -> None:
        """Play nothing."""


class _Command:
    """Plays through a program of the system."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = tuple(command)
        self._running: subprocess.Popen[bytes] | None = None
        self._failed = False

    @property
    def audible(self) -> bool:
        """Whether the program is there, and did not end with a fault the last time: there may be no device."""
        if self._running is not None and (status := self._running.poll()) is not None and status >= 0:
            self._failed = status > 0
        return not self._failed

    def play(self, file: Path) -> None:
        """Begin to play; a tone still sounding is cut off by the next."""
        if self._running is not None and self._running.poll() is None:
            self._running.kill()
            self._running.wait()
        self._failed = not self.audible
        try:
            self._running = subprocess.Popen(  # noqa: S603 - a program found on the path, our own file
                (*self._command, str(file)),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        except OSError:
            self._running, self._failed = None, True  # the program has gone since it was found


if sys.platform == "win32":
    import winsound

    class _Windows:
        """Plays through Windows."""

        audible = True

        def play(self, file: Path) -> None:
            """Begin to play."""
            try:
                winsound.PlaySound(str(file), winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT)
            except RuntimeError:
                self.audible = False  # no sound device
            else:
                self.audible = True


def find_player() -> Player:
    """The way this machine can play a sound; silence if there is none."""
    if sys.platform == "win32":
        return _Windows()
    for command in (("paplay",), ("pw-play",), ("aplay", "-q"), ("afplay",)):
        if (program := shutil.which(command[0])) is not None:
            return _Command((program, *command[1:]))
    return Silence()


class Sound(QObject):
    """The voice of the desk. `sounded` is given for every tone, muted or not: show it as well."""

    sounded = Signal(Tone)

    def __init__(self, player: Player | None = None, *, training: bool = False, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._player = player or find_player()
        self._training = training
        self._muted = False
        self._volume = 0.6
        self._unheard = False
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._files: dict[Tone, Path] = {}
        self._alarm = QTimer(self, interval=_ALARM_MS)
        self._alarm.timeout.connect(lambda: self.play(Tone.ALARM))

    @property
    def muted(self) -> bool:
        """Whether tones are only shown."""
        return self._muted

    @property
    def unheard(self) -> bool:
        """Whether the last tone that should sound could not, as far as is known by now."""
        return self._unheard and not self._muted

    def mute(self, muted: bool) -> None:
        """Silence the tones, or let them sound again. What is shown stays."""
        self._muted = muted

    def close(self) -> None:
        """Play nothing more, and take the files of the tones away."""
        self._muted = True
        self._alarm.stop()
        if self._folder is not None:
            self._folder.cleanup()

    def set_volume(self, volume: float) -> None:
        """Set how loud tones are, 0 to 1.

        Raises:
            ValueError: `volume` is not between 0 and 1.

        """
        if not 0 <= volume <= 1:
            raise ValueError("volume is between 0 and 1")
        self._volume = volume
        self._files.clear()

    def play(self, tone: Tone) -> None:
        """Sound a tone, and say so."""
        if not self._muted:
            try:
                file = self._file(tone)
            except OSError:
                self._unheard = True  # a full disk takes the tone away, and nothing else: what is shown still tells
            else:
                self._player.play(file)
                self._unheard = not self._player.audible
        self.sounded.emit(tone)

    def start_alarm(self) -> None:
        """Sound the alarm until it is stopped."""
        self.play(Tone.ALARM)
        self._alarm.start()

    def stop_alarm(self) -> None:
        """End the alarm."""
        self._alarm.stop()

    def _file(self, tone: Tone) -> Path:
        if tone not in self._files:
            if self._folder is None:
                self._folder = tempfile.TemporaryDirectory(prefix="muniment-tones-", ignore_cleanup_errors=True)
            # A new name for every loudness: a file that is being played cannot be replaced everywhere.
            path = Path(self._folder.name) / f"{tone.name.lower()}-{round(self._volume * 100)}.wav"
            path.write_bytes(tone_bytes(tone, volume=self._volume, training=self._training))
            self._files[tone] = path
        return self._files[tone]
