"""The head of a page: the band of a verb, or the quiet bar of a page that only shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QWidget

from muniment.ui.kit.icons import Glyph
from muniment.ui.kit.ink import Ink, colour_of
from muniment.ui.kit.keycap import cap_size, paint_cap, sequences
from muniment.ui.kit.label import Label, leading
from muniment.ui.kit.layout import STRETCH, Laid, column, holder, row
from muniment.ui.kit.theme import theme
from muniment.ui.kit.tokens import VERBS, Part, Verb, band_colour
from muniment.ui.speech import right_to_left, spoken


@dataclass(frozen=True, slots=True)
class OtherVerb:
    """A way out of this verb: what is reported, its words, its key."""

    name: str
    words: str
    key: str


class _BandButton(QAbstractButton):
    """Key cap and words on the band."""

    def __init__(self, other: OtherVerb) -> None:
        super().__init__()
        self._other = other
        self.setText(other.words)
        self.setAccessibleName(other.words)
        self.setAccessibleDescription(other.key)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        for sequence in sequences(other.key) if other.key else ():
            QShortcut(sequence, self).activated.connect(self.click)

    @property
    def key(self) -> str:
        return self._other.key

    @property
    def key_words(self) -> str:
        return self._other.words

    @property
    def may_press(self) -> bool:
        return self.isEnabled()

    def press(self) -> None:
        self.click()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        now = theme()
        words = QFontMetrics(now.font(14, 500)).horizontalAdvance(self._other.words)
        return QSize(16 + cap_size(self._other.key).width() + 8 + words, now.height(Part.BUTTON))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink, cap, mirrored = colour_of(Ink.ON_VERB), cap_size(self._other.key), right_to_left()
        if self.underMouse() or self.isDown():
            wash = QColor(ink)
            wash.setAlpha(36)
            painter.fillRect(self.rect(), wash)
        if self.hasFocus():
            painter.setPen(QPen(QColor(ink), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        place = self.rect()
        place.setSize(cap)
        place.moveTop((self.height() - cap.height()) // 2)
        place.moveLeft(self.width() - 8 - cap.width() if mirrored else 8)
        paint_cap(painter, place, self._other.key, ink)
        painter.setFont(theme().font(14, 500))
        painter.setPen(QColor(ink))
        lead = 8 + cap.width() + 8
        words = self.rect().adjusted(0, 0, -lead, 0) if mirrored else self.rect().adjusted(lead, 0, 0, 0)
        painter.drawText(words, leading(), self._other.words)


class VerbBand(QFrame):
    """One verb per screen: its word, symbol, colour, and who it is done with. It never changes itself."""

    verb_asked = Signal(str)
    """The name of another verb that was asked for."""

    def __init__(
        self, verb: Verb, who: str = "", what: str = "", others: Sequence[OtherVerb] = (), word: str = ""
    ) -> None:
        super().__init__()
        self._verb = verb
        self._who = Label(who, 18, 700, Ink.ON_VERB, elide=True)
        self._what = Label(what, 14, 400, Ink.ON_VERB, elide=True)
        shown = word or spoken(VERBS[verb].word)
        self.setAccessibleName(shown)
        buttons: list[Laid] = []
        for other in others:
            button = _BandButton(other)
            button.clicked.connect(lambda _=False, name=other.name: self.verb_asked.emit(name))
            buttons.append(button)
        middle = holder(column(STRETCH, self._who, self._what, STRETCH, gap=0))
        middle.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setLayout(
            row(
                Glyph(VERBS[verb].icon, 36, Ink.ON_VERB),
                4,
                Label(shown, 30, 800, Ink.ON_VERB),
                24,
                (middle, 1),
                *buttons,
                gap=8,
                margins=(20, 0, 8, 0),
            )
        )
        self.dress()

    def tell(self, who: str, what: str = "") -> None:
        """Say who it is done with, and the terms."""
        self._who.setText(who)
        self._what.setText(what)

    def dress(self) -> None:
        """Take the height from the theme."""
        self.setFixedHeight(theme().height(Part.BAND))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the ground."""
        now, painter = theme(), QPainter(self)
        painter.fillRect(self.rect(), QColor(band_colour(now.tint, self._verb)))
        if now.night:
            painter.fillRect(0, 0, self.width(), 1, QColor(now.palette.edge))
            painter.fillRect(0, self.height() - 2, self.width(), 2, QColor(now.palette.text))


class TopBar(QFrame):
    """The head of a page that shows: title, note, and the page's own tools on the trailing side."""

    def __init__(self, title: str, note: str = "", *tools: QWidget) -> None:
        super().__init__()
        self.setProperty("surface", "top")
        self._title, self._note = Label(title, 20, 700), Label(note, 14, 400, Ink.QUIET, elide=True)
        self.setLayout(row(self._title, 8, (self._note, 1), *tools, gap=8, margins=(20, 0, 16, 0)))
        self.dress()

    def tell(self, note: str, title: str = "") -> None:
        """Change the note, and the title if one is given."""
        self._note.setText(note)
        if title:
            self._title.setText(title)

    def dress(self) -> None:
        """Take the height from the theme."""
        self.setFixedHeight(theme().height(Part.TOP))
