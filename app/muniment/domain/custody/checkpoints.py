"""Checkpoints: what a workstation signs after each act, and what outsiders keep.

Source: C2SP, tlog-checkpoint.
"""

from __future__ import annotations

import base64
import binascii
import re

import msgspec

from muniment.domain.custody.notes import NoNote

_SIZE = re.compile("0|[1-9][0-9]{0,15}", re.ASCII)


class Checkpoint(msgspec.Struct, frozen=True):
    """The state of a log: its name, how many records it holds, the root of the tree over them."""

    origin: str
    size: int
    root: bytes

    @property
    def root_text(self) -> str:
        """The root in base 64."""
        return base64.b64encode(self.root).decode()

    def text(self) -> str:
        """The text that is signed."""
        return f"{self.origin}\n{self.size}\n{self.root_text}\n"


def read_checkpoint(text: str) -> Checkpoint:
    """What the text of a note says of a log.

    Raises:
        NoNote: it is no checkpoint; or it has further lines, which this program never writes.

    """
    lines = text.split("\n")
    if len(lines) != 4 or lines[3]:
        raise NoNote("not three lines")
    origin, size, root = lines[:3]
    if not origin or not _SIZE.fullmatch(size):
        raise NoNote("no name of a log, or no size")
    try:
        hashed = base64.b64decode(root, validate=True)
    except binascii.Error as error:
        raise NoNote("a root that is not in base 64") from error
    if len(hashed) != 32 or base64.b64encode(hashed).decode() != root:
        raise NoNote("a root that is not 32 bytes")
    return Checkpoint(origin, int(size), hashed)
