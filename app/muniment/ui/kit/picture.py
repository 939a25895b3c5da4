"""Pictures made small enough to be shown, away from Qt's thread."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageReader, QImageWriter, QPainter, QPixmap

from muniment.ui.kit.theme import theme

_MOST_MB = 256
"""Memory that one decoded picture may take, so that a hostile file cannot take it all."""


def shrink(content: bytes, wide: int, tall: int) -> bytes:
    """A picture as a PNG that fits into so many pixels, turned as the camera was held; nothing for what is none.

    May be called on any thread. A picture that is smaller keeps its size.
    """
    if not content:
        return b""
    source = QBuffer()
    source.setData(QByteArray(content))
    source.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(source)
    QImageReader.setAllocationLimit(_MOST_MB)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid():
        fitting = size.scaled(_turned(reader, QSize(wide, tall)), Qt.AspectRatioMode.KeepAspectRatio)
        if fitting.width() < size.width():
            reader.setScaledSize(fitting)
    image = reader.read()
    if image.isNull():
        return b""
    written = QBuffer()
    written.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(written, QByteArray(b"PNG")).write(image)
    return bytes(written.data().data())


def drawn(png: bytes, room: QSize) -> QPixmap | None:
    """A picture as the theme shows it, no larger than the room; nothing for what is none. On Qt's thread only.

    At night a picture has the one hue of everything else, and no more light.
    """
    image = QImage.fromData(png) if png else QImage()
    if image.isNull():
        return None
    smaller = room.boundedTo(image.size())
    image = image.scaled(smaller, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
    if theme().night:
        image = image.convertToFormat(QImage.Format.Format_Grayscale8).convertToFormat(QImage.Format.Format_RGB32)
        painter = QPainter(image)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.fillRect(image.rect(), QColor(theme().palette.edge))
        painter.end()
    return QPixmap.fromImage(image)


def _turned(reader: QImageReader, room: QSize) -> QSize:
    """The room as the picture lies in its file: it is turned only after it was read."""
    rotated = reader.transformation().value & 4
    return room.transposed() if rotated else room
