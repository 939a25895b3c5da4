"""The door: a window that is painted before the register is read, so that nobody looks at an empty screen.

Whether a register is live or training is in the header of its file, so the window wears the right frame from its first
paint. While somebody types a name, everything else is loaded and the register is opened on another thread.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from muniment.domain.basics.text import Text
from muniment.system import settings_folder
from muniment.ui.kit.theme import wear
from muniment.ui.loading import loaded
from muniment.ui.settings.kept import SettingsFile
from muniment.ui.settings.languages import speak
from muniment.ui.settings.wearing import theme_of
from muniment.ui.shell.window import Window
from muniment.ui.speech import spoken, tr

if TYPE_CHECKING:  # loaded behind the first paint
    from muniment.desk.register import Register
    from muniment.ui.desktop import Desktop

_MARKS = {b"MUNL": False, b"MUNT": True}
_MARK_AT = 68
"""Where a SQLite file keeps the mark of its application."""


class Door(QObject):
    """Shows the window at once, then brings the desk into it.

    Raises:
        ValueError: the file does not say whether it is live or training; open it the plain way, which says why.

    """

    _come = Signal(object)

    def __init__(self, where: str) -> None:
        super().__init__()
        training = realm_mark(Path(where))
        if training is None:
            raise ValueError(where)
        self._where = where
        self._asked: tuple[str, str] | None = None
        self.desktop: Desktop | None = None
        running = QApplication.instance()
        self.application = running if isinstance(running, QApplication) else QApplication(["muniment"])
        self.application.setApplicationName("Muniment")
        self._read = read = SettingsFile(settings_folder()).read()
        mirrored = speak(read.settings.language, self.application)
        wear(theme_of(read.settings, self.application.primaryScreen()), mirrored=mirrored)
        self.window = Window("", training="" if training else None)
        self.window.sign_in_asked.connect(self._keep)
        self._come.connect(self._arrive, Qt.ConnectionType.QueuedConnection)

    def open(self) -> None:
        """Show the window and begin to load the rest."""
        self.window.show()
        threading.Thread(target=self._load, name="opening", daemon=True).start()

    def run(self) -> int:
        """Open, and stay until the window is closed; answers the exit status."""
        self.open()
        status = self.application.exec()
        if self.desktop is not None:
            self.desktop.close()
        return status

    def _keep(self, name: str, passphrase: str) -> None:
        self._asked = (name, passphrase)
        self.window.sign_in.wait(tr("Opening the register"))

    def _load(self) -> None:
        try:
            from muniment import bootstrap
            from muniment.ui import desktop
            from muniment.ui.hatch import presenter, screen

            (desktop, presenter, screen)  # noqa: B018 - loading them is the point
            self._come.emit(bootstrap.join_register(self._where))
        except Exception as error:  # told to the person at the door
            self._come.emit(error)

    def _arrive(self, came: Register | Exception) -> None:
        loaded()
        if isinstance(came, Exception):
            told = [getattr(came, part, None) for part in ("says", "safe", "do_now")]
            words = "\n".join(spoken(text) for text in told if isinstance(text, Text))
            self.window.sign_in.refuse(words or str(came))
            return
        from muniment import bootstrap

        self.window.sign_in_asked.disconnect(self._keep)
        self.desktop = bootstrap.desktop_on(came, replace(bootstrap.this_workstation(), read=self._read), self.window)
        self.desktop.show()
        if self._asked is not None:
            name, passphrase = self._asked
            self._asked = None
            self.window.sign_in_asked.emit(name, passphrase)


def realm_mark(path: Path) -> bool | None:
    """Whether the header of a register file says training; nothing where it is no register file."""
    try:
        with path.open("rb") as file:
            header = file.read(_MARK_AT + 4)
    except OSError:
        return None
    return _MARKS.get(header[_MARK_AT:])


def wanted_at_the_door(words: Sequence[str]) -> str | None:
    """The register that the desktop is asked to open by these words; nothing where they ask for anything else."""
    rest = [word for word in words if word != "desktop"]
    if len(rest) == 2 and rest[0] == "--register":
        return rest[1]
    return os.environ.get("MUNIMENT_REGISTER") if not rest else None


def try_the_door(words: Sequence[str]) -> int | None:
    """Open the desktop quickly where the words ask for it and its file can be told; nothing otherwise."""
    where = wanted_at_the_door(words)
    if where is None or realm_mark(Path(where)) is None:
        return None
    try:
        return Door(where).run()
    except ValueError:
        return None
