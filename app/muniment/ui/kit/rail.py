"""The rail: the sections of the program, one key each."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent, QShortcut
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QSizePolicy

from muniment.ui.kit.icons import icon
from muniment.ui.kit.keycap import sequences
from muniment.ui.kit.layout import OWN_GAPS, STRETCH, column
from muniment.ui.kit.theme import theme
from muniment.ui.kit.tokens import Part
from muniment.ui.speech import right_to_left, tr

WIDTH = 96


class _RailButton(QAbstractButton):
    def __init__(self, words: str, icon_name: str, key: str, *, checkable: bool = True, bind: bool = True) -> None:
        super().__init__()
        self._icon = icon_name
        self.setText(words)
        self.setCheckable(checkable)
        self.setAccessibleName(words)
        self.setAccessibleDescription(key)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        for sequence in sequences(key) if key and bind else ():
            QShortcut(sequence, self).activated.connect(self.click)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(theme().px(WIDTH), theme().height(Part.RAIL_ITEM))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(theme().px(WIDTH), theme().touch if theme().gloved else theme().px(48))

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
    """Sections from the top, the lock at the bottom. Alt+1 to Alt+9 open the first nine, Ctrl+L locks.

    Sections that have no room are left out, and stay within reach of their keys and of the button for all pages.
    """

    chosen = Signal(str)
    """The name of the section that was chosen."""
    lock_asked = Signal()
    all_asked = Signal()
    """The list of all pages is wanted."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Sections"))
        self._buttons: dict[str, _RailButton] = {}
        self._group = QButtonGroup(self)
        self._sections = column(gap=0)
        self.all = _RailButton(tr("All pages"), "list-check", "Ctrl+K", checkable=False, bind=False)
        self.all.clicked.connect(lambda: self.all_asked.emit())
        self.lock = _RailButton(tr("Lock"), "lock", "Ctrl+L", checkable=False)
        self.lock.clicked.connect(lambda: self.lock_asked.emit())
        self._foot = column(self.all, self.lock, gap=0)
        self._all = column(self._sections, STRETCH, self._foot, gap=0, margins=(0, 8, 0, 8))
        self.setLayout(self._all)
        for layout in (self._sections, self._foot, self._all):
            layout.setProperty(OWN_GAPS, True)
        self.dress()

    def add(self, name: str, icon_name: str, words: str) -> str:
        """Add a section; answers the key that opens it, if one is left.

        Raises:
            ValueError: there is a section of that name already.

        """
        if name in self._buttons:
            raise ValueError(f"the rail has a section {name}")
        number = len(self._buttons) + 1
        button = _RailButton(words, icon_name, "")
        if number <= 9:
            # The key is the rail's own: it opens a section also while its button has no room.
            button.setAccessibleDescription(f"Alt+{number}")
            QShortcut(f"Alt+{number}", self).activated.connect(button.click)
        button.clicked.connect(lambda: self.chosen.emit(name))
        self._buttons[name] = button
        self._group.addButton(button)
        self._sections.addWidget(button)
        self._fit()
        return f"Alt+{number}" if number <= 9 else ""

    def mark(self, name: str) -> None:
        """Mark the section that is open; a page without a section leaves none marked."""
        marked = self._group.checkedButton()
        if name in self._buttons:
            self._buttons[name].setChecked(True)
        elif marked is not None:
            self._group.setExclusive(False)
            marked.setChecked(False)
            self._group.setExclusive(True)
        self._fit()

    def dress(self) -> None:
        """Take the width from the theme."""
        self.setFixedWidth(theme().px(WIDTH))
        gap = theme().between if theme().gloved else 0
        self._sections.setSpacing(gap)
        self._foot.setSpacing(gap)
        self._all.setSpacing(gap)
        self._fit()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for the foot and one section."""
        return QSize(theme().px(WIDTH), 3 * self.all.minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """See what has room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Leave out the last sections where there is no room for all of them; the marked one always has room."""
        least, gap = self.all.minimumSizeHint().height(), self._sections.spacing()
        room = max(1, (self.height() - 16 + gap) // (least + gap) - 2)
        marked = next((at for at, one in enumerate(self._buttons.values()) if one.isChecked()), 0)
        for at, button in enumerate(self._buttons.values()):
            kept = at < room if marked < room else at < room - 1 or at == marked
            button.setVisible(kept)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the ground; at night it is told by its line."""
        c, painter = theme().palette, QPainter(self)
        painter.fillRect(self.rect(), QColor(c.rail))
        if theme().night:
            x = 0 if right_to_left() else self.width() - 1
            painter.fillRect(x, 0, 1, self.height(), QColor(c.line))
