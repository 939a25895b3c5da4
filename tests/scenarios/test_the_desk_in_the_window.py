"""Issue, return and what goes wrong with them, in the whole desktop: by scans and keys, never by the mouse."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fakes.at_the_desk import AtTheDesk
from muniment.domain.custody.command_cards import Command
from muniment.training.demonstration import PASSPHRASE, PIN, SECOND
from muniment.ui.kit.field import Field

Key = Qt.Key


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[AtTheDesk]:
    made = AtTheDesk(qtbot, tmp_path)
    yield made
    made.close()


def second_person(desk: AtTheDesk, reason: str) -> None:
    desk.press(Key.Key_F6)
    desk.go_to("Second person")
    desk.type(SECOND)
    desk.go_to("Passphrase")
    desk.type(PASSPHRASE)
    desk.go_to("Reason")
    desk.type(reason)
    desk.go_to("Let it pass")
    desk.press(Key.Key_Space)


def test_what_a_receiver_left_unconfirmed_he_confirms_when_he_comes_again(desk: AtTheDesk) -> None:
    desk.scan("BADGE-D102", "TAG-0002", "TAG-0010")
    desk.clock.forward(seconds=61)
    desk.wait_a_tick()
    assert desk.view.person == "", "a badge left open closes by itself"
    assert desk.receipt_state("TAG-0002") == "open"
    desk.scan("BADGE-D102")
    assert "R-000001" in str(desk.view.warnings[0])
    assert [line.outcome for line in desk.view.lines] == ["before", "before"]
    desk.press(Key.Key_F10)
    desk.type(PIN)
    desk.press(Key.Key_Return)
    assert desk.receipt_state("TAG-0002") == "confirmed"
    assert "R-000001" in str(desk.view.next_act)
    assert desk.whole()


def test_a_pin_typed_faster_than_the_desk_asks_for_it_is_not_lost(desk: AtTheDesk) -> None:
    desk.scan("BADGE-D101", "TAG-0001")
    desk.press_at_once(Key.Key_F10)
    desk.type(f"9{PIN}"[:1])
    desk.press_at_once(Key.Key_Backspace)
    desk.type(PIN)
    desk.press_at_once(Key.Key_Return)
    assert desk.desktop.window.panel is None, "the question had not come yet"
    desk.settle()
    assert desk.receipt_state("TAG-0001") == "confirmed"


def test_what_was_typed_for_a_question_that_never_came_presses_nothing(desk: AtTheDesk) -> None:
    desk.press_at_once(Key.Key_F10)
    desk.type("1234")
    desk.press_at_once(Key.Key_Return)
    desk.settle()
    assert desk.desktop.window.panel is None
    desk.scan("BADGE-D101", "TAG-0001")
    desk.press(Key.Key_F10)
    assert [line.value for line in desk.panel.findChildren(Field)] == ["", ""]


def test_somebody_else_may_step_up_while_a_receipt_waits_to_be_confirmed(desk: AtTheDesk) -> None:
    desk.scan("BADGE-D102", "TAG-0002")
    desk.clock.forward(seconds=61)
    desk.wait_a_tick()
    desk.scan("BADGE-D102", "BADGE-D103", "TAG-0003")
    assert (desk.view.person, desk.refused) == ("Pte R. Achterberg", "")
    assert desk.receipt_state("TAG-0002") == desk.receipt_state("TAG-0003") == "open"


def test_until_when_is_said_by_keys_and_what_cannot_be_is_said_at_the_line(desk: AtTheDesk) -> None:
    desk.scan("BADGE-D102")
    for wrong in ("tomorrow", "2020-01-01 08:00"):
        desk.press(Key.Key_F9)
        desk.type(wrong)
        desk.press(Key.Key_Return)
        assert desk.panel is not None
        desk.press(Key.Key_Escape)
    desk.press(Key.Key_F9, Key.Key_F6)
    desk.scan("TAG-0002")
    assert (desk.state("TAG-0002", "held_as"), desk.state("TAG-0002", "due_at")) == ("assignment", "")
    desk.press(Key.Key_F9)
    desk.type(
        (desk.clock.at + timedelta(days=2)).astimezone().strftime("%Y-%m-%d %H.%M")
    )  # as the keys on the screen write it
    desk.press(Key.Key_Return)
    desk.scan("TAG-0003")
    assert desk.state("TAG-0003", "held_as") == "shift"
    assert desk.state("TAG-0003", "due_at") > desk.state("TAG-0003", "issued_at")


def test_who_is_late_is_told_at_the_badge_before_anything_is_handed_out(desk: AtTheDesk) -> None:
    desk.scan("BADGE-D102", "TAG-0002")
    desk.press(Key.Key_F10, Key.Key_F6)
    desk.clock.forward(hours=15)
    desk.scan("BADGE-D102")
    (warning,) = desk.view.warnings
    assert str(warning) == "W-0000002 was due back 3 h ago and is still with this person."


def test_what_came_back_a_moment_ago_is_not_called_unknown_when_it_is_scanned_again(desk: AtTheDesk) -> None:
    desk.scan("BADGE-D102", "TAG-0002")
    desk.press(Key.Key_F10, Key.Key_F6)
    desk.scan(Command.RETURN.code, "BADGE-D103", "TAG-0002")
    assert "brought by another" in str(desk.view.warnings[0])
    assert "brought by Pte R. Achterberg" in str(desk.view.custody[0].what)
    desk.scan("TAG-0002")
    assert (desk.refused, desk.view.outcome) == ("back_already", "already")


def test_no_card_lets_a_refusal_pass_but_a_second_person_does(desk: AtTheDesk) -> None:
    desk.scan("BADGE-D105", "TAG-0001")
    desk.press(Key.Key_F6)
    for card in Command:
        desk.scanner.present(card.code)
    desk.settle()
    assert desk.state("TAG-0001", "held_as") == ""
    desk.press(Key.Key_Escape)
    second_person(desk, "the guard is one short")
    assert desk.state("TAG-0001", "held_as") == "shift"
    assert "let pass: certificate missing" in str(desk.view.custody[0].what)
    assert desk.view.custody[0].second == "Lt L. Ostrova"
    assert desk.whole()


def test_a_fault_told_of_the_wrong_weapon_is_taken_back_by_two(desk: AtTheDesk) -> None:
    desk.scan("BADGE-D102", "TAG-0002")
    desk.press(Key.Key_F10, Key.Key_F6)
    desk.scan(Command.RETURN.code, "TAG-0002")
    desk.press(Key.Key_F6)
    desk.type("the bolt sticks")
    desk.press(Key.Key_Return)
    assert desk.state("TAG-0002", "quarantine") == "the bolt sticks"
    desk.press(Key.Key_F7)
    assert desk.refused == "second_person_missing"
    assert desk.state("TAG-0002", "quarantine") == "the bolt sticks"
    second_person(desk, "it was the one beside it")
    assert desk.state("TAG-0002", "quarantine") == ""
    assert [line.outcome for line in desk.view.lines] == ["accepted"], "it came back all the same"
    assert desk.whole()


def test_a_transfer_is_sent_and_taken_back_by_keys_alone(desk: AtTheDesk) -> None:
    desk.press(Key.Key_6, modifier=Qt.KeyboardModifier.AltModifier)
    desk.press(Key.Key_F2)
    desk.scan("TAG-0001", "TAG-0002")
    desk.go_to("Receiver")
    desk.type("Depot South")
    desk.go_to("Number of the transfer order")
    desk.type("TO-7")
    desk.press(Key.Key_F10)
    assert desk.state("TAG-0001", "shipment") != ""
    desk.press(Key.Key_Escape, Key.Key_F4)
    desk.go_to("Why it did not go")
    desk.type("the lorry broke down")
    desk.press(Key.Key_Return)
    assert desk.state("TAG-0001", "shipment") == ""
    assert desk.whole()


def test_the_strip_leads_to_the_desk_where_a_signed_paper_closes_the_receipt(desk: AtTheDesk) -> None:
    desk.scan("BADGE-D102", "TAG-0002")
    desk.clock.forward(seconds=61)
    desk.wait_a_tick()
    assert desk.desktop.pages is not None
    desk.desktop.pages.refresh_queue()
    desk.settle()
    desk.press(Key.Key_F8, Key.Key_Right, Key.Key_Return)
    assert desk.view.person == "Pte J. Lindqvist"
    desk.press(Key.Key_F10, Key.Key_F5)
    assert desk.receipt_state("TAG-0002") == "open", "not without the number on the paper"
    desk.go_to("Number of the signed paper")
    desk.type("F-0012")
    desk.press(Key.Key_F5)
    assert desk.receipt_state("TAG-0002") == "confirmed"
    assert desk.whole()
