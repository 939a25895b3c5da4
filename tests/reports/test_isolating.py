"""Codes keep their order inside sentences of another direction."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from muniment.domain.basics.isolate import (
    END,
    LEFT_TO_RIGHT,
    OWN_DIRECTION,
    bare,
    isolate,
    isolate_code,
    read_isolated,
    reads_right_to_left,
)
from muniment.domain.basics.text import say


def test_a_place_in_an_arabic_sentence_is_isolated_left_to_right() -> None:
    text = say("Bring it to {place}.", place="2 · 14 · 6")
    read = read_isolated(text, lambda _source: "أحضره إلى {place}.", right_to_left=True)
    assert read == f"أحضره إلى {LEFT_TO_RIGHT}2 · 14 · 6{END}."


def test_a_place_in_an_english_sentence_stands_bare() -> None:
    assert read_isolated(say("At {place}.", place="2 · 14 · 6"), str, right_to_left=False) == "At 2 · 14 · 6."


def test_an_arabic_name_in_an_english_sentence_keeps_its_own_direction() -> None:
    read = read_isolated(say("Issued to {name}, rack 4.", name="بدر"), str, right_to_left=False)
    assert read == f"Issued to {OWN_DIRECTION}بدر{END}, rack 4."


def test_a_serial_struck_in_arabic_letters_is_still_isolated_as_a_code() -> None:
    assert isolate_code("ب-12") == f"{LEFT_TO_RIGHT}ب-12{END}"


def test_a_text_inside_a_text_is_translated_too() -> None:
    words = {"{kind}, {named}": "{kind}، {named}", "Pistol": "مسدس"}
    read = read_isolated(say("{kind}, {named}", kind=say("Pistol"), named="M5"), words.__getitem__, right_to_left=True)
    assert read == f"{OWN_DIRECTION}مسدس{END}، {LEFT_TO_RIGHT}M5{END}"


def test_a_translation_with_a_wrong_gap_gives_way_to_english() -> None:
    assert read_isolated(say("At {place}.", place="7"), lambda _source: "في {مكان}", right_to_left=False) == "At 7."


@given(st.text(alphabet=st.sampled_from("AB1-. \u2066\u2067\u2068\u2069\u202e\u200fب")))
def test_no_value_breaks_out_of_its_isolate(value: str) -> None:
    isolated = isolate(value)
    assert bare(isolated) == bare(value)
    assert isolated == "" or (
        isolated[0] in (LEFT_TO_RIGHT, OWN_DIRECTION) and isolated.index(END) == len(isolated) - 1
    )


def test_the_first_letter_with_a_direction_decides() -> None:
    assert reads_right_to_left("12 بدر A")
    assert not reads_right_to_left("12 A بدر")
    assert not reads_right_to_left("12 · 6")
