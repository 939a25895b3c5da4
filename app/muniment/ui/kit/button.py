"""Buttons: icon, words and the key that does the same. A button that cannot be pressed says why."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QPushButton, QSizePolicy

from muniment.ui.kit.icons import icon
from muniment.ui.kit.keycap import cap_size, paint_cap, sequences
from muniment.ui.kit.label import leading
from muniment.ui.kit.theme import theme
from muniment.ui.kit.tokens import Part, State, chip_ink
from muniment.ui.speech import right_to_left

_PAD, _GAP = 14, 8


class Weight(Enum):
    """How much a button asks to be pressed. A danger has no key unless one is given on purpose."""

    PRIMARY = "primary"
    PLAIN = "plain"
    DANGER = "danger"


class Button(QPushButton):
    """A button whose `key` presses it from anywhere in the window while it can be seen.

    `key` is written as on the cap: "F6", "Ctrl+E", "1", "Enter".
    """

    def __init__(self, words: str, key: str = "", weight: Weight = Weight.PLAIN, icon: str = "") -> None:
        super().__init__()
        self._words, self._key, self._weight, self._icon = words, key, weight, icon
        self._reason = ""
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        for sequence in sequences(key) if key else ():
            shortcut = QShortcut(sequence, self)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(self.click)
        self._name()
        self.dress()

    @property
    def key(self) -> str:
        """The key on the cap."""
        return self._key

    @property
    def key_words(self) -> str:
        """What the button does, or why it cannot."""
        return f"{self._words}: {self._reason}" if self._reason else self._words

    @property
    def may_press(self) -> bool:
        """Whether it can be pressed now."""
        return self.isEnabled()

    def press(self) -> None:
        """Press it."""
        self.click()

    @property
    def shown_words(self) -> str:
        """What stands on the button now: its words, or why it cannot be pressed."""
        return self._reason or self._words

    def reword(self, words: str) -> None:
        """Write other words on the button."""
        self._words = words
        self._name()
        self.dress()

    def forbid(self, reason: str) -> None:
        """Make the button unable to be pressed, and say why in its place."""
        self._reason = reason
        self.setEnabled(False)
        self._name()
        self.dress()

    def allow(self) -> None:
        """Let the button be pressed again."""
        self._reason = ""
        self.setEnabled(True)
        self._name()
        self.dress()

    def _name(self) -> None:
        # & would become a mnemonic that competes with the key on the cap.
        self.setText(self.shown_words.replace("&", "&&"))
        self.setAccessibleName(self.shown_words)
        self.setAccessibleDescription(self._key)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for everything on the button."""
        now = theme()
        wide = self._content() + 2 * now.px(_PAD)
        return QSize(max(wide, now.touch) if now.gloved else wide, now.height(Part.BUTTON))

    def _content(self) -> int:
        """The width of what stands on the button."""
        now = theme()
        wide = QFontMetrics(now.font(14, 600)).horizontalAdvance(self.shown_words)
        if self._shown_icon():
            wide += now.px(20) + _GAP
        if self._key:
            wide += cap_size(self._key).width() + _GAP + 4
        return wide

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A button is never narrower than its words."""
        return self.sizeHint()

    def dress(self) -> None:
        """Take the height from the theme."""
        self.setFont(theme().font(14, 600))
        self.setFixedHeight(theme().height(Part.BUTTON))
        self.updateGeometry()
        self.update()

    def _shown_icon(self) -> str:
        return "lock" if self._reason else self._icon

    def _inks(self) -> tuple[str, str, str]:
        """Text, ground and border."""
        now = theme()
        c = now.palette
        if not self.isEnabled():
            return c.quiet, c.sunk, c.edge
        ground = c.soft if self.underMouse() or self.isDown() else c.panel
        if self._weight is Weight.PRIMARY:
            if now.night:
                return c.text, ground, c.text
            fill = QColor(c.accent).darker(125 if self.isDown() else 112 if self.underMouse() else 100)
            return c.on_accent, fill.name(), fill.name()
        if self._weight is Weight.DANGER:
            red = chip_ink(now.tint, State.REFUSED).border
            return red, ground, red
        return c.text, ground, c.edge

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the ground, what stands on it, and the ring of the focus."""
        now = theme()
        text, ground, border = self._inks()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        thick = 2 if self._weight is Weight.DANGER or (self._weight is Weight.PRIMARY and now.night) else 1
        pen = QPen(QColor(border), thick if self.isEnabled() else 1)
        if not self.isEnabled():
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(QColor(ground))
        inset = pen.widthF() / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 6, 6)
        if self.hasFocus():
            self._paint_focus(painter)
        self._paint_content(painter, text)

    def _paint_focus(self, painter: QPainter) -> None:
        now = theme()
        primary = self._weight is Weight.PRIMARY and not now.night
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if primary:  # a ring of the ground's own hue would not be seen: a gap, then the ring
            painter.setPen(QPen(QColor(now.palette.focus), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
            painter.setPen(QPen(QColor(now.palette.on_accent), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(3, 3, -3, -3), 4, 4)
            return
        painter.setPen(QPen(QColor(now.palette.focus), 3))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 6, 6)

    def _paint_content(self, painter: QPainter, ink: str) -> None:
        now, mirrored = theme(), right_to_left()
        used = self._content()
        at = (self.width() - used) // 2
        tall = self.height()

        def room(wide: int) -> QRect:
            """The next room of the content, from the leading side."""
            nonlocal at
            x = self.width() - at - wide if mirrored else at
            at += wide
            return QRect(x, 0, wide, tall)

        if name := self._shown_icon():
            side = now.px(20)
            place = room(side)
            painter.drawImage(QPointF(place.x(), (tall - side) / 2), icon(name, side, ink))
            at += _GAP
        painter.setFont(now.font(14, 600))
        painter.setPen(QColor(ink))
        painter.drawText(room(painter.fontMetrics().horizontalAdvance(self.shown_words)), leading(), self.shown_words)
        if self._key:
            at += _GAP + 4
            cap = cap_size(self._key)
            place = room(cap.width())
            place.setTop((tall - cap.height()) // 2)
            place.setHeight(cap.height())
            paint_cap(painter, place, self._key, ink)
