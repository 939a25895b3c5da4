"""Keys on the screen, for hands in gloves: large letters and figures that cannot be taken for one another."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QWindow
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QFrame,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QWidget,
)

from muniment.ui.kit.layout import column, holder, row, spread
from muniment.ui.kit.theme import theme
from muniment.ui.kit.tokens import Part
from muniment.ui.speech import tr

FIGURES = "1234567890"
LATIN = ("ABCDEFGHIJKLM", "NOPQRSTUVWXYZ")
SMALL = ("abcdefghijklm", "nopqrstuvwxyz")
CYRILLIC = ("АБВГДЕЖЗИЙКЛМНОП", "РСТУФХЦЧШЩЪЫЬЭЮЯ")
SIGNS = "-/.,"

_PLACES = ((LATIN, "ABC"), (SMALL, "abc"), (CYRILLIC, "АБВ"))
_KEYS = {
    "back": Qt.Key.Key_Backspace,
    "enter": Qt.Key.Key_Return,
    "next": Qt.Key.Key_Tab,
}


class _Key(QAbstractButton):
    """One key. It never takes the focus: what is typed goes where the focus stands."""

    def __init__(self, cap: str, name: str = "", *, wide: bool = False) -> None:
        super().__init__()
        self.setText(cap)
        self.setAccessibleName(name or cap)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._wide = wide
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        side = theme().touch
        return QSize(side * 2 if self._wide else side, max(side, theme().height(Part.BUTTON)))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        now, painter = theme(), QPainter(self)
        c = now.palette
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(c.edge), 1))
        painter.setBrush(QColor(c.soft if self.isDown() else c.panel))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.setPen(QColor(c.text))
        single = len(self.text()) == 1
        painter.setFont(now.font(22 if single else 15, 600, mono=single))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())


class Pad(QFrame):
    """Opens below the pages when a line to write in is pressed.

    While something is asked, as `asks` says, every line that gets the focus opens it.
    """

    opened = Signal(bool)
    """Whether it stands open now."""

    def __init__(self, asks: Callable[[], bool]) -> None:
        super().__init__()
        self.setProperty("surface", "bar")
        self.setAccessibleName(tr("Keys on the screen"))
        self._asks = asks
        self._window: QWindow | None = None
        self._letters = QStackedWidget()
        self.letters = _Key(_PLACES[1][1], tr("Other letters"), wide=True)
        self.away = _Key(tr("Close"), tr("Put the keys away"), wide=True)
        self.hide()
        running = QApplication.instance()
        if isinstance(running, QApplication):
            running.focusChanged.connect(self._focus_moved)

    def _lay_keys(self) -> None:
        """Make the keys: not before they are wanted, for a window is painted sooner without a hundred of them."""
        for rows, _ in _PLACES:
            self._letters.addWidget(holder(column(*(self._row(keys) for keys in rows), gap=theme().between)))
        self._letters.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        top = row(*(self._typing(cap) for cap in FIGURES), self._key(tr("Back"), "back"), gap=theme().between)
        self.letters.clicked.connect(self._turn)
        space = _Key(tr("Space"), wide=True)
        space.clicked.connect(lambda: self._type(" "))
        self.away.clicked.connect(self.close_pad)
        foot = row(
            self.letters,
            *(self._typing(cap) for cap in SIGNS),
            space,
            self._key(tr("Next"), "next"),
            self._key(tr("Enter"), "enter"),
            self.away,
            gap=theme().between,
        )
        self.setLayout(column(top, self._letters, foot, gap=theme().between, margins=(16, 12, 16, 12)))
        spread(self, theme().apart)

    @property
    def is_open(self) -> bool:
        """Whether the keys are in sight."""
        return not self.isHidden()

    def listen(self, window: QWindow | None) -> None:
        """Notice presses in a window: a line that is pressed opens the keys."""
        if window is not None and window is not self._window:
            self._window = window
            window.installEventFilter(self)

    def close_pad(self) -> None:
        """Put the keys away."""
        if self.is_open:
            self.hide()
            self.opened.emit(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Look, when a press ends, whether a line was pressed."""
        if event.type() in (QEvent.Type.MouseButtonRelease, QEvent.Type.TouchEnd) and theme().gloved:
            QTimer.singleShot(0, self._pressed)
        return False

    def _pressed(self) -> None:
        focus = QApplication.focusWidget()
        if _written_in(focus):
            self._open(focus)

    def _focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and not _written_in(now):
            self.close_pad()
        elif now is not None and theme().gloved and self.window().isAncestorOf(now) and self._asks():
            self._open(now)

    def _open(self, line: QWidget | None) -> None:
        if not theme().gloved:
            return
        if not self.is_open:
            if self.layout() is None:
                self._lay_keys()
            self.show()
            self.opened.emit(True)
        if line is not None:
            QTimer.singleShot(0, lambda: _bring_into_sight(QApplication.focusWidget()))

    def _row(self, keys: str) -> QWidget:
        return holder(row(*(self._typing(cap) for cap in keys), gap=theme().between))

    def _typing(self, cap: str) -> _Key:
        key = _Key(cap)
        key.clicked.connect(lambda: self._type(cap))
        return key

    def _key(self, words: str, what: str) -> _Key:
        key = _Key(words, wide=True)
        key.clicked.connect(lambda: self._press(_KEYS[what]))
        return key

    def _turn(self) -> None:
        at = (self._letters.currentIndex() + 1) % len(_PLACES)
        self._letters.setCurrentIndex(at)
        self.letters.setText(_PLACES[(at + 1) % len(_PLACES)][1])

    def _type(self, text: str) -> None:
        self._press(Qt.Key.Key_unknown if text != " " else Qt.Key.Key_Space, text)

    def _press(self, key: Qt.Key, text: str = "") -> None:
        focus = QApplication.focusWidget()
        if focus is None:
            return
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(focus, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))
        if key is Qt.Key.Key_Return:
            self._enter(focus)

    def _enter(self, focus: QWidget) -> None:
        """Press what Enter presses: shortcuts do not see keys that are made here."""
        from muniment.ui.kit.button import Button

        for button in focus.window().findChildren(Button):
            if button.key == "Enter" and button.isVisible() and button.isEnabled():
                button.click()
                return

    def dress(self) -> None:
        """Go away where hands have no gloves any more."""
        if not theme().gloved:
            self.close_pad()


def _written_in(widget: QWidget | None) -> bool:
    if isinstance(widget, QLineEdit):
        return not widget.isReadOnly()
    return isinstance(widget, QAbstractSpinBox)


def _bring_into_sight(line: QWidget | None) -> None:
    above = line.parentWidget() if line is not None else None
    while above is not None and line is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(line, 0, 40)
        above = above.parentWidget()
