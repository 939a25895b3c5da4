from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from muniment.ui.kit import gallery
from muniment.ui.kit.band import OtherVerb, VerbBand
from muniment.ui.kit.button import Button, Weight
from muniment.ui.kit.card import Detail
from muniment.ui.kit.chip import Chip, Mark, chip_size, paint_chip
from muniment.ui.kit.clipping import clipped
from muniment.ui.kit.field import Field
from muniment.ui.kit.identity_slot import IdentitySlot, SlotState
from muniment.ui.kit.item_card import Item, ItemCard
from muniment.ui.kit.layout import column, holder
from muniment.ui.kit.outline import Family, Outline
from muniment.ui.kit.plate import Plate
from muniment.ui.kit.queue_strip import QueueStrip, Waiting
from muniment.ui.kit.refusal_card import OtherAct, RefusalCard, Refused
from muniment.ui.kit.scan_field import ScanField
from muniment.ui.kit.status_bar import Device, DeviceState, StatusBar
from muniment.ui.kit.tally import Tally
from muniment.ui.kit.theme import Theme, wear
from muniment.ui.kit.timeline import Event, Timeline
from muniment.ui.kit.tokens import State, Tint, Verb

REFUSED = Refused("Not issued", "It is quarantined.", "Nothing was issued.", "Put it aside.", serial="ZZ7700213")


ROOMS: list[QWidget] = []


@pytest.fixture(autouse=True)
def rooms_are_kept() -> Iterator[None]:
    """A room must live as long as the test, or Qt takes the parts with it."""
    yield
    ROOMS.clear()


def shown(qtbot: QtBot, *parts: QWidget) -> QWidget:
    room = holder(column(*parts))
    ROOMS.append(room)
    qtbot.addWidget(room)
    room.show()
    room.activateWindow()
    QApplication.processEvents()
    return room


@pytest.mark.parametrize("tint", Tint)
@pytest.mark.parametrize("state", State)
def test_a_chip_paints_its_word_in_every_theme(qapp: QApplication, tint: Tint, state: State) -> None:
    wear(Theme(tint))
    size = chip_size(Mark(state))
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    paint_chip(painter, QRect(0, 0, size.width(), size.height()), Mark(state))
    painter.end()
    assert len({image.pixel(x, y) for x in range(size.width()) for y in range(size.height())}) > 10


def test_a_chip_is_as_wide_as_its_words(qtbot: QtBot) -> None:
    short, long = Chip(State.MISSING), Chip(State.MISSING, "Rifle 4471 missing since yesterday")
    for chip in (short, long):
        qtbot.addWidget(chip)
    assert long.width() > short.width() + 100
    assert long.accessibleName() == "Rifle 4471 missing since yesterday"


def test_a_plate_looks_the_same_from_right_to_left(qtbot: QtBot, qapp: QApplication) -> None:
    plate = Plate("ZZ7700213", 40)
    qtbot.addWidget(plate)
    before, pieces = plate.grab().toImage(), plate.pieces()
    wear(Theme(), mirrored=True)
    assert plate.grab().toImage() == before
    assert plate.pieces() == pieces


def test_the_last_four_of_a_serial_stand_apart(qtbot: QtBot) -> None:
    plate = Plate("ZZ7700213")
    qtbot.addWidget(plate)
    plate.resize(plate.sizeHint())
    head, tail = plate.pieces()
    assert (head.text, tail.text) == ("ZZ770", "0213")
    assert tail.room.left() > head.room.right()
    assert plate.accessibleName() == "ZZ7700213"


def test_a_short_code_is_whole(qtbot: QtBot) -> None:
    plate = Plate("B-7")
    qtbot.addWidget(plate)
    assert [piece.text for piece in plate.pieces()] == ["B-7"]


@pytest.mark.parametrize(
    "serial", ["ZZ7700213", "SERIAL-0123456789-0123456789-0123456789-0123456789-ABCDEFGHI-12", "БЖ 12345"]
)
@pytest.mark.parametrize("wide", [260, 330, 420, 2000])
def test_a_plate_shows_all_of_a_code_in_the_room_there_is(qtbot: QtBot, serial: str, wide: int) -> None:
    plate = Plate(serial, 26)
    qtbot.addWidget(plate)
    plate.resize(max(plate.minimumSizeHint().width(), min(wide, plate.sizeHint().width())), plate.sizeHint().height())
    assert plate.width() <= max(wide, 330)
    assert "".join(piece.text for piece in plate.pieces()) == serial
    assert all(plate.rect().contains(piece.room.adjusted(0, 0, 0, -1)) for piece in plate.pieces()[-1:])


def test_a_plate_that_reaches_over_its_card_is_found(qtbot: QtBot) -> None:
    card = QWidget()
    plate = Plate("ZZ7700213", 26)
    plate.setParent(card)
    qtbot.addWidget(card)
    card.resize(60, 60)
    card.show()
    plate.resize(plate.sizeHint())
    assert clipped(card) == ["ZZ7700213"]


def test_a_serial_written_from_right_to_left_is_not_cut_in_two(qtbot: QtBot) -> None:
    plate = Plate("١٢٣٤٥٦ أب", 26)
    qtbot.addWidget(plate)
    plate.resize(plate.sizeHint())
    assert [piece.text for piece in plate.pieces()] == ["١٢٣٤٥٦ أب"]


def test_a_button_is_pressed_by_its_key_from_anywhere(qtbot: QtBot) -> None:
    button, elsewhere = Button("Find", "F9"), QLineEdit()
    room = shown(qtbot, button, elsewhere)
    elsewhere.setFocus()
    with qtbot.waitSignal(button.clicked, timeout=500):
        QTest.keyClick(room, Qt.Key.Key_F9)


def test_a_digit_written_into_a_line_presses_nothing(qtbot: QtBot) -> None:
    button, line = Button("No fault", "1"), QLineEdit()
    shown(qtbot, button, line)
    line.setFocus()
    with qtbot.assertNotEmitted(button.clicked):
        QTest.keyClick(line, Qt.Key.Key_1)
    assert line.text() == "1"


def test_a_forbidden_button_says_why_and_does_nothing(qtbot: QtBot) -> None:
    button = Button("Finish", "F10", Weight.PRIMARY)
    room = shown(qtbot, button)
    button.forbid("Answer the refused scan first")
    with qtbot.assertNotEmitted(button.clicked):
        QTest.keyClick(room, Qt.Key.Key_F10)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert button.accessibleName() == "Answer the refused scan first"
    button.allow()
    assert button.accessibleName() == "Finish"


@pytest.mark.parametrize("weight", Weight)
def test_the_ring_of_the_focus_is_seen(qtbot: QtBot, weight: Weight) -> None:
    button, other = Button("Find", "", weight), Button("Other")
    shown(qtbot, button, other)
    other.setFocus()
    without = button.grab().toImage()
    button.setFocus()
    assert button.grab().toImage() != without


def test_tab_reaches_every_button_in_reading_order(qtbot: QtBot) -> None:
    buttons = [Button(name) for name in ("First", "Second", "Third")]
    room = shown(qtbot, *buttons)
    buttons[0].setFocus()
    reached = []
    for _ in buttons:
        focus = QApplication.focusWidget()
        assert isinstance(focus, Button)
        reached.append(focus.shown_words)
        QTest.keyClick(room, Qt.Key.Key_Tab)
    assert reached == ["First", "Second", "Third"]


class TestRefusal:
    def card(self) -> RefusalCard:
        acts = (OtherAct("back", "Back to quarantine", "F6"), OtherAct("declare", "Declare lost", danger=True))
        return RefusalCard(REFUSED, "Set aside, go on", acts)

    @pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
    def test_enter_does_the_safe_act_whatever_has_the_focus(self, qtbot: QtBot, key: Qt.Key) -> None:
        card = self.card()
        shown(qtbot, card)
        for button in card.findChildren(Button):
            button.setFocus()
            with qtbot.assertNotEmitted(card.other_asked), qtbot.waitSignal(card.safe_done, timeout=500):
                QTest.keyClick(button, key)

    def test_another_act_has_its_own_key(self, qtbot: QtBot) -> None:
        card = self.card()
        room = shown(qtbot, card)
        with qtbot.assertNotEmitted(card.safe_done), qtbot.waitSignal(card.other_asked, timeout=500) as asked:
            QTest.keyClick(room, Qt.Key.Key_F6)
        assert asked.args == ["back"]

    def test_no_other_act_can_have_enter(self) -> None:
        with pytest.raises(ValueError, match="safe act"):
            RefusalCard(REFUSED, "Set aside", (OtherAct("declare", "Declare lost", "Enter"),))

    def test_it_is_heard_whole(self, qtbot: QtBot) -> None:
        card = self.card()
        qtbot.addWidget(card)
        assert "Not issued" in card.accessibleName()
        assert "Nothing was issued." in card.accessibleDescription()


class TestScanField:
    def field(self, qtbot: QtBot) -> ScanField:
        field = ScanField("Scan a weapon")
        shown(qtbot, field)
        return field

    def test_a_refused_scan_flashes_and_its_word_stays(self, qtbot: QtBot) -> None:
        field = self.field(qtbot)
        field.refused()
        assert field.lit
        qtbot.waitUntil(lambda: not field.lit, timeout=2000)
        assert field.last is State.REFUSED

    def test_a_still_theme_does_not_flash_and_says_it_all_the_same(self, qtbot: QtBot) -> None:
        wear(Theme(still=True))
        field = self.field(qtbot)
        field.accepted()
        assert not field.lit
        assert field.last is State.ACCEPTED

    def test_a_typed_code_counts_when_it_was_typed_twice(self, qtbot: QtBot) -> None:
        field = self.field(qtbot)
        room = field.window()
        QTest.keyClick(room, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
        assert field.typing
        entry = QApplication.focusWidget()
        assert entry is not None
        with qtbot.assertNotEmitted(field.typed):
            QTest.keyClicks(entry, "ZZ123")
            QTest.keyClick(entry, Qt.Key.Key_Return)
        with qtbot.waitSignal(field.typed, timeout=500) as typed:
            QTest.keyClicks(entry, " ZZ123")
            QTest.keyClick(entry, Qt.Key.Key_Return)
        assert typed.args == ["ZZ123"]
        assert not field.typing

    def test_two_that_differ_do_not_count(self, qtbot: QtBot) -> None:
        field = self.field(qtbot)
        field.open_entry()
        entry = QApplication.focusWidget()
        assert entry is not None
        with qtbot.assertNotEmitted(field.typed):
            for code in ("ZZ123", "ZZ132"):
                QTest.keyClicks(entry, code)
                QTest.keyClick(entry, Qt.Key.Key_Return)
        assert field.typing

    def test_esc_leaves_the_entry(self, qtbot: QtBot) -> None:
        field = self.field(qtbot)
        field.open_entry()
        entry = QApplication.focusWidget()
        assert entry is not None
        QTest.keyClick(entry, Qt.Key.Key_Escape)
        assert not field.typing

    def test_scans_need_no_focus(self, qtbot: QtBot) -> None:
        assert self.field(qtbot).focusPolicy() is Qt.FocusPolicy.NoFocus


def test_the_band_names_another_verb_and_does_not_change_itself(qtbot: QtBot) -> None:
    band = VerbBand(Verb.ISSUE, "Cpl T. Example", "", (OtherVerb("return", "Return", "F3"),))
    room = shown(qtbot, band)
    with qtbot.waitSignal(band.verb_asked, timeout=500) as asked:
        QTest.keyClick(room, Qt.Key.Key_F3)
    assert asked.args == ["return"]
    assert band.accessibleName() == "ISSUE"


def test_a_slot_says_aloud_whether_it_waits(qtbot: QtBot) -> None:
    slot = IdentitySlot("RECEIVER")
    qtbot.addWidget(slot)
    assert (slot.state, slot.accessibleName()) == (SlotState.WAITING, "RECEIVER, Waiting")
    slot.refuse("Sgt A. Sample", "Is the issuer already.")
    assert slot.state is SlotState.REFUSED
    slot.fill("Cpl T. Example", "Card, 08:02")
    assert (slot.state, slot.accessibleName()) == (SlotState.DONE, "RECEIVER, Cpl T. Example, Card, 08:02")


def test_the_timeline_can_be_read_aloud_entry_by_entry(qtbot: QtBot) -> None:
    line = Timeline([Event(State.ISSUED, "Issued", "A → B", "2026-11-19 05:55")], name="Custody")
    qtbot.addWidget(line)
    model = line.model()
    assert model is not None
    assert model.rowCount() == 1
    read = model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert read == "2026-11-19 05:55, Issued, A → B"


def test_the_strip_shows_the_oldest_and_counts_what_does_not_fit(qtbot: QtBot) -> None:
    strip = QueueStrip()
    room = shown(qtbot, strip)
    strip.show_waiting([Waiting(str(n), State.OVERDUE, f"{n} pistols late", "14 h") for n in range(30)])
    room.resize(900, 60)
    QApplication.processEvents()
    assert 0 < strip.hidden_count < 30
    strip.take_focus()
    with qtbot.waitSignal(strip.chosen, timeout=500) as chosen:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_Space)
    assert chosen.args == ["0"]


def test_of_very_many_only_so_many_are_made_as_a_wide_window_shows_and_all_are_counted(qtbot: QtBot) -> None:
    strip = QueueStrip()
    room = shown(qtbot, strip)
    strip.show_waiting([Waiting(str(n), State.OVERDUE, f"{n} pistols late", "14 h") for n in range(5_000)], more=700)
    room.resize(1920, 60)
    QApplication.processEvents()
    made = strip.findChildren(QAbstractButton)
    seen = [button for button in made if button.isVisible()]
    assert len(made) <= 40
    assert 0 < len(seen) < len(made)
    assert strip.hidden_count == 5_700 - len(seen)


def test_an_empty_strip_says_what_is_true(qtbot: QtBot) -> None:
    strip = QueueStrip()
    shown(qtbot, strip)
    said = [label.text() for label in strip.findChildren(QLabel) if label.isVisible() and label.text()]
    assert said == ["Nothing waits. Ready for inspection."]


def test_many_devices_never_widen_the_window(qtbot: QtBot) -> None:
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.show_devices(gallery.devices() * 10)
    assert bar.minimumSizeHint().width() < 600


def test_the_card_shows_what_it_is_given_and_forgets_it(qtbot: QtBot) -> None:
    card = ItemCard("Nothing in hand.")
    qtbot.addWidget(card)
    item = Item("ZZ0007714", "Rifle", (Mark(State.ISSUED),), Family.RIFLE, facts=(Detail("No.", "7", code=True),))
    card.show_item(item)
    assert card.item == item
    assert card.accessibleName() == "Rifle ZZ0007714"
    card.clear()
    assert card.item is None


@pytest.mark.parametrize("family", Family)
def test_every_outline_fills_a_part_of_its_field(qtbot: QtBot, family: Family) -> None:
    outline = Outline(family)
    qtbot.addWidget(outline)
    image = outline.grab().toImage()
    ground = image.pixel(0, 0)
    painted = sum(image.pixel(x, y) != ground for x in range(image.width()) for y in range(image.height()))
    assert 0.03 < painted / (image.width() * image.height()) < 0.7


def test_no_outline_mirrors(qtbot: QtBot) -> None:
    outline = Outline(Family.PISTOL)
    qtbot.addWidget(outline)
    before = outline.grab().toImage()
    wear(Theme(), mirrored=True)
    assert outline.grab().toImage() == before


def test_writing_takes_a_fault_back(qtbot: QtBot) -> None:
    field = Field("Serial")
    qtbot.addWidget(field)
    field.refuse("No such weapon.")
    assert field.line.accessibleDescription() == "No such weapon."
    field.write("ZZ1")
    assert field.line.accessibleDescription() == ""


def test_a_figure_is_chosen_by_key_and_read_with_its_word(qtbot: QtBot) -> None:
    tally = Tally("3", "Overdue", "oldest 14 h", state=State.OVERDUE)
    shown(qtbot, tally)
    assert tally.accessibleName() == "Overdue: 3, oldest 14 h"
    with qtbot.waitSignal(tally.chosen, timeout=500):
        QTest.keyClick(tally, Qt.Key.Key_Return)


def test_a_device_that_is_away_stands_before_those_that_answer(qtbot: QtBot) -> None:
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.resize(700, 40)
    bar.show()
    answers = [Device(f"Scanner {n}", DeviceState.ANSWERS, "ready") for n in range(6)]
    bar.show_devices((*answers, Device("Hatch scanner", DeviceState.LOST, "lost, trying again")))
    shown = [one.accessibleName() for one in bar.findChildren(QWidget) if one.isVisible() and one.accessibleName()]
    assert "Hatch scanner, lost, trying again" in shown
    assert "Scanner 5, ready" not in shown
