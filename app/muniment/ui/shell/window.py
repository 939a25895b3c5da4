"""The window: rail, pages, what waits, devices; the lock before it and the frame of training round it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget

from muniment.ui.kit.layout import column, holder, row, spread
from muniment.ui.kit.queue_strip import QueueStrip
from muniment.ui.kit.rail import Rail
from muniment.ui.kit.status_bar import StatusBar
from muniment.ui.kit.theme import theme
from muniment.ui.kit.training_frame import TrainingFrame
from muniment.ui.shell.pad import Pad
from muniment.ui.shell.page import MakesRoom, Shown, TakesKeys, TakesScans
from muniment.ui.shell.panel import Panel, Scrim
from muniment.ui.shell.sign_in import SignIn
from muniment.ui.speech import tr

if TYPE_CHECKING:  # the window is painted before the desk is loaded
    from muniment.desk.sittings.at_the_hatch import Scan

_KEYS = {getattr(Qt.Key, f"Key_F{number}"): f"F{number}" for number in range(1, 13)} | {Qt.Key.Key_Escape: "Esc"}


@dataclass(slots=True)
class PageEntry:
    """A page of the window: the name it is shown by, its title, in one line what it is for, and the key it opens by.

    A page that nobody wanted yet has no widget.
    """

    name: str
    icon: str
    title: str
    purpose: str
    widget: QWidget | None = None
    key: str = ""


class _Room(QScrollArea):
    """The room of a page, also of the one before all others.

    It scrolls only when the window is smaller than the page can be.

    Qt would scroll as soon as wrapped sentences cannot have the room they like best; here a page is first
    pressed to the least it can stand.
    """

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(page)
        page.installEventFilter(self)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(320, 240)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        # The page is asked of Qt: events come to the very end, when what this object holds may be cleared away already.
        if event.type() is QEvent.Type.LayoutRequest and watched is self.widget():
            self._fit()
        return False

    @property
    def too_small(self) -> bool:
        """Whether the page needs more than there is."""
        page, room = self.widget(), self.maximumViewportSize()
        return page is not None and (page.width() > room.width() or page.height() > room.height())

    def _fit(self) -> None:
        page, room = self.widget(), self.maximumViewportSize()
        if page is None:
            return
        least, layout = page.minimumSizeHint(), page.layout()
        wide = max(room.width(), least.width())
        tall = least.height()
        if layout is not None and layout.hasHeightForWidth():
            tall = layout.minimumHeightForWidth(wide)
        if tall > room.height():
            room.setWidth(room.width() - self.verticalScrollBar().sizeHint().width())
        page.resize(max(room.width(), least.width()), max(room.height(), tall))


class Window(QWidget):
    """The shell of the desktop.

    `training` is nothing in a live register; any text, the empty one too, makes this a training window for its
    whole life, and names the scenario. It starts locked.
    """

    page_shown = Signal(str)
    """The name of the page that came to the front."""
    waiting_chosen = Signal(str)
    """The name of a thing in the queue strip that was chosen."""
    lock_asked = Signal()
    """The officer wants the window locked. It is locked already when this is said."""
    sign_in_asked = Signal(str, str)
    """Name and passphrase, to be checked; answer with `unlock` or `sign_in.refuse`."""
    command_asked = Signal()
    """Ctrl+K: a command is to be typed."""
    silence_asked = Signal()
    """F12, where the page has no use for it: silence the sound."""
    help_asked = Signal()
    """F1, where the page has no use for it."""
    closing = Signal()
    """The window is being closed."""
    answered = Signal()
    """No question is open any more."""

    def __init__(self, depot: str, *, training: str | None = None) -> None:
        super().__init__()
        self._depot, self._training = depot, training is not None
        self._pages: dict[str, PageEntry] = {}
        self._to_make: dict[str, Callable[[], QWidget]] = {}
        self._rooms: dict[str, _Room] = {}
        self._now = ""
        self.rail, self.queue, self.status = Rail(), QueueStrip(), StatusBar()
        self._stack = QStackedWidget()
        self._stack.setProperty("surface", "page")
        self._work = QWidget()
        self._work.setLayout(row(self.rail, (column((self._stack, 1), self.queue, self.status, gap=0), 1), gap=0))
        self.sign_in = SignIn(depot)
        self.sign_in.asked.connect(self.sign_in_asked)
        self._doors = QStackedWidget()
        self._lobby = _Room(self.sign_in)
        self._doors.addWidget(self._lobby)
        self._doors.addWidget(self._work)
        self._scrim = Scrim(self._work, self._doors)
        self._scrim.cleared.connect(self.answered)
        self.pad = Pad(lambda: self.locked or self.panel is not None)
        self.pad.opened.connect(self._make_room)
        inside = holder(column((self._doors, 1), self.pad, gap=0))
        self._frame = TrainingFrame(inside, training) if training is not None else None
        self.setLayout(column((self._frame or inside, 1), gap=0))
        self.rail.chosen.connect(self.show_page)
        self.rail.lock_asked.connect(self._lock_by_hand)
        self.rail.all_asked.connect(self.command_asked)
        self.queue.chosen.connect(self.waiting_chosen)
        QShortcut("Ctrl+K", self._work).activated.connect(self.command_asked)
        self._retitle()
        self.resize(QSize(1366, 768))

    def add_page(
        self,
        name: str,
        icon: str,
        title: str,
        page: QWidget | Callable[[], QWidget],
        *,
        in_rail: bool = True,
        purpose: str = "",
    ) -> None:
        """Add a page, or what makes it when it is first wanted. `purpose` says in one line what it is for.

        The first page is in front from the beginning, unless it is still to be made.

        Raises:
            ValueError: there is a page of that name already.

        """
        if name in self._pages:
            raise ValueError(f"there is a page {name}")
        key = self.rail.add(name, icon, title) if in_rail else ""
        self._pages[name] = entry = PageEntry(name, icon, title, purpose, key=key)
        if not isinstance(page, QWidget):
            self._to_make[name] = page
            return
        self._house(entry, page)
        if len(self._pages) == 1:
            self.show_page(name)

    def widget_of(self, name: str) -> QWidget:
        """The page itself, made now if it was not wanted before.

        Raises:
            KeyError: there is no page of that name.

        """
        entry = self._pages[name]
        return entry.widget if entry.widget is not None else self._house(entry, self._to_make.pop(name)())

    def _house(self, entry: PageEntry, page: QWidget) -> QWidget:
        entry.widget = page
        self._rooms[entry.name] = room = _Room(page)
        self._stack.addWidget(room)
        spread(page, theme().apart)
        return page

    def show_page(self, name: str) -> None:
        """Bring a page to the front.

        Raises:
            KeyError: there is no page of that name.

        """
        page = self.widget_of(name)
        self._now = name
        self._stack.setCurrentWidget(self._rooms[name])
        self.rail.mark(name)
        self._retitle()
        if isinstance(page, Shown):
            page.page_shown()
        self.page_shown.emit(name)

    @property
    def page(self) -> str:
        """The name of the page in front."""
        return self._now

    @property
    def pages(self) -> tuple[PageEntry, ...]:
        """All pages, in the order they were added."""
        return tuple(self._pages.values())

    @property
    def front(self) -> QWidget | None:
        """The page in front."""
        return self._pages[self._now].widget if self._now else None

    @property
    def page_scrolls(self) -> bool:
        """Whether the page in front is larger than its room."""
        room = self._stack.currentWidget()
        return isinstance(room, _Room) and room.too_small

    def key_words(self) -> tuple[tuple[str, str], ...]:
        """The keys that mean the same on every page, and what they do."""
        return (
            ("F1", tr("Help: the keys and signs of this page")),
            ("F8", tr("Go to what waits for a decision")),
            ("F12", tr("Silence the sound, or let it be heard again")),
            ("Ctrl+K", tr("All pages and commands")),
            ("Ctrl+L", tr("Lock the window")),
            ("Alt+1-9", tr("Open a page on the left")),
            ("Tab", tr("Go to the next part; with Shift to the one before")),
            ("Esc", tr("Back; close what is open")),
        )

    def _retitle(self) -> None:
        parts = [self._pages[self._now].title] if self._now and not self.locked else []
        if self._training:
            parts.insert(0, tr("TRAINING"))
        self.setWindowTitle(" – ".join((*parts, *((self._depot,) if self._depot else ()), "Muniment")))

    @property
    def training(self) -> bool:
        """Whether the frame of training is round it."""
        return self._training

    def name_depot(self, depot: str) -> None:
        """Say whose register it is, where that was not known when the window was made."""
        self._depot = depot
        self.sign_in.name_depot(depot)
        self._retitle()

    def name_scenario(self, scenario: str) -> None:
        """Name the scenario on the frame of training; without a frame nothing is shown."""
        if self._frame is not None:
            self._frame.name_scenario(scenario)

    @property
    def locked(self) -> bool:
        """Whether the page before all others is in front."""
        return self._doors.currentWidget() is self._lobby

    def lock(self, reason: str = "", *, keep: bool = False) -> None:
        """Cover everything; no key reaches what is behind.

        An open panel is closed unanswered, unless it is to be kept for the officer who comes back: then only what is
        secret in it is forgotten.
        """
        self._doors.setCurrentWidget(self._lobby)  # before all else: whatever else goes wrong, it is locked
        self.sign_in.clear()
        self.sign_in.tell(reason)
        if keep:
            self._scrim.cover()
        else:
            self.close_panel()
        self._retitle()

    def unlock(self, *, same: bool = False) -> None:
        """Show the pages again; a panel that was kept only to the `same` officer."""
        self.sign_in.clear()
        self._doors.setCurrentWidget(self._work)
        self.pad.close_pad()
        self._retitle()
        if (front := self.front) is not None:
            front.setFocus()
        if same:
            self._scrim.uncover()
        else:
            self.close_panel()

    def _make_room(self, pad: bool) -> None:
        """Let the keys on the screen have the room of what is only looked at."""
        self.sign_in.make_room(pad)
        for page in self.pages:
            if isinstance(page.widget, MakesRoom):
                page.widget.make_room(pad)
        self.queue.setVisible(not pad)
        self.status.setVisible(not pad)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Let the keys on the screen notice presses."""
        super().showEvent(event)
        self.pad.listen(self.windowHandle())

    def _lock_by_hand(self) -> None:
        self.lock()
        self.lock_asked.emit()

    def open_panel(self, panel: Panel) -> None:
        """Ask something before everything else. While locked nothing can be asked.

        Raises:
            RuntimeError: the window is locked.

        """
        if self.locked:
            raise RuntimeError("a locked window asks nothing but who is there")
        self._scrim.open(panel)

    def close_panel(self) -> None:
        """Close the panel that is open, if one is."""
        self._scrim.close_panel()

    @property
    def panel(self) -> Panel | None:
        """The panel that is open; one that is kept behind the lock is not."""
        return None if self.locked else self._scrim.panel

    def take_scan(self, scan: Scan) -> bool:
        """Give a code to the open panel, else to the page in front. False where nobody has a use for it."""
        if self.locked:
            return False
        taker = self.panel if self.panel is not None else self.front
        return taker.take_scan(scan) if isinstance(taker, TakesScans) else False

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Give function keys and Esc to the page in front, then to the window's own uses."""
        key = _KEYS.get(Qt.Key(event.key()))
        if key is None or event.modifiers() or self.locked or self.panel is not None:
            super().keyPressEvent(event)
            return
        page = self.front
        if isinstance(page, TakesKeys) and page.take_key(key):
            return
        if key == "F8":
            self.queue.take_focus()
        elif key == "F12":
            self.silence_asked.emit()
        elif key == "F1":
            self.help_asked.emit()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Say that the window closes."""
        self.closing.emit()
        super().closeEvent(event)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The smallest screen the pages are drawn for."""
        return QSize(1024, 640)
