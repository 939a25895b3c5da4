"""A refusal: what happened, what is safe, what to do now, who may override. Enter does the safe thing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from muniment.ui.kit.button import Button, Weight
from muniment.ui.kit.icons import Glyph
from muniment.ui.kit.ink import Ink
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import STRETCH, column, row
from muniment.ui.kit.outline import Family, Outline
from muniment.ui.kit.plate import Plate
from muniment.ui.kit.theme import theme
from muniment.ui.kit.tokens import State, chip_ink
from muniment.ui.speech import tr


@dataclass(frozen=True, slots=True)
class OtherAct:
    """Another way out of a refusal, never on Enter."""

    name: str
    words: str
    key: str = ""
    icon: str = ""
    danger: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """What a refusal says. `override` names who may allow it all the same, or says that nobody may."""

    title: str
    happened: str
    safe: str
    now: str
    override: str = ""
    note: str = ""
    serial: str = ""
    family: Family | None = None


class RefusalCard(QFrame):
    """Stays until it is answered.

    The safe act is pressed by Enter wherever the focus stands; every other act has its own key or none.
    """

    safe_done = Signal()
    """The safe act was chosen."""
    other_asked = Signal(str)
    """The name of another act that was chosen."""

    def __init__(
        self, refused: Refused, safe_words: str, others: Sequence[OtherAct] = (), safe_icon: str = "hand-stop"
    ) -> None:
        super().__init__()
        for act in others:
            if act.key in ("Enter", "Return", "Space"):
                raise ValueError(f"{act.key} belongs to the safe act")
        self.setAccessibleName(f"{tr('REFUSED')}: {refused.title}")
        self.setAccessibleDescription(" ".join((refused.happened, refused.safe, refused.now)))
        self.safe = Button(safe_words, "Enter", Weight.PRIMARY, safe_icon)
        self.safe.clicked.connect(lambda: self.safe_done.emit())
        self._note = Label(refused.note, 13, 500, Ink.ON_REFUSED)
        self._head = QWidget()
        self._head.setLayout(
            row(
                Glyph("circle-x", 32, Ink.ON_REFUSED),
                Label(tr("REFUSED"), 22, 800, Ink.ON_REFUSED),
                (Label(refused.title, 16, 600, Ink.ON_REFUSED, elide=True), 1),
                self._note,
                gap=12,
                margins=(16, 0, 16, 0),
            )
        )
        buttons: list[QWidget] = [self.safe]
        for act in others:
            button = Button(act.words, act.key, Weight.DANGER if act.danger else Weight.PLAIN, act.icon)
            button.clicked.connect(lambda _=False, name=act.name: self.other_asked.emit(name))
            buttons.append(button)
        plate = Plate(refused.serial, 30) if refused.serial else None
        outline = Outline(refused.family, 176) if refused.family is not None else None
        first = row(plate, STRETCH, outline) if plate or outline else None
        body = column(
            first,
            self._sentences(refused),
            STRETCH,
            row(*buttons, STRETCH, gap=theme().between),
            gap=10,
            margins=(16, 12, 16, 14),
        )
        self.setLayout(column(self._head, (body, 1), gap=0, margins=(3, 3, 3, 3)))
        self.dress()

    def _sentences(self, refused: Refused) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        lines = (
            (tr("What happened"), refused.happened),
            (tr("What is safe"), refused.safe),
            (tr("Do this now"), refused.now),
            (tr("Override"), refused.override),
        )
        for number, (name, sentence) in enumerate(line for line in lines if line[1]):
            grid.addWidget(Label(name, 13, 600, Ink.QUIET), number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Label(sentence, 15, 500, wrap=True), number, 1)
        return grid

    def note(self, words: str) -> None:
        """Change the note, such as how many scans wait behind the refusal."""
        self._note.setText(words)

    def take_focus(self) -> None:
        """Put the focus on the safe act, so that a screen reader speaks the refusal."""
        self.safe.setFocus(Qt.FocusReason.OtherFocusReason)

    def dress(self) -> None:
        """Take the height of the head from the theme."""
        self._head.setFixedHeight(theme().px(52))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the red frame and head; at night the border and the words alone."""
        now, painter = theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        red = QColor(chip_ink(now.tint, State.REFUSED).border)
        thick = 3 if now.night else 2
        frame = QRectF(self.rect()).adjusted(thick / 2, thick / 2, -thick / 2, -thick / 2)
        painter.setBrush(QColor(now.palette.panel))
        painter.setPen(QPen(red, thick))
        painter.drawRoundedRect(frame, 8, 8)
        head = QRectF(self.rect()).adjusted(thick, thick, -thick, 0)
        head.setHeight(self._head.height() + 3 - thick)
        if now.night:
            painter.fillRect(QRectF(head.left(), head.bottom() - 2, head.width(), 2), red)
            return
        inside = QPainterPath()
        inside.addRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), 6, 6)
        painter.setClipPath(inside)
        painter.fillRect(head, red)
