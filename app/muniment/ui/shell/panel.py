"""A question inside the window, before everything else. No second window that can be lost behind the first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QSizePolicy, QWidget
from shiboken6 import isValid

from muniment.ui.kit.button import Button
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import STRETCH, column, row, spread
from muniment.ui.kit.theme import theme


class Panel(QFrame):
    """A card over the page: a title, a body, buttons from the leading side.

    Esc closes it unless `must_answer`. Closing says nothing but that it was closed: the buttons belong to the
    caller. `width` is in pixels at 100 %.
    """

    closed = Signal()

    def __init__(
        self,
        title: str,
        body: QWidget,
        buttons: Sequence[Button] = (),
        *,
        must_answer: bool = False,
        width: int = 560,
    ) -> None:
        super().__init__()
        self.must_answer = must_answer
        self._wide = width
        self.setProperty("surface", "card")
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.body = body
        foot = row(*buttons, STRETCH, gap=theme().between) if buttons else None
        self.setLayout(column(Label(title, 20, 700, wrap=True), (body, 1), foot, gap=16, margins=(24, 20, 24, 20)))
        self.dress()

    def dress(self) -> None:
        """Take the width from the theme."""
        self.setFixedWidth(theme().px(self._wide))

    def close_panel(self) -> None:
        """Close, and say so."""
        self.closed.emit()

    def stops(self) -> list[QWidget]:
        """What the Tab key reaches in the panel, in order."""
        return [
            widget
            for widget in self.findChildren(QWidget)
            if widget.isVisibleTo(self) and widget.isEnabledTo(self) and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]


class Scrim(QWidget):
    """Darkens a widget and holds a panel before it. What is behind can neither be pressed nor reached by keys."""

    cleared = Signal()
    """The panel is closed, and none came in its place."""

    def __init__(self, behind: QWidget, over: QWidget) -> None:
        super().__init__(over)
        self._behind, self._over = behind, over
        self._panel: Panel | None = None
        self._back_to: QWidget | None = None
        self.hide()
        over.installEventFilter(self)

    @property
    def panel(self) -> Panel | None:
        """The panel that is open."""
        return self._panel

    def open(self, panel: Panel) -> None:
        """Open a panel in place of the one that may be open."""
        if self._panel is not None:
            self._drop(self._panel)
        else:
            self._back_to = QApplication.focusWidget()
        self._panel = panel
        panel.setParent(self)
        spread(panel, theme().apart)
        panel.closed.connect(self.close_panel)
        self._behind.setEnabled(False)
        self.setGeometry(self._over.rect())
        self.show()
        self.raise_()
        panel.show()
        self._centre()
        stops = panel.stops()
        (stops[0] if stops else panel).setFocus(Qt.FocusReason.PopupFocusReason)

    def close_panel(self) -> None:
        """Close the panel and put the focus back where it was."""
        if self._panel is None:
            return
        self._drop(self._panel)
        self._panel = None
        self._behind.setEnabled(True)
        self.hide()
        # What had the focus may have been cleared away meanwhile, by the answer that the panel gave.
        if self._back_to is not None and isValid(self._back_to) and self._back_to.isVisible():
            self._back_to.setFocus(Qt.FocusReason.PopupFocusReason)
        self._back_to = None
        self.cleared.emit()

    def cover(self) -> None:
        """Hide the panel behind a lock, and forget what was typed into its secret lines."""
        if self._panel is None:
            return
        for line in self._panel.findChildren(QLineEdit):
            if line.echoMode() is not QLineEdit.EchoMode.Normal:
                line.clear()
        self.hide()

    def uncover(self) -> None:
        """Show the panel again that was hidden."""
        if self._panel is None:
            return
        self.show()
        self.raise_()
        stops = self._panel.stops()
        (stops[0] if stops else self._panel).setFocus(Qt.FocusReason.PopupFocusReason)

    def _drop(self, panel: Panel) -> None:
        panel.closed.disconnect(self.close_panel)
        panel.hide()
        panel.deleteLater()

    def _centre(self) -> None:
        if self._panel is None:
            return
        room = self.rect().adjusted(16, 16, -16, -16)
        wide = min(self._panel.width(), room.width())
        tall = self._panel.heightForWidth(wide) if self._panel.hasHeightForWidth() else -1
        size = QSize(wide, min(max(tall, self._panel.sizeHint().height()), room.height()))
        place = self.rect()
        place.setSize(size)
        place.moveCenter(self.rect().center())
        self._panel.setGeometry(place)

    def dress(self) -> None:
        """Take the room again: the panel may have another size."""
        self._centre()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Grow with what is covered."""
        # Asked of Qt: events come to the very end, when what this object holds may be cleared away already.
        if event.type() is QEvent.Type.Resize and isinstance(watched, QWidget) and watched is self.parent():
            self.setGeometry(watched.rect())
            self._centre()
        return False

    def event(self, event: QEvent) -> bool:
        """Follow the panel when its contents grow."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._centre()
        return super().event(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: N802 - Qt's names
        """Walk round inside the panel: the Tab key does not leave it."""
        stops = self._panel.stops() if self._panel is not None else []
        if not stops:
            return True
        here = QApplication.focusWidget()
        at = stops.index(here) if here in stops else -1
        step = 1 if next else -1
        stops[(at + step) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Close with Esc, if it may be closed unanswered. No key goes on to what is behind."""
        if event.key() == Qt.Key.Key_Escape and self._panel is not None and not self._panel.must_answer:
            self._panel.close_panel()
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Darken what is behind by two fifths."""
        QPainter(self).fillRect(self.rect(), QColor(0, 0, 0, 153 if theme().night else 102))
