from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.domain.basics.refusal import Refusal
from muniment.domain.stock.calibre_spelling import folded
from muniment.domain.stock.calibres import Ambiguous, Known, Unknown, calibre, calibres, kept_separate, recognise
from muniment.domain.stock.shipped import rows


def known(text: str) -> str:
    found = recognise(text)
    assert isinstance(found, Known), f"{text}: {found}"
    return found.calibre.code


def candidates(text: str) -> set[str]:
    found = recognise(text)
    assert isinstance(found, Ambiguous), f"{text}: {found}"
    assert found.text == text
    return {one.code for one in found.candidates}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(("9x19mm", "9x19"), ("9 mm Parabellum", "9x19"), ("9mm Luger", "9x19"), ("9×19", "9x19"), ("9*19", "9x19")),
        *(("7,62x39", "7.62x39"), ("7,62х39 мм", "7.62x39"), ("7.62 X 39 MM", "7.62x39"), ("٧٫٦٢x٣٩", "7.62x39")),
        *(("7.62x51 NATO", "7.62x51"), ("7.62 mm NATO", "7.62x51"), (".308 Win", "308win"), (".308", "308win")),
        *(("7,62х54R", "7.62x54r"), ("7.62x54 mmR", "7.62x54r"), ("7.62x54", "7.62x54r")),
        *(("5.56x45 mm NATO", "5.56x45"), (".223 Remington", "223rem"), ("5.45×39 mm", "5.45x39")),
        *((".50 BMG", "12.7x99"), ("12.7 x 99", "12.7x99"), ("12,7x108", "12.7x108")),
        *((".45 ACP", "45acp"), ("45 ACP", "45acp"), ("0.45 ACP", "45acp"), ("CALIBER .45 ACP", "45acp")),
        *((".38 Special", "38special"), ("38 SPECIAL", "38special"), ("9x18", "9x18"), ("9mm Makarov", "9x18")),
        *(("12 GAGE", "12gauge"), ("12 gauge", "12gauge"), ("12 ga.", "12gauge"), ("12 bore", "12gauge")),
        *(("12/70", "12gauge"), ("12 калибр", "12gauge"), ("40x46", "40x46"), ("40×53mm", "40x53")),
        *(("VOG-25", "vog25"), ("60 MILLIMETER", "60bore"), ("81 mm", "81bore"), ("口径 9x19毫米", "9x19")),
    ],
)
def test_a_calibre_is_recognised_however_it_is_spelled(text: str, code: str) -> None:
    assert known(text) == code


def test_a_bore_alone_gives_the_cartridges_that_have_it() -> None:
    assert {"7.62x25", "7.62x39", "7.62x51", "7.62x54r"} <= candidates("7.62 MILLIMETER")
    assert candidates("5.56") == {"5.56x45", "223rem"}
    assert {"40x46", "40x53", "vog25"} <= candidates("40 mm")
    assert candidates("12,7 мм") == {"12.7x99", "12.7x108"}
    assert {"9x18", "9x19", "380acp"} <= candidates("cal. 9mm")


def test_a_bore_in_inches_alone_stays_open_too() -> None:
    assert candidates("CALIBER .45") == {"45acp", "45colt"}
    assert candidates("caliber 45") == {"45acp", "45colt"}
    assert "38special" in candidates(".38")


def test_inches_and_millimetres_are_not_taken_for_each_other() -> None:
    assert known(".40 S&W") == "40sw"
    assert candidates(".40") == {"40sw"}
    assert "40sw" not in candidates("40 mm")


def test_a_size_that_two_cartridges_share_stays_open() -> None:
    assert candidates("9x21") == {"9x21imi", "9x21gyurza"}


@pytest.mark.parametrize("text", ["", "x", "calibre", "as measured", "11.3 mm", "45", "NATO", "mm"])
def test_what_the_catalogue_does_not_know_stays_as_written(text: str) -> None:
    assert recognise(text) == Unknown(text)


def test_no_spelling_stands_for_two_calibres() -> None:
    meant: dict[str, str] = {}
    for row in rows("calibres.csv"):
        for spelling in [row["name"], *filter(None, row["aliases"].split("|"))]:
            assert meant.setdefault(folded(spelling), row["code"]) == row["code"], spelling


def test_every_calibre_is_found_by_its_own_name() -> None:
    for one in calibres().values():
        assert known(one.name) == one.code


def test_pairs_that_are_easily_mixed_up_are_kept_apart() -> None:
    for one, other in [("7.62x51", "308win"), ("5.56x45", "223rem"), ("40x46", "40x53"), ("40x46", "vog25")]:
        assert kept_separate(one, other) == kept_separate(other, one)
        assert kept_separate(one, other) is not None
    assert kept_separate("9x19", "9x18") is None


def test_the_pairs_kept_apart_are_in_the_catalogue() -> None:
    for code in ("7.62x51", "308win", "5.56x45", "223rem", "40x46", "40x53", "vog25", "12.7x99", "12.7x108"):
        assert calibre(code).code == code


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        calibre("9x99")
    assert refused.value.rule == "calibre_unknown"


@given(st.text(max_size=40))
def test_no_text_is_too_strange_to_be_asked_about(text: str) -> None:
    assert isinstance(recognise(text), Known | Ambiguous | Unknown)
