"""Columns of types that hold words: what is known is written down, what is not is asked once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from fakes.depot import Depot, depot_in_memory
from fakes.lists import write_csv
from fakes.terminal import Terminal, secrets_in
from muniment.desk.import_plan import Plan, StockEntry
from muniment.domain.stock.taxonomy import weapon_types
from muniment.exchange.importing import plan_list, read_list
from muniment.exchange.mapping import load_mapping, plain_heading, save_mapping, suggest, translated
from muniment.exchange.type_words import _SYNONYMS, type_of_word, with_known_words

HEADINGS = ("Type", "Model", "Calibre", "Serial number", "Condition")
WORDS = ("rifle", "Rifle", "machine gun", "assault rifle", "SA-12", "machine gun")


@pytest.fixture
def depot() -> Depot:
    return depot_in_memory()


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    secrets_in(tmp_path, monkeypatch)
    made = Terminal(tmp_path / "register.muniment", capsys)
    made.says("init", "--depot", "Depot Example", "--country", "XX", "--realm", "training", second=True)
    made.says("places", "add", "R1", "--kind", "room")
    return made


def a_list(folder: Path, words: Sequence[str] = WORDS, heading: str = "Type") -> Path:
    rows = [(word, "Model Z", "5.56x45", f"Z-{nth}", "serviceable") for nth, word in enumerate(words)]
    return write_csv(folder / "old.csv", (heading, *HEADINGS[1:]), rows)


def planned(depot: Depot, path: Path, mapping: Path | None = None) -> Plan:
    with depot.desk.look() as work:
        return plan_list(read_list(path, "weapons", mapping_path=mapping), work, this_year=2026, default_place="RACK1")


def types(plan: Plan) -> list[object]:
    return [entry.fields["taxonomy_code"] for entry in plan.entries if isinstance(entry, StockEntry)]


def test_words_of_one_meaning_are_read_and_said_to_be(depot: Depot, tmp_path: Path) -> None:
    plan = planned(depot, a_list(tmp_path))
    assert types(plan) == ["SA-20", "SA-20", "SA-40", "SA-12"]
    read = [(note.where, str(note.says)) for note in plan.notices if note.kind == "word_read"]
    assert read == [
        ("column A (Type)", "“rifle” is read as SA-20 Rifle or carbine in 2 rows."),
        ("column A (Type)", "“assault rifle” is read as SA-40 Assault rifle in 1 rows."),
    ]


def test_a_word_that_may_mean_several_types_is_asked_once_with_its_column(depot: Depot, tmp_path: Path) -> None:
    plan = planned(depot, a_list(tmp_path))
    (asked,) = (note for note in plan.notices if note.kind == "word_unknown")
    assert asked.where == "column A (Type)"
    assert str(asked.says).startswith("Which type of weapon is “machine gun”? It stands in 2 rows;")
    assert [(note.kind, note.row) for note in plan.problems] == [("type_unknown", 4), ("type_unknown", 7)]


def test_an_answer_counts_for_all_rows_and_stays_in_the_kept_mapping(depot: Depot, tmp_path: Path) -> None:
    path = a_list(tmp_path)
    mapping = translated(read_list(path, "weapons").mapping, "type_code", "machine gun", "SA-55")
    save_mapping(mapping, tmp_path / "old.toml")
    plan = planned(depot, path, tmp_path / "old.toml")
    assert types(plan) == ["SA-20", "SA-20", "SA-55", "SA-40", "SA-12", "SA-55"]
    assert plan.problems == ()
    assert load_mapping(tmp_path / "old.toml").translations["type_code"]["rifle"] == "SA-20"


def test_a_meaning_that_was_given_is_never_put_aside_for_a_known_word(tmp_path: Path) -> None:
    reading = read_list(a_list(tmp_path), "weapons")
    mapping = translated(reading.mapping, "type_code", "RIFLE", "SA-22")
    again = with_known_words(mapping, reading.table)
    said = {plain_heading(word): code for word, code in again.translations["type_code"].items()}
    assert said["rifle"] == "SA-22"


@pytest.mark.parametrize("heading", ["Weapon type", "Type d’arme", "тип оружия"])
def test_a_heading_that_says_type_of_weapon_is_one_though_no_word_is_known(
    depot: Depot, tmp_path: Path, heading: str
) -> None:
    plan = planned(depot, a_list(tmp_path, ("mortar", "machine gun"), heading))
    assert [note.kind for note in plan.notices if note.where == f"column A ({heading})"] == ["word_unknown"] * 2


def test_words_that_leave_the_type_open_still_tell_a_column_of_types(depot: Depot, tmp_path: Path) -> None:
    plan = planned(depot, a_list(tmp_path, ("machine gun", "mortar", "rifle")))
    assert [note.kind for note in plan.notices if note.kind.startswith("word")] == [
        "word_unknown",
        "word_unknown",
        "word_read",
    ]


def test_a_column_called_type_that_holds_models_is_not_taken_for_types(tmp_path: Path) -> None:
    mapping = read_list(a_list(tmp_path, ("M4", "AK-47", "rifle")), "weapons").mapping
    assert "type_code" not in mapping.columns.values()


def test_words_of_certificates_are_read_the_same_way(depot: Depot, tmp_path: Path) -> None:
    headings = ("Service number", "Name", "Certified for", "Licence expires")
    rows = [("9001", "Example One", "pistol", "2027-05-01"), ("9002", "Example Two", "guns", "2027-05-01")]
    path = write_csv(tmp_path / "people.csv", headings, rows)
    with depot.desk.look() as work:
        plan = plan_list(read_list(path, "people"), work, this_year=2026)
    assert len(plan.entries) == 1
    assert [(note.where, note.kind) for note in plan.notices] == [
        ("column C (Certified for)", "word_read"),
        ("column C (Certified for)", "word_unknown"),
    ]


@pytest.mark.parametrize(
    "heading",
    [
        *("certificate until", "Valid until", "Licence expires", "License expiry date", "Expires"),
        *("Date d'expiration", "Fecha de caducidad", "Data de validade", "Срок действия"),
    ],
)
def test_the_last_day_of_a_certificate_is_known_by_its_heading(heading: str) -> None:
    assert suggest(("Service number", "Name", heading), "people").columns[heading] == "valid_until"


def test_every_word_means_one_type_of_weapon() -> None:
    told = [(plain_heading(word), code) for code, words in _SYNONYMS.items() for word in words]
    assert len({word for word, _ in told}) == len(told)
    assert all(type_of_word(word) == code for word, code in told)
    assert all(weapon_types()[code].is_weapon and weapon_types()[code].parent for _, code in told)


@pytest.mark.parametrize("word", ["machine gun", "mortar", "sniper rifle", "M4", "", "small arms"])
def test_a_word_of_several_meanings_or_of_none_means_nothing(word: str) -> None:
    assert type_of_word(word) == ""


def test_the_terminal_asks_takes_the_answer_and_keeps_it(terminal: Terminal, tmp_path: Path) -> None:
    path, kept = a_list(tmp_path), tmp_path / "kept.toml"
    shown = terminal.shown("import", "weapons", str(path), "--dry-run", "--place", "R1")
    assert "column A (Type): Which type of weapon is “machine gun”? It stands in 2 rows" in shown
    assert "The same 1 times more, last: line 7, column A (Type)" in shown
    assert "--means “WORD=CODE”" in shown
    answered = ("--means", "machine gun=SA-55", "--save-mapping", str(kept))
    terminal.says("import", "weapons", str(path), "--place", "R1", *answered)
    assert load_mapping(kept).translations["type_code"]["machine gun"] == "SA-55"


@pytest.mark.parametrize("answer", ["machine gun", "machine gun=XX", "=SA-55", "machine gun=SA"])
def test_an_answer_that_is_none_is_refused(terminal: Terminal, tmp_path: Path, answer: str) -> None:
    said = terminal.says("import", "weapons", str(a_list(tmp_path)), "--dry-run", "--means", answer, status=2)
    assert said["problems"][0]["where"] == "--means"
