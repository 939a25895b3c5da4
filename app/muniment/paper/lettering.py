"""Setting runs of letters: one line or several, from the edge where reading begins, never out of their room."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple
from unicodedata import bidirectional

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QTextLayout, QTextOption

from muniment.domain.basics.isolate import END, LEFT_TO_RIGHT, OWN_DIRECTION, RIGHT_TO_LEFT, reads_right_to_left
from muniment.paper.faces import Style

LTR = Qt.LayoutDirection.LeftToRight
RTL = Qt.LayoutDirection.RightToLeft
CUT = "\u2026"
"""The mark of a text that was cut off."""


class At(Enum):
    """The edge a run leans on. LEFT and RIGHT do not turn with the sheet."""

    START = "start"
    MIDDLE = "middle"
    LEFT = "left"
    RIGHT = "right"


class Run(NamedTuple):
    """Letters in one style and one direction. A code breaks anywhere, so that nothing is put in where it breaks."""

    text: str
    style: Style
    direction: Qt.LayoutDirection
    code: bool = False


def own_direction(text: str, otherwise: Qt.LayoutDirection) -> Qt.LayoutDirection:
    """The direction of words as somebody wrote them; signs without one follow the sheet."""
    if reads_right_to_left(text):
        return RTL
    return LTR if any(letter.isalnum() for letter in text) else otherwise


def said_direction(text: str, sheet: Qt.LayoutDirection) -> Qt.LayoutDirection:
    """The direction of a sentence of the program: that of the sheet, unless it was not translated for it."""
    if sheet is RTL and not any(bidirectional(letter) in ("R", "AL") for letter in text):
        return LTR
    return sheet


def break_lines(run: Run, width: float, most: int) -> list[str]:
    """Break a run over at most `most` lines; the last one carries the mark where something had to be left out."""
    if "\n" not in run.text and run.style.fits(run.text, width):
        return [run.text]
    layout = QTextLayout(run.text.replace("\r\n", "\n").replace("\n", "\u2028"), run.style.font)
    option = QTextOption()
    option.setWrapMode(
        QTextOption.WrapMode.WrapAnywhere if run.code else QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
    )
    option.setTextDirection(run.direction)
    layout.setTextOption(option)
    # Positions count UTF-16 units, which are not letters where a sign lies outside the basic plane.
    wide = layout.text().encode("utf-16-le")
    lines: list[str] = []
    layout.beginLayout()
    while len(lines) < most:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        start = line.textStart()
        if len(lines) == most - 1 and 2 * (start + line.textLength()) < len(wide):
            rest = wide[2 * start :].decode("utf-16-le", "replace").replace("\u2028", " ")
            # Elided against a little less, so that the mark itself is never cut.
            lines.append(_cut(rest, run, width))
            break
        piece = wide[2 * start : 2 * (start + line.textLength())].decode("utf-16-le", "replace")
        lines.append(piece.strip("\u2028") if run.code else piece.strip("\u2028 "))
    layout.endLayout()
    return _reopened(lines) or [""]


def _reopened(lines: list[str]) -> list[str]:
    """Close at the end of a line every isolate begun in it, and begin it anew in the next: lines are drawn singly."""
    if all(line.isascii() for line in lines):
        return lines
    still: list[str] = []
    whole: list[str] = []
    for line in lines:
        begun = "".join(still)
        for letter in line:
            if letter in (LEFT_TO_RIGHT, RIGHT_TO_LEFT, OWN_DIRECTION):
                still.append(letter)
            elif letter == END and still:
                still.pop()
        whole.append(begun + line + END * len(still))
    return whole


def _cut(text: str, run: Run, width: float) -> str:
    """What fits of a text. A code keeps its end, by which one is told from another."""
    side = Qt.TextElideMode.ElideMiddle if run.code else Qt.TextElideMode.ElideRight
    cut = run.style.metrics.elidedText(text, side, width)
    return cut if CUT in cut else cut + CUT


def draw_line(
    painter: QPainter, run: Run, text: str, left: float, width: float, top: float, at: At, sheet: Qt.LayoutDirection
) -> None:
    """Draw one line that `break_lines` gave, in its room."""
    if not text:
        return
    if at is At.START:
        at = At.RIGHT if sheet is RTL else At.LEFT
    x = left
    if at is not At.LEFT:
        free = width - run.style.advance(text)
        x = left + (free if at is At.RIGHT else free / 2)
    painter.setFont(run.style.font)
    painter.setLayoutDirection(run.direction)
    painter.drawText(QPointF(x, top + run.style.ascent), text)


def draw_lines(
    painter: QPainter,
    run: Run,
    lines: list[str],
    left: float,
    width: float,
    top: float,
    at: At,
    sheet: Qt.LayoutDirection,
) -> None:
    """Draw lines below each other."""
    for number, text in enumerate(lines):
        draw_line(painter, run, text, left, width, top + number * run.style.line, at, sheet)
