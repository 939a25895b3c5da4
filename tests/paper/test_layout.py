"""Where things stand on the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from weakref import WeakSet

import pytest
from PySide6.QtGui import QImage

from muniment.bootstrap import in_english
from muniment.domain.basics.text import say
from muniment.paper.faces import Face, style
from muniment.paper.lettering import CUT, LTR, RTL, Run, break_lines, own_direction
from muniment.paper.press import Job
from muniment.paper.sheet import mm
from muniment.paper.symbols import NotEncodable, fitting, symbol
from muniment.paper.table import RowsChanged
from muniment.paper.walk import Read
from muniment.reports.document import (
    Block,
    Cell,
    CodeBlock,
    Column,
    Ending,
    Fields,
    Heading,
    Holds,
    Line,
    Note,
    PageBreak,
    Row,
    Signatures,
    Slot,
    Symbology,
    Table,
    Weight,
    Words,
)
from muniment.reports.hand_receipt import hand_receipt
from paper.readings import ARABIC, arabic, codes_on, english, ink_columns, pages_of, text_of
from reports.forms import RIFLE, issue_of, letterhead

ITEMS = (Column(say("No."), 1, Holds.NUMBER), Column(say("Item"), 5))
SIGN = Signatures(say("Signatures"), (Slot(say("Issued by"), "Anna Beispiel"), Slot(say("Received by"))))


def rows(count: int) -> tuple[tuple[Cell, ...], ...]:
    return tuple((number, say("Rifle")) for number in range(count))


def printed(tmp_path: Path, *blocks: Block) -> list[str]:
    path = tmp_path / "sheet.pdf"
    Job(letterhead().sheet(say("Hand receipt"), blocks), english).write_pdf(path)
    return pages_of(path)


@pytest.mark.parametrize("count", range(24, 42))
def test_signatures_are_never_parted_from_their_heading(tmp_path: Path, count: int) -> None:
    pages = printed(tmp_path, Table(ITEMS, rows(count)), SIGN)
    signed = [page for page in pages if "Issued by" in page]
    assert len(signed) == 1
    assert "Signatures" in signed[0]
    assert "Received by" in signed[0]


@pytest.mark.parametrize("count", range(28, 40))
def test_a_heading_never_stands_alone_at_the_foot(tmp_path: Path, count: int) -> None:
    pages = printed(
        tmp_path, Table(ITEMS, rows(count)), Heading(say("Accessories")), Table(ITEMS, ((777, say("Sling")),))
    )
    assert ["Accessories" in page for page in pages] == ["777" in page for page in pages]


def test_a_row_of_many_lines_is_never_parted(tmp_path: Path) -> None:
    long = Words(" ".join(["begin"] + ["word"] * 60 + ["finish"]))
    for page in printed(tmp_path, Table(ITEMS, tuple((number, long) for number in range(40)))):
        assert page.count("begin") == page.count("finish")


def test_what_stands_beneath_a_row_stays_with_it_and_loses_no_word(tmp_path: Path) -> None:
    said = [f"w{number}" for number in range(300)]
    under = tuple(Row((nth, Words(f"begin{nth}")), (Words(" ".join((*said, f"finish{nth}"))),)) for nth in range(9))
    pages = printed(tmp_path, Table(ITEMS, under))
    assert len(pages) > 1
    for page in pages:
        assert [f"begin{nth}" in page for nth in range(9)] == [f"finish{nth}" in page for nth in range(9)]
    words = [word for page in pages for word in page.split() if word[0] == "w" and word[1:].isdigit()]
    assert words == said * 9


def test_what_is_too_long_to_stand_beneath_a_row_says_that_it_was_cut(tmp_path: Path) -> None:
    under = Row((1, Words("row")), tuple(Words(f"line{nth}") for nth in range(80)))
    (page,) = printed(tmp_path, Table(ITEMS, (under,)))
    assert page.count("line35 ...") == 1
    assert "line36" not in page


def test_no_line_between_columns_crosses_what_stands_beneath(tmp_path: Path) -> None:
    blank = Row((1, Words(" ")), (Words(" "), Words(" "), Words(" "), Words(" ")))
    columns = (Column(say("No."), 1), Column(say("A"), 2), Column(say("B"), 2))
    row = Row((*blank.cells, Words(" ")), blank.beneath)

    def ink(given: Row) -> int:
        job = Job(letterhead().sheet(say("Hand receipt"), (Table(columns, (given,) * 5),)), english)
        picture = job.picture(1, 60)
        bytes_ = picture.convertToFormat(QImage.Format.Format_Grayscale8).constBits()
        return sum(255 - value for value in bytes(bytes_))

    tall = Row(tuple(Words("\n".join(" " * 5)) if nth == 2 else cell for nth, cell in enumerate(row.cells)))
    assert ink(row) < ink(tall)


def test_a_break_begins_a_new_page_once(tmp_path: Path) -> None:
    pages = printed(tmp_path, PageBreak(), Note(Words("one")), PageBreak(), PageBreak(), Note(Words("two")))
    assert len(pages) == 2


def test_a_long_note_flows_over_pages_and_loses_nothing(tmp_path: Path) -> None:
    words = [f"w{number}" for number in range(2500)]
    pages = printed(tmp_path, Note(Words(" ".join(words))))
    assert len(pages) > 1
    assert [word for page in pages for word in page.split() if word[0] == "w" and word[1:].isdigit()] == words


def test_the_rest_of_the_last_page_is_ruled_off_above_the_signatures(tmp_path: Path) -> None:
    pages = printed(tmp_path, Table(ITEMS, rows(3), Ending.RULED_OFF), SIGN)
    assert len(pages) == 1
    assert "Ruled off: no entry below this line counts" in pages[0]


def test_a_full_page_has_nothing_left_to_rule_off_and_says_nothing_follows(tmp_path: Path) -> None:
    endings = [printed(tmp_path, Table(ITEMS, rows(count), Ending.RULED_OFF), SIGN) for count in range(24, 34)]
    assert all(("Ruled off" in "".join(pages)) != ("Nothing follows" in "".join(pages)) for pages in endings)
    assert any("Nothing follows" in "".join(pages) for pages in endings)


def test_what_closes_a_table_stands_below_its_last_row_and_never_alone(tmp_path: Path) -> None:
    ends = [printed(tmp_path, Table(ITEMS, rows(count), Ending.NOTHING_FOLLOWS))[-1] for count in range(30, 46)]
    assert all("Nothing follows" in end and "Rifle" in end for end in ends)
    assert any(end.count("Rifle") == 1 for end in ends)  # a page was full but for what closes the table


@dataclass
class Growing:
    """Rows that are one more at each walk."""

    walks: int = 0

    def __iter__(self) -> Iterator[tuple[Cell, ...]]:
        self.walks += 1
        return iter(rows(self.walks))


def test_rows_that_change_between_counting_and_printing_are_a_fault_of_the_program(tmp_path: Path) -> None:
    job = Job(letterhead().sheet(say("Hand receipt"), (Table(ITEMS, Growing()),)), english)
    with pytest.raises(RowsChanged):
        job.write_pdf(tmp_path / "sheet.pdf")
    assert not list(tmp_path.iterdir())


def test_a_code_is_broken_but_never_loses_a_letter() -> None:
    code = "AB12-" * 60
    lines = break_lines(Run(code, style(Face.CODE, 8.5), LTR, code=True), mm(30), 100)
    assert len(lines) > 1
    assert "".join(lines) == code


def test_what_does_not_fit_ends_in_a_mark_and_stays_in_its_room() -> None:
    letters = style(Face.PLAIN, 8.5)
    lines = break_lines(Run("Unbreakable" * 40 + " and more", letters, LTR), mm(30), 3)
    assert len(lines) == 3
    assert lines[-1].endswith(CUT)
    assert all(letters.advance(line) <= mm(30) + 1 for line in lines)


def test_letters_beyond_the_basic_plane_are_not_torn() -> None:
    text = "𝔸𝔹ℂ " * 40
    lines = break_lines(Run(text, style(Face.PLAIN, 8.5), LTR), mm(30), 100)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_an_isolate_goes_on_over_the_end_of_a_line() -> None:
    lines = break_lines(Run("بدر \u2066AB-12 CD-34 EF-56 GH-78\u2069 بدر", style(Face.PLAIN, 10), RTL), mm(20), 9)
    assert len(lines) > 1
    assert all(line.count("\u2066") == line.count("\u2069") for line in lines)


def test_an_arabic_name_reads_right_to_left_on_an_english_sheet() -> None:
    assert own_direction("بدر 12", LTR) is RTL
    assert own_direction("Anna", RTL) is LTR
    assert own_direction("- -", RTL) is RTL


def a_field(language: str) -> QImage:
    block = Fields((Line(say("Place"), Words("2 · 14 · 6")),))
    document = letterhead(language=language, head=None).sheet(say("Hand receipt"), (block,))
    return Job(document, arabic if language == "ar" else english).picture(1, 90)


def test_an_arabic_sheet_is_mirrored() -> None:
    # The title and the one named fact stand at the edge where reading begins.
    middle = a_field("en").width() // 2
    band = (60, 140)
    english_band = a_field("en").copy(0, band[0], middle * 2, 30)
    arabic_band = a_field("ar").copy(0, band[0], middle * 2, 30)
    assert ink_columns(english_band)[1] < middle
    assert ink_columns(arabic_band)[0] > middle


def arabic_sentence(tmp_path: Path, read: Read) -> str:
    note = Note(say("Bring it to {place}, then sign.", place="2 · 14 · 6"))
    path = tmp_path / "sheet.pdf"
    Job(letterhead(language="ar").sheet(say("Hand receipt"), (note,)), read).write_pdf(path)
    return text_of(path)


def test_a_place_inside_an_arabic_sentence_keeps_its_order(tmp_path: Path) -> None:
    assert "2 · 14 · 6" in arabic_sentence(tmp_path, arabic)


def test_without_isolation_the_same_place_would_be_turned_about(tmp_path: Path) -> None:
    turned = arabic_sentence(tmp_path, lambda text: ARABIC.get(text.source, text.source).format(**text.values))
    assert "2 · 14 · 6" not in turned


class Heard(Words):
    """Words whose life can be watched."""

    __slots__ = ("__weakref__",)


@dataclass
class Watched:
    """Rows made one at a time; remembers how many of them ever lived together."""

    count: int
    most: int = 0

    def __iter__(self) -> Iterator[tuple[Cell, ...]]:
        alive: WeakSet[Heard] = WeakSet()
        for number in range(self.count):
            heard = Heard(f"item {number}")
            alive.add(heard)
            self.most = max(self.most, len(alive))
            yield number, heard


def test_rows_stream_and_are_never_held(tmp_path: Path) -> None:
    watched = Watched(3000)
    job = Job(letterhead().sheet(say("Hand receipt"), (Table(ITEMS, watched),)), english)
    job.write_pdf(tmp_path / "sheet.pdf")
    assert job.pages > 50
    assert watched.most <= 3  # the one drawn, the one read ahead, the one before it


@pytest.mark.parametrize("realm", ["live", "training"])
def test_the_ledger_head_on_a_receipt_is_read_by_a_scanner(realm: str) -> None:
    receipt = issue_of(RIFLE, realm=realm)
    document = hand_receipt(receipt)
    assert document.footer_code
    assert codes_on(Job(document, english).picture(1, 200)) == {document.footer_code}


@pytest.mark.parametrize("symbology", Symbology)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_kind_of_code_is_read_back_from_the_page(symbology: Symbology, language: str) -> None:
    block = CodeBlock("R-2026-000123/x", symbology, say("Place"))
    document = letterhead(language=language, head=None).sheet(say("Hand receipt"), (block,))
    assert codes_on(Job(document, english).picture(1, 200)) == {"R-2026-000123/x"}


def test_a_code_too_wide_for_its_room_becomes_a_square_one() -> None:
    assert fitting("R-000001", Symbology.CODE128, 60).symbology is Symbology.CODE128
    assert fitting("R-000001" * 9, Symbology.CODE128, 60).symbology is Symbology.QR
    assert fitting("ТЗ 1", Symbology.CODE128, 60).symbology is Symbology.QR


@pytest.mark.parametrize(
    ("text", "symbology"), [("", Symbology.QR), ("x" * 5000, Symbology.QR), ("ТЗ", Symbology.CODE128)]
)
def test_what_no_code_carries_is_refused(text: str, symbology: Symbology) -> None:
    with pytest.raises(NotEncodable):
        symbol(text, symbology)


def test_a_framed_note_stands_whole(tmp_path: Path) -> None:
    text = " ".join(["begin"] + ["word"] * 120 + ["finish"])
    for page in printed(tmp_path, Table(ITEMS, rows(26)), Note(Words(text), Weight.FRAMED)):
        assert ("begin" in page) == ("finish" in page)


@pytest.mark.parametrize("page", [1, 2, 3])
def test_any_page_of_a_long_table_is_shown_by_itself(page: int) -> None:
    job = Job(letterhead(head=None).sheet(say("Hand receipt"), (Table(ITEMS, rows(90)), SIGN)), english)
    assert job.pages == 3
    assert ink_columns(job.picture(page))


def test_a_long_code_that_is_cut_keeps_its_end() -> None:
    code = Run("SERIAL-0123456789-0123456789-0123456789-77", style(Face.CODE, 9), LTR, code=True)
    (line,) = break_lines(code, mm(30), 1)
    assert CUT in line
    assert line.endswith("-77")


def test_what_the_program_prints_keeps_an_arabic_name_apart_from_the_calibre_after_it() -> None:
    read = in_english(say("{kind}, {named}, {calibre}", kind=say("Rifle"), named="بندقية ١", calibre="5.56x45"))
    assert read == "Rifle, \u2068بندقية ١\u2069, 5.56x45"
