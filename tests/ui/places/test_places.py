from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fakes.depot import Depot, depot_in_memory
from muniment.desk.places import NewPlace, register_place
from muniment.desk.signing import sign_in
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.domain.basics.identity import Kind, Subject, subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.custody.standing import Standing
from muniment.domain.places.place import PlaceKind
from muniment.ui.bridge import Bridge
from muniment.ui.kit.clipping import clipped
from muniment.ui.places.presenter import PlaceLine, PlacesPresenter, PlacesView, counted, field_of, tree_of
from muniment.ui.places.screen import PlacesScreen
from muniment.ui.places.tree import PlaceTree
from muniment.ui.shell.window import Window


@pytest.fixture
def depot() -> Depot:
    return depot_in_memory()


@pytest.fixture
def presenter(depot: Depot) -> PlacesPresenter:
    assert depot.register.views is not None
    return PlacesPresenter(depot.desk, depot.register.views, sign_in(depot.desk, "officer", "correct horse"))


def line_of(view: PlacesView, place: Subject) -> PlaceLine:
    return next(line for line in view.lines if line.place == place)


def called(name: str) -> Subject:
    return subject(Kind.PLACE, name.encode().hex().zfill(26))


def place(code: str, kind: PlaceKind, parent: str = "") -> Standing:
    fields: dict[str, object] = {"code": code, "name": code, "place_kind": kind.value}
    if parent:
        fields["parent"] = called(parent)
    return Standing(called(code), 1, fields)  # type: ignore[arg-type]


class TestTree:
    def test_codes_stand_in_the_order_people_count_in(self) -> None:
        assert sorted(["A10", "A2", "A1-12", "A1-3"], key=counted) == ["A1-3", "A1-12", "A2", "A10"]

    def test_each_place_follows_the_one_it_lies_in(self) -> None:
        places = [
            place("r2", PlaceKind.RACK, "room"),
            place("room", PlaceKind.ROOM, "depot"),
            place("depot", PlaceKind.DEPOT),
            place("r10", PlaceKind.RACK, "room"),
            place("out", PlaceKind.OUTSIDE),
        ]
        assert [line.code for line in tree_of(places, {})] == ["depot", "room", "r2", "r10", "out"]

    @given(st.lists(st.integers(0, 40), min_size=1, max_size=40), st.data())
    def test_the_roots_count_everything_once(self, parents: list[int], data: st.DataObject) -> None:
        names = [str(n) for n in range(len(parents))]
        kinds = st.sampled_from([PlaceKind.ROOM, PlaceKind.RACK])
        places = [
            place(name, data.draw(kinds), names[above % n] if n and above % 3 else "")
            for n, (name, above) in enumerate(zip(names, parents, strict=True))
        ]
        holding = {str(one.subject): data.draw(st.integers(0, 9)) for one in places}
        lines = tree_of(places, holding)
        assert sum(line.in_all for line in lines if line.parent is None) == sum(holding.values())
        assert {line.place for line in lines} == {one.subject for one in places}

    def test_a_closed_place_is_not_there(self) -> None:
        closed = place("r2", PlaceKind.RACK, "depot")
        closed.fields["withdrawn"] = "burnt"
        assert [line.code for line in tree_of([place("depot", PlaceKind.DEPOT), closed], {})] == ["depot"]


def test_what_lies_below_is_counted_and_shown(presenter: PlacesPresenter, depot: Depot) -> None:
    view = presenter.open(depot.rack)
    assert view.shown is not None
    assert (view.shown.line.here, view.shown.line.in_all) == (2, 2)
    assert len(view.shown.items) == 2
    assert view.lines[0].in_all == 2


def test_a_scan_shows_a_place_or_where_a_thing_lies(presenter: PlacesPresenter, depot: Depot) -> None:
    code = line_of(presenter.view(), depot.rack).code
    for scanned in (code.lower(), depot.card(depot.rifle).register_no):
        view = presenter.scanned(Scan(scanned))
        assert view is not None
        assert view.shown is not None
        assert view.shown.line.place == depot.rack
    assert presenter.scanned(Scan("NOBODY-KNOWS")) is None


def test_a_place_is_added_renamed_and_closed(presenter: PlacesPresenter, depot: Depot) -> None:
    room = line_of(presenter.view(), depot.rack).parent
    assert room is not None
    added = presenter.add(room, "rack", " R9 ", "")
    assert added.shown is not None
    assert (added.shown.line.code, added.shown.line.name) == ("R9", "R9")
    made = added.shown.line.place
    assert line_of(presenter.rename(made, "R9", "By the door"), made).name == "By the door"
    closed = presenter.close(made, "not needed")
    assert closed.shown is not None
    assert closed.shown.line.place == room
    assert made not in {line.place for line in closed.lines}


def test_a_refusal_stands_at_its_field(presenter: PlacesPresenter, depot: Depot) -> None:
    line = line_of(presenter.view(), depot.rack)
    assert line.parent is not None
    with pytest.raises(Refusal) as taken:
        presenter.add(line.parent, "rack", line.code, "")
    assert field_of(taken.value) == "code"


def test_the_kinds_offered_are_those_that_may_lie_there(presenter: PlacesPresenter, depot: Depot) -> None:
    assert line_of(presenter.view(), depot.rack).may_hold == (PlaceKind.SLOT,)


def slots(count: int) -> list[PlaceLine]:
    depot, rack = called("d"), called("r")
    lines = [
        PlaceLine(depot, "DEPOT", "Depot", PlaceKind.DEPOT, None),
        PlaceLine(rack, "R", "R", PlaceKind.RACK, depot),
    ]
    lines += [PlaceLine(called(f"s{n}"), f"R-{n}", f"R-{n}", PlaceKind.SLOT, rack, 1, 1) for n in range(count)]
    return lines


class TestPlaceTree:
    def test_ten_thousand_slots_are_folded_out_and_walked_at_once(self, qtbot: QtBot) -> None:
        tree = PlaceTree()
        qtbot.addWidget(tree)
        tree.resize(600, 500)
        tree.show()
        lines = slots(10_000)
        began = time.process_time()
        tree.put(lines)
        tree.stand_on(lines[-1].place)
        QApplication.processEvents()
        for _ in range(20):
            QTest.keyClick(tree, Qt.Key.Key_Up)
        QApplication.processEvents()
        assert tree.place == lines[-21].place
        assert time.process_time() - began < 3

    def test_a_large_rack_begins_folded(self, qtbot: QtBot) -> None:
        tree = PlaceTree()
        qtbot.addWidget(tree)
        tree.put(slots(200))
        assert not tree.isExpanded(tree.model().index(0, 0, tree.model().index(0, 0)))

    def test_the_keyboard_folds_and_the_row_is_read_aloud(self, qtbot: QtBot) -> None:
        tree = PlaceTree()
        qtbot.addWidget(tree)
        tree.show()
        tree.put(slots(3))
        root = tree.model().index(0, 0)
        tree.stand_on(slots(0)[0].place)
        QTest.keyClick(tree, Qt.Key.Key_Left)
        assert not tree.isExpanded(root)
        QTest.keyClick(tree, Qt.Key.Key_Right)
        assert tree.isExpanded(root)
        assert root.data(Qt.ItemDataRole.AccessibleTextRole) == "DEPOT, Depot, Depot, 0 here, 0 in all"


class TestScreen:
    @pytest.fixture
    def screen(self, qtbot: QtBot, depot: Depot, presenter: PlacesPresenter) -> Iterator[PlacesScreen]:
        window, bridge = Window("Depot Example", training=""), Bridge()
        made = PlacesScreen(presenter, bridge, window)
        window.add_page("places", "map-pin", "Places", made)
        qtbot.addWidget(window)
        window.show()
        window.unlock()
        yield made
        bridge.stop()

    def test_it_shows_a_scanned_place_and_leads_to_its_things(
        self, qtbot: QtBot, screen: PlacesScreen, depot: Depot
    ) -> None:
        code = depot.card(depot.rifle).place
        screen.take_scan(Scan(code))
        qtbot.waitUntil(lambda: screen.card is not None and screen.card.line.place == depot.rack, timeout=5000)
        for button, signal in (
            (screen.list, screen.list_asked),
            (screen.label, screen.labels_asked),
            (screen.bind, screen.bind_asked),
        ):
            with qtbot.waitSignal(signal, timeout=1000) as asked:
                button.click()
            assert asked.args == [depot.rack]
        qtbot.waitUntil(lambda: clipped(screen.window()) == [], timeout=5000)  # once the rows are laid out anew

    def test_an_unknown_code_is_said(self, qtbot: QtBot, screen: PlacesScreen) -> None:
        screen.take_scan(Scan("NOBODY-KNOWS"))
        qtbot.waitUntil(screen.warning.isVisible, timeout=5000)

    def test_a_place_is_added_by_keys_alone(self, qtbot: QtBot, screen: PlacesScreen, depot: Depot) -> None:
        window = screen.window()
        assert isinstance(window, Window)
        screen.page_shown()
        qtbot.waitUntil(lambda: screen.card is not None, timeout=5000)
        QTest.keyClick(window, Qt.Key.Key_F2)
        assert window.panel is not None
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClicks(focus, "H77")
        with qtbot.waitSignal(screen.changed, timeout=5000):
            QTest.keyClick(focus, Qt.Key.Key_Return)
        assert screen.card is not None
        assert screen.card.line.code == "H77"


def test_a_page_without_a_choice_asks_nothing(qtbot: QtBot, depot: Depot, presenter: PlacesPresenter) -> None:
    bridge = Bridge()
    screen = PlacesScreen(presenter, bridge, Window("Depot Example", training=""))
    qtbot.addWidget(screen)
    assert not screen.add.isEnabled()
    bridge.stop()


def test_many_places_are_read_in_a_moment(depot: Depot, presenter: PlacesPresenter) -> None:
    for n in range(50):
        register_place(depot.desk, depot.by_officer(), NewPlace(f"S-{n}", "", PlaceKind.SLOT, depot.rack))
    assert len(presenter.view().lines) > 50
