"""Photographs and documents: kept by their hash, told apart by their first bytes, read back as they were."""

from __future__ import annotations

import contextlib
import hashlib
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from fakes.depot import Depot, depot_at, depot_in_memory
from fakes.outside import StoppedClock, outside
from fakes.pictures_of import jpeg, png
from fakes.workshop import refused, stands
from muniment.desk.attachments import attach_file, files_of, read_file
from muniment.desk.correcting import take_back_act
from muniment.desk.hatch import Wanted, issue_item
from muniment.domain.basics.refusal import Refusal
from muniment.domain.custody.attachments import LARGEST_BYTES, MOST, Attachment, FileKind, View, media_type_of
from muniment.domain.custody.pictures import refuse_broken

PNG = png()
JPEG = jpeg()
PDF = b"%PDF-1.7\n"
PHOTOGRAPH = Attachment(FileKind.PHOTOGRAPH, View.LEFT)


@pytest.fixture
def depot() -> Depot:
    return depot_in_memory()


def test_a_photograph_is_kept_under_its_hash_and_read_back(depot: Depot) -> None:
    taken = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
    said = Attachment(FileKind.MARK, View.DETAIL, taken, "proof mark")
    attach_file(depot.desk, depot.by_officer(), depot.rifle, said, PNG + b"pixels")
    with depot.desk.look() as work:
        (listed,) = files_of(work, depot.rifle)
        by_number = read_file(work, depot.rifle, "1")
        by_hash = read_file(work, depot.rifle, listed.sha256[:8])
    assert listed.sha256 == hashlib.sha256(PNG + b"pixels").hexdigest()
    assert (listed.media_type, listed.length, listed.view, listed.title) == (
        "image/png",
        len(PNG) + 6,
        "detail",
        "proof mark",
    )
    assert listed.taken_at == "2026-11-23T14:00:00Z"
    assert by_number == by_hash == (listed, PNG + b"pixels")
    assert depot.breaks() == ()


def test_documents_belong_to_persons_places_and_receipts_too(depot: Depot) -> None:
    receipt = issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier)).receipt
    assert receipt is not None
    for record in (depot.soldier, depot.rack, receipt):
        attach_file(depot.desk, depot.by_officer(), record, Attachment(FileKind.RECEIPT), PDF + b"signed")
    with depot.desk.look() as work:
        assert [len(files_of(work, record)) for record in (depot.soldier, depot.rack, receipt)] == [1, 1, 1]
    assert depot.breaks() == ()


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "file_empty"),
        (b"MZ\x90\x00", "file_not_accepted"),
        (b"GIF89a", "file_not_accepted"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "file_not_accepted"),
        (b" %PDF-1.7", "file_not_accepted"),
        (PNG + bytes(LARGEST_BYTES), "file_too_large"),
        (PNG[:-1], "file_cut_off"),
        (PNG[: len(PNG) // 2], "file_cut_off"),
        (jpeg()[:-2], "file_cut_off"),
        (jpeg()[:12], "file_cut_off"),
        (png(wide=0), "file_cut_off"),
        (png(wide=40_000, tall=40_000), "file_too_many_dots"),
        (jpeg(wide=40_000, tall=40_000), "file_too_many_dots"),
    ],
)
def test_what_is_no_picture_and_no_document_is_refused(depot: Depot, content: bytes, rule: str) -> None:
    assert refused(depot, attach_file, depot.rifle, PHOTOGRAPH, content) == rule
    assert "files" not in stands(depot, depot.rifle).fields


@pytest.mark.parametrize("content", [PNG, PNG + b"what a camera wrote behind it", jpeg(), jpeg() + b"\0" * 9])
def test_whole_pictures_are_taken_also_with_something_behind_their_end(depot: Depot, content: bytes) -> None:
    attach_file(depot.desk, depot.by_officer(), depot.rifle, PHOTOGRAPH, content)
    assert "files" in stands(depot, depot.rifle).fields


@given(content=st.binary(max_size=200), media_type=st.sampled_from(["image/png", "image/jpeg"]))
def test_no_bytes_behind_a_right_beginning_bring_the_rule_down(content: bytes, media_type: str) -> None:
    with contextlib.suppress(Refusal):
        refuse_broken((PNG[:8] if media_type == "image/png" else JPEG) + content, media_type)


def test_ten_mebibytes_are_just_allowed() -> None:
    assert media_type_of(JPEG + bytes(LARGEST_BYTES - len(JPEG))) == "image/jpeg"


@given(st.binary(min_size=1, max_size=64))
def test_no_other_bytes_pass(content: bytes) -> None:
    known = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"%PDF-": "application/pdf"}
    expected = [media for beginning, media in known.items() if content[: len(beginning)] == beginning]
    if expected:
        assert media_type_of(content) == expected[0]
    else:
        with pytest.raises(Refusal):
            media_type_of(content)


def test_one_file_is_attached_to_one_record_once(depot: Depot) -> None:
    attach_file(depot.desk, depot.by_officer(), depot.rifle, PHOTOGRAPH, JPEG)
    assert refused(depot, attach_file, depot.rifle, PHOTOGRAPH, JPEG) == "already_attached"
    attach_file(depot.desk, depot.by_officer(), depot.pistol, PHOTOGRAPH, JPEG)
    assert depot.breaks() == ()


def test_a_full_record_takes_no_more_and_its_last_fact_still_fits(depot: Depot) -> None:
    title = "\N{CJK UNIFIED IDEOGRAPH-9B31}" * 60
    said = Attachment(FileKind.CERTIFICATE, View.BOTTOM, depot.clock.at, title)
    for nth in range(MOST):
        attach_file(depot.desk, depot.by_officer(), depot.rifle, said, JPEG + bytes([nth]))
    assert refused(depot, attach_file, depot.rifle, said, JPEG + b"more") == "too_many_files"
    assert depot.breaks() == ()


@pytest.mark.parametrize(
    ("said", "content", "rule"),
    [
        (Attachment(FileKind.REPORT, View.LEFT), PDF, "view_of_document"),
        (Attachment(FileKind.PHOTOGRAPH, title="x" * 61), PNG, "text_too_long"),
        (Attachment(FileKind.PHOTOGRAPH, title=" left"), PNG, "text_outer_blank"),
        (
            Attachment(FileKind.PHOTOGRAPH, taken_at=datetime(2026, 11, 24, 8, 0, tzinfo=UTC) + timedelta(days=1)),
            PNG,
            "in_the_future",
        ),
    ],
)
def test_nonsense_about_a_file_is_refused(depot: Depot, said: Attachment, content: bytes, rule: str) -> None:
    assert refused(depot, attach_file, depot.rifle, said, content) == rule


def test_a_wrong_photograph_is_taken_off_by_a_counter_entry(depot: Depot) -> None:
    attach_file(depot.desk, depot.by_officer(act="photo"), depot.rifle, PHOTOGRAPH, PNG)
    take_back_act(depot.desk, depot.by_officer(reason="another rifle"), "photo")
    with depot.desk.look() as work:
        assert files_of(work, depot.rifle) == []
    assert depot.breaks() == ()


def test_a_photograph_that_was_taken_off_is_still_held_against_its_hash(depot: Depot) -> None:
    attach_file(depot.desk, depot.by_officer(act="photo"), depot.rifle, PHOTOGRAPH, PNG)
    take_back_act(depot.desk, depot.by_officer(reason="another rifle"), "photo")
    with depot.desk.work() as work:
        work._db.execute(sa.text("update blob set content = :other"), {"other": PNG + b"other"})  # type: ignore[attr-defined]
    assert [one.rule for one in depot.breaks()] == ["file_altered"]


def test_no_other_name_finds_a_file(depot: Depot) -> None:
    attach_file(depot.desk, depot.by_officer(), depot.rifle, PHOTOGRAPH, PNG)
    for name in ("0", "2", "", "zz", "-1"):
        with depot.desk.look() as work, pytest.raises(Refusal) as refusal:
            read_file(work, depot.rifle, name)
        assert refusal.value.rule == "file_unknown"


def test_an_altered_photograph_is_found_and_never_read_out(tmp_path: object) -> None:
    clock = StoppedClock()
    path = f"{tmp_path}/register.muniment"
    depot = depot_at(path, clock, outside(clock))
    attach_file(depot.desk, depot.by_officer(), depot.rifle, PHOTOGRAPH, PNG + b"left side")
    depot.register.close()
    engine = sa.create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        connection.execute(sa.text("update blob set content = :other"), {"other": PNG + b"other side"})
    engine.dispose()
    assert [one.rule for one in depot.breaks()] == ["file_altered"]
    with depot.desk.look() as work, pytest.raises(Refusal) as refusal:
        read_file(work, depot.rifle, "1")
    assert refusal.value.rule == "file_altered"
    depot.register.close()
