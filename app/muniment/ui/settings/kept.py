"""What is set at a workstation, and the file it is kept in. No Qt: it is read before the first window is painted."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Annotated

import msgspec

from muniment.domain.basics.text import Text, say
from muniment.ui.kit.tokens import Scale, Tint

NAME = "settings.json"


class Settings(msgspec.Struct, frozen=True):
    """The settings of one user at one workstation.

    `volume` is in per cent. A `quiet` post shows its tones and sounds none. `still` turns flashes off. The window locks
    after `lock_after_min` minutes without an act. `scanner_ports` are serial ports; `wedge_prefix` and `wedge_suffix`
    the keys that a scanner in keyboard mode presses before and after each code. What a newer program has written
    beside these is left aside.
    """

    tint: Tint = Tint.LIGHT
    scale: Scale = Scale.NORMAL
    still: bool = False
    volume: Annotated[int, msgspec.Meta(ge=0, le=100)] = 60
    quiet: bool = False
    language: str = "en"
    lock_after_min: Annotated[int, msgspec.Meta(ge=1, le=120)] = 5
    scanner_ports: tuple[str, ...] = ()
    wedge_prefix: str = "Ctrl+B"
    wedge_suffix: str = "Enter"


@dataclass(frozen=True, slots=True)
class Read:
    """The settings as they were found; `says` what was wrong with the file, where it was set aside."""

    settings: Settings
    says: Text | None = None


class SettingsFile:
    """The file of settings in a folder of the user's own. A broken one is set aside, never overwritten."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME

    def read(self) -> Read:
        """Read the settings; the plain ones where there is no file yet, or none that can be understood."""
        try:
            written = self.path.read_bytes()
        except FileNotFoundError:
            return Read(Settings())
        except OSError:
            return Read(
                Settings(),
                say("The file of settings {path} cannot be read. The plain settings hold.", path=str(self.path)),
            )
        try:
            return Read(msgspec.json.decode(written, type=Settings))
        except (msgspec.DecodeError, UnicodeDecodeError):
            return Read(Settings(), self._set_aside())

    def write(self, settings: Settings) -> None:
        """Write the settings: whole, or not at all.

        Raises:
            StoreFault: the folder cannot be written.

        """
        from muniment.ports.work import StoreFault  # reading comes before the first paint, and does not need it

        text = msgspec.json.format(msgspec.json.encode(settings), indent=2) + b"\n"
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            beside, name = tempfile.mkstemp(dir=self.path.parent, prefix=f"{NAME}.")
            try:
                with os.fdopen(beside, "wb") as file:
                    file.write(text)
                    file.flush()
                    os.fsync(file.fileno())
                Path(name).replace(self.path)
            except OSError:
                Path(name).unlink(missing_ok=True)
                raise
        except OSError as fault:
            raise StoreFault(
                say(
                    "The settings could not be written: {path}, {why}.", path=str(self.path), why=fault.strerror or "?"
                ),
                say("They hold until the program is closed."),
                say("Make room on the disk, or ask who looks after this machine for the right to write there."),
            ) from fault

    def _set_aside(self) -> Text:
        free = (self.path.with_name(f"{NAME}.broken-{n}") for n in count(1))
        aside = next(path for path in free if not path.exists())
        try:
            self.path.rename(aside)
        except OSError:
            return say("The file of settings {path} is broken. The plain settings hold.", path=str(self.path))
        words = "The file of settings was broken. It was set aside as {path}; the plain settings hold."
        return say(words, path=str(aside))
