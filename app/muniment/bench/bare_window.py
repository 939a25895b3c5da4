"""The least a window can take: PySide6, an empty widget, its first paint. Prints milliseconds since the start."""

from __future__ import annotations

import time

started = time.perf_counter()

import sys  # noqa: E402 - the clock starts before anything is imported

from PySide6.QtGui import QPaintEvent  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402


class Bare(QWidget):
    """Tells when it is first painted, and ends."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Tell and end."""
        sys.stdout.write(f"{(time.perf_counter() - started) * 1000:.1f}\n")
        QApplication.quit()


def main() -> None:
    """Show it."""
    app = QApplication([])
    window = Bare()
    window.resize(1366, 768)
    window.show()
    app.exec()


if __name__ == "__main__":
    main()
