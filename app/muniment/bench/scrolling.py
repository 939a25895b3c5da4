"""The register page on a register: how long Qt's thread is busy at a stretch while the page is used.

Takes a register, prints one JSON object. Each act is done several times; of each the best time counts, so that what
else the machine does meanwhile is not blamed on the page.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView

from muniment.bootstrap import join_register
from muniment.ports.views import ItemState, Order
from muniment.ui.bridge import Bridge
from muniment.ui.kit.theme import Theme, wear
from muniment.ui.register.presenter import RegisterPresenter
from muniment.ui.register.screen import RegisterScreen
from muniment.ui.shell.window import Window

LAPS = 3
LONGEST_S = 30.0
WHEEL_STEPS = 30
TYPED = "A0012"


class Watched(QApplication):
    """Notes the longest time that one event took."""

    def __init__(self) -> None:
        super().__init__(["muniment"])
        self.longest = 0.0
        self._deep = 0

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        """Deliver an event, by the clock."""
        if self._deep:
            return super().notify(receiver, event)
        self._deep += 1
        began = time.perf_counter()
        try:
            return super().notify(receiver, event)
        finally:
            self._deep -= 1
            self.longest = max(self.longest, (time.perf_counter() - began) * 1000)

    def stretch(self) -> float:
        """The longest since it was asked last, in milliseconds."""
        longest, self.longest = self.longest, 0.0
        return longest


class Trivial(QAbstractTableModel):
    """As many rows and columns, and the same text everywhere."""

    def __init__(self, rows: int, columns: int) -> None:
        super().__init__()
        self._rows, self._columns = rows, columns

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's
        """How many rows."""
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: N802, B008
        """How many columns."""
        return 0 if parent.isValid() else self._columns

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The same text."""
        return "W-0000001" if role == Qt.ItemDataRole.DisplayRole else None


class Use:
    """The page in its window, and hands on it."""

    def __init__(self, app: Watched, where: str) -> None:
        self._app = app
        self.register = join_register(where)
        self.window, self.bridge = Window(self.register.depot, training=""), Bridge()
        presenter = RegisterPresenter(self.register.desk, self.register.views)
        self.page = RegisterScreen(presenter, self.bridge, self.register.depot)
        self.window.add_page("register", "table", "Register", self.page)
        self.window.unlock()
        self.window.show()
        self.settle()

    def settle(self) -> None:
        """Until everything asked for has come and is drawn."""
        for _ in range(4):
            done: list[bool] = []
            self.bridge.do(lambda: True, done.append)
            until(self._app, partial(bool, done))

    def acts(self) -> Iterator[tuple[str, Callable[[], None]]]:
        """What is done with the page, by name."""
        table, page = self.page.table, self.page
        yield "wheel", lambda: wheel(self._app, table)
        for share in (25, 50, 75, 100, 0):
            yield f"jump to {share} %", partial(self._jump, share)
        yield "End", partial(QTest.keyClick, table, Qt.Key.Key_End)
        yield "wheel back", lambda: wheel(self._app, table, 120)
        yield "Home", partial(QTest.keyClick, table, Qt.Key.Key_Home)
        yield "Page Down", partial(QTest.keyClick, table, Qt.Key.Key_PageDown)
        for size in range(1, len(TYPED) + 1):
            yield f"typing {TYPED[:size]}", partial(page.search.write, TYPED[:size])
        yield "emptying the search", lambda: page.search.write("")
        for state in (ItemState.IN_STORE, ItemState.ISSUED, ItemState.OVERDUE, ItemState.ALL):
            yield f"filter {state}", partial(page.list_state, state)
        for order in (Order.SERIAL, Order.PLACE, Order.REGISTER_NO):
            yield f"order by {order}", partial(table.order_asked.emit, order.value, False)

    def _jump(self, share: int) -> None:
        bar = self.page.table.verticalScrollBar()
        bar.setValue(bar.maximum() * share // 100)

    def answer_ms(self) -> float:
        """How long after a text was typed what was found is listed."""
        began = time.perf_counter()
        before = self.page.listing
        self.page.search.write("4567")
        until(self._app, lambda: self.page.listing is not before)
        taken = time.perf_counter() - began
        self.page.search.write("")
        self.settle()
        return taken * 1000

    def close(self) -> None:
        """Let go of everything."""
        self.bridge.stop()
        self.register.close()


def wheel(app: QApplication, table: QTableView, turn: int = -120) -> None:
    """Turn the wheel, a step each time."""
    at = QPointF(table.viewport().rect().center())
    for _ in range(WHEEL_STEPS):
        step = QWheelEvent(
            at,
            table.viewport().mapToGlobal(at),
            QPoint(),
            QPoint(0, turn),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        app.postEvent(table.viewport(), step)
        app.processEvents()


def until(app: QApplication, there: Callable[[], bool]) -> None:
    """Let Qt work until something is so.

    Raises:
        TimeoutError: it took too long.

    """
    began = time.monotonic()
    while not there():
        if time.monotonic() - began > LONGEST_S:
            raise TimeoutError("the page did not answer")
        app.processEvents()
        time.sleep(0.001)
    app.processEvents()


@contextmanager
def used(app: Watched, where: str) -> Iterator[Use]:
    """The page while it is used."""
    use = Use(app, where)
    try:
        yield use
    finally:
        use.close()


def bare_repaint(app: Watched, beside: QTableView) -> float:
    """How long a bare table of this size takes to paint itself, at best, in milliseconds."""
    model = beside.model()
    bare = QTableView()
    bare.setModel(Trivial(model.rowCount(), model.columnCount()))
    bare.verticalHeader().hide()
    bare.verticalHeader().setDefaultSectionSize(beside.rowHeight(0))
    bare.resize(beside.size())
    bare.show()
    app.processEvents()
    best = LONGEST_S * 1000
    for _ in range(20):
        app.stretch()
        bare.viewport().update()
        app.processEvents()
        best = min(best, app.stretch())
    return best


def main(where: str) -> None:
    """Use the page and tell how long Qt's thread was busy."""
    app = Watched()
    wear(Theme())
    found: dict[str, list[float]] = {}
    with used(app, where) as use:
        app.stretch()
        for _ in range(LAPS):
            for name, do in use.acts():
                do_timed = time.perf_counter()
                do()
                done = (time.perf_counter() - do_timed) * 1000
                use.settle()
                # What is done here is done in an event when a hand does it; only the wheel comes as events.
                busy = app.stretch() if "wheel" in name else max(done, app.stretch())
                found.setdefault(name, []).append(busy)
        answer = use.answer_ms()
        bare = bare_repaint(app, use.page.table)
    act = max(found, key=lambda name: min(found[name]))
    worst_act = max(found, key=lambda name: max(found[name]))
    told = {
        "ours": min(found[act]),
        "act": act,
        "worst": max(found[worst_act]),
        "worst_act": worst_act,
        "bare": bare,
        "answer": answer,
        "laps": LAPS,
        "each": {name: round(min(times), 1) for name, times in found.items()},
    }
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
