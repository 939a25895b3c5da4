from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from muniment.domain.basics.text import say
from muniment.ui.speech import from_to, iso, spoken, tr


class Backwards(QTranslator):
    """A language of one sentence, and one slip."""

    def translate(self, context: str, source: str, disambiguation: object = None, n: int = -1) -> str:
        if context != "muniment":
            return ""
        return {
            "{rifles} rifles, {place}": "{place} <{rifles}>" if n != 1 else "{place} <one>",
            "rack {number}": "R {number}",
            "broken {gap}": "broken {gpa}",
            "left empty": "",
        }.get(source, "")

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's name
        return False


@pytest.fixture
def other_language(qapp: QApplication) -> Iterator[None]:
    translator = Backwards()
    QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)


@pytest.mark.usefixtures("other_language")
class TestInAnotherLanguage:
    def test_a_text_is_translated_with_its_texts_inside(self) -> None:
        text = say("{rifles} rifles, {place}", rifles=3, place=say("rack {number}", number="2-14"))
        assert spoken(text) == "R 2-14 <3>"

    def test_the_only_number_chooses_the_plural(self) -> None:
        assert spoken(say("{rifles} rifles, {place}", rifles=1, place="Q")) == "Q <one>"

    def test_a_slip_in_a_gap_falls_back_to_english(self) -> None:
        assert spoken(say("broken {gap}", gap="bolt")) == "broken bolt"

    def test_an_empty_translation_does_not_blank_a_button(self) -> None:
        assert tr("left empty") == "left empty"

    def test_values_are_isolated_from_right_to_left(self, qapp: QApplication) -> None:
        qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        text = say("{rifles} rifles, {place}", rifles=3, place=say("rack {number}", number="2-14"))
        assert spoken(text) == "\u2066R \u20662-14\u2069\u2069 <\u20663\u2069>"


def test_nothing_is_isolated_from_left_to_right() -> None:
    assert iso("2-14-06") == "2-14-06"
    assert spoken(say("rack {number}", number="2-14")) == "rack 2-14"


def test_a_name_in_arabic_keeps_its_own_direction(qapp: QApplication) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert iso("عينة") == "\u2068عينة\u2069"


def test_the_arrow_of_a_hand_over_points_with_the_reading(qapp: QApplication) -> None:
    assert from_to("A", "B") == "A → B"
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert from_to("A", "B") == "\u2066A\u2069 ← \u2066B\u2069"
