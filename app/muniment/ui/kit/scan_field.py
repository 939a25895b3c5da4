"""The scan field: it always looks listening. It is not a box that needs the focus."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QFrame, QLineEdit, QSizePolicy, QStackedLayout, QWidget

from muniment.ui.kit.chip import Chip
from muniment.ui.kit.icons import Glyph
from muniment.ui.kit.ink import Ink
from muniment.ui.kit.keycap import KeyCap, sequences
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import STRETCH, column, holder, row
from muniment.ui.kit.theme import theme
from muniment.ui.kit.tokens import FLASH_MS, Part, State
from muniment.ui.speech import tr


class ScanField(QFrame):
    """Shows that a scan is awaited, how the last one went and how old it is.

    Scans reach it by `accepted`, `refused`, `already` and `held`, never by the keyboard focus. Typed entry
    opens with `key`; with `twice`, a typed code counts only when it was typed the same a second time.
    """

    typed = Signal(str)
    """A code that was typed by hand, without blanks at its ends."""

    def __init__(self, hint: str, *, key: str = "Ctrl+T", twice: bool = True) -> None:
        super().__init__()
        self._twice, self._first, self._key = twice, "", key
        self._flash: State | None = None
        self._timer = QTimer(self, singleShot=True, interval=FLASH_MS)
        self._timer.timeout.connect(self._dark)
        self.setAccessibleName(tr("Scan field"))
        self.setAccessibleDescription(hint)
        self._hint = Label(hint, 18, 500, Ink.QUIET, elide=True, least=14)
        self._hint.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._last = Chip(State.ACCEPTED)
        self._last.hide()
        self._age = Label("", 13, 400, Ink.QUIET, end=True)
        last = column(STRETCH, row(STRETCH, self._last, gap=0), self._age, STRETCH, gap=1)
        self._listening = holder(row((self._hint, 1), last, KeyCap(key) if key else None, gap=12))
        self._entry = _Entry()
        self._entry.setAccessibleName(tr("Type the code"))
        self._entry.returnPressed.connect(self._entered)
        self._entry.left.connect(self.close_entry)
        self._note = Label("", 13, 500, Ink.QUIET)
        self._typing = holder(row((self._entry, 1), self._note, KeyCap("Enter"), KeyCap("Esc"), gap=8))
        room = QWidget()
        self._stack = QStackedLayout(room)
        self._stack.addWidget(self._listening)
        self._stack.addWidget(self._typing)
        self.setLayout(row(Glyph("barcode", 36, Ink.ACCENT), (room, 1), gap=16, margins=(16, 0, 16, 0)))
        for sequence in sequences(key) if key else ():
            QShortcut(sequence, self).activated.connect(self.open_entry)
        self.dress()

    @property
    def key(self) -> str:
        """The key that opens the entry by hand."""
        return self._key

    @property
    def key_words(self) -> str:
        """What that key does."""
        return tr("Type a code by hand")

    @property
    def may_press(self) -> bool:
        """Whether codes can be typed here."""
        return bool(self._key)

    def press(self) -> None:
        """Open the entry by hand."""
        self.open_entry()

    def tell(self, hint: str) -> None:
        """Say what is awaited."""
        self._hint.setText(hint)
        self.setAccessibleDescription(hint)

    def show_age(self, words: str) -> None:
        """Say how old the last scan is, as in "Last scan 4 s ago"."""
        self._age.setText(words)

    def accepted(self, word: str = "") -> None:
        """Show that the last scan was taken."""
        self._outcome(State.ACCEPTED, word)

    def refused(self, word: str = "") -> None:
        """Show that the last scan was refused."""
        self._outcome(State.REFUSED, word)

    def already(self, word: str = "") -> None:
        """Show that the last scan was there before and counts once."""
        self._outcome(State.DUE, word or tr("Already scanned"))

    def held(self, word: str = "") -> None:
        """Show that the last scan waits until a refusal is answered."""
        self._outcome(State.HELD, word)

    @property
    def lit(self) -> bool:
        """Whether the frame is flashing now."""
        return self._flash is not None

    @property
    def last(self) -> State | None:
        """How the last scan went; nothing before the first."""
        return None if self._last.isHidden() else self._last.mark.state

    def _outcome(self, state: State, word: str) -> None:
        # The flash passes, the word stays: nothing important may be in what fades.
        self._last.show_state(state, word)
        self._last.show()
        if not theme().still:
            self._flash = state
            self._timer.start()
        self.update()

    def _dark(self) -> None:
        self._flash = None
        self.update()

    def open_entry(self) -> None:
        """Open the entry by hand."""
        self._first = ""
        self._entry.clear()
        self._note.setText(tr("Type the code"))
        self._stack.setCurrentWidget(self._typing)
        self._entry.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_entry(self) -> None:
        """Go back to listening; what was typed is dropped."""
        self._first = ""
        self._entry.clear()
        self._stack.setCurrentWidget(self._listening)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Open the entry by hand, for hands without a keyboard."""
        if self._key and self.rect().contains(event.position().toPoint()):
            self.open_entry()

    @property
    def typing(self) -> bool:
        """Whether the entry by hand is open."""
        return self._stack.currentWidget() is self._typing

    def _entered(self) -> None:
        code = self._entry.text().strip()
        if not code:
            return
        if self._twice and not self._first:
            self._first = code
            self._entry.clear()
            self._note.setText(tr("Type it once more"))
            return
        if self._twice and code != self._first:
            self._first = ""
            self._entry.clear()
            self._note.setText(tr("The two differ. Type it again"))
            return
        self.close_entry()
        self.typed.emit(code)

    def dress(self) -> None:
        """Take sizes and fonts from the theme."""
        now = theme()
        self.setFixedHeight(now.height(Part.SCAN))
        self._entry.setFont(now.font(18, 600, mono=True))
        self._entry.setFixedHeight(now.height(Part.SCAN) - 16)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the frame: thicker and in the colour of the outcome while it flashes."""
        now, painter = theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        thick = 6 if self._flash else 2
        colour = now.of(self._flash) if self._flash else QColor(now.palette.focus)
        painter.setPen(QPen(colour, thick))
        painter.setBrush(QColor(now.palette.panel))
        inset = thick / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 8, 8)


class _Entry(QLineEdit):
    """A line that is left with Esc."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)
