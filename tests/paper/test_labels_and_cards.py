"""Labels and cards are read by a scanner, each where it should lie."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

from muniment.desk.opening import Realm
from muniment.domain.basics.text import say
from muniment.domain.custody.command_cards import Command
from muniment.paper.label_sheets import LabelJob
from muniment.paper.press import Job
from muniment.paper.sheet import SHEETS, Sheet
from muniment.reports.command_cards import command_cards
from muniment.reports.document import Symbology, Words
from muniment.reports.labels import LARGE, SMALL, STOCKS, Label, LabelSheets, LabelStock
from paper.readings import arabic, codes_on, english, pages_of
from reports.forms import AT, letterhead

LABELS = [Label(f"R-{number:06}", (say("Rifle"), Words("Beispielwerk Muster 5"))) for number in range(1, 6)]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_command_card_is_read_by_a_scanner(language: str) -> None:
    job = Job(command_cards(letterhead(Realm.TRAINING, language)), arabic if language == "ar" else english)
    found = [codes_on(job.picture(page, 200)) for page in range(1, job.pages + 1)]
    assert set().union(*found) == {command.code for command in Command}


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_all_command_cards_stand_on_one_sheet(sheet: Sheet) -> None:
    assert Job(command_cards(letterhead(Realm.TRAINING)), english, sheet).pages == 1


@pytest.mark.parametrize("stock", STOCKS)
@pytest.mark.parametrize("symbology", Symbology)
def test_every_label_is_read_by_a_scanner(stock: LabelStock, symbology: Symbology) -> None:
    sheets = LabelSheets(stock, LABELS, Realm.TRAINING, symbology)
    found = codes_on(LabelJob(sheets, english, AT).picture(1, 240))
    assert found == {label.code for label in LABELS}


def test_labels_go_on_over_sheets(tmp_path: Path) -> None:
    labels = [Label(f"R-{number:06}") for number in range(LARGE.on_a_sheet + 1)]
    LabelJob(LabelSheets(LARGE, labels, Realm.LIVE), english, AT).write_pdf(tmp_path / "labels.pdf")
    first, second = pages_of(tmp_path / "labels.pdf")
    assert "R-000016" in second
    assert "R-000015" in first
    assert PdfReader(tmp_path / "labels.pdf").metadata.title == "Labels"  # type: ignore[union-attr]


def test_a_begun_sheet_is_used_up_from_its_first_free_label() -> None:
    sheets = LabelSheets(SMALL, [Label("R-1")], Realm.LIVE, first=39)
    picture = LabelJob(sheets, english, AT).picture(1, 200)
    place = SMALL.place(39)
    scale = 200 / 25.4
    left, top = int(place.left_mm * scale), int(place.top_mm * scale)
    assert codes_on(picture.copy(left, top, int(45.7 * scale), int(25.4 * scale))) == {"R-1"}


def test_a_printer_that_draws_askew_is_made_up_for() -> None:
    def first_ink(shift: tuple[float, float]) -> int:
        picture = LabelJob(LabelSheets(SMALL, [Label("R-1")], Realm.LIVE, shift_mm=shift), english, AT).picture(1, 127)
        return next(x for x in range(picture.width()) if _inked(picture, x))

    assert first_ink((2.0, 0.0)) - first_ink((0.0, 0.0)) == 10


def _inked(picture: object, x: int) -> bool:
    return any(picture.pixelColor(x, y).lightness() < 100 for y in range(300))  # type: ignore[attr-defined]


def test_labels_of_a_training_register_say_so(tmp_path: Path) -> None:
    path = tmp_path / "labels.pdf"
    LabelJob(LabelSheets(SMALL, LABELS, Realm.TRAINING), english, AT).write_pdf(path)
    assert pages_of(path)[0].count("TRAINING") == len(LABELS)
