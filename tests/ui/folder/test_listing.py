"""Folders that are listed, files that are read, files that are written and never over another one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from muniment.domain.basics.refusal import Refusal
from muniment.ui.folder.listing import ABOVE, list_folder, read_file, size_words, write_new

PICTURES = (".png", ".jpg")


def test_folders_come_before_files_and_what_is_hidden_or_of_another_kind_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".secret").mkdir()
    for name in ("z.PNG", "a.jpg", "notes.txt", ".hidden.png"):
        (tmp_path / name).write_bytes(b"12345")
    listing = list_folder(tmp_path, PICTURES)
    assert [one.name for one in listing.entries] == [ABOVE, "b", "a.jpg", "z.PNG"]
    assert listing.entries[2].length == 5
    assert listing.path(0) == tmp_path.parent
    assert listing.path(1) == tmp_path / "b"


def test_the_topmost_folder_has_none_above_it() -> None:
    assert all(one.name != ABOVE for one in list_folder(Path("/"), PICTURES).entries)


def test_a_folder_that_is_gone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refusal:
        list_folder(tmp_path / "gone", PICTURES)
    assert refusal.value.rule == "folder_unreadable"


def test_of_a_file_that_is_too_large_just_enough_is_read_to_find_out(tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(bytes(100))
    assert len(read_file(tmp_path / "large", 10)) == 11
    with pytest.raises(Refusal) as refusal:
        read_file(tmp_path / "gone", 10)
    assert refusal.value.rule == "file_unreadable"


@pytest.mark.skipif(os.name != "posix", reason="pipes and links of POSIX")
def test_pipes_and_links_that_lead_nowhere_are_not_listed_and_nobody_waits_for_them(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    (tmp_path / "nowhere.png").symlink_to(tmp_path / "gone.png")
    (tmp_path / "endless.png").symlink_to("/dev/zero")
    (tmp_path / "there.png").write_bytes(b"12345")
    assert [one.name for one in list_folder(tmp_path, PICTURES).entries] == [ABOVE, "there.png"]
    for name in ("pipe.png", "nowhere.png", "endless.png"):
        with pytest.raises(Refusal) as refusal:
            read_file(tmp_path / name, 10)
        assert refusal.value.rule == "file_unreadable"


def test_nothing_is_written_over(tmp_path: Path) -> None:
    path = write_new(tmp_path / "copy.png", b"first")
    with pytest.raises(Refusal) as refusal:
        write_new(path, b"second")
    assert refusal.value.rule == "file_exists"
    assert path.read_bytes() == b"first"
    with pytest.raises(Refusal) as refusal:
        write_new(tmp_path / "gone" / "copy.png", b"")
    assert refusal.value.rule == "file_unwritable"


@pytest.mark.parametrize(
    ("length", "words"), [(0, "0 bytes"), (1023, "1023 bytes"), (28_672, "28 KiB"), (10 * 1024 * 1024, "10.0 MiB")]
)
def test_lengths_are_said_in_the_largest_fitting_unit(length: int, words: str) -> None:
    assert str(size_words(length)) == words
