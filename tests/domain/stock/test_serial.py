from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.domain.basics.canonical import proper
from muniment.domain.basics.refusal import Refusal
from muniment.domain.stock.scripts import Script, script_of
from muniment.domain.stock.serial import (
    SERIAL_STATUS_NAMES,
    SerialStatus,
    _comparison_key_of_any_script,
    comparison_key,
    look_alike_key,
    near_match,
    sort_key,
    struck,
    with_other_zeros,
    zeros_aside,
)

any_text = st.text(st.characters(), max_size=30)
latin = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
cyrillic = "АВЕЅІЈКМНОРТСУХ"
same_in_latin = "ABESIJKMHOPTCYX"
serials = st.text(latin + "0123456789", min_size=1, max_size=12)
AS_TYPED = {
    "small letters": ("ab123", "AB123"),
    "blanks, hyphens, dots and slashes": ("AB-12 3/4.5", "AB12345"),
    "a long dash": ("AB–12", "AB12"),
    "a minus sign": ("AB−12", "AB12"),
    "Arabic figures": ("AB١٢٣", "AB123"),
    "Persian figures": ("۴۵۶", "456"),
    "Devanagari figures": ("१२", "12"),
    "full width": ("ＡＢ１２", "AB12"),
    "Cyrillic capitals": ("АВ 123", "AB123"),
    "Cyrillic small letters": ("ах7", "AX7"),
    "a Cyrillic letter with two dots": ("Ё12", "Ë12"),
    "Greek capitals": ("ΑΒ1", "AB1"),
    "Cyrillic without a twin": ("ЖД12", "ЖД12"),
    "Arabic letters": ("ب ١٢", "ب12"),
    "Chinese": ("工五-12", "工五12"),
}


@pytest.mark.parametrize(("typed", "key"), AS_TYPED.values(), ids=AS_TYPED.keys())
def test_the_way_of_typing_does_not_matter(typed: str, key: str) -> None:
    assert comparison_key(typed) == key


@pytest.mark.parametrize(("one", "other"), [("007", "7"), ("A01", "A1"), ("0", "00")])
def test_leading_zeros_make_another_number_that_is_offered_as_near(one: str, other: str) -> None:
    assert comparison_key(one) != comparison_key(other)
    assert near_match(one, other)


@given(any_text)
def test_the_key_of_a_key_is_the_key(text: str) -> None:
    assert comparison_key(comparison_key(text)) == comparison_key(text)


def test_the_key_settles_for_every_character_there_is() -> None:
    unsettled = [
        hex(point)
        for point in range(sys.maxunicode + 1)
        if unicodedata.category(chr(point)) not in {"Cn", "Co"}
        if comparison_key(key := comparison_key(f"A{chr(point)}7")) != key
    ]
    assert unsettled == []


@given(any_text)
def test_no_text_is_too_strange_to_be_compared(text: str) -> None:
    comparison_key(text)
    look_alike_key(text)
    sort_key(text)
    script_of(text)


@given(st.data(), serials)
def test_another_character_makes_another_key(data: st.DataObject, serial: str) -> None:
    at = data.draw(st.integers(0, len(serial) - 1))
    put = data.draw(st.sampled_from(sorted(set(latin + "0123456789") - {serial[at]})))
    assert comparison_key(serial) != comparison_key(serial[:at] + put + serial[at + 1 :])


@given(st.text(same_in_latin + "0123456789", min_size=1))
def test_a_number_typed_in_cyrillic_is_found_by_the_latin_one(serial: str) -> None:
    assert comparison_key(serial.translate(str.maketrans(same_in_latin, cyrillic))) == comparison_key(serial)


@given(any_text, st.sampled_from([" ", "-", ".", "/", "–", "\u00a0", "\u200f"]))
def test_a_separator_changes_no_key(text: str, separator: str) -> None:
    assert comparison_key(f"A{separator}{text}") == comparison_key(f"A{text}")


@given(serials)
def test_characters_taken_for_each_other_share_the_look_alike_key(serial: str) -> None:
    misread = serial.translate(str.maketrans("OISBZ01582", "01582OISBZ"))
    assert look_alike_key(misread) == look_alike_key(serial)
    assert near_match(serial, misread) is (serial != misread)


@given(serials, st.sampled_from([" ", "-", ""]))
def test_what_compares_equal_also_looks_alike(serial: str, separator: str) -> None:
    typed = separator.join(serial.lower())
    assert comparison_key(typed) == comparison_key(serial)
    assert look_alike_key(typed) == look_alike_key(serial)


@given(serials, st.integers(0, 3), st.integers(0, 3))
def test_leading_zeros_lost_or_filled_up_make_a_near_match(serial: str, one: int, other: int) -> None:
    short, long = f"A{'0' * one}7{serial[:4]}", f"A{'0' * other}7{serial[:4]}"
    assert near_match(short, long) is (one != other)
    assert look_alike_key(long) in with_other_zeros(look_alike_key(short))
    assert zeros_aside(look_alike_key(short)) == zeros_aside(look_alike_key(long))


def test_zeros_inside_a_number_and_a_number_of_zeros_stay() -> None:
    assert zeros_aside("A1002") == "A1002"
    assert zeros_aside("000") == "0"
    assert not near_match("A1002", "A102")


@pytest.mark.parametrize(("one", "other"), [("C12", "G12"), ("A4", "A9"), ("M7", "N7")])
def test_other_characters_are_not_offered_as_near(one: str, other: str) -> None:
    assert not near_match(one, other)


def test_numbers_sort_as_people_sort() -> None:
    mixed = ["B1", "A10", "A2", "A1", "A", "10", "9", "A2B", "A02"]
    assert sorted(mixed, key=sort_key) == ["9", "10", "A", "A1", "A02", "A2", "A2B", "A10", "B1"]


def test_a_number_of_any_length_can_be_sorted() -> None:
    assert sort_key("9" * 5000) < sort_key("1" * 5001)


@given(any_text, any_text)
def test_the_order_has_no_ties(one: str, other: str) -> None:
    assert (sort_key(one) == sort_key(other)) is (one == other)


@pytest.mark.parametrize("serial", ["TZ-0001", "АБ 1234", "١٢٣٤", "工12", "Ab.12/3", "ZZ00", "7", "XX1"])
def test_a_number_is_kept_as_struck(serial: str) -> None:
    taken = struck(serial)
    assert taken.text == serial
    assert taken.warnings == ()


@pytest.mark.parametrize(
    "word",
    [
        *("unknown", "Unknown.", "RUSTY", "1234 rusty", "unreadable", "s/n", "S/N", "n/a", "none", "no serial"),
        *("xxx", "XXXX", "x x x", "ххх", "---", "???", "...", "*****", "not legible", "SERIAL NUMBER"),
        *("desconocido", "sin número", "illisible", "néant", "unbekannt", "unleserlich", "rostig", "ilegível"),
        *("неизвестно", "б/н", "без номера", "нечитаем", "стёрт", "невідомо", "غير معروف", "بدون رقم", "未知", "无"),
        *("okunmuyor", "OKUNMUYOR", "haijulikani", "ILLISIBLE", "ＵＮＫＮＯＷＮ"),
    ],
)
def test_a_word_in_place_of_a_number_is_refused(word: str) -> None:
    with pytest.raises(Refusal) as refused:
        struck(word)
    assert refused.value.rule == "serial_placeholder"
    assert "serial status" in str(refused.value.do_now)


@pytest.mark.parametrize("serial", ["NO123", "SIN-77", "TEST12", "NAN4", "SN 1234", "OHNE1", "XX", "AXXX1", "UNK1"])
def test_a_number_that_resembles_a_word_is_taken(serial: str) -> None:
    assert struck(serial).text == serial


@pytest.mark.parametrize(
    ("serial", "rule"),
    [
        ("", "serial_empty"),
        (" 12", "text_outer_blank"),
        ("12 ", "text_outer_blank"),
        ("1  2", "text_double_blank"),
        ("1\u00a02", "text_hard_blank"),
        ("1\u30002", "text_hard_blank"),
        ("1\t2", "text_hard_blank"),
        ("1\n2", "text_hard_blank"),
        ("1\r2", "text_hard_blank"),
        ("1\u20282", "text_hard_blank"),
        ("1\u202e2", "text_invisible"),
        ("1\u200f2", "text_invisible"),
        ("1\u20662", "text_invisible"),
        ("1\u200b2", "text_invisible"),
        ("1\x002", "text_invisible"),
        ("1\ud8002", "text_invisible"),
        ("1" * 65, "serial_too_long"),
    ],
)
def test_what_cannot_be_struck_is_refused(serial: str, rule: str) -> None:
    with pytest.raises(Refusal) as refused:
        struck(serial)
    assert refused.value.rule == rule


@pytest.mark.parametrize("sign", list(';:\\,?()[]{}"#&+*'))
def test_punctuation_only_warns(sign: str) -> None:
    taken = struck(f"12{sign}34")
    assert sign in str(taken.warnings[0])


def test_a_hidden_letter_of_another_script_is_pointed_out() -> None:
    taken = struck("AВ12")
    assert taken.script is Script.MIXED
    assert any("two scripts" in str(warning) for warning in taken.warnings)


def test_zeros_alone_are_pointed_out() -> None:
    assert "zeros" in str(struck("0000").warnings[0])


@given(any_text)
def test_what_is_taken_can_stand_in_the_ledger(text: str) -> None:
    try:
        taken = struck(text)
    except Refusal:
        return
    assert proper(taken.text)
    assert comparison_key(taken.text) == comparison_key(text)


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("AB12", Script.LATIN),
        ("1234", Script.LATIN),
        ("ЖА1", Script.CYRILLIC),
        ("ΩΣ1", Script.GREEK),
        ("ب12", Script.ARABIC),
        ("۱۲", Script.ARABIC),
        ("١٢", Script.ARABIC),
        ("工12", Script.CHINESE),
        ("AЖ", Script.MIXED),
        ("אב", Script.OTHER),
        ("", Script.LATIN),
    ],
)
def test_the_script_shows_in_letters_and_figures(text: str, script: Script) -> None:
    assert script_of(text) is script


def test_only_what_can_be_read_has_text() -> None:
    assert {s for s in SerialStatus if s.has_text} == {SerialStatus.PRESENT, SerialStatus.PARTLY_LEGIBLE}
    assert SERIAL_STATUS_NAMES.keys() == set(SerialStatus)


@given(st.text(st.characters(max_codepoint=127)))
def test_the_short_way_for_plain_letters_gives_what_the_long_way_gives(serial: str) -> None:
    assert comparison_key(serial) == _comparison_key_of_any_script(serial)
