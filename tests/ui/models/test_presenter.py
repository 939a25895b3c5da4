"""The page of the catalogue, decided without a screen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fakes.depot import Depot, rifle_called
from muniment.desk.describing import describe
from muniment.desk.signing import sign_in
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.desk.stock import register
from muniment.domain.basics.refusal import Refusal
from muniment.domain.custody.models import Entry
from muniment.domain.stock.model import ModelName
from muniment.exchange.export_lists import ListKind
from muniment.exchange.exporting import export_list
from muniment.ui.acts import field_of
from muniment.ui.models.presenter import ModelsPresenter, Written

RIFLE = Written("Example Works", "Model A", "SA-40", "5.56x45mm", "fr")


@pytest.fixture
def presenter(depot: Depot) -> ModelsPresenter:
    return ModelsPresenter(depot.desk, sign_in(depot.desk, "officer", "correct horse"))


def entered(presenter: ModelsPresenter, written: Written = RIFLE) -> Entry:
    shown = presenter.add(written)().shown
    assert shown is not None
    return shown.entry


def test_an_entry_is_added_and_stands_in_front_with_its_weapons(presenter: ModelsPresenter) -> None:
    view = presenter.add(RIFLE)()
    assert view.shown is not None
    assert (view.shown.entry.number, view.shown.weapons) == ("M-0000001", 1)
    assert [str(line.what) for line in view.facts] == ["Entered in the catalogue"]
    assert [str(one.model.name) for one in view.lacking] == ["Example Works Model P"]


LIST = "make,model,type_code,calibres\nExample Works,Model A,SA-40,5.56x45mm\nExample Works,Model P,SA-12,9x19mm\n"


def written_list(folder: Path, text: str) -> str:
    path = folder / "models.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_list_is_taken_in_whole(presenter: ModelsPresenter, tmp_path: Path) -> None:
    view = presenter.take_list(written_list(tmp_path, LIST), "")()
    assert [str(one.entry.model.name) for one in view.lines] == ["Example Works Model A", "Example Works Model P"]
    assert view.lacking == ()
    assert str(view.told) == "models.csv is taken in. Weapons keep the words they bear."


def test_what_the_catalogue_is_written_into_is_taken_in_again(
    presenter: ModelsPresenter, depot: Depot, tmp_path: Path
) -> None:
    presenter.take_list(written_list(tmp_path, LIST), "")
    export_list(depot.register, ListKind.MODELS, tmp_path / "again.xlsx", with_names=False)
    with pytest.raises(Refusal) as refusal:
        presenter.take_list(str(tmp_path / "again.xlsx"), "")
    assert refusal.value.rule == "nothing_changes"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (None, "No file is chosen."),
        ("make,model\nA,B\n", "These columns are missing: type_code."),
        (LIST.replace("SA-40", "SA-99").replace("SA-12", "?"), "line 3: "),
    ],
)
def test_a_list_that_cannot_be_taken_in_says_why_and_changes_nothing(
    presenter: ModelsPresenter, tmp_path: Path, text: str | None, says: str
) -> None:
    with pytest.raises(Refusal) as refusal:
        presenter.take_list(written_list(tmp_path, text) if text is not None else " ", "")
    assert says in str(refusal.value.says)
    assert presenter.view().lines == ()


def test_a_form_that_is_not_touched_changes_nothing(presenter: ModelsPresenter) -> None:
    written = replace(
        RIFLE, modular="yes", numbered="barrel; upper", aliases="EW|A", note="old", calibres="9x19mm; .40 S&W"
    )
    entry = entered(presenter, written)
    with pytest.raises(Refusal) as refusal:
        presenter.change(entry, Written.of(entry.model), "")
    assert refusal.value.rule == "nothing_changes"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"make": ""}, "model"),
        ({"model": "model a"}, "model"),
        ({"model": "B", "calibres": ""}, "calibres"),
        ({"model": "B", "country": "ZZ"}, "country"),
        ({"model": "B", "numbered": "wheel"}, "numbered"),
        ({"model": "B", "aliases": "EW|"}, "aliases"),
    ],
)
def test_a_refusal_stands_at_its_field(presenter: ModelsPresenter, wrong: dict[str, str], field: str) -> None:
    entered(presenter)
    with pytest.raises(Refusal) as refusal:
        presenter.add(replace(RIFLE, **wrong))  # type: ignore[arg-type]
    assert field_of(refusal.value) == field


def test_a_retired_entry_comes_last_and_is_used_again(presenter: ModelsPresenter) -> None:
    entry = entered(presenter)
    entered(presenter, replace(RIFLE, model="Model B"))
    view = presenter.retire(entry, "none left")()
    assert [one.entry.number for one in view.lines] == ["M-0000002", "M-0000001"]
    again = presenter.change(view.lines[1].entry, RIFLE, "needed")().lines
    assert [one.entry.retired for one in again] == [False, False]


def test_a_scan_shows_the_entry_of_a_weapon(presenter: ModelsPresenter, depot: Depot) -> None:
    entry = entered(presenter, replace(RIFLE, model="Rifle A", aliases="Model A"))
    entered(presenter, replace(RIFLE, model="Model B"))
    for code in (depot.card(depot.rifle).register_no, "EX-000001", entry.number):
        shown = presenter.scanned(Scan(code)).shown
        assert shown is not None
        assert shown.entry == entry


def test_a_scanned_weapon_of_no_entry_is_proposed(presenter: ModelsPresenter, depot: Depot) -> None:
    view = presenter.scanned(Scan("EX-P-01"))
    assert view.lacks
    assert view.proposed is not None
    assert view.proposed.model.model == "Model P"
    assert [str(one) for one in view.warnings] == ["W-0000002 is of no entry: Example Works Model P."]


def test_a_scanned_weapon_without_a_model_and_another_code_are_said_to_be_so(
    presenter: ModelsPresenter, depot: Depot
) -> None:
    describe(depot.desk, depot.by_officer(reason="unreadable"), depot.rifle, {"model": None})
    assert "not known" in str(presenter.scanned(Scan("EX-000001")).warnings[0])
    assert str(presenter.scanned(Scan("RACK1")).warnings[0]) == "RACK1 is no weapon."


def test_what_the_register_bears_becomes_an_entry_or_another_name_of_one(
    presenter: ModelsPresenter, depot: Depot
) -> None:
    register(depot.desk, depot.by_officer(), rifle_called("EX-2", "Modle A"), depot.rack)
    entry = entered(presenter)
    view = presenter.propose(ModelName("Example Works", "Modle A"))
    assert view.proposed is not None
    assert view.proposed.near == (entry,)
    with pytest.raises(Refusal):
        presenter.alias(None, view.proposed.model.name)
    view = presenter.alias(entry, view.proposed.model.name)()
    assert [(one.entry.number, one.weapons) for one in view.lines] == [("M-0000001", 2)]
    proposed = view.lacking[0].model
    assert Written.of(proposed).meant == proposed
    assert presenter.add(Written.of(proposed))().lacking == ()
