"""The language of printers: what is asked, what is answered, and bytes that are neither."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.paper.printers.ipp import NOT_FOUND, Address, NoAnswer, NotDone, Operation, Tag, reply, request
from muniment.paper.printers.spooler import address_named, condition_of
from muniment.ports.paper import Cause

HEAD = bytes((2, 0)) + struct.pack(">HI", 0, 1)


def attribute(tag: int, name: str, value: bytes) -> bytes:
    return struct.pack(">BH", tag, len(name)) + name.encode() + struct.pack(">H", len(value)) + value


def test_a_question_is_the_bytes_of_the_standard() -> None:
    asked = request(Operation.GET_JOBS, [(Tag.INTEGER, "limit", (500,)), (Tag.KEYWORD, "wanted", ("a", "b"))])
    assert asked[:9] == bytes((2, 0, 0, 0x0A, 0, 0, 0, 1, 1))
    assert asked.endswith(
        attribute(Tag.INTEGER, "limit", b"\x00\x00\x01\xf4")
        + attribute(Tag.KEYWORD, "wanted", b"a")
        + attribute(Tag.KEYWORD, "", b"b")
        + b"\x03"
    )


def test_an_answer_is_read_group_by_group() -> None:
    body = (
        HEAD
        + b"\x01"
        + attribute(Tag.CHARSET, "attributes-charset", b"utf-8")
        + b"\x02"
        + attribute(Tag.INTEGER, "job-id", struct.pack(">i", 12))
        + attribute(Tag.NAME, "job-name", "Beleg Ä".encode())
        + attribute(0x31, "time-at-completed", bytes(11))
        + b"\x02"
        + attribute(Tag.KEYWORD, "reasons", b"media-empty")
        + attribute(Tag.KEYWORD, "", b"paused")
        + attribute(Tag.BOOLEAN, "accepting", b"\x01")
        + b"\x03"
    )
    assert reply(body) == [
        {"job-id": [12], "job-name": ["Beleg Ä"]},
        {"reasons": ["media-empty", "paused"], "accepting": [True]},
    ]


def test_a_no_is_told_with_its_status() -> None:
    with pytest.raises(NotDone) as no:
        reply(bytes((2, 0)) + struct.pack(">HI", NOT_FOUND, 1) + b"\x01\x03")
    assert no.value.status == NOT_FOUND


@given(st.binary(max_size=200))
def test_whatever_comes_back_is_an_answer_or_none(body: bytes) -> None:
    for bytes_ in (body, HEAD + body):
        try:
            reply(bytes_)
        except (NoAnswer, NotDone):
            continue


@pytest.mark.parametrize(
    ("named", "address"),
    [
        ("/run/cups/cups.sock", Address(path="/run/cups/cups.sock")),
        ("127.0.0.1:6310", Address("127.0.0.1", 6310)),
        ("print.example", Address("print.example")),
        ("[::1]:631/version=2.0", Address("::1", 631)),
    ],
)
def test_a_print_system_is_named_as_cups_names_it(named: str, address: Address) -> None:
    assert address_named(named) == address


@pytest.mark.parametrize(
    ("state", "reason", "cause"),
    [
        (3, "media-empty-error", None),  # left over from the last job
        (4, "media-empty-error", Cause.OUT_OF_PAPER),
        (4, "media-low-warning", None),
        (4, "toner-empty-warning", None),
        (4, "offline-report", Cause.GONE),
        (5, "none", Cause.STOPPED),
        (5, "media-jam", Cause.JAMMED),
    ],
)
def test_what_keeps_a_printer_from_printing(state: int, reason: str, cause: Cause | None) -> None:
    assert condition_of({"printer-state": [state], "printer-state-reasons": [reason]}).cause is cause
