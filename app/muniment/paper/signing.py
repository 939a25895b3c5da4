"""Places to sign, and cards to cut out: what a person takes a pen or a knife to."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPen

from muniment.domain.basics.text import Text, say
from muniment.paper.blocks import GAP
from muniment.paper.faces import Face
from muniment.paper.lettering import At
from muniment.paper.sheet import mm, pt
from muniment.paper.symbols import bar_mm, draw_symbol, fitting
from muniment.paper.walk import BLACK, HAIR, QUIET, Walk
from muniment.reports.document import Card, Cards, Code, Signatures, Slot, Symbology, Words

_GUTTER = mm(8)
PEN_SPACE = mm(14)
"""White above a signature line."""

_NAMED = pt(21)
_BETWEEN = mm(2)
_MOST = 3
"""Lines that a name or a rank may take."""

Named = tuple[Text, Words | Code, float]
"""What is written under a signature line: its label, its value, its share of the width."""


def _named_rows(slot: Slot) -> tuple[tuple[Named, ...], ...]:
    """A name has the whole width: one that is cut short on a receipt names nobody."""
    return (
        ((say("Name"), Words(slot.name), 1.0),),
        ((say("Rank"), Words(slot.rank), 0.6), (say("Service number"), Code(slot.service_no), 0.4)),
    )


def _row_height(walk: Walk, row: tuple[Named, ...], width: float) -> float:
    values = (walk.height(walk.run(value, Face.PLAIN, 10), width * share - _BETWEEN, _MOST) for _, value, share in row)
    return max(_NAMED, max(values) + pt(9))


def _slot_width(walk: Walk, block: Signatures) -> float:
    return walk.width if block.beside == 1 else (walk.width - _GUTTER) / 2


def _slot_height(walk: Walk, block: Signatures) -> float:
    width = _slot_width(walk, block)
    role = max((walk.height(walk.run(slot.role, Face.STRONG, 9.5), width, 3) for slot in block.slots), default=0.0)
    names = max((sum(_row_height(walk, row, width) for row in _named_rows(slot)) for slot in block.slots), default=0.0)
    return role + PEN_SPACE + pt(11) + names + pt(7)


def _declared_height(walk: Walk, block: Signatures) -> float:
    if block.declares is None:
        return 0.0
    return walk.height(walk.run(block.declares, Face.PLAIN, 9.5), walk.width) + pt(6)


def signatures_height(walk: Walk, block: Signatures) -> float:
    """All places to sign with their heading: they are kept on one page if it is high enough."""
    rows = -(-len(block.slots) // block.beside)
    heading = walk.height(walk.run(block.heading, Face.STRONG, 10.5), walk.width, 4) + pt(8)
    return heading + _declared_height(walk, block) + rows * _slot_height(walk, block)


def put_signatures(walk: Walk, block: Signatures) -> None:
    """Draw places to sign; the first of them never stands on another page than the heading."""
    walk.make_room(signatures_height(walk, block))
    high = walk.put(walk.run(block.heading, Face.STRONG, 10.5), walk.left, walk.width, walk.y, most=4)
    walk.rule(walk.left, walk.left + walk.width, walk.y + high + pt(1), 0.75)
    walk.y += high + pt(8)
    if block.declares is not None:
        walk.put(walk.run(block.declares, Face.PLAIN, 9.5), walk.left, walk.width, walk.y)
        walk.y += _declared_height(walk, block)
    width, tall = _slot_width(walk, block), _slot_height(walk, block)
    for first in range(0, len(block.slots), block.beside):
        walk.make_room(tall)
        for place, slot in enumerate(block.slots[first : first + block.beside]):
            _put_slot(walk, slot, walk.mirrored(place * (width + _GUTTER), width), width)
        walk.y += tall


def _put_slot(walk: Walk, slot: Slot, left: float, width: float) -> None:
    y = walk.y + walk.put(walk.run(slot.role, Face.STRONG, 9.5), left, width, walk.y, most=3)
    y += PEN_SPACE
    walk.rule(left, left + width, y, 1)
    _caption(walk, say("Signature"), left, width, y, 0, width / 2)
    _caption(walk, say("Date and time"), left, width, y, width * 0.62, width * 0.38)
    y += pt(11)
    for row in _named_rows(slot):
        offset = 0.0
        for label, value, share in row:
            _named(walk, label, value, left, width, y, offset, width * share - _BETWEEN)
            offset += width * share
        y += _row_height(walk, row, width)


def _inside(walk: Walk, left: float, width: float, offset: float, wide: float) -> float:
    return left + (width - offset - wide if walk.direction is Qt.LayoutDirection.RightToLeft else offset)


def _caption(walk: Walk, text: Text, left: float, width: float, y: float, offset: float, wide: float) -> None:
    walk.ink(QUIET)
    walk.put(walk.run(text, Face.PLAIN, 7), _inside(walk, left, width, offset, wide), wide, y + pt(1), most=1)
    walk.ink(BLACK)


def _named(
    walk: Walk, label: Text, value: Words | Code, left: float, width: float, y: float, offset: float, wide: float
) -> None:
    """Draw a small label, then the value, or a line to write it on."""
    at = _inside(walk, left, width, offset, wide)
    walk.ink(QUIET)
    head = walk.put(walk.run(label, Face.PLAIN, 7), at, wide, y, most=1)
    walk.ink(BLACK)
    if value.value:
        walk.put(walk.run(value, Face.PLAIN, 10), at, wide, y + head - pt(2), most=_MOST)
    else:
        walk.rule(at, at + wide, y + _NAMED - pt(2), 0.4)


_CARD_WIDE, _CARD_HIGH = mm(85.6), mm(40)
"""As wide as an identity card, and so high that a card for each command stands on one sheet of either size."""
_CARD_BETWEEN = mm(3)


def cards_lead(cards: Cards) -> float:
    """One row of cards."""
    return _CARD_HIGH if cards.cards else 0.0


def put_cards(walk: Walk, block: Cards) -> None:
    """Draw cards as wide as an identity card, two beside each other; none is cut by the end of a page."""
    offset = max(0.0, (walk.width - 2 * _CARD_WIDE - _CARD_BETWEEN) / 2)
    for first in range(0, len(block.cards), 2):
        walk.make_room(_CARD_HIGH)
        for place, card in enumerate(block.cards[first : first + 2]):
            _put_card(walk, card, walk.mirrored(offset + place * (_CARD_WIDE + _CARD_BETWEEN), _CARD_WIDE))
        walk.y += _CARD_HIGH + _CARD_BETWEEN
    walk.y += GAP


def _put_card(walk: Walk, card: Card, left: float) -> None:
    if walk.painter is None:
        return
    walk.painter.setPen(QPen(HAIR, pt(0.75), Qt.PenStyle.DashLine))
    walk.painter.setBrush(Qt.BrushStyle.NoBrush)
    walk.painter.drawRect(QRectF(left, walk.y, _CARD_WIDE, _CARD_HIGH))
    walk.ink(BLACK)
    inner_left, inner = left + mm(4), _CARD_WIDE - mm(8)
    word = walk.run(card.word, Face.STRONG, 24)
    while word.style.advance(word.text) > inner and word.style.line > pt(14):
        word = walk.run(card.word, Face.STRONG, word.style.line / pt(1.45) * 0.9)
    y = walk.y + mm(2)
    walk.put(word, inner_left, inner, y, At.MIDDLE, 1)
    walk.ink(QUIET)
    walk.put(walk.run(card.does, Face.PLAIN, 9), inner_left, inner, y + pt(33), At.MIDDLE, 2)
    walk.ink(BLACK)
    made = fitting(card.code, Symbology.CODE128, 77.6)
    module = bar_mm(made, 77.6 if made.symbology is Symbology.CODE128 else 22)
    side = mm(made.across * module)
    draw_symbol(walk.painter, made, left + (_CARD_WIDE - side) / 2, walk.y + mm(20.5), module, 13)
    walk.put(walk.run(Code(card.code), Face.CODE, 8), inner_left, inner, walk.y + mm(34.5), At.MIDDLE, 1)
    walk.painter.setPen(QPen(BLACK, pt(0.5)))
    for x in (left, left + _CARD_WIDE):
        for y in (walk.y, walk.y + _CARD_HIGH):
            walk.painter.drawLine(QLineF(x - mm(1), y, x + mm(1), y))
            walk.painter.drawLine(QLineF(x, y - mm(1), x, y + mm(1)))
