"""Pictures made small enough to be shown, away from Qt's thread."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImageReader, QImageWriter

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


def _turned(reader: QImageReader, room: QSize) -> QSize:
    """The room as the picture lies in its file: it is turned only after it was read."""
    rotated = reader.transformation().value & 4
    return room.transposed() if rotated else room
