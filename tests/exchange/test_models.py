"""The catalogue in lists: written and read again, and what it makes of a list of weapons."""

from __future__ import annotations

from pathlib import Path

import pytest

from fakes.depot import Depot, depot_in_memory
from fakes.lists import WEAPONS, planned, reading, weapon
from muniment.desk.desk import Deposition
from muniment.desk.import_plan import Plan, StockEntry
from muniment.desk.importing import import_list
from muniment.desk.models import add_model, listed_models, proposals, retire_model
from muniment.desk.policy import change_policy
from muniment.domain.basics.refusal import Refusal
from muniment.domain.stock.model import Model, ModelName, model_written
from muniment.exchange.export_lists import ListKind
from muniment.exchange.exporting import export_list
from muniment.exchange.model_files import HEADINGS, model_row, read_models, write_models
from muniment.exchange.sheets import SheetRefused


@pytest.fixture
def depot() -> Depot:
    return depot_in_memory()


FULL = model_written(
    ModelName("Example Works", "Model A"),
    "SA-40",
    ["5.56x45mm", "7.62x39mm"],
    "SU",
    modular=True,
    numbered=["barrel", "upper"],
    aliases=["EW|A", "|=A-1"],
    note="-folding",
)
PLAIN = model_written(ModelName("=Example", "@B"), "LW-70", [])


class TestFiles:
    @pytest.mark.parametrize("suffix", [".csv", ".tsv", ".xlsx", ".ods"])
    def test_what_was_written_is_read_again(self, tmp_path: Path, suffix: str) -> None:
        path = tmp_path / f"models{suffix}"
        write_models(path, [model_row(FULL, weapons=3), model_row(PLAIN), model_row(PLAIN, retired=True)])
        assert read_models(path) == [FULL, PLAIN]

    def test_every_bad_row_is_named(self, tmp_path: Path) -> None:
        path = tmp_path / "models.csv"
        path.write_text(
            "Make,Model,Type_code,Calibres,Modular\nEW,,SA-40,9x19mm,\nEW,B,SA-99,9x19mm,\nEW,C,SA-12,9x19mm,perhaps\n",
            encoding="utf-8",
        )
        with pytest.raises(SheetRefused) as refused:
            read_models(path)
        found = [(one.where, one.kind) for one in refused.value.problems]
        assert found == [("line 2", "model_unnamed"), ("line 3", "type_unknown"), ("line 4", "not_an_answer")]

    def test_a_list_without_the_columns_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "models.csv"
        path.write_text("make,name\nEW,B\n", encoding="utf-8")
        with pytest.raises(SheetRefused) as refused:
            read_models(path)
        assert [one.kind for one in refused.value.problems] == ["column_missing"]

    def test_the_export_of_everything_has_the_catalogue(self, depot: Depot, tmp_path: Path) -> None:
        entered(depot, FULL)
        path = tmp_path / "models.csv"
        assert export_list(depot.register, ListKind.MODELS, path).rows == 1
        heading, row = path.read_text(encoding="utf-8-sig").splitlines()
        assert heading.split(",")[: len(HEADINGS)] == list(HEADINGS)
        assert "M-0000001" in row
        assert read_models(path) == [FULL]


def entered(depot: Depot, what: Model) -> None:
    add_model(depot.desk, depot.by_officer(), what)


def plan(depot: Depot, *models: str, overrides: tuple[str, ...] = ()) -> Plan:
    rows = [weapon(f"EX-{n}", make="Example Works", model=name) for n, name in enumerate(models, 70)]
    return planned(depot, reading(WEAPONS, rows), overrides=overrides)


def fields(made: Plan) -> list[dict[str, object]]:
    return [dict(one.fields) for one in made.entries if isinstance(one, StockEntry)]


class TestListsOfWeapons:
    def test_an_alias_and_another_spelling_become_the_entry_and_it_is_said(self, depot: Depot) -> None:
        entered(depot, model_written(ModelName("Example Works", "Rifle A"), "SA-40", ["5.56x45mm"], aliases=["Old A"]))
        made = plan(depot, "Old A", "OLD A", "rifle a", "Rifle A")
        assert [one["model"] for one in fields(made)] == ["Rifle A"] * 4
        assert [one.get("model_as_listed") for one in fields(made)] == ["Old A", "OLD A", "rifle a", None]
        assert [one.kind for one in made.notices] == ["model_mapped"] * 3
        assert "is taken as M-0000001 Example Works Rifle A in 1 rows" in str(made.notices[0].says)

    def test_what_is_only_near_stays_as_it_is_written(self, depot: Depot) -> None:
        entered(depot, FULL)
        made = plan(depot, "Modle A", "Quite Other")
        assert [one["model"] for one in fields(made)] == ["Modle A", "Quite Other"]
        assert [one.kind for one in made.notices] == ["not_in_catalogue"] * 2
        assert "Near: M-0000001" in str(made.notices[0].says)

    def test_an_empty_catalogue_says_nothing(self, depot: Depot) -> None:
        assert plan(depot, "Quite Other").notices == ()

    def test_a_retired_entry_takes_nothing_over(self, depot: Depot) -> None:
        entered(depot, FULL)
        with depot.desk.look() as work:
            subject = listed_models(work)[0].entry.subject
        retire_model(depot.desk, depot.by_officer(reason="none left"), subject)
        assert [one["model"] for one in fields(plan(depot, "model a"))] == ["model a"]

    def test_what_was_imported_and_is_in_no_entry_is_proposed(self, depot: Depot) -> None:
        made = plan(depot, "Quite Other", "Quite Other", "QUITE OTHER")
        import_list(depot.desk, depot.by_officer(), made)
        with depot.desk.look() as work:
            first = proposals(work)[0]
        assert (str(first.model.name), first.weapons) == ("Example Works Quite Other", 3)

    def test_a_depot_that_takes_its_catalogue_only_leaves_the_others_out(self, depot: Depot) -> None:
        entered(depot, FULL)
        said = Deposition(depot.administrator_signed_in(), reason="order 7")
        change_policy(depot.desk, said, {"catalogue_only": True})
        made = plan(depot, "Model A", "Quite Other")
        assert [(one.kind, one.row) for one in made.problems] == [("not_in_catalogue", 3)]
        assert made.totals.rows == {"registered": 1, "left_out": 1}
        passed = plan(depot, "Model A", "Quite Other", overrides=("not_in_catalogue",))
        assert [len(one.objections) for one in passed.entries if isinstance(one, StockEntry)] == [0, 1]
        with pytest.raises(Refusal) as refusal:
            import_list(depot.desk, depot.by_officer(), passed)
        assert refusal.value.rule == "not_in_catalogue"
        by_two = depot.by_officer(second=True, reason="from the museum", overrides={"not_in_catalogue"})
        import_list(depot.desk, by_two, passed)
        assert depot.breaks() == ()
