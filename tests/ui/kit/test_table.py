from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from muniment.ui.kit.chip import Mark
from muniment.ui.kit.handover_table import HandoverTable, Scanned
from muniment.ui.kit.table import DataTable
from muniment.ui.kit.table_model import Cell, Column, FixedRows, Lines, PagedRows, Row, TableModel
from muniment.ui.kit.table_paint import PAD
from muniment.ui.kit.theme import Theme, theme, wear
from muniment.ui.kit.tokens import Scale, State, Tint

COLUMNS = (
    Column("Register no.", Cell.CODE, 108, sort="number"),
    Column("Weapon", Cell.TWO_LINES, 120, grow=1),
    Column("State", Cell.CHIP, 140, sort="state"),
    Column("Seen", Cell.NUMBER, 100),
)


def rows(first: int, wanted: int) -> list[Row]:
    return [
        (f"W-{n:07d}", Lines("Rifle", f"Rack {n}"), Mark(State.IN_STORE), "2026-11-01")
        for n in range(first, first + wanted)
    ]


def opened(qtbot: QtBot, count: int) -> DataTable:
    table = DataTable(COLUMNS, PagedRows(count, rows), name="Register")
    qtbot.addWidget(table)
    table.resize(800, 400)
    table.show()
    table.setFocus()
    QApplication.processEvents()
    return table


def test_the_model_keeps_every_promise_of_a_model(qapp: QApplication) -> None:
    model = TableModel(COLUMNS, FixedRows(rows(0, 5)))
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.put(FixedRows(rows(0, 9)))
    model.put(FixedRows())
    assert tester.model() is model
    assert model.rowCount() == 0


def test_cells_are_read_aloud(qapp: QApplication) -> None:
    model = TableModel(COLUMNS, FixedRows(rows(0, 2)))
    read = [model.data(model.index(1, n), Qt.ItemDataRole.AccessibleTextRole) for n in range(4)]
    assert read == ["W-0000001", "Rifle, Rack 1", "In store", "2026-11-01"]


def test_a_million_rows_ask_for_what_the_window_shows(qtbot: QtBot) -> None:
    asked: list[int] = []

    def counted(first: int, wanted: int) -> list[Row]:
        asked.append(wanted)
        return rows(first, wanted)

    table = DataTable(COLUMNS, PagedRows(1_000_000, counted), name="Register")
    qtbot.addWidget(table)
    table.resize(800, 400)
    table.show()
    QApplication.processEvents()
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_End)
    QApplication.processEvents()
    table.grab()
    assert table.chosen == 999_999
    assert sum(asked) <= 4 * 256


def test_a_new_size_of_type_takes_a_moment_for_a_million_rows(qtbot: QtBot) -> None:
    table = opened(qtbot, 1_000_000)
    table.choose(700_000)
    began = time.monotonic()
    wear(Theme(scale=Scale.GLOVE))
    assert time.monotonic() - began < 5
    assert table.rowHeight(0) == 64
    assert table.chosen == 700_000


def test_fewer_rows_after_standing_at_the_end(qtbot: QtBot) -> None:
    table = opened(qtbot, 1_000_000)
    table.choose(999_999)
    table.put(PagedRows(124_000, rows), keep=True)
    assert table.chosen == -1
    table.choose(5)
    table.put(PagedRows(10, rows), keep=True)
    assert table.chosen == 5


def test_rows_that_have_gone_meanwhile_are_blank(qtbot: QtBot) -> None:
    table = DataTable(COLUMNS, PagedRows(300, lambda first, wanted: rows(first, wanted)[:2]))
    qtbot.addWidget(table)
    table.resize(800, 400)
    table.show()
    assert not table.grab().isNull()


def test_the_cache_keeps_only_so_many_pages() -> None:
    asked: list[int] = []

    def counted(first: int, wanted: int) -> list[Row]:
        asked.append(first)
        return rows(first, wanted)

    source = PagedRows(100, counted, page=10, kept=2)
    for number in (0, 5, 15, 25, 29, 0):
        assert source.row(number)[0] == f"W-{number:07d}"
    assert asked == [0, 10, 20, 0]


def test_enter_opens_the_row_stood_on(qtbot: QtBot) -> None:
    table = opened(qtbot, 10)
    assert table.chosen == 0
    QTest.keyClick(table, Qt.Key.Key_Down)
    with qtbot.waitSignal(table.row_opened, timeout=500) as opened_row:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened_row.args == [1]


def test_a_title_asks_for_another_order_and_then_for_the_reverse(qtbot: QtBot) -> None:
    table = opened(qtbot, 10)
    asked: list[tuple[str, bool]] = []
    table.order_asked.connect(lambda sort, descending: asked.append((sort, descending)))
    header = table.horizontalHeader()
    for section in (0, 0, 1, 2):
        x = header.sectionViewportPosition(section) + 20
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, 10))
    assert asked == [("number", False), ("number", True), ("state", False)]


@pytest.mark.parametrize("width", [420, 800, 1600])
def test_columns_fill_the_width_and_no_more(qtbot: QtBot, width: int) -> None:
    table = opened(qtbot, 3)
    table.resize(width, 300)
    QApplication.processEvents()
    used = sum(table.columnWidth(n) for n in range(4))
    assert 0 <= table.viewport().width() - used <= 8


@pytest.mark.parametrize("tint", Tint)
def test_cells_paint_in_every_theme_and_direction(qtbot: QtBot, tint: Tint) -> None:
    for mirrored in (False, True):
        wear(Theme(tint), mirrored=mirrored)
        table = opened(qtbot, 20)
        table.put(PagedRows(20, rows), hit="w-00")
        assert not table.grab().isNull()


def test_the_number_of_the_two_hundredth_scan_is_whole(qtbot: QtBot) -> None:
    table = HandoverTable()
    qtbot.addWidget(table)
    table.show_scans([Scanned("Rifle", "Rack 1", f"ZZ{n}", State.ACCEPTED) for n in range(200)], stand_on=199)
    table.resize(492, 400)
    table.show()
    digits = QFontMetrics(theme().font(14, 500)).horizontalAdvance("200")
    assert digits + 2 * PAD <= table.table.columnWidth(0)


def test_the_hand_over_lists_scans_in_order_and_stands_on_the_refused(qtbot: QtBot) -> None:
    table = HandoverTable()
    qtbot.addWidget(table)
    table.show_scans(
        [Scanned("Rifle", "Rack 1", f"ZZ{n}", state) for n, state in enumerate((State.ACCEPTED, State.REFUSED))],
        "1 accepted",
        stand_on=1,
    )
    model = table.table.model()
    assert model is not None
    assert [model.data(model.index(n, 3)) for n in range(2)] == ["Accepted", "Refused"]
    assert table.table.chosen == 1
