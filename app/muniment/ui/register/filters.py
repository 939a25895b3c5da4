"""Filters in a row, each with its count; one of them holds."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from muniment.ui.kit.flow import Flow
from muniment.ui.kit.label import leading
from muniment.ui.kit.theme import theme
from muniment.ui.kit.tokens import Part, Scale
from muniment.ui.speech import iso, right_to_left, tr

_PAD, _GAP = 8, 6


class _Filter(QAbstractButton):
    """One filter: its word and how many it holds. The one that holds is filled, and told as checked."""

    def __init__(self, word: str) -> None:
        super().__init__()
        self._word, self._count = word, ""
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.tell("")

    def tell(self, count: str) -> None:
        """Say how many it holds."""
        self._count = count
        self.setText(f"{self._word} {count}".strip())
        self.setAccessibleName(self.text())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        now = theme()
        words = QFontMetrics(now.font(13, 600)).horizontalAdvance(self._word)
        count = QFontMetrics(now.font(13)).horizontalAdvance(self._count) + _GAP if self._count else 0
        tall = now.height(Part.BUTTON) if now.scale is Scale.GLOVE else now.px(32)
        wide = words + count + 2 * now.px(_PAD)
        return QSize(max(wide, now.touch) if now.gloved else wide, tall)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        now, painter, mirrored = theme(), QPainter(self), right_to_left()
        c = now.palette
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        filled = self.isChecked() and not now.night
        painter.setPen(QPen(QColor(c.accent if self.isChecked() else c.edge), 2 if self.isChecked() else 1))
        painter.setBrush(QColor(c.accent if filled else c.panel))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        text, quiet = (c.on_accent, c.on_accent) if filled else (c.text, c.quiet)
        pad = now.px(_PAD)
        painter.setFont(now.font(13, 600))
        painter.setPen(QColor(text))
        wide = painter.fontMetrics().horizontalAdvance(self._word)
        first = QRect(self.width() - pad - wide if mirrored else pad, 0, wide + 2, self.height())
        painter.drawText(first, leading(), self._word)
        painter.setFont(now.font(13))
        painter.setPen(QColor(quiet))
        lead = pad + wide + _GAP
        rest = self.rect().adjusted(0, 0, -lead, 0) if mirrored else self.rect().adjusted(lead, 0, 0, 0)
        painter.drawText(rest, leading(), self._count)
        if self.hasFocus():
            painter.setPen(QPen(QColor(c.on_accent if filled else c.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(3, 3, -3, -3), 3, 3)


class Filters(QWidget):
    """Filters by name. Tab reaches them as one stop, the arrow keys walk them."""

    chosen = Signal(str)
    """The name of the filter that holds now."""

    def __init__(self, words: Sequence[tuple[str, str]], name: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name or tr("Filters"))
        self._filters = {name: _Filter(word) for name, word in words}
        self._group = QButtonGroup(self)
        for name, one in self._filters.items():
            self._group.addButton(one)
            one.clicked.connect(lambda _=False, name=name: self.chosen.emit(name))
        self.setLayout(Flow(tuple(self._filters.values()), gap=6))
        next(iter(self._filters.values())).setChecked(True)

    def hold(self, name: str) -> None:
        """Say which filter holds."""
        self._filters[name].setChecked(True)

    @property
    def holding(self) -> str:
        """The name of the filter that holds."""
        return next(name for name, one in self._filters.items() if one.isChecked())

    def tell(self, counts: Mapping[str, int]) -> None:
        """Say how many each holds; those not named are left as they are."""
        for name, count in counts.items():
            self._filters[name].tell(iso(f"{count:,}"))
        self.dress()

    @property
    def names(self) -> list[str]:
        """The names of the filters that are offered, in order."""
        return [name for name, one in self._filters.items() if not one.isHidden()]

    def show_only(self, names: Collection[str]) -> None:
        """Offer these and no others."""
        for name, one in self._filters.items():
            one.setVisible(name in names)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Leave what is not theirs to the page."""
        event.ignore()

    def dress(self) -> None:
        """Take sizes from the theme."""
        for one in self._filters.values():
            one.setFixedSize(one.sizeHint())
            one.updateGeometry()
