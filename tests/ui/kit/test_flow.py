"""What gives way where there is little room: rows go on below, columns that can be spared are left out."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from muniment.ui.kit.flow import Flow
from muniment.ui.kit.layout import holder
from muniment.ui.kit.table import DataTable, spared
from muniment.ui.kit.table_model import Column, FixedRows
from muniment.ui.kit.theme import Theme, wear
from muniment.ui.kit.tokens import Scale


def laid(widths: list[int], room: int) -> list[QWidget]:
    parts: list[QWidget] = []
    for wide in widths:
        part = QLabel("x")
        part.setFixedSize(wide, 20)
        parts.append(part)
    top = holder(Flow(parts))
    top.resize(room, top.heightForWidth(room))
    top.show()
    QApplication.processEvents()
    return [top, *parts]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(20, 300), min_size=1, max_size=9), st.integers(300, 900), st.booleans())
def test_parts_stay_in_their_room_and_apart(qapp: QApplication, widths: list[int], room: int, mirrored: bool) -> None:
    wear(Theme(), mirrored=mirrored)
    top, *parts = laid(widths, room)
    places = [part.geometry() for part in parts]
    assert all(top.rect().contains(place) for place in places)
    assert not any(a.intersects(b) for n, a in enumerate(places) for b in places[:n])
    top.hide()
    wear(Theme(), mirrored=False)


def test_what_is_hidden_takes_no_room(qtbot: QtBot) -> None:
    top, first, second = laid([100, 100], 400)
    qtbot.addWidget(top)
    first.hide()
    QApplication.processEvents()
    assert second.x() == 0


def test_gloved_hands_find_parts_apart(qtbot: QtBot) -> None:
    wear(Theme(scale=Scale.GLOVE))
    top, first, second = laid([100, 100], 400)
    qtbot.addWidget(top)
    assert second.x() - first.geometry().right() > 15


COLUMNS = (Column("Number", width=100), Column("Place", width=100, spare=1), Column("Due", width=100, spare=2))


@pytest.mark.parametrize(("room", "shown"), [(300, [0, 1, 2]), (299, [0, 1]), (199, [0]), (20, [0])])
def test_columns_are_spared_one_after_the_other(room: int, shown: list[int]) -> None:
    assert spared(COLUMNS, room, lambda wide: wide) == shown


def test_a_table_shows_spared_columns_again_where_there_is_room(qtbot: QtBot) -> None:
    table = DataTable(COLUMNS, FixedRows([("1", "A1", "today")]), name="Things")
    qtbot.addWidget(table)
    table.resize(240, 200)
    table.show()
    assert table.isColumnHidden(2)
    table.resize(600, 200)
    QApplication.processEvents()
    assert not table.isColumnHidden(2)
