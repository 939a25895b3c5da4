"""Reading the codes in a picture of a sheet, as a phone or a flat scanner takes it."""

from __future__ import annotations

import zxingcpp
from PySide6.QtCore import QBuffer, QByteArray
from PySide6.QtGui import QImage, QImageReader

_MOST_MIB = 256
"""What a picture may take in memory: a page at 600 dots an inch in colour is half of it."""


def codes_in(picture: bytes) -> list[str]:
    """The texts of all codes in a picture; none where it is no picture, or too large to be one of a sheet."""
    buffer = QBuffer()
    buffer.setData(QByteArray(picture))
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    QImageReader.setAllocationLimit(_MOST_MIB)
    image = reader.read()
    if image.isNull():
        return []
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    wide, high, stride = grey.width(), grey.height(), grey.bytesPerLine()
    lines = bytes(grey.constBits())
    packed = b"".join([lines[row * stride : row * stride + wide] for row in range(high)])
    return [found.text for found in zxingcpp.read_barcodes(memoryview(packed).cast("B", (high, wide)))]
