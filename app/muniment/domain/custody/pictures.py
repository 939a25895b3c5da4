"""Whether a picture is whole and can be shown, by its bytes alone: nothing is decoded here."""

from __future__ import annotations

from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say

MOST_DOTS = 64_000_000
"""Dots a picture may have: more take more memory to show than a desk should give to one picture."""

_PNG_BEGINS = 8
_JPEG_ENDS = b"\xff\xd9"
_NO_LENGTH = {0x01, *range(0xD0, 0xD9)}
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_SCAN = 0xDA


def refuse_broken(content: bytes, media_type: str) -> None:
    """Refuse a picture that is cut off, or too large to be shown; a document passes.

    Raises:
        Refusal: the picture ends too soon, says no size, or has more than `MOST_DOTS` dots.

    """
    if not media_type.startswith("image/"):
        return
    size = _size_of_png(content) if media_type == "image/png" else _size_of_jpeg(content)
    if size is None:
        raise Refusal(
            "file_cut_off",
            say("The picture is damaged, or was cut off when it was copied."),
            do_now=say("Copy it again from the camera, and look at it before you attach it."),
        )
    if size[0] * size[1] > MOST_DOTS:
        raise Refusal(
            "file_too_many_dots",
            say("The picture has {wide} x {tall} dots, too many to be shown.", wide=size[0], tall=size[1]),
            do_now=say("Make the picture smaller. At most {most} million dots are allowed.", most=MOST_DOTS // 10**6),
        )


def _size_of_png(content: bytes) -> tuple[int, int] | None:
    """Width and height, if every part is there up to the one that ends it."""
    at, size = _PNG_BEGINS, None
    while at + 12 <= len(content):
        length, name = int.from_bytes(content[at : at + 4]), content[at + 4 : at + 8]
        if at + 12 + length > len(content):
            return None
        if name == b"IHDR" and length >= 8:
            size = int.from_bytes(content[at + 8 : at + 12]), int.from_bytes(content[at + 12 : at + 16])
        if name == b"IEND":
            return size if size and all(size) else None
        at += 12 + length
    return None


def _size_of_jpeg(content: bytes) -> tuple[int, int] | None:
    """Width and height, if the picture behind all headings has an end; cameras may write more after it."""
    at, size = 2, None
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF or marker in _NO_LENGTH:
            at += 1 if marker == 0xFF else 2
            continue
        length = int.from_bytes(content[at + 2 : at + 4])
        if marker in _FRAMES and length >= 8:
            size = int.from_bytes(content[at + 7 : at + 9]), int.from_bytes(content[at + 5 : at + 7])
        at += 2 + length
        if marker == _SCAN:
            ended = content.find(_JPEG_ENDS, at) > 0
            return size if ended and size and all(size) else None
    return None
