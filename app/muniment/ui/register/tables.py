"""The two tables of the register: things with a number of their own, and quantities without."""

from __future__ import annotations

from muniment.ports.views import Order
from muniment.ui.kit.table import DataTable
from muniment.ui.kit.table_model import Cell, Column
from muniment.ui.speech import tr


def weapons_table() -> DataTable:
    """Weapons and components, in an order that is asked for by the titles."""
    return DataTable(
        (
            Column(tr("Register no."), Cell.CODE, 108, sort=Order.REGISTER_NO),
            Column(tr("Type"), Cell.STRONG, 150, 6, sort=Order.TYPE),
            Column(tr("Serial"), Cell.CODE, 110, sort=Order.SERIAL),
            Column(tr("Place or holder"), Cell.TEXT, 118, 1, sort=Order.PLACE, spare=1),
            Column(tr("State"), Cell.CHIP, 140),
            Column(tr("Back by"), Cell.NUMBER, 112, sort=Order.DUE, spare=2),
        ),
        name=tr("Register"),
    )


def lines_table() -> DataTable:
    """Quantities of one type and calibre."""
    return DataTable(
        (
            Column(tr("Type"), Cell.STRONG, 200, 2),
            Column(tr("Calibre"), Cell.CODE, 120, 1),
            Column(tr("To identify"), Cell.NUMBER, 110),
            Column(tr("Identified"), Cell.NUMBER, 110, spare=1),
            Column(tr("Lines"), Cell.NUMBER, 80, spare=2),
        ),
        name=tr("Quantities without serials"),
    )
