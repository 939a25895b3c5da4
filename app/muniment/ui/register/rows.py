"""Rows that are fetched by somebody else and arrive later, so that painting never waits for the register."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence

from muniment.ui.kit.table_model import Row

PAGE = 64
"""Rows that are fetched together: a little more than the tallest window shows."""

_KEPT = 64
_ASKED = 4


class ArrivingRows:
    """A `RowSource` whose pages are asked for when a row is looked at and are blank until they arrive.

    `ask` is given the number of a page, and whoever was asked answers with `arrive`. Only the pages asked for last are
    still wanted, so that a long pull at the scroll bar does not leave a queue behind it.
    """

    def __init__(self, count: int, ask: Callable[[int], None]) -> None:
        self._count, self._ask = count, ask
        self._pages: OrderedDict[int, Sequence[Row]] = OrderedDict()
        self._asked: OrderedDict[int, None] = OrderedDict()

    def count(self) -> int:
        """How many rows there are."""
        return self._count

    def row(self, number: int) -> Row:
        """The values of a row; none while its page is on its way."""
        page, line = divmod(number, PAGE)
        rows = self._pages.get(page)
        if rows is not None:
            self._pages.move_to_end(page)
            return rows[line] if line < len(rows) else ()
        if page not in self._asked:
            self._asked[page] = None
            if len(self._asked) > _ASKED:
                self._asked.popitem(last=False)
            self._ask(page)
        return ()

    def wants(self, page: int) -> bool:
        """Whether a page that was asked for is still of use. May be asked from another thread."""
        return page in self._asked

    def arrive(self, page: int, rows: Sequence[Row]) -> None:
        """Take a page in."""
        self._asked.pop(page, None)
        self._pages[page] = rows
        if len(self._pages) > _KEPT:
            self._pages.popitem(last=False)

    def here(self, page: int) -> bool:
        """Whether a page is at hand."""
        return page in self._pages
