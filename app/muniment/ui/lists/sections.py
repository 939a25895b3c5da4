"""The parts of the page in a row: each with its key, its word and how much there is of it. One of them is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from muniment.ui.kit.keycap import cap_size, paint_cap, sequences
from muniment.ui.kit.label import leading
from muniment.ui.kit.layout import row
from muniment.ui.kit.theme import theme
from muniment.ui.kit.tokens import Part
from muniment.ui.speech import iso, right_to_left, tr

_PAD, _GAP = 10, 8


class _Section(QAbstractButton):
    def __init__(self, word: str, key: str) -> None:
        super().__init__()
        self._word, self._key, self._count = word, key, ""
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        for sequence in sequences(key):
            QShortcut(sequence, self).activated.connect(self.click)
        self.setAccessibleDescription(key)
        self.tell("")

    def tell(self, count: str) -> None:
        """Say how much there is."""
        self._count = count
        self.setText(f"{self._word} {count}".strip())
        self.setAccessibleName(self.text())
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        now = theme()
        words = QFontMetrics(now.font(14, 600)).horizontalAdvance(self._word)
        count = QFontMetrics(now.font(14)).horizontalAdvance(self._count) + _GAP if self._count else 0
        return QSize(cap_size(self._key).width() + _GAP + words + count + 2 * now.px(_PAD), now.height(Part.BUTTON))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        now, painter, mirrored = theme(), QPainter(self), right_to_left()
        c = now.palette
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        filled = self.isChecked() and not now.night
        painter.setPen(QPen(QColor(c.accent if self.isChecked() else c.line), 2 if self.isChecked() else 1))
        painter.setBrush(QColor(c.accent if filled else c.panel))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        text, quiet = (c.on_accent, c.on_accent) if filled else (c.text, c.quiet)
        at = now.px(_PAD)

        def room(wide: int) -> QRect:
            nonlocal at
            x = self.width() - at - wide if mirrored else at
            at += wide + _GAP
            return QRect(x, 0, wide, self.height())

        cap = cap_size(self._key)
        place = room(cap.width())
        place.setTop((self.height() - cap.height()) // 2)
        place.setHeight(cap.height())
        paint_cap(painter, place, self._key, quiet)
        painter.setFont(now.font(14, 600))
        painter.setPen(QColor(text))
        painter.drawText(room(painter.fontMetrics().horizontalAdvance(self._word)), leading(), self._word)
        painter.setFont(now.font(14))
        painter.setPen(QColor(quiet))
        painter.drawText(room(painter.fontMetrics().horizontalAdvance(self._count) + 2), leading(), self._count)
        if self.hasFocus():
            painter.setPen(QPen(QColor(c.on_accent if filled else c.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(3, 3, -3, -3), 4, 4)

    def dress(self) -> None:
        """Take the size from the theme."""
        self.setFixedSize(self.sizeHint())


class Sections(QWidget):
    """The parts of the page. A key, a click or the arrows open one."""

    chosen = Signal(str)
    """The name of the part that is open now."""

    def __init__(self, words: Sequence[tuple[str, str, str]]) -> None:
        super().__init__()
        self.setAccessibleName(tr("Parts of this page"))
        self._sections = {name: _Section(word, key) for name, word, key in words}
        group = QButtonGroup(self)
        for name, one in self._sections.items():
            group.addButton(one)
            one.clicked.connect(lambda _=False, name=name: self.chosen.emit(name))
        self.setLayout(row(*self._sections.values(), gap=theme().between))
        next(iter(self._sections.values())).setChecked(True)

    def open(self, name: str) -> None:
        """Say which part is open."""
        self._sections[name].setChecked(True)

    @property
    def opened(self) -> str:
        """The name of the part that is open."""
        return next(name for name, one in self._sections.items() if one.isChecked())

    def tell(self, counts: Mapping[str, int]) -> None:
        """Say how much there is of each; those not named are left as they are."""
        for name, count in counts.items():
            self._sections[name].tell(iso(f"{count:,}") if count else "")
