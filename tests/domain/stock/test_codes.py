"""What a scan means."""

from __future__ import annotations

import random
import time

import pytest
import zxingcpp
from hypothesis import example, given, settings
from hypothesis import strategies as st

from muniment.domain.stock.code_gs1 import CARRIERS
from muniment.domain.stock.codes import LONGEST_CANDIDATE, CodeKind, candidates, decode

GIAI = "06141419999960MH80312"
GTIN = "09506000134352"


def iso(number: str, *fields: str) -> str:
    return "[)>\x1e" + "\x1d".join((number, *fields)) + "\x1e\x04"


def said(scanned: bytes | str) -> list[str]:
    return [str(problem) for problem in decode(scanned).problems]


def test_a_struck_serial_is_plain_text() -> None:
    decoded = decode("AK-000042")
    assert (decoded.kind, decoded.text, decoded.elements, decoded.uii) == (CodeKind.PLAIN, "AK-000042", (), None)
    assert candidates(decoded) == ("AK-000042",)


@pytest.mark.parametrize("serial", ["21A4567", "10234567", "8004123456", "0112345", "17251231", "00123456"])
def test_a_serial_that_begins_like_an_identifier_is_not_taken_apart(serial: str) -> None:
    assert decode(serial).kind is CodeKind.PLAIN
    assert candidates(decode(serial)) == (serial,)


@pytest.mark.parametrize("carrier", sorted(CARRIERS))
def test_an_asset_identifier_is_its_own_unique_identifier(carrier: str) -> None:
    decoded = decode(f"{carrier}8004{GIAI}")
    assert decoded.kind is CodeKind.GS1
    assert decoded.symbology == carrier
    assert decoded.elements == (("8004", GIAI),)
    assert decoded.uii == GIAI
    assert candidates(decoded)[0] == GIAI


def test_an_asset_identifier_without_its_symbology_is_a_guess_after_the_whole_text() -> None:
    decoded = decode(f"8004{GIAI}")
    assert decoded.uii == GIAI
    assert not decoded.declared
    assert candidates(decoded) == (f"8004{GIAI}", GIAI)


def test_an_item_with_serial_lot_and_expiry() -> None:
    decoded = decode(f"]d201{GTIN}17280229" + "21SN-042\x1d10L7")
    assert decoded.elements == (("01", GTIN), ("17", "280229"), ("21", "SN-042"), ("10", "L7"))
    assert decoded.problems == ()
    assert decoded.uii is None
    assert candidates(decoded)[:2] == ("SN-042", "L7")


def test_a_returnable_asset_is_unique_only_with_a_serial() -> None:
    assert decode(f"]C180030{GTIN[1:]}X7").uii == f"0{GTIN[1:]}X7"
    assert decode(f"]C180030{GTIN[1:]}").uii is None


def test_what_is_printed_below_a_symbol_is_understood() -> None:
    decoded = decode(f"(01){GTIN}(21)SN-042")
    assert decoded.elements == (("01", GTIN), ("21", "SN-042"))
    assert decode("(7)oak").kind is CodeKind.PLAIN


@pytest.mark.parametrize(
    ("scanned", "part"),
    [
        ("]C10109506000134353", "check digit of 09506000134353"),
        ("]C10195060001343521", "check digit"),
        ("]C180030950600013435" + "3X7", "check digit"),
        ("]E09506000134353", "check digit"),
        ("]C117270229", "not a day"),
        ("]C117271301", "not a GS1 element"),
        ("]C121" + "A" * 25, "longer than GS1 allows"),
        ("]C121A\x1d21B", "two different values for 21"),
        ("]C1~~", "not a GS1 element"),
        ("]C121Ä", "does not allow"),
        ("]E0AK", "not a GS1 element"),
    ],
)
def test_a_damaged_gs1_code_names_its_problem_and_no_identifier(scanned: str, part: str) -> None:
    decoded = decode(scanned)
    assert any(part in problem for problem in said(scanned)), said(scanned)
    assert decoded.uii is None
    assert set(candidates(decoded)) <= {decoded.text.replace("\x1d", "")}


def test_the_zeroth_day_stands_for_the_month() -> None:
    assert said("]C117270200") == []
    assert said("]C117280229") == []


@pytest.mark.parametrize("symbology", ["]C0", "]A0", "]d1", "]Q1"])
def test_a_symbol_that_is_not_gs1_is_not_read_as_such(symbology: str) -> None:
    assert decode(f"{symbology}01{GTIN}").kind is CodeKind.PLAIN


def test_an_identifier_with_nothing_behind_it_is_plain() -> None:
    assert decode("]C1").kind is CodeKind.PLAIN


def test_a_retail_code_is_a_trade_item() -> None:
    assert decode("]E09506000134352").elements == (("01", GTIN),)
    assert decode("]E496385074").elements == (("01", "00000096385074"),)


@pytest.mark.parametrize(
    ("scanned", "uii"),
    [
        (iso("06", "18S0TESTA1B2"), "D0TESTA1B2"),
        (iso("06", "25SUN0987654321A1"), "UN0987654321A1"),
        (iso("06", "17V0TEST", "1PPN-7", "SA1"), "D0TESTPN-7A1"),
        (iso("06", "12V098765432", "1PPN-7", "SA1"), "UN098765432PN-7A1"),
        (iso("06", "7LX0TEST", "1PPN-7", "SA1"), "LDX0TESTPN-7A1"),
        (iso("06", "3V0614141", "1PPN-7", "SA1"), "0614141PN-7A1"),
        (iso("06", "18VLB0TEST", "1PPN-7", "SA1"), "LB0TESTPN-7A1"),
        (iso("06", "17V0TEST", "1TL-9", "SA1"), "D0TESTL-9A1"),
        (iso("06", "17V0TEST", "1PPN-7", "SA1", "30PPN-8"), "D0TESTPN-7A1"),
        (iso("06", "I1TESTVIN000000001"), "1TESTVIN000000001"),
        (iso("06", "22STESTESN1"), "TESTESN1"),
        (iso("12", "MFR 0TEST", "SER A1"), "D0TESTA1"),
        (iso("12", "SPL 0TEST", "UCN A1"), "D0TESTA1"),
        (iso("12", "DUN 098765432", "SER A1"), "UN098765432A1"),
        (iso("12", "CAG 0TEST", "PNO PN-7", "SEQ A1"), "D0TESTPN-7A1"),
        (iso("05", f"8004{GIAI}"), GIAI),
        (iso("06", "17V0TEST", "1PPN-7"), None),
        (iso("06", "1PPN-7", "SA1"), None),
        (iso("12", "MFR 0TEST", "SEQ A1"), None),
    ],
)
def test_a_mark_gives_the_identifier_of_the_standard(scanned: str, uii: str | None) -> None:
    for shown in (scanned, "]d1" + scanned):
        decoded = decode(shown)
        assert decoded.kind is CodeKind.ISO15434
        assert decoded.problems == ()
        assert decoded.uii == uii
        if uii is not None:
            assert candidates(decoded)[0] == uii


def test_the_serial_of_a_mark_is_a_candidate_after_the_identifier() -> None:
    assert candidates(decode(iso("06", "17V0TEST", "1PPN-7", "SA1")))[:2] == ("D0TESTPN-7A1", "A1")


@pytest.mark.parametrize(
    ("scanned", "part"),
    [
        ("[)>0617V0TEST1PPN-7SA1", "serial mode"),
        ("[)>\x1e06\x1d18S0TESTA1", "cut short"),
        ("[)>\x1e06\x1d18S0TESTA1\x1e", "cut short"),
        (iso("07", "free text"), "Format 07"),
        (iso("06", "?"), "names no data element"),
        (iso("06", "18S0TESTA1", "25SUNXB2"), "more than one"),
        (iso("06", "17V0TEST", "17V1TEST", "1PPN-7", "SA1"), "more than one"),
        (iso("05", "0109506000134353"), "check digit"),
        (iso("06", *["QA"] * 300), "more elements"),
    ],
)
def test_a_damaged_mark_names_its_problem_and_no_identifier(scanned: str, part: str) -> None:
    decoded = decode(scanned)
    assert decoded.kind is CodeKind.ISO15434
    assert any(part in problem for problem in said(scanned)), said(scanned)
    assert decoded.uii is None
    assert len(candidates(decoded)) <= 1


def test_a_mark_may_hold_several_formats() -> None:
    scanned = f"[)>\x1e06\x1dSA1\x1e05\x1d8004{GIAI}\x1e\x04"
    assert decode(scanned).elements == (("S", "A1"), ("8004", GIAI))


def test_a_printed_symbol_means_what_was_put_into_it() -> None:
    mark = iso("06", "17V0TEST", "1PPN-7", "SA1")
    symbol = zxingcpp.create_barcode(mark, zxingcpp.BarcodeFormat.DataMatrix)
    (read,) = zxingcpp.read_barcodes(symbol.to_image(scale=4))
    assert decode(read.symbology_identifier.encode() + read.bytes).uii == "D0TESTPN-7A1"


@pytest.mark.parametrize(
    "hostile",
    [
        "AK-42\u202e24-KA",
        "AK\u200b42",
        "\u2066AK",
        "AK\u2028",
        "AK\u00a042",
        "A" * (LONGEST_CANDIDATE + 1),
        "\x00\x07",
        " \t ",
        "",
    ],
)
def test_a_text_in_disguise_is_no_candidate(hostile: str) -> None:
    assert candidates(decode(hostile)) == ()


def test_control_characters_are_taken_out_of_candidates() -> None:
    assert candidates(decode("\x02AK\x0042\r\n")) == ("AK42",)


def test_composed_and_decomposed_letters_are_one_candidate() -> None:
    assert candidates(decode("Su\u0308d-1")) == candidates(decode("S\u00fcd-1"))


def test_bytes_that_are_no_text_are_kept() -> None:
    tag = bytes.fromhex("30395dfa80001f40000000be")
    decoded = decode(tag)
    assert (decoded.kind, decoded.raw, decoded.uii, decoded.problems) == (CodeKind.PLAIN, tag, None, ())
    assert candidates(decoded) == ()


identifiers = st.sampled_from(
    ["]C1", "]d2", "]E0", "]d1", "", "[)>\x1e06\x1d", "[)>\x1e12\x1d", "[)>\x1e05\x1d", "(01)"]
)


@given(st.binary(max_size=400))
@settings(max_examples=500, deadline=500)
def test_any_bytes_have_a_meaning(scanned: bytes) -> None:
    decoded = decode(scanned)
    assert decoded.raw == scanned
    for text in candidates(decoded):
        assert text.isprintable()
        assert 0 < len(text) <= LONGEST_CANDIDATE


@given(identifiers, st.text(st.characters(codec=None), max_size=120), st.sampled_from(["", "\x1e\x04"]))
@example("", "\ud800", "")
@example("]C1", "01٠٩٥٠٦٠٠٠١٣٤٣٥٢", "")
@settings(max_examples=500, deadline=500)
def test_any_text_has_a_meaning(start: str, middle: str, end: str) -> None:
    decoded = decode(start + middle + end)
    assert not (decoded.problems and decoded.uii)
    candidates(decoded)


@pytest.mark.parametrize(
    "hostile",
    [
        "]C1" + "1" * 7_000,
        "]C1" + "10A\x1d" * 1_700,
        "]C1" + "99" + "\x1d" * 7_000,
        "(10)A" * 1_400,
        "(" * 7_000,
        "[)>\x1e" + "06\x1d" * 2_300 + "\x1e\x04",
        "[)>" + "\x1e" * 7_000 + "\x1e\x04",
        "A" * 1_000_000,
        "\u202e" * 2_000,
    ],
)
def test_hostile_lengths_are_answered_at_once(hostile: str) -> None:
    begun = time.perf_counter()
    candidates(decode(hostile))
    assert time.perf_counter() - begun < 1


def test_altered_marks_never_raise() -> None:
    chance = random.Random(7)
    models = [iso("06", "17V0TEST", "1PPN-7", "SA1"), f"]d201{GTIN}21SN\x1d10L", iso("12", "MFR 0T", "SER A")]
    for _ in range(5_000):
        raw = bytearray(chance.choice(models).encode())
        for _ in range(chance.randint(1, 3)):
            raw[chance.randrange(len(raw))] = chance.randrange(256)
        candidates(decode(bytes(raw)))
