"""A panel that asks for something and does it: fields, one act, and what became of it.

What a rule refuses stands at the field it concerns, or takes the place of the fields until it is answered; what was
written stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol, TypeVar

from PySide6.QtCore import QEvent, QObject, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QComboBox, QFrame, QScrollArea, QSizePolicy, QWidget
from shiboken6 import isValid

from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.ports.work import StoreFault
from muniment.ui.bridge import Bridge
from muniment.ui.kit.button import Button, Weight
from muniment.ui.kit.field import Field
from muniment.ui.kit.icons import icon
from muniment.ui.kit.ink import Ink
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import STRETCH, column, holder, row
from muniment.ui.kit.refusal_card import RefusalCard, Refused
from muniment.ui.kit.theme import theme
from muniment.ui.kit.tokens import Part, State
from muniment.ui.shell.panel import Panel
from muniment.ui.speech import right_to_left, spoken, tr

T = TypeVar("T")


class PanelRoom(Protocol):
    """The window, as far as a panel needs it."""

    def open_panel(self, panel: Panel) -> None:
        """Show a panel before everything else."""
        ...

    def close_panel(self) -> None:
        """Close the panel that is open."""
        ...


class Asked(Protocol):
    """Something a person fills in."""

    @property
    def value(self) -> str:
        """What was written or chosen."""
        ...

    def refuse(self, fault: str) -> None:
        """Say what is wrong with it; an empty text takes it back."""
        ...

    def setFocus(self) -> None:  # noqa: N802 - Qt's name
        """Let the next key reach it."""
        ...


class _Box(QComboBox):
    """A list that opens downwards, with an arrow in the hand of the kit.

    The kit's sheet draws the frame; the style's own arrow would come with a second one.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setStyleSheet("QComboBox::drop-down { border: none; }")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the frame, the words, and the arrow at the trailing side."""
        super().paintEvent(event)
        now, side = theme(), theme().px(18)
        x = 10 if right_to_left() else self.width() - side - 10
        painter = QPainter(self)
        ink = now.palette.text if self.isEnabled() else now.palette.quiet
        painter.drawImage(QPointF(x, (self.height() - side) / 2), icon("chevron-down", side, ink))


class Choice(QWidget):
    """One of several: name above, list below, fault under it. Letters choose, so the mouse is never needed."""

    changed = Signal(str)

    def __init__(self, name: str, choices: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__()
        self._name = Label(name, 13, 600, Ink.QUIET)
        self.box = _Box()
        self.box.setAccessibleName(name)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(8)
        self.box.setMaxVisibleItems(14)
        self.box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._name.setBuddy(self.box)
        self._fault = Label("", 13, 600, State.REFUSED, wrap=True)
        self._fault.hide()
        self.setFocusProxy(self.box)
        self.setLayout(column(self._name, self.box, self._fault, STRETCH, gap=4))
        self.offer(choices)
        self.box.currentIndexChanged.connect(self._chosen)
        self.dress()

    def offer(self, choices: Sequence[tuple[str, str]], chosen: str = "") -> None:
        """Offer values with their words; the chosen one is stood on, else the first."""
        self.box.blockSignals(True)
        self.box.clear()
        for value, words in choices:
            self.box.addItem(words, value)
        self.box.blockSignals(False)
        self.write(chosen)

    def rename(self, name: str) -> None:
        """Ask for something else in the same list."""
        self._name.setText(name)
        self.box.setAccessibleName(name)

    @property
    def value(self) -> str:
        """The value that is stood on; empty where nothing is offered."""
        return str(self.box.currentData() or "")

    def write(self, value: str) -> None:
        """Stand on a value."""
        at = self.box.findData(value)
        if at >= 0:
            self.box.setCurrentIndex(at)

    def refuse(self, fault: str) -> None:
        """Say what is wrong with the choice; choosing takes it back."""
        self._fault.setText(fault)
        self._fault.setVisible(bool(fault))
        self.box.setAccessibleDescription(fault)

    def _chosen(self) -> None:
        self.refuse("")
        self.changed.emit(self.value)

    def dress(self) -> None:
        """Take font and height from the theme."""
        self.box.setFont(theme().font(15, 500))
        self.box.setFixedHeight(theme().height(Part.FIELD))


class _Room(QScrollArea):
    """The room of the fields: as tall as they need, and scrolled where the window is not tall enough."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self._content = content
        content.setProperty("surface", "clear")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setWidgetResizable(True)
        self.setWidget(content)

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        hint = self._content.sizeHint().height()
        return self._content.heightForWidth(width) if self._content.hasHeightForWidth() else hint

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self._content.sizeHint()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self._content.minimumSizeHint().width(), theme().height(Part.FIELD) * 2)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Bring what has the focus into sight."""
        if now is None or not self._content.isAncestorOf(now):
            return
        self.ensureWidgetVisible(now)
        field = next((one for one in _above(now, self._content) if isinstance(one, Field | Choice)), None)
        if field is not None:  # what is said under it is laid out only after this
            QTimer.singleShot(0, self, lambda: self.ensureWidgetVisible(field) if isValid(field) else None)


def _above(widget: QWidget, top: QWidget) -> Iterator[QWidget]:
    """A widget and all that it lies in, up to a top one."""
    now: QWidget | None = widget
    while now is not None and now is not top:
        yield now
        now = now.parentWidget()


class FormPanel(Panel):
    """Fields and the act they are for. `fields` are those a refusal can be about, by the names that rules give them.

    `nothing` is said under a refusal: what stands as it was.
    """

    def __init__(
        self,
        title: str,
        body: QWidget,
        act: Button,
        fields: Mapping[str, Asked],
        *,
        others: Sequence[Button] = (),
        width: int = 560,
        refused_title: str = "",
    ) -> None:
        self.fields = dict(fields)
        self.act = act
        self._refused_title = refused_title or title
        self.close_button = Button(tr("Close"), "Esc")
        self.done = Label("", 15, 600, State.ACCEPTED, wrap=True)
        self.done.hide()
        foot = row(act, *others, self.close_button, STRETCH, gap=theme().between)
        room = _Room(body)
        self._form = holder(column((room, 1), self.done, foot, gap=14))
        self._card_room = QWidget()
        self._card_room.setLayout(column(gap=0))
        self._card_room.hide()
        super().__init__(title, holder(column(self._form, self._card_room, gap=0)), width=width)
        self._busy, self._closing = 0, False
        self.close_button.clicked.connect(self.close_panel)
        running = QApplication.instance()
        if isinstance(running, QApplication):
            running.focusChanged.connect(room.follow)

    @property
    def refused(self) -> RefusalCard | None:
        """The refusal that is to be answered, if there is one."""
        return None if self._card_room.isHidden() else self._card_room.findChild(RefusalCard)

    def tell(self, words: str) -> None:
        """Say what was done; an empty text takes it back."""
        self.done.setText(words)
        self.done.setVisible(bool(words))

    def do(
        self,
        bridge: Bridge,
        work: Callable[[], T],
        then: Callable[[T], None],
        field_of: Callable[[Refusal], str],
        *,
        again: bool = False,
    ) -> None:
        """Have work done by the desk; show what it refuses.

        What is pressed while it works does nothing more. With `again` it stands in line instead, as scans must.
        """
        if self._busy and not again:
            return
        self._busy += 1
        self.act.forbid(tr("Working"))

        # Locking the window drops the panel whatever it waits for; then there is nothing left to draw on.
        def finished(answer: T) -> None:
            if isValid(self):
                self._idle()
                then(answer)

        def failed(error: Exception) -> None:
            if not isValid(self):
                return
            self._idle()
            if not self.refuse(error, field_of):
                bridge.broken.emit(error)

        bridge.do(work, finished, failed)

    def _idle(self) -> None:
        self._busy -= 1
        if self._busy:
            return
        self.act.allow()
        if self._closing:
            self.close_panel()

    def close_panel(self) -> None:
        """Close, as soon as the desk has done what it was given."""
        self._closing = self._busy > 0
        if not self._closing:
            super().close_panel()

    def refuse(self, error: Exception, field_of: Callable[[Refusal], str]) -> bool:
        """Show what was refused, at its field or in place of the fields. False for what is no refusal and no fault."""
        if isinstance(error, Refusal):
            name = field_of(error)
            field = self.fields.get(name)
            if field is not None and _visible(field):
                words = [spoken(error.says)] + ([spoken(error.do_now)] if error.do_now else [])
                field.refuse(" ".join(words))
                field.setFocus()
            else:
                safe = say("Nothing was written. What you typed is kept.")
                now = error.do_now or say("Go back and change it.")
                self.show_card(spoken(error.says), spoken(safe), spoken(now), spoken(error.override or say("None.")))
            return True
        if isinstance(error, StoreFault):
            self.show_card(spoken(error.says), spoken(error.safe), spoken(error.do_now), "")
            return True
        return False

    def show_card(self, happened: str, safe: str, now: str, override: str) -> None:
        """Put a refusal in place of the fields until it is answered."""
        self._drop_card()
        card = RefusalCard(Refused(self._refused_title, happened, safe, now, override), tr("Go back"))
        card.safe_done.connect(self.answer_refusal)
        layout = self._card_room.layout()
        if layout is not None:
            layout.addWidget(card)
        self._form.hide()
        self._card_room.show()
        card.take_focus()

    def answer_refusal(self) -> None:
        """Put the fields back, as they were."""
        self._card_room.hide()
        self._drop_card()
        self._form.show()
        stops = self.stops()
        if stops:
            stops[0].setFocus()

    def _drop_card(self) -> None:
        layout = self._card_room.layout()
        while layout is not None and (old := layout.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()


def _visible(field: Asked) -> bool:
    return not isinstance(field, QWidget) or not field.isHidden()


def primary(words: str, icon: str = "check") -> Button:
    """The act of a form: Enter does it."""
    return Button(words, "Enter", Weight.PRIMARY, icon)


def second_person() -> tuple[Field, Field, Field]:
    """The three fields by which another authorised person stands in: sign-in name, passphrase, reason."""
    return (
        Field(tr("Second person, sign-in name")),
        Field(tr("Passphrase of the second person"), secret=True),
        Field(tr("Reason, without names")),
    )
