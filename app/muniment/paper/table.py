"""Tables of any length: rows stream past, only how high each one is gets remembered."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPen

from muniment.domain.basics.isolate import bare
from muniment.domain.basics.text import Text, say
from muniment.paper.blocks import GAP
from muniment.paper.faces import Face, Style, style
from muniment.paper.lettering import CUT, LTR, RTL, At, Run, break_lines, draw_line, own_direction, said_direction
from muniment.paper.sheet import mm, pt
from muniment.paper.walk import BLACK, HAIR, QUIET, SHADE, Walk
from muniment.paper.writing import written
from muniment.reports.document import Cell, Code, Column, Ending, Holds, Row, Table, Words

_POINTS = 8.5
_MOST = 12
_MOST_BENEATH = 36
_PAD_X = pt(3)
_PAD_Y = pt(2.5)
_PEN_ROW = mm(9)

NOTHING_FOLLOWS = say("Nothing follows")
RULED_OFF = say("Ruled off: no entry below this line counts")


class RowsChanged(RuntimeError):  # noqa: N818 - says what happened
    """The second walk over the rows of a table gave other rows than the first."""


class TableRun:
    """Draws one table of one document. Walked without a painter first, it remembers the height of every row."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._lines = array("B")
        self._beneath = array("B")
        self._counted = False
        self._segment_top = 0.0
        self._gaps: list[tuple[float, float]] = []
        self._rules: list[QLineF] = []
        self._ats = [_at(column) for column in table.columns]

    def lead(self, walk: Walk) -> float:
        """Titles, two lines of a row, and what may close the table: what must fit under a heading."""
        high = self._titles_height(walk) + self._ending_height()
        return high + max(2 * style(Face.PLAIN, _POINTS).line + 2 * _PAD_Y, self._row_height(1))

    def put(self, walk: Walk, tail: float) -> None:
        """Draw the table from the cursor on. `tail` is the room that what follows it wants on the last page."""
        walk.make_room(self.lead(walk))
        edges = self._edges(walk)
        self._titles(walk)
        plain = style(Face.PLAIN, _POINTS)
        count = 0
        for given, last in _told_the_last(self._table.rows):
            row, beneath = (given.cells, given.beneath) if isinstance(given, Row) else (given, ())
            if not self._counted:
                self._lines.append(self._measure(self._runs(walk, row, plain), edges))
                self._beneath.append(len(_lines_beneath(walk, beneath, self._table)))
            elif count >= len(self._lines):
                raise RowsChanged(f"more than {count} rows")
            lines, under = self._lines[count], self._beneath[count]
            closing = self._ending_height() if last and not self._table.open_lines else 0.0
            self._begin_row(walk, self._row_height(lines) + _height_beneath(under) + closing)
            if walk.painter:  # asked after the page was turned: of many pages only the last may be drawn
                self._draw_row(walk, self._runs(walk, row, plain), edges, lines)
            walk.y += self._row_height(lines)
            if under:
                self._put_beneath(walk, beneath, under)
            self._under_row(walk)
            count += 1
        if self._counted and count != len(self._lines):
            raise RowsChanged(f"{count} rows, {len(self._lines)} before")
        self._counted = True
        for number in range(1, self._table.open_lines + 1):
            closing = self._ending_height() if number == self._table.open_lines else 0.0
            self._begin_row(walk, _PEN_ROW + closing)
            walk.y += _PEN_ROW
            self._under_row(walk)
        self._close(walk)
        self._end(walk, tail)
        walk.y += GAP

    def _begin_row(self, walk: Walk, height: float) -> None:
        if height > walk.room:
            self._close(walk)
            walk.turn_page()
            self._titles(walk)

    def _row_height(self, lines: int) -> float:
        high = lines * style(Face.PLAIN, _POINTS).line + 2 * _PAD_Y
        return max(high, _PEN_ROW) if self._table.pen_height else high

    def _edges(self, walk: Walk) -> list[tuple[float, float]]:
        """Left edge and width of the room for letters in each column."""
        total = sum(column.weight for column in self._table.columns)
        offset = 0.0
        found: list[tuple[float, float]] = []
        for column in self._table.columns:
            width = walk.width * column.weight / total
            found.append((walk.mirrored(offset, width) + _PAD_X, width - 2 * _PAD_X))
            offset += width
        return found

    def _runs(self, walk: Walk, row: tuple[Cell, ...], plain: Style) -> list[Run]:
        if len(row) != len(self._table.columns):
            raise ValueError(f"{len(row)} cells in a table of {len(self._table.columns)} columns")
        runs: list[Run] = []
        code = style(Face.CODE, _POINTS)
        for cell in row:
            if isinstance(cell, Code):
                runs.append(Run(bare(cell.value), code, LTR, code=True))
            elif isinstance(cell, Text):
                said = walk.read(cell)
                runs.append(Run(said, plain, said_direction(said, walk.direction)))
            elif isinstance(cell, Words):
                text = bare(cell.value)
                runs.append(Run(text, plain, LTR if text.isascii() else own_direction(text, walk.direction)))
            else:
                runs.append(Run(written(cell), plain, LTR))
        return runs

    def _measure(self, runs: list[Run], edges: list[tuple[float, float]]) -> int:
        most = 1
        for run, (_, width) in zip(runs, edges, strict=True):
            if "\n" in run.text or not run.style.fits(run.text, width):
                most = max(most, len(break_lines(run, width, _MOST)))
        return most

    def _draw_row(self, walk: Walk, runs: list[Run], edges: list[tuple[float, float]], lines: int) -> None:
        painter = walk.painter
        assert painter is not None
        top = walk.y + _PAD_Y
        turned = walk.direction is RTL
        font, direction = None, None
        for run, (left, width), at in zip(runs, edges, self._ats, strict=True):
            text, letters, runs_to, _ = run
            if not text:
                continue
            if lines == 1 and not turned and at is At.START:
                # Nearly every cell of a long table comes this way; the general one costs half as much again.
                if font is not letters.font:
                    font = letters.font
                    painter.setFont(font)
                if direction is not runs_to:
                    direction = runs_to
                    painter.setLayoutDirection(runs_to)
                painter.drawText(QPointF(left, top + letters.ascent), text)
                continue
            font, direction = None, None
            broken = [run.text] if lines == 1 else break_lines(run, width, _MOST)
            for number, line in enumerate(broken):
                draw_line(painter, run, line, left, width, top + number * run.style.line, at, walk.direction)

    def _put_beneath(self, walk: Walk, beneath: tuple[Text | Words, ...], lines: int) -> None:
        """Set the sentences of a row under it, where no line between columns crosses them."""
        if walk.painter:
            left, width = _room_beneath(walk, self._table)
            for nth, (run, line) in enumerate(_lines_beneath(walk, beneath, self._table)):
                top = walk.y + nth * run.style.line
                draw_line(walk.painter, run, line, left, width, top, At.START, walk.direction)
            self._gaps.append((walk.y - _PAD_Y, walk.y + _height_beneath(lines)))
        walk.y += _height_beneath(lines)

    def _under_row(self, walk: Walk) -> None:
        """Remember the line under a row; those of a page are drawn together."""
        if walk.painter:
            self._rules.append(QLineF(walk.left, walk.y, walk.left + walk.width, walk.y))

    def _title_runs(self, walk: Walk) -> list[Run]:
        return [walk.run(column.title, Face.STRONG, 8) for column in self._table.columns]

    def _titles_height(self, walk: Walk) -> float:
        runs = zip(self._title_runs(walk), self._edges(walk), strict=True)
        return max(walk.height(run, width, 3) for run, (_, width) in runs) + 2 * _PAD_Y

    def _titles(self, walk: Walk) -> None:
        self._segment_top = walk.y
        high = self._titles_height(walk)
        if walk.painter:
            box = QRectF(walk.left, walk.y, walk.width, high)
            walk.painter.fillRect(box, SHADE)
            walk.ink(BLACK)
            places = zip(self._title_runs(walk), self._edges(walk), self._table.columns, strict=True)
            for run, (left, width), column in places:
                walk.put(run, left, width, walk.y + _PAD_Y, _at(column), 3)
        walk.rule(walk.left, walk.left + walk.width, walk.y, 1)
        walk.y += high
        walk.rule(walk.left, walk.left + walk.width, walk.y, 0.75)

    def _close(self, walk: Walk) -> None:
        """Draw what separates columns on this page, and the line under the last row."""
        if not walk.painter:
            return
        walk.painter.setPen(QPen(HAIR, pt(0.3)))
        edges = (left - _PAD_X for left, _ in self._edges(walk))
        whole = 0 if walk.direction is RTL else 1  # the first column is never crossed by what stands beneath
        for nth, edge in enumerate(edges):
            if edge > walk.left + 1:
                gaps = [] if nth == whole else self._gaps
                tops, bottoms = [self._segment_top, *(end for _, end in gaps)], [*(top for top, _ in gaps), walk.y]
                self._rules += [QLineF(edge, top, edge, end) for top, end in zip(tops, bottoms, strict=True)]
        walk.painter.drawLines(self._rules)
        self._rules.clear()
        self._gaps.clear()
        walk.rule(walk.left, walk.left + walk.width, walk.y, 0.75)

    def _ending_height(self) -> float:
        """What closes the table, kept on one page with the last row: alone it would close a page that says nothing."""
        return 0.0 if self._table.ending is Ending.OPEN else style(Face.STRONG, _POINTS).line + 2 * _PAD_Y

    def _end(self, walk: Walk, tail: float) -> None:
        if self._table.ending is Ending.OPEN:
            return
        free = walk.room - tail - GAP
        if self._table.ending is Ending.RULED_OFF and free >= 3 * _PEN_ROW:
            _rule_off(walk, free)
            return
        said = walk.run(NOTHING_FOLLOWS, Face.STRONG, _POINTS)
        high = self._ending_height()
        walk.make_room(high)
        walk.put(said, walk.left, walk.width, walk.y + _PAD_Y, At.MIDDLE, 1)
        half = (walk.width - said.style.advance(said.text)) / 2 - mm(3)
        middle = walk.y + high / 2
        for y in (middle - pt(1), middle + pt(1)):
            walk.rule(walk.left, walk.left + half, y)
            walk.rule(walk.left + walk.width - half, walk.left + walk.width, y)
        walk.y += high


def _room_beneath(walk: Walk, table: Table) -> tuple[float, float]:
    """Left edge and width of the room for sentences under a row: all but the first column."""
    first = walk.width * table.columns[0].weight / sum(column.weight for column in table.columns)
    return walk.mirrored(first, walk.width - first) + _PAD_X, walk.width - first - 2 * _PAD_X


def _lines_beneath(walk: Walk, beneath: tuple[Text | Words, ...], table: Table) -> list[tuple[Run, str]]:
    """The sentences under a row, line by line; the last one carries the mark where there are too many for a page."""
    _, width = _room_beneath(walk, table)
    runs = [walk.run(one, Face.PLAIN, _POINTS) for one in beneath]
    found = [(run, line) for run in runs for line in break_lines(run, width, _MOST_BENEATH)]
    if len(found) > _MOST_BENEATH:
        run, line = found[_MOST_BENEATH - 1]
        found[_MOST_BENEATH - 1 :] = [(run, line if line.endswith(CUT) else f"{line} {CUT}")]
    return found


def _height_beneath(lines: int) -> float:
    return lines * style(Face.PLAIN, _POINTS).line + _PAD_Y if lines else 0.0


def _told_the_last(rows: Iterable[tuple[Cell, ...] | Row]) -> Iterator[tuple[tuple[Cell, ...] | Row, bool]]:
    """Rows one after the other, each with whether it is the last."""
    streamed = iter(rows)
    row = next(streamed, None)
    while row is not None:
        following = next(streamed, None)
        yield row, following is None
        row = following


def _at(column: Column) -> At:
    if column.holds is Holds.NUMBER:
        # Digits run left to right everywhere, so the ones stand under the ones only at the right edge.
        return At.RIGHT
    return At.START


def _rule_off(walk: Walk, free: float) -> None:
    """Strike through the empty rest of a page, as a clerk does with a ruler."""
    rows = int(free // _PEN_ROW)
    top, bottom = walk.y, walk.y + rows * _PEN_ROW
    if walk.painter:
        for number in range(1, rows + 1):
            walk.rule(walk.left, walk.left + walk.width, top + number * _PEN_ROW, 0.3, HAIR)
        start, end = walk.left, walk.left + walk.width
        if walk.direction is RTL:
            start, end = end, start
        walk.painter.setPen(QPen(BLACK, pt(1)))
        walk.painter.drawLine(QLineF(end, top, start, bottom))
        walk.rule(walk.left, walk.left + walk.width, bottom, 1)
        said = walk.run(RULED_OFF, Face.STRONG, 9)
        wide = said.style.advance(said.text) + mm(8)
        plate = QRectF(
            walk.left + (walk.width - wide) / 2, (top + bottom) / 2 - said.style.line / 2, wide, said.style.line
        )
        walk.painter.fillRect(plate, Qt.GlobalColor.white)
        walk.ink(QUIET)
        walk.put(said, plate.left(), wide, plate.top(), At.MIDDLE, 1)
        walk.ink(BLACK)
    walk.y = bottom
