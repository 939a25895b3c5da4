"""The page of the catalogue on the screen: scans and keys."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import QDir, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fakes.pages import Counter, form, write
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.ui.kit.clipping import clipped
from muniment.ui.kit.theme import Theme, wear
from muniment.ui.kit.tokens import Scale, Tint
from muniment.ui.models.list_panel import ListPanel
from muniment.ui.models.presenter import ModelsPresenter
from muniment.ui.models.screen import ModelsScreen


@pytest.fixture
def page(counter: Counter) -> ModelsScreen:
    presenter = ModelsPresenter(counter.depot.desk, counter.depot.by_officer().officer)
    made = ModelsScreen(presenter, counter.bridge, counter.window)
    counter.window.add_page("models", "clipboard-list", "Catalogue", made, in_rail=False)
    counter.window.show_page("models")
    counter.settle()
    return made


def key(counter: Counter, pressed: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget() or counter.window, pressed)
    counter.settle()


def entered(counter: Counter, page: ModelsScreen, model: str = "Model A") -> None:
    page.add.click()
    write(form(counter), make="Example Works", model=model, calibres="5.56x45mm")
    counter.press(form(counter))


def names(page: ModelsScreen) -> list[str]:
    assert page.view is not None
    return [str(one.entry.model.name) for one in page.view.lines]


def test_an_empty_catalogue_says_how_to_begin(page: ModelsScreen) -> None:
    assert page.empty.isVisible()
    assert not page.table.isVisible()


def test_an_entry_is_made_from_the_register_by_keys_alone(counter: Counter, page: ModelsScreen) -> None:
    key(counter, Qt.Key.Key_F9)
    page.proposals.setFocus()
    page.proposals.choose(0)
    counter.settle()
    key(counter, Qt.Key.Key_F6)
    assert form(counter).fields["model"].value == "Model A"
    key(counter, Qt.Key.Key_Return)
    assert counter.window.panel is None
    assert names(page) == ["Example Works Model A"]
    assert "is in the catalogue" in page.message.text()
    assert counter.depot.breaks() == ()


def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(counter: Counter, page: ModelsScreen) -> None:
    page.add.click()
    write(form(counter), make="Example Works", model="Model B", calibres="")
    counter.press(form(counter))
    assert form(counter).fields["model"].value == "Model B"
    assert form(counter).refused is None
    write(form(counter), calibres="5.56x45mm")
    counter.press(form(counter))
    assert counter.window.panel is None


def test_an_entry_is_changed_for_a_reason(counter: Counter, page: ModelsScreen) -> None:
    entered(counter, page)
    key(counter, Qt.Key.Key_F3)
    write(form(counter), country="BE", calibres="5.56x45mm; 7.62x39mm", reason="seen on the metal")
    counter.press(form(counter))
    assert page.view is not None
    assert page.view.shown is not None
    assert page.view.shown.entry.model.country == "BE"
    assert str(page.view.facts[0].what) == "Entry of the catalogue changed"


def test_an_entry_is_retired_and_used_again(counter: Counter, page: ModelsScreen) -> None:
    entered(counter, page)
    key(counter, Qt.Key.Key_F4)
    write(form(counter), reason="none left")
    counter.press(form(counter))
    assert not page.retire.isEnabled()
    assert page.change.shown_words == "Use again"
    page.change.click()
    write(form(counter), reason="needed")
    counter.press(form(counter))
    assert page.retire.isEnabled()


def test_another_name_of_an_entry_must_be_chosen_where_none_is_near(counter: Counter, page: ModelsScreen) -> None:
    entered(counter, page, "Quite Other")
    counter.window.take_scan(Scan("EX-P-01"))
    counter.settle()
    assert page.warning.isVisible()
    key(counter, Qt.Key.Key_F7)
    counter.press(form(counter))
    assert counter.window.panel is not None
    assert page.view is not None
    write(form(counter), model=page.view.lines[0].entry.subject)
    counter.press(form(counter))
    assert counter.window.panel is None
    assert [one.weapons for one in page.view.lines] == [1]


def test_a_scan_of_a_weapon_shows_its_entry_and_leads_to_its_like(counter: Counter, page: ModelsScreen) -> None:
    entered(counter, page)
    entered(counter, page, "Model B")
    counter.window.take_scan(Scan("EX-000001"))
    counter.settle()
    assert page.name.text() == "Example Works Model A"
    asked: list[str] = []
    page.list_asked.connect(asked.append)
    key(counter, Qt.Key.Key_F5)
    assert asked == ["Example Works Model A"]


def test_a_list_is_chosen_in_its_folder_by_keys_alone(
    counter: Counter, page: ModelsScreen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDir, "homePath", lambda: str(tmp_path))
    (tmp_path / "models.csv").write_text(
        "make,model,type_code,calibres\nExample Works,Model A,SA-40,5.56x45mm\n", encoding="utf-8"
    )
    key(counter, Qt.Key.Key_F10)
    key(counter, Qt.Key.Key_Down)
    assert form(counter).fields["file"].value == str(tmp_path / "models.csv")
    key(counter, Qt.Key.Key_Return)
    assert counter.window.panel is None
    assert names(page) == ["Example Works Model A"]


def test_a_list_that_cannot_be_read_is_refused_at_its_field(
    counter: Counter, page: ModelsScreen, tmp_path: Path
) -> None:
    page.list_in.click()
    counter.settle()
    write(form(counter), file=str(tmp_path / "nowhere.csv"))
    counter.press(form(counter))
    panel = counter.window.panel
    assert isinstance(panel, ListPanel)
    assert panel.refused is None
    assert "nowhere.csv" in panel.file.line.accessibleDescription()


@pytest.mark.parametrize(("tint", "scale"), [*product((Tint.LIGHT, Tint.NIGHT), Scale)])
def test_nothing_of_the_panel_for_lists_is_cut_off(
    counter: Counter, page: ModelsScreen, tint: Tint, scale: Scale
) -> None:
    wear(Theme(tint, scale))
    page.list_in.click()
    counter.settle()
    QApplication.processEvents()
    assert clipped(counter.window) == []


@pytest.mark.parametrize(("tint", "scale"), [*product((Tint.LIGHT, Tint.NIGHT), Scale)])
def test_nothing_is_cut_off(counter: Counter, page: ModelsScreen, tint: Tint, scale: Scale) -> None:
    entered(counter, page)
    wear(Theme(tint, scale, still=True))
    for ask in (page.change, page.retire, page.add):
        ask.click()
        counter.settle()
        assert clipped(counter.window) == []
        counter.window.close_panel()
    page.lacking.click()
    counter.settle()
    page.proposals.choose(0)
    counter.settle()
    assert clipped(counter.window) == []
