"""A real X screen without a monitor, a window manager on it, and hands on its keyboard."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROGRAMS = ("Xvfb", "openbox", "xdotool", "setxkbmap")
LONGEST_S = 20.0


def missing() -> list[str]:
    """The programs that such a screen needs and this machine lacks."""
    return [program for program in PROGRAMS if shutil.which(program) is None]


@dataclass(frozen=True)
class Screen:
    """One X display."""

    display: str

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "DISPLAY": self.display,
            "QT_QPA_PLATFORM": "xcb",
            "LANG": "C.UTF-8",
        }

    def window(self, title: str) -> str:
        """The id of the window whose title contains a text, when it is there."""
        return until(lambda: self._xdotool("search", "--onlyvisible", "--name", title).split("\n")[0])

    def focus(self, window: str) -> None:
        """Bring a window to the front; the manager may have only just begun."""

        def brought() -> str:
            self._xdotool("windowactivate", window)
            return self._xdotool("getactivewindow") if self._xdotool("getactivewindow") == window else ""

        until(brought)

    def type(self, text: str) -> None:
        self._xdotool("type", "--delay", "160", text)  # a key each 80 ms: the pace of fingers, not of a scanner

    def press(self, *keys: str) -> None:
        self._xdotool("key", "--delay", "10", *keys)

    def lay(self, *layout: str) -> None:
        """Give the keyboard another layout."""
        subprocess.run(["setxkbmap", *layout], check=True, env=self.environment)

    def scan(self, *keys: str, pace_ms: int = 4) -> None:
        """Strike keys as a scanner in keyboard mode does; without a pace many in one stroke of the clock."""
        self._xdotool("key", "--delay", str(pace_ms), "ctrl+b", *keys, "Return")

    def picture(self, into: Path) -> None:
        """What is on the screen, as a PNG."""
        program = (
            "import sys; from PySide6.QtGui import QGuiApplication; app = QGuiApplication([]);"
            "app.primaryScreen().grabWindow(0).save(sys.argv[1])"
        )
        subprocess.run([sys.executable, "-c", program, str(into)], check=True, env=self.environment)

    def _xdotool(self, *words: str) -> str:
        done = subprocess.run(["xdotool", *words], capture_output=True, text=True, env=self.environment)
        return done.stdout.strip()


@contextmanager
def screen() -> Iterator[Screen]:
    """Start a display of 1366 x 768 on a number that is free, with a window manager."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp", "-noreset"],
        pass_fds=(writing,),
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as told:
        made = Screen(":" + told.readline().strip())
    manager = subprocess.Popen(["openbox"], env=made.environment, stderr=subprocess.DEVNULL)
    try:
        yield made
    finally:
        for process in (manager, server):
            process.terminate()
            process.wait(5)


def until(found: Callable[[], str]) -> str:
    """Ask again and again until there is an answer.

    Raises:
        TimeoutError: there was none within 20 seconds.

    """
    end = time.monotonic() + LONGEST_S
    while time.monotonic() < end:
        answer = found()
        if answer:
            return answer
        time.sleep(0.05)
    raise TimeoutError("nothing came")
