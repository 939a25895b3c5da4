"""The desktop from the start of the program to its first paint, and on until an officer can scan.

Prints two numbers of milliseconds since the start, and the memory it then holds in MiB. Takes a register made by the
demonstration.
"""

from __future__ import annotations

import time

started = time.perf_counter()

import sys  # noqa: E402 - the clock starts before anything is imported

from muniment.ui.loading import load_qt  # noqa: E402

load_qt()

from PySide6.QtCore import QEvent, QObject, QTimer  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

OFFICER, PASSPHRASE = "officer", "practice makes proof"
"""Of the demonstration; written here because importing it would load half the desk before the first paint."""


GIVE_UP_MS = 30_000


class FirstPaint(QObject):
    """Notes when the window is first painted."""

    def __init__(self) -> None:
        super().__init__()
        self.at = 0.0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Note the first paint."""
        if not self.at and event.type() == QEvent.Type.Paint:
            self.at = _elapsed_ms()
        return False


def main(where: str) -> None:
    """Open, note the first paint, sign in, note when the hatch stands."""
    from muniment.door import Door

    door = Door(where)
    noted = FirstPaint()
    door.window.installEventFilter(noted)
    door.open()
    watch = QTimer(interval=2)

    def look() -> None:
        desktop = door.desktop
        if desktop is not None and desktop.hatch is not None and desktop.hatch.view is not None:
            watch.stop()
            sys.stdout.write(f"{noted.at:.1f} {_elapsed_ms():.1f} {_memory_mib():.1f}\n")
            sys.stdout.flush()
            desktop.close()
            QApplication.quit()

    def sign_in() -> None:
        if noted.at:
            watch.timeout.disconnect(sign_in)
            watch.timeout.connect(look)
            door.window.sign_in_asked.emit(OFFICER, PASSPHRASE)

    watch.timeout.connect(sign_in)
    watch.start()
    QTimer.singleShot(GIVE_UP_MS, QApplication.quit)
    QApplication.exec()


def _elapsed_ms() -> float:
    return (time.perf_counter() - started) * 1000


def _memory_mib() -> float:
    try:
        import resource
    except ImportError:  # Windows has no such book-keeping here
        return 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(sys.argv[1])
