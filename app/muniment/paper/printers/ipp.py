"""Questions to a print system in the language of printers.

Only what is needed to print a file and to learn how a printer stands and what became of a job. Qt could do the first,
but holds up the whole program while a print system that hangs does not answer it; here everything has an end.
Answers are read with suspicion: lengths are checked, and what is not understood is passed over.

Source: RFC 8010, section 3 (encoding); RFC 8011, sections 4.2 and 4.3 (operations), 5.3.7 (states of a job).
"""

from __future__ import annotations

import http.client
import socket
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

LIMIT_S = 3.0
SENDING_LIMIT_S = 60.0
MOST_BYTES = 4 << 20

Value = str | int | bool
Group = Mapping[str, Sequence[Value]]
"""The attributes of one printer or job; every one may have several values."""


class Operation(IntEnum):
    """What is asked. The last two are additions of CUPS."""

    PRINT_JOB = 0x0002
    CANCEL_JOB = 0x0008
    GET_JOBS = 0x000A
    GET_PRINTER = 0x000B
    GET_DEFAULT = 0x4001
    GET_PRINTERS = 0x4002


class Tag(IntEnum):
    """How attributes are delimited and what they hold."""

    OPERATION = 0x01
    JOB = 0x02
    END = 0x03
    INTEGER = 0x21
    BOOLEAN = 0x22
    ENUM = 0x23
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    CHARSET = 0x47
    LANGUAGE = 0x48
    MEDIA_TYPE = 0x49


_WHOLE = (Tag.INTEGER, Tag.ENUM)
_DELIMITERS = range(0x10)
_SAID = range(0x41, 0x4A)
_FIRST_ERROR = 0x0400
NOT_FOUND = 0x0406
NOT_POSSIBLE = 0x0404


class NoAnswer(Exception):  # noqa: N818 - says what happened
    """The print system cannot be reached, or what it answers cannot be read."""


class NotDone(Exception):  # noqa: N818 - says what happened
    """The print system answered that it will not; `status` is its code."""

    def __init__(self, status: int) -> None:
        super().__init__(f"status {status:#06x}")
        self.status = status


@dataclass(frozen=True, slots=True)
class Address:
    """Where a print system listens: a host and a port, or a socket in the file system."""

    host: str = "localhost"
    port: int = 631
    path: str = ""


class _LocalConnection(http.client.HTTPConnection):
    def __init__(self, path: str, limit_s: float) -> None:
        super().__init__("localhost", timeout=limit_s)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


Attributes = Sequence[tuple[Tag, str, Sequence[Value]]]


def ask(
    address: Address, operation: Operation, attributes: Attributes, job: Attributes = (), file: bytes = b""
) -> list[Group]:
    """Ask one thing; answers the groups that describe printers or jobs. `job` and `file` are for printing.

    Raises:
        NoAnswer: nobody answers within seconds, or not in this language.
        NotDone: the print system refuses.

    """
    limit_s = SENDING_LIMIT_S if file else LIMIT_S
    made = (
        _LocalConnection(address.path, limit_s)
        if address.path
        else http.client.HTTPConnection(address.host, address.port, timeout=limit_s)
    )
    try:
        made.request("POST", "/", request(operation, attributes, job) + file, {"Content-Type": "application/ipp"})
        answered = made.getresponse()
        body = answered.read(MOST_BYTES)
    except (OSError, http.client.HTTPException) as error:
        raise NoAnswer(str(error)) from error
    finally:
        made.close()
    if answered.status != http.client.OK:
        raise NoAnswer(f"HTTP {answered.status}")
    return reply(body)


def request(operation: Operation, attributes: Attributes, job: Attributes = ()) -> bytes:
    """Encode a request."""
    always = ((Tag.CHARSET, "attributes-charset", ("utf-8",)), (Tag.LANGUAGE, "attributes-natural-language", ("en",)))
    parts = [struct.pack(">BBHIB", 2, 0, operation, 1, Tag.OPERATION), *_encoded((*always, *attributes))]
    if job:
        parts += [bytes((Tag.JOB,)), *_encoded(job)]
    return b"".join((*parts, bytes((Tag.END,))))


def _encoded(attributes: Attributes) -> Iterator[bytes]:
    for tag, name, values in attributes:
        for nth, value in enumerate(values):
            called = name.encode() if nth == 0 else b""
            held = struct.pack(">i", value) if isinstance(value, int) else value.encode()
            yield struct.pack(">BH", tag, len(called)) + called + struct.pack(">H", len(held)) + held


def reply(body: bytes) -> list[Group]:
    """Decode an answer: all groups but the first, which only says who answers.

    Raises:
        NoAnswer: it cannot be read.
        NotDone: it says no.

    """
    try:
        _, _, status, _ = struct.unpack_from(">BBHI", body)
        groups = _groups(body, 8)
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise NoAnswer(str(error)) from error
    if status >= _FIRST_ERROR:
        raise NotDone(status)
    return groups[1:]


def _groups(body: bytes, at: int) -> list[Group]:
    groups: list[dict[str, list[Value]]] = []
    name = ""
    while True:
        tag = body[at]
        at += 1
        if tag == Tag.END:
            return list(groups)
        if tag in _DELIMITERS:
            groups.append({})
            continue
        (length,) = struct.unpack_from(">H", body, at)
        name = _cut(body, at + 2, length).decode() if length else name
        at += 2 + length
        (length,) = struct.unpack_from(">H", body, at)
        raw = _cut(body, at + 2, length)
        at += 2 + length
        value = _value(tag, raw)
        if value is not None and groups:
            groups[-1].setdefault(name, []).append(value)


def _cut(body: bytes, at: int, length: int) -> bytes:
    if at + length > len(body):
        raise IndexError("the answer ends in the middle of a value")
    return body[at : at + length]


def _value(tag: int, raw: bytes) -> Value | None:
    if tag in _WHOLE and len(raw) == 4:
        return int(struct.unpack(">i", raw)[0])
    if tag == Tag.BOOLEAN and len(raw) == 1:
        return raw != b"\0"
    return raw.decode() if tag in _SAID else None
