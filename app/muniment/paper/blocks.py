"""Headings, named facts, notes and codes: how high they are, and how they are drawn.

Every block has `..._height`, what must stay together on a page, and `put_...`, which draws it at the cursor and moves
the cursor on. Without a painter nothing is drawn and the cursor moves all the same.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPen

from muniment.paper.faces import Face
from muniment.paper.lettering import At, Run, break_lines, draw_line
from muniment.paper.sheet import mm, pt
from muniment.paper.symbols import Symbol, bar_mm, draw_symbol, fitting
from muniment.paper.walk import BLACK, HAIR, QUIET, Walk
from muniment.reports.document import Code, CodeBlock, Fields, Heading, Line, Note, Symbology, Weight

GAP = pt(9)
_GUTTER = mm(6)
_PAD = pt(6)
_LEAST_BESIDE = mm(40)
"""The least width for words beside a code."""


def _heading_run(walk: Walk, heading: Heading) -> Run:
    return walk.run(heading.text, Face.STRONG, 13 if heading.level == 1 else 10.5)


def heading_height(walk: Walk, heading: Heading) -> float:
    """A heading with the white above and below it."""
    above = 0.0 if walk.fresh else pt(5)
    return above + walk.height(_heading_run(walk, heading), walk.width, 4) + pt(3)


def put_heading(walk: Walk, heading: Heading) -> None:
    """Draw a heading; whoever calls has seen to the room for what follows it."""
    above = 0.0 if walk.fresh else pt(5)
    high = walk.put(_heading_run(walk, heading), walk.left, walk.width, walk.y + above, most=4)
    walk.y += above + high + pt(3)


def _field_rows(fields: Fields) -> list[tuple[Line, ...]]:
    rows: list[tuple[Line, ...]] = []
    for line in fields.lines:
        if not line.wide and rows and len(rows[-1]) == 1 and not rows[-1][0].wide:
            rows[-1] = (rows[-1][0], line)
        else:
            rows.append((line,))
    return rows


def _field_width(walk: Walk, line: Line) -> float:
    return walk.width if line.wide else (walk.width - _GUTTER) / 2


def _field_row_height(walk: Walk, row: tuple[Line, ...]) -> float:
    return max(
        walk.height(walk.run(line.label, Face.PLAIN, 7.5), _field_width(walk, line), 2)
        + max(walk.height(walk.run(line.value, Face.STRONG, 10.5), _field_width(walk, line)), pt(15))
        for line in row
    ) + pt(4)


def fields_lead(walk: Walk, fields: Fields) -> float:
    """The first row of named facts."""
    rows = _field_rows(fields)
    return _field_row_height(walk, rows[0]) if rows else 0.0


def fields_height(walk: Walk, fields: Fields) -> float:
    """All rows of named facts."""
    return sum(_field_row_height(walk, row) for row in _field_rows(fields)) + GAP


def put_fields(walk: Walk, fields: Fields) -> None:
    """Draw named facts, label above value, a line under each to write on where the value is missing."""
    for row in _field_rows(fields):
        high = _field_row_height(walk, row)
        walk.make_room(high)
        offset = 0.0
        for line in row:
            width = _field_width(walk, line)
            left = walk.mirrored(offset, width)
            walk.ink(QUIET)
            label = walk.put(walk.run(line.label, Face.PLAIN, 7.5), left, width, walk.y, most=2)
            walk.ink(BLACK)
            walk.put(walk.run(line.value, Face.STRONG, 10.5), left, width, walk.y + label)
            walk.rule(left, left + width, walk.y + high - pt(3), 0.4, HAIR)
            offset += width + _GUTTER
        walk.y += high
    walk.y += GAP


def _note_run(walk: Walk, note: Note) -> Run:
    return walk.run(note.says, Face.PLAIN, 8.5 if note.weight is Weight.QUIET else 10)


def _note_width(walk: Walk, note: Note) -> float:
    return walk.width - (2 * _PAD if note.weight is Weight.FRAMED else 0)


def note_height(walk: Walk, note: Note) -> float:
    """A whole note."""
    framing = 2 * _PAD if note.weight is Weight.FRAMED else 0
    return walk.height(_note_run(walk, note), _note_width(walk, note), 10_000) + framing + GAP


def put_note(walk: Walk, note: Note) -> None:
    """Draw a note. A framed one stays whole; a long one without a frame flows over to the next page."""
    run, width = _note_run(walk, note), _note_width(walk, note)
    lines = break_lines(run, width, 10_000)
    framed = note.weight is Weight.FRAMED
    whole = len(lines) * run.style.line + (2 * _PAD if framed else 0)
    if framed or len(lines) <= 3:
        walk.make_room(whole)
    framed = framed and whole <= walk.room
    if framed:
        if walk.painter:
            walk.painter.setPen(QPen(BLACK, pt(1.25)))
            walk.painter.setBrush(Qt.BrushStyle.NoBrush)
            walk.painter.drawRect(QRectF(walk.left, walk.y, walk.width, whole))
        walk.y += _PAD
    walk.ink(QUIET if note.weight is Weight.QUIET else BLACK)
    inset = (walk.width - width) / 2
    for text in lines:
        if run.style.line > walk.room:
            walk.turn_page()
        if walk.painter:
            draw_line(walk.painter, run, text, walk.left + inset, width, walk.y, At.START, walk.direction)
        walk.y += run.style.line
    walk.ink(BLACK)
    walk.y += GAP + (_PAD if framed else 0)


_LINEAR_HIGH_MM = 13.0
_SQUARE_ROOM_MM = 42.0


def _code_symbol(walk: Walk, block: CodeBlock) -> tuple[Symbol, float]:
    """The symbol and the width of its modules in millimetres."""
    room = walk.sheet.width_mm - 2 * walk.sheet.margin_mm
    made = fitting(block.text, block.symbology, room)
    linear = made.symbology is Symbology.CODE128
    return made, bar_mm(made, room if linear else _SQUARE_ROOM_MM)


def code_height(walk: Walk, block: CodeBlock) -> float:
    """A code with its caption; it always stays whole."""
    made, module = _code_symbol(walk, block)
    caption = walk.run(block.caption, Face.STRONG, 9)
    text = walk.run(Code(block.text), Face.CODE, 8)
    beside = _beside(walk, made, module)
    if beside < _LEAST_BESIDE:
        high = walk.height(caption, walk.width, 3) + mm(_LINEAR_HIGH_MM) + walk.height(text, walk.width)
        return high + pt(3) + GAP
    high = mm(_high_mm(made, module))
    return max(high, walk.height(caption, beside, 6) + walk.height(text, beside)) + GAP


def _high_mm(made: Symbol, module: float) -> float:
    return _LINEAR_HIGH_MM if made.symbology is Symbology.CODE128 else made.across * module


def _beside(walk: Walk, made: Symbol, module: float) -> float:
    """The width that a code leaves for words beside it."""
    return walk.width - mm(made.across * module) - _GUTTER


def put_code(walk: Walk, block: CodeBlock) -> None:
    """Draw a code with its words beside it; one that is as wide as the sheet stands between them."""
    high = code_height(walk, block)
    walk.make_room(high)
    made, module = _code_symbol(walk, block)
    caption = walk.run(block.caption, Face.STRONG, 9)
    text = walk.run(Code(block.text), Face.CODE, 8)
    side = mm(made.across * module)
    beside = _beside(walk, made, module)
    if beside < _LEAST_BESIDE:
        y = walk.y + walk.put(caption, walk.left, walk.width, walk.y, most=3)
        if walk.painter:
            draw_symbol(walk.painter, made, walk.mirrored(0, side), y, module, _LINEAR_HIGH_MM)
        walk.put(text, walk.left, walk.width, y + mm(_LINEAR_HIGH_MM) + pt(3))
    else:
        if walk.painter:
            draw_symbol(walk.painter, made, walk.mirrored(0, side), walk.y, module, _high_mm(made, module))
        left = walk.mirrored(side + _GUTTER, beside)
        y = walk.y + walk.put(caption, left, beside, walk.y, most=6)
        walk.put(text, left, beside, y)
    walk.y += high
