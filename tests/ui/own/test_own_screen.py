"""The page of what a depot defines for itself: fields, and states with the ways between them."""

from __future__ import annotations

from itertools import product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fakes.pages import Counter, form, write
from muniment.desk.own_fields import definitions
from muniment.desk.own_states import axes, move_to_state
from muniment.domain.basics.identity import Kind
from muniment.domain.custody.own_fields import FieldKind, OwnField
from muniment.domain.custody.own_states import Axis, Blocks, Guard, OwnState, Way
from muniment.domain.people.person import Role
from muniment.ui.kit.clipping import clipped
from muniment.ui.kit.targets import too_close, too_small
from muniment.ui.kit.theme import Theme, wear
from muniment.ui.kit.tokens import Scale, Tint
from muniment.ui.own.screen import OwnScreen


@pytest.fixture
def page(counter: Counter) -> OwnScreen:
    made = OwnScreen(counter.depot.desk, counter.depot.administrator_signed_in(), counter.bridge, counter.window)
    counter.window.add_page("own", "tag", "Own fields and states", made, in_rail=False)
    counter.window.show_page("own")
    counter.settle()
    return made


def key(counter: Counter, pressed: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget() or counter.window, pressed)
    counter.settle()


def act(counter: Counter, **values: str) -> None:
    write(form(counter), **values)
    counter.press(form(counter))


def defined(counter: Counter) -> list[OwnField]:
    with counter.depot.desk.look() as work:
        return definitions(work)


def axes_of(counter: Counter) -> list[Axis]:
    with counter.depot.desk.look() as work:
        return axes(work)


def guard_post(counter: Counter, page: OwnScreen) -> None:
    page.add.click()
    act(counter, title="Guard post", kind="choice", choices="north gate; south gate")


def drafted(counter: Counter, page: OwnScreen) -> None:
    page.turn.click()
    page.add.click()
    counter.settle()
    for title, blocks in (("Awaiting inspection", "always"), ("Passed", "no")):
        page.states.state.click()
        act(counter, title=title, blocks=blocks)
    page.states.way.click()
    act(counter, start="", end="awaiting_inspection")
    page.states.way.click()
    act(counter, start="awaiting_inspection", end="passed", second_person="yes", role="commander")


def workshop(counter: Counter, page: OwnScreen) -> None:
    drafted(counter, page)
    page.states.write_down.click()
    act(counter, title="Workshop", of="weapon")


def test_an_empty_page_says_how_to_begin(page: OwnScreen) -> None:
    assert page.fields.empty.isVisible()
    page.turn.click()
    assert page.states.empty.isVisible()


def test_a_field_is_defined_by_keys_alone(counter: Counter, page: OwnScreen) -> None:
    key(counter, Qt.Key.Key_F2)
    write(form(counter), title="Guard post", kind="choice", choices="north gate; south gate")
    key(counter, Qt.Key.Key_Return)
    assert counter.window.panel is None
    wanted = OwnField("guard_post", "Guard post", Kind.WEAPON, FieldKind.CHOICE, ("north gate", "south gate"))
    assert defined(counter) == [wanted]
    assert page.fields.title.text() == "Guard post"
    assert "stands on every such record now" in page.fields.message.text()
    assert counter.depot.breaks() == ()


def test_what_cannot_be_a_field_is_said_at_its_place_and_nothing_typed_is_lost(
    counter: Counter, page: OwnScreen
) -> None:
    page.add.click()
    act(counter, title="Nickname", of="person", kind="text")
    assert form(counter).fields["title"].value == "Nickname"
    assert form(counter).refused is None
    act(counter, kind="date")
    assert [one.of for one in defined(counter)] == [Kind.PERSON]


def test_a_field_gets_other_choices(counter: Counter, page: OwnScreen) -> None:
    guard_post(counter, page)
    key(counter, Qt.Key.Key_F3)
    act(counter, choices="north gate; east gate")
    assert defined(counter)[0].choices == ("north gate", "east gate")


def test_a_field_is_given_up_and_used_again(counter: Counter, page: OwnScreen) -> None:
    guard_post(counter, page)
    key(counter, Qt.Key.Key_F4)
    act(counter, reason="no longer asked for")
    assert defined(counter) == []
    assert page.fields.use.shown_words == "Use again"
    assert not page.fields.change.isEnabled()
    key(counter, Qt.Key.Key_F4)
    act(counter)
    assert [one.key for one in defined(counter)] == ["guard_post"]


def test_who_may_not_set_the_policy_reads_why(counter: Counter, page: OwnScreen) -> None:
    page.sit_down(counter.depot.by_officer().officer)
    page.add.click()
    act(counter, title="Shots", kind="number")
    refused = form(counter).refused
    assert refused is not None
    assert defined(counter) == []


def test_an_axis_is_drafted_and_then_written_as_one(counter: Counter, page: OwnScreen) -> None:
    drafted(counter, page)
    assert axes_of(counter) == []
    key(counter, Qt.Key.Key_F10)
    act(counter, title="Workshop", of="weapon component", reason="ordered")
    assert axes_of(counter) == [
        Axis(
            "workshop",
            "Workshop",
            (OwnState("awaiting_inspection", "Awaiting inspection", Blocks.ALWAYS), OwnState("passed", "Passed")),
            (
                Way("", "awaiting_inspection"),
                Way("awaiting_inspection", "passed", frozenset({Guard.SECOND_PERSON}), Role.COMMANDER),
            ),
            (Kind.WEAPON, Kind.COMPONENT),
        )
    ]
    assert not page.states.drafts
    assert "is defined" in page.states.message.text()
    assert counter.depot.breaks() == ()


def test_an_axis_that_nothing_comes_onto_is_refused_and_its_draft_kept(counter: Counter, page: OwnScreen) -> None:
    drafted(counter, page)
    page.states.ways.choose(0)
    key(counter, Qt.Key.Key_F7)
    page.states.write_down.click()
    act(counter, title="Workshop")
    assert form(counter).refused is not None
    counter.window.close_panel()
    assert page.states.drafts
    assert page.states.view is not None
    assert [one.end for one in page.states.view.ways] == ["passed"]


def test_a_state_is_struck_from_a_draft_with_its_ways(counter: Counter, page: OwnScreen) -> None:
    drafted(counter, page)
    page.states.states.choose(1)
    key(counter, Qt.Key.Key_F7)
    assert page.states.view is not None
    assert [one.key for one in page.states.view.states] == ["awaiting_inspection"]
    assert [one.end for one in page.states.view.ways] == ["awaiting_inspection"]


def test_two_states_of_one_name_are_refused_at_once(counter: Counter, page: OwnScreen) -> None:
    drafted(counter, page)
    page.states.state.click()
    act(counter, title="Passed", blocks="no")
    assert counter.window.panel is not None
    write(form(counter), key="passed_again")
    counter.press(form(counter))
    assert counter.window.panel is None


def test_a_defined_state_stays_and_another_joins_it(counter: Counter, page: OwnScreen) -> None:
    workshop(counter, page)
    key(counter, Qt.Key.Key_F3)
    page.states.states.choose(0)
    assert not page.states.strike.isEnabled()
    assert page.states.strike.shown_words == "Items may stand in it"
    page.states.state.click()
    act(counter, title="Scrap", blocks="always")
    page.states.write_down.click()
    act(counter)
    assert [one.key for one in axes_of(counter)[0].states] == ["awaiting_inspection", "passed", "scrap"]


def test_a_state_of_a_draft_is_called_otherwise(counter: Counter, page: OwnScreen) -> None:
    workshop(counter, page)
    page.states.change.click()
    counter.settle()
    page.states.states.choose(1)
    key(counter, Qt.Key.Key_F3)
    act(counter, title="Ready")
    page.states.write_down.click()
    act(counter)
    assert axes_of(counter)[0].called("passed") == "Ready"


def test_an_axis_of_a_known_name_is_not_overwritten(counter: Counter, page: OwnScreen) -> None:
    workshop(counter, page)
    page.turn.click()
    before = axes_of(counter)
    workshop(counter, page)
    assert counter.window.panel is not None
    assert axes_of(counter) == before


def test_items_in_a_state_are_counted(counter: Counter, page: OwnScreen) -> None:
    workshop(counter, page)
    depot = counter.depot
    move_to_state(depot.desk, depot.by_officer(), depot.rifle, "workshop", "awaiting_inspection")
    page.page_shown()
    counter.settle()
    assert page.states.view is not None
    assert page.states.view.items == {"awaiting_inspection": 1, "passed": 0}


def test_an_axis_is_given_up_and_used_again(counter: Counter, page: OwnScreen) -> None:
    workshop(counter, page)
    key(counter, Qt.Key.Key_F4)
    act(counter, reason="no workshop any more")
    assert axes_of(counter) == []
    page.states.use.click()
    act(counter)
    assert [one.key for one in axes_of(counter)] == ["workshop"]


def test_escape_leaves_a_draft_unwritten(counter: Counter, page: OwnScreen) -> None:
    drafted(counter, page)
    key(counter, Qt.Key.Key_Escape)
    assert not page.states.drafts
    assert axes_of(counter) == []


@pytest.mark.parametrize(("tint", "scale"), [*product((Tint.LIGHT, Tint.NIGHT), Scale)])
def test_nothing_is_cut_off(counter: Counter, page: OwnScreen, tint: Tint, scale: Scale) -> None:
    guard_post(counter, page)
    wear(Theme(tint, scale, still=True))
    for ask in (page.add, page.fields.change, page.fields.use):
        ask.click()
        counter.settle()
        assert clipped(counter.window) == []
        counter.window.close_panel()
    workshop(counter, page)
    assert clipped(counter.window) == []
    page.states.change.click()
    counter.settle()
    for ask in (page.states.state, page.states.way, page.states.write_down):
        ask.click()
        counter.settle()
        assert clipped(counter.window) == []
        counter.window.close_panel()
    assert clipped(counter.window) == []


def test_gloved_hands_turn_from_the_states_of_a_draft_to_its_ways(counter: Counter, page: OwnScreen) -> None:
    wear(Theme(scale=Scale.GLOVE, still=True))
    counter.window.resize(1366, 768)
    drafted(counter, page)
    assert (page.states.states.isVisible(), page.states.ways.isVisible()) == (True, False)
    page.states.turn.click()
    assert (page.states.states.isVisible(), page.states.ways.isVisible()) == (False, True)


def test_gloved_hands_find_every_part_of_a_draft(counter: Counter, page: OwnScreen) -> None:
    wear(Theme(scale=Scale.GLOVE, still=True))
    counter.window.resize(1366, 768)
    drafted(counter, page)
    page.states.states.choose(0)
    counter.settle()
    assert too_small(counter.window) == []
    assert too_close(counter.window) == []
    assert counter.window.height() == 768
