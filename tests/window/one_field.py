"""A window with one field behind a wedge; says line by line what is read, what is thrown away and what is written."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication, QLineEdit

from muniment.ports.devices.notices import CodeGarbled, CodeRead, Notice
from muniment.ui.wedge import Wedge
from muniment_drivers.scanner_wedge.protocol import WedgeSieve


def say(notice: Notice) -> None:
    if isinstance(notice, CodeRead):
        tell(f"read {notice.text}")
    elif isinstance(notice, CodeGarbled):
        tell(f"thrown away {notice.because}")


def tell(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def main() -> int:
    app = QApplication(sys.argv)
    field = QLineEdit()
    field.setWindowTitle("One field")
    field.textChanged.connect(lambda text: tell(f"written {text}"))
    app.focusWindowChanged.connect(lambda window: tell("ready") if window is not None else None)
    wedge = Wedge(WedgeSieve("counter", {}))
    wedge.noticed.connect(say)
    wedge.attach(app)
    field.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
