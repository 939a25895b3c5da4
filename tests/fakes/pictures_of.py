"""Pictures as files, whole and small, without a program that draws."""

from __future__ import annotations

import struct
import zlib


def png(note: str = "", wide: int = 1, tall: int = 1) -> bytes:
    """A grey PNG of so many dots; `note` makes one file differ from another."""
    heading = struct.pack(">IIBBBBB", wide, tall, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((wide + 7) // 8 + 1) * tall)
    parts = ((b"IHDR", heading), (b"tEXt", b"note\0" + note.encode("latin-1")), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_part(name, content) for name, content in parts)


def jpeg(wide: int = 8, tall: int = 8) -> bytes:
    """The frame of a JPEG: what says its size, and its end. Nothing that could be drawn."""
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, tall, wide, 1) + b"\x01\x11\x00"
    scan = b"\xff\xda" + struct.pack(">HB", 8, 1) + b"\x01\x00\x00\x3f\x00" + b"\x00" * 20
    return b"\xff\xd8\xff\xe0\x00\x04ab" + frame + scan + b"\xff\xd9"


def _part(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
