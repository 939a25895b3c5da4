"""Lines out of bytes: where one read ends and the next begins. No input or output here."""

from __future__ import annotations

from dataclasses import dataclass

LONGEST = 8192
"""Bytes. The largest QR code holds 7089 digits."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One whole read, without its terminator; never empty."""

    raw: bytes


@dataclass(frozen=True, slots=True)
class Dropped:
    """Bytes that were thrown away because no terminator came in time or in length."""

    length: int
    too_long: bool


class Lines:
    """Cuts a stream of bytes into frames at CR, LF or CR LF, however the stream is split.

    All other bytes are kept as they are, NUL and control characters included. A frame beyond `longest` bytes is
    thrown away up to its terminator and reported once, so memory stays bounded.
    """

    def __init__(self, longest: int = LONGEST) -> None:
        self._longest = longest
        self._kept = bytearray()
        self._lost = 0

    @property
    def pending(self) -> bool:
        """Whether a frame has begun and not ended."""
        return bool(self._kept or self._lost)

    def feed(self, data: bytes) -> list[Frame | Dropped]:
        """Take in what arrived and hand out what is complete, in order."""
        out: list[Frame | Dropped] = []
        for piece in data.replace(b"\n", b"\r").split(b"\r")[:-1]:
            self._add(piece)
            if (ended := self._end()) is not None:
                out.append(ended)
        cut = max(data.rfind(b"\r"), data.rfind(b"\n"))
        self._add(data[cut + 1 :])
        return out

    def flush(self) -> Frame | Dropped | None:
        """End the frame that has begun as if its terminator had come."""
        return self._end()

    def give_up(self) -> Dropped | None:
        """Throw away the frame that has begun, and say so if there was one."""
        length = len(self._kept) + self._lost
        if not length:
            return None
        dropped = Dropped(length, too_long=bool(self._lost))
        self._kept.clear()
        self._lost = 0
        return dropped

    def _add(self, piece: bytes) -> None:
        if self._lost or len(self._kept) + len(piece) > self._longest:
            self._lost += len(self._kept) + len(piece)
            self._kept.clear()
        else:
            self._kept += piece

    def _end(self) -> Frame | Dropped | None:
        if self._lost:
            return self.give_up()
        raw = bytes(self._kept)
        self._kept.clear()
        return Frame(raw) if raw else None
