"""What surrounds the text on every page: whose sheet it is, which page of how many, and whether it is only practice."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPolygonF

from muniment.desk.opening import Realm
from muniment.domain.basics.text import say
from muniment.paper.faces import Face, style
from muniment.paper.lettering import At
from muniment.paper.sheet import Sheet, mm, pt
from muniment.paper.symbols import draw_symbol, symbol
from muniment.paper.walk import BLACK, QUIET, Commission, Walk
from muniment.paper.writing import written_with_zone
from muniment.reports.document import Code, Document, Symbology, Words

TRAINING = say("TRAINING")
_GHOST = QColor(236, 236, 236)
_BAND_MM = 5.0
_EDGE_MM = 6.0
_CODE_MM = 0.36
"""The side of a module of the code at the foot: a phone and a flat scanner at 150 dots an inch read it."""


class Frame:
    """Head and foot of the pages of one document; `pages` is 0 while they are being counted."""

    def __init__(self, commission: Commission, pages: int) -> None:
        self._document: Document = commission.document
        self._sheet = commission.sheet
        self._pages = pages

    def put(self, walk: Walk) -> None:
        """Draw head and foot, and set where the text of this page begins and ends."""
        if walk.painter and self._document.realm is not Realm.LIVE:
            watermark(walk.painter, self._sheet, walk.read(TRAINING))
        walk.ink(BLACK)
        walk.top = self._first_head(walk) if walk.page == 1 else self._later_head(walk)
        walk.bottom = self._foot(walk)

    def _first_head(self, walk: Walk) -> float:
        document = self._document
        y = mm(self._sheet.margin_mm)
        number_width = walk.width * 0.42 if document.number else 0.0
        own = walk.width - number_width
        beside = 0.0
        if document.number:
            run = walk.run(Code(document.number), Face.CODE_STRONG, 15)
            beside = walk.put(run, walk.mirrored(own, number_width), number_width, y, _end(walk), 2)
        left = walk.mirrored(0, own)
        start = y
        walk.ink(QUIET)
        y += walk.put(walk.run(Words(document.depot), Face.STRONG, 9), left, own, y, most=2)
        walk.ink(BLACK)
        y += walk.put(walk.run(document.title, Face.STRONG, 19), left, own, y, most=3)
        if document.subtitle:
            y += walk.put(walk.run(document.subtitle, Face.PLAIN, 10), left, own, y, most=3)
        y = max(y, start + beside) + pt(4)
        walk.rule(walk.left, walk.left + walk.width, y, 1.5)
        return y + pt(9)

    def _later_head(self, walk: Walk) -> float:
        document = self._document
        y = mm(self._sheet.margin_mm)
        third = walk.width / 3
        title = walk.run(document.title, Face.STRONG, 9)
        high = walk.put(title, walk.mirrored(0, 2 * third), 2 * third, y, most=1)
        if document.number:
            number = walk.run(Code(document.number), Face.CODE_STRONG, 9)
            high = max(high, walk.put(number, walk.mirrored(2 * third, third), third, y, _end(walk), 2))
        walk.rule(walk.left, walk.left + walk.width, y + high + pt(2), 0.75)
        return y + high + pt(8)

    def _foot(self, walk: Walk) -> float:
        document = self._document
        runs = [walk.run(fact, Face.PLAIN, 7.5) for fact in document.footer]
        stamp = walk.run(
            say("{depot}, printed {at}", depot=document.depot, at=written_with_zone(document.printed_at)),
            Face.PLAIN,
            7.5,
        )
        page_of = say("Page {page} of {pages}", page=walk.page, pages=self._pages)
        count = walk.run(page_of, Face.STRONG, 9)
        code = symbol(document.footer_code, Symbology.QR) if document.footer_code else None
        for_code = mm(code.across * _CODE_MM) if code else 0.0
        own = walk.width - for_code
        for_stamp = own * 0.72
        for_count = own - for_stamp
        lines = sum(walk.height(run, own, 3) for run in runs)
        lines += max(walk.height(stamp, for_stamp, 2), count.style.line)
        bottom = mm(self._sheet.height_mm - self._sheet.margin_mm)
        top = bottom - max(lines, for_code) - pt(4)
        walk.rule(walk.left, walk.left + walk.width, top, 0.75)
        if code and walk.painter:
            draw_symbol(walk.painter, code, walk.mirrored(0, for_code), bottom - for_code, _CODE_MM, 0)
        y = bottom - lines
        for run in runs:
            y += walk.put(run, walk.mirrored(for_code, own), own, y, most=3)
        walk.put(stamp, walk.mirrored(for_code, for_stamp), for_stamp, y, most=2)
        walk.put(count, walk.mirrored(for_code + for_stamp, for_count), for_count, y, _end(walk), 1)
        return top - pt(6)


def _end(walk: Walk) -> At:
    return At.LEFT if walk.direction is Qt.LayoutDirection.RightToLeft else At.RIGHT


def watermark(painter: QPainter, sheet: Sheet, word: str) -> None:
    """Mark a page as practice: the word across it, and hatched bands that no copier loses."""
    wide, high = mm(sheet.width_mm), mm(sheet.height_mm)
    font = QFont(style(Face.STRONG, 100).font)
    natural = QFontMetricsF(font).horizontalAdvance(word)
    font.setPixelSize(max(1, round(font.pixelSize() * min(1.9, 0.85 * high / natural))))
    metrics = QFontMetricsF(font)
    painter.save()
    painter.translate(wide / 2, high / 2)
    painter.rotate(-55)
    painter.setFont(font)
    painter.setPen(_GHOST)
    painter.drawText(QPointF(-metrics.horizontalAdvance(word) / 2, metrics.capHeight() / 2), word)
    painter.restore()
    edge, band = mm(_EDGE_MM), mm(_BAND_MM)
    for top in (edge, high - edge - band):
        _hatch(painter, QRectF(edge, top, wide - 2 * edge, band), word)


def _hatch(painter: QPainter, box: QRectF, word: str) -> None:
    painter.save()
    painter.setClipRect(box)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(BLACK)
    step = mm(4)
    x = box.left() - box.height()
    while x < box.right():
        slant = box.height()
        painter.drawPolygon(
            QPolygonF(
                [
                    QPointF(x, box.bottom()),
                    QPointF(x + step / 2, box.bottom()),
                    QPointF(x + step / 2 + slant, box.top()),
                    QPointF(x + slant, box.top()),
                ]
            )
        )
        x += step
    letters = style(Face.STRONG, 9)
    room = letters.advance(word) + mm(6)
    plate = QRectF(box.center().x() - room / 2, box.top() - pt(1), room, box.height() + pt(2))
    painter.setClipping(False)
    painter.setBrush(Qt.GlobalColor.white)
    painter.drawRect(plate)
    painter.setPen(BLACK)
    painter.setFont(letters.font)
    baseline = box.center().y() + letters.metrics.capHeight() / 2
    painter.drawText(QPointF(plate.left() + mm(3), baseline), word)
    painter.restore()
