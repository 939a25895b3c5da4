"""Labels for items and places on sheets of adhesive labels, measured in millimetres."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from muniment.desk.opening import Realm
from muniment.domain.basics.text import Text
from muniment.reports.document import Code, Symbology, Words


@dataclass(frozen=True, slots=True)
class LabelStock:
    """A sheet of A4 with equal labels in its middle; the gaps lie between labels."""

    columns: int
    rows: int
    width_mm: float
    height_mm: float
    gap_x_mm: float = 0
    gap_y_mm: float = 0
    sheet_width_mm: float = 210
    sheet_height_mm: float = 297

    def __post_init__(self) -> None:
        if self.columns < 1 or self.rows < 1 or self.width_mm <= 0 or self.height_mm <= 0:
            raise ValueError("a sheet has labels, and they have a size")
        if self.left_mm < 0 or self.top_mm < 0:
            raise ValueError("the labels do not fit on the sheet")

    @property
    def on_a_sheet(self) -> int:
        """Labels on one sheet."""
        return self.columns * self.rows

    @property
    def left_mm(self) -> float:
        """From the edge of the paper to the first label."""
        return (self.sheet_width_mm - self.columns * self.width_mm - (self.columns - 1) * self.gap_x_mm) / 2

    @property
    def top_mm(self) -> float:
        """From the top of the paper to the first label."""
        return (self.sheet_height_mm - self.rows * self.height_mm - (self.rows - 1) * self.gap_y_mm) / 2

    def place(self, number: int) -> Place:
        """Where a label lies, counted from 0 along the rows: its sheet, its left and upper edge in millimetres."""
        page, on_page = divmod(number, self.on_a_sheet)
        row, column = divmod(on_page, self.columns)
        return Place(
            page,
            self.left_mm + column * (self.width_mm + self.gap_x_mm),
            self.top_mm + row * (self.height_mm + self.gap_y_mm),
        )


class Place(NamedTuple):
    """Where one label lies."""

    page: int
    left_mm: float
    top_mm: float


LARGE = LabelStock(2, 8, 99.1, 33.9, gap_x_mm=2.5)
MIDDLE = LabelStock(3, 7, 63.5, 38.1, gap_x_mm=2.5)
SMALL = LabelStock(4, 10, 45.7, 25.4, gap_x_mm=2.5)
STOCKS = (LARGE, MIDDLE, SMALL)


@dataclass(frozen=True, slots=True)
class Label:
    """A code for the scanner, the same for the eye, and up to two lines that say what it is on."""

    code: str
    lines: tuple[Text | Words | Code, ...] = ()


@dataclass(frozen=True, slots=True)
class LabelSheets:
    """Labels to print. `first` is the first free label of a sheet that was begun, counted from 0.

    `shift_mm` moves everything right and down, to make up for a printer that draws paper askew. Labels of a training
    register say so.
    """

    stock: LabelStock
    labels: Iterable[Label]
    realm: Realm
    symbology: Symbology = Symbology.CODE128
    language: str = "en"
    first: int = 0
    shift_mm: tuple[float, float] = (0.0, 0.0)

    def __post_init__(self) -> None:
        if not 0 <= self.first < self.stock.on_a_sheet:
            raise ValueError("the first free label lies on the sheet")
