"""The rail: the sections of the program, one key each."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QSizePolicy

from muniment.ui.kit.icons import icon
from muniment.ui.kit.keycap import sequences
from muniment.ui.kit.layout import STRETCH, column
from muniment.ui.kit.theme import theme
from muniment.ui.kit.tokens import Part
from muniment.ui.speech import right_to_left, tr

WIDTH = 96


class _RailButton(QAbstractButton):
    def __init__(self, words: str, icon_name: str, key: str, *, checkable: bool = True) -> None:
        super().__init__()
        self._icon = icon_name
        self.setText(words)
        self.setCheckable(checkable)
        self.setAccessibleName(words)
        self.setAccessibleDescription(key)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        for sequence in sequences(key) if key else ():
            QShortcut(sequence, self).activated.connect(self.click)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(theme().px(WIDTH), theme().height(Part.RAIL_ITEM))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(theme().px(WIDTH), theme().px(48))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        now, painter = theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        c, on = now.palette, self.isChecked()
        ink = c.rail_text
        if on:
            painter.fillRect(self.rect(), QColor(c.rail_on))
            x = self.width() - 4 if right_to_left() else 0
            painter.fillRect(x, 0, 4, self.height(), QColor(c.rail_mark))
        if on or self.underMouse():
            ink = c.text if now.night else "#FFFFFF"
        if self.hasFocus():
            painter.setPen(QPen(QColor(c.focus if now.night else "#FFFFFF"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(7, 3, -7, -3), 6, 6)
        side = now.px(24 if self.height() >= now.px(56) else 20)
        words = now.px(20)
        top = max(2, (self.height() - side - words - 4) // 2)
        painter.drawImage(QPointF((self.width() - side) / 2, top), icon(self._icon, side, ink))
        painter.setPen(QColor(ink))
        self._fit(painter, 600 if on else 500)
        room = QRect(0, top + side + 3, self.width(), words)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, self.text())

    def _fit(self, painter: QPainter, weight: int) -> None:
        """The font of the word; a long word is set smaller, but never below 11 pixels."""
        font = theme().font(12, weight)
        while QFontMetrics(font).horizontalAdvance(self.text()) > self.width() - 12 and font.pixelSize() > 11:
            font.setPixelSize(font.pixelSize() - 1)
        painter.setFont(font)


class Rail(QFrame):
    """Sections from the top, the lock at the bottom. Alt+1 to Alt+9 open the first nine, Ctrl+L locks."""

    chosen = Signal(str)
    """The name of the section that was chosen."""
    lock_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Sections"))
        self._buttons: dict[str, _RailButton] = {}
        self._group = QButtonGroup(self)
        self._sections = column(gap=0)
        self.lock = _RailButton(tr("Lock"), "lock", "Ctrl+L", checkable=False)
        self.lock.clicked.connect(lambda: self.lock_asked.emit())
        self.setLayout(column(self._sections, STRETCH, self.lock, gap=0, margins=(0, 8, 0, 8)))
        self.dress()

    def add(self, name: str, icon_name: str, words: str) -> None:
        """Add a section.

        Raises:
            ValueError: there is a section of that name already.

        """
        if name in self._buttons:
            raise ValueError(f"the rail has a section {name}")
        number = len(self._buttons) + 1
        button = _RailButton(words, icon_name, f"Alt+{number}" if number <= 9 else "")
        button.clicked.connect(lambda: self.chosen.emit(name))
        self._buttons[name] = button
        self._group.addButton(button)
        self._sections.addWidget(button)

    def mark(self, name: str) -> None:
        """Mark the section that is open; a page without a section leaves the mark where it is."""
        if name in self._buttons:
            self._buttons[name].setChecked(True)

    def dress(self) -> None:
        """Take the width from the theme."""
        self.setFixedWidth(theme().px(WIDTH))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the ground; at night it is told by its line."""
        c, painter = theme().palette, QPainter(self)
        painter.fillRect(self.rect(), QColor(c.rail))
        if theme().night:
            x = 0 if right_to_left() else self.width() - 1
            painter.fillRect(x, 0, 1, self.height(), QColor(c.line))
