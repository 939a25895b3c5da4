"""A head that a scanner sends line by line is put together again, and nothing else is taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.domain.custody.notes import read_note
from muniment.ui.proving.scanned_sheet import ScannedSheet

LOG = "muniment/xx/example-00000000/training"
ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="
SIGNATURE = "A" * 90 + "A="
NOTE = f"{LOG}\n161\n{ROOT}\n\n— {LOG} {SIGNATURE}\n"


def lines(note: str) -> list[str]:
    return [line for line in note.split("\n") if line]


def test_a_whole_code_is_taken_as_it_is() -> None:
    assert ScannedSheet(LOG).take(NOTE) == NOTE


@pytest.mark.parametrize("dash", ["— ", "- ", "", "? "])
def test_lines_that_come_one_by_one_make_the_same_note(dash: str) -> None:
    sheet = ScannedSheet(LOG)
    *first, last = lines(NOTE)
    assert [sheet.take(line) for line in first] == ["", "", ""]
    assert sheet.take(last.replace("— ", dash)) == NOTE
    assert read_note(NOTE).signatures


def test_another_sheet_may_begin_at_any_time() -> None:
    sheet = ScannedSheet(LOG)
    sheet.take(LOG)
    sheet.take("161")
    assert [sheet.take(line) for line in lines(NOTE)] == ["", "", "", NOTE]


@pytest.mark.parametrize("code", ["W-0000001", "161", ROOT, "", "MUNIMENT:ISSUE"])
def test_what_is_no_part_of_a_head_is_left(code: str) -> None:
    assert ScannedSheet(LOG).take(code) is None


@given(st.lists(st.text(), max_size=8))
def test_any_codes_before_it_do_no_harm(codes: list[str]) -> None:
    sheet = ScannedSheet(LOG)
    for code in codes:
        sheet.take(code)
    assert [sheet.take(line) for line in lines(NOTE)][-1] == NOTE
