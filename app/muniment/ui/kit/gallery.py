"""Every part of the kit on one sheet, in every theme, direction and size: `python -m muniment.ui.kit.gallery FOLDER`.

All names, numbers and serials are invented.
"""

from __future__ import annotations

import os
import sys
from itertools import product
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from muniment.domain.basics.text import say
from muniment.ui.kit.band import OtherVerb, TopBar, VerbBand
from muniment.ui.kit.button import Button, Weight
from muniment.ui.kit.card import Card, Detail, Details, Empty
from muniment.ui.kit.chip import Chip, Mark
from muniment.ui.kit.clipping import clipped
from muniment.ui.kit.field import Field
from muniment.ui.kit.gallery_words import gallery_arabic
from muniment.ui.kit.handover_table import HandoverTable, Scanned
from muniment.ui.kit.identity_slot import IdentitySlot
from muniment.ui.kit.item_card import Item, ItemCard
from muniment.ui.kit.keycap import KeyCap
from muniment.ui.kit.layout import STRETCH, Laid, column, holder, row
from muniment.ui.kit.outline import Family, Outline
from muniment.ui.kit.plate import Plate
from muniment.ui.kit.queue_strip import QueueStrip, Waiting
from muniment.ui.kit.refusal_card import OtherAct, RefusalCard, Refused
from muniment.ui.kit.scan_field import ScanField
from muniment.ui.kit.status_bar import Device, DeviceState, StatusBar
from muniment.ui.kit.table import DataTable
from muniment.ui.kit.table_model import Cell, Column, PagedRows, Row
from muniment.ui.kit.tally import LimitBar, Tally
from muniment.ui.kit.theme import Theme, theme, wear
from muniment.ui.kit.timeline import Event, Timeline
from muniment.ui.kit.tokens import Scale, State, Tint, Verb
from muniment.ui.kit.training_frame import TrainingFrame
from muniment.ui.speech import from_to, iso, spoken, tr


def verb_band() -> VerbBand:
    """The desk's band with a person and three ways out."""
    others = (
        OtherVerb("return", tr("Return"), "F3"),
        OtherVerb("count", tr("Count"), "F4"),
        OtherVerb("find", tr("Find"), "F9"),
    )
    terms = spoken(say("2 Company, range day, back by {time}", time="17:00"))
    return VerbBand(Verb.ISSUE, tr("Cpl T. Example"), terms, others)


def scan_field() -> ScanField:
    """A scan field after a refused scan."""
    field = ScanField(tr("Scan a weapon, a person, a place or a command card"))
    field.refused()
    field.show_age(spoken(say("Last scan {n} s ago", n=4)))
    return field


def refusal_card() -> RefusalCard:
    """A quarantined rifle that was scanned for issue."""
    refused = Refused(
        title=tr("Not issued"),
        happened=spoken(say("Quarantined: cracked bolt, reported {date}.", date="2026-11-19")),
        safe=spoken(
            say(
                "Nothing was issued. Scans {range} stand. The rifle still belongs in rack {rack}.",
                range="1-3",
                rack="Q2",
            )
        ),
        now=spoken(say("Put the rifle aside, then press {key}.", key="Enter")),
        override=tr("None. A quarantined weapon is never issued."),
        note=tr("1 later scan is held"),
        serial="ZZ7700213",
        family=Family.ASSAULT_RIFLE,
    )
    acts = (OtherAct("quarantine", tr("Back to quarantine"), "F6"),)
    return RefusalCard(refused, tr("Set aside, go on"), acts)


def item_card(*, narrow: bool = False) -> ItemCard:
    """A rifle in hand."""
    card = ItemCard(narrow=narrow, plate=28 if narrow else 34)
    card.show_item(
        Item(
            serial="ZZ0007714",
            kind=spoken(say("Assault rifle {calibre}", calibre="5.56")),
            marks=(Mark(State.ISSUED), Mark(State.SIMULATED)),
            family=Family.ASSAULT_RIFLE,
            place=spoken(say("Rack {rack}", rack="2-14-06")),
            holder=tr("Cpl T. Example"),
            facts=(
                Detail(tr("Register no."), "W-0100305", code=True),
                Detail(tr("Condition"), tr("B, serviceable, worn")),
            ),
        )
    )
    return card


def custody(*, whole: bool = False) -> Timeline:
    """The last facts about a rifle."""
    events = (
        Event(State.QUARANTINED, tr("Quarantined: cracked bolt"), iso("Q2-03"), iso("2026-11-19 16:50")),
        Event(State.IN_STORE, tr("Returned with fault"), from_to("T. Example", "A. Sample"), iso("2026-11-19 16:42")),
        Event(State.ISSUED, tr("Issued for guard duty"), from_to("A. Sample", "T. Example"), iso("2026-11-19 05:55")),
    )
    return Timeline(events, name=tr("Custody of this rifle"), whole=whole)


def handover() -> HandoverTable:
    """Five scans, the fourth refused and the fifth held behind it."""
    rifle, pistol = (
        spoken(say("Assault rifle {calibre}", calibre="5.56")),
        spoken(say("Pistol {calibre}", calibre="9 × 19")),
    )
    states = (State.ACCEPTED, State.ACCEPTED, State.ACCEPTED, State.REFUSED, State.HELD)
    scans = [
        Scanned(pistol if n == 2 else rifle, spoken(say("Rack {rack}", rack=f"2-14-0{n}")), f"ZZ12345{n}7", state)
        for n, state in enumerate(states)
    ]
    table = HandoverTable()
    table.show_scans(scans, spoken(say("{n} accepted, limit {limit}", n=3, limit=6)), stand_on=3)
    return table


def register(count: int = 1_000_000) -> DataTable:
    """A table of invented weapons, made as they are asked for."""
    states = (State.IN_STORE, State.ISSUED, State.MISSING, State.QUARANTINED, State.UNVERIFIED, State.TRANSIT)

    def fetch(first: int, wanted: int) -> list[Row]:
        return [
            (
                f"W-{100_000 + n:07d}",
                spoken(say("Assault rifle {calibre}", calibre="5.56")),
                f"ZZ{n * 7919 % 1000:03d}4471",
                iso(f"2-{10 + n % 9}-{n % 24:02d}"),
                Mark(states[n % len(states)]),
                iso(f"2026-11-{1 + n % 28:02d}"),
            )
            for n in range(first, first + wanted)
        ]

    columns = (
        Column(tr("Register no."), Cell.CODE, 108, sort="number"),
        Column(tr("Weapon"), Cell.STRONG, 120, grow=2, sort="kind"),
        Column(tr("Serial"), Cell.CODE, 116, sort="serial"),
        Column(tr("Place"), Cell.TEXT, 90, grow=1),
        Column(tr("State"), Cell.CHIP, 142),
        Column(tr("Last seen"), Cell.NUMBER, 112, sort="seen"),
    )
    table = DataTable(columns, name=tr("Register"))
    table.put(PagedRows(count, fetch), hit="4471")
    table.show_order("number", False)
    table.choose(2)
    return table


def things() -> tuple[Waiting, ...]:
    """Four things that wait."""
    return (
        Waiting("a", State.MISSING, spoken(say("Rifle {serial} missing", serial="4471")), spoken(say("{n} h", n=15))),
        Waiting("b", State.OVERDUE, spoken(say("{n} pistols late", n=3)), spoken(say("{n} h", n=14))),
        Waiting("c", State.TRANSIT, spoken(say("Transfer {number}", number="T-118")), spoken(say("{n} h", n=9))),
        Waiting("d", State.UNVERIFIED, spoken(say("Cabinet {n} contents", n=4)), spoken(say("{n} min", n=22))),
    )


def devices(*, simulated: bool = False) -> tuple[Device, ...]:
    """Four devices, one of them stale unless all are pretended."""
    real = DeviceState.SIMULATED if simulated else DeviceState.ANSWERS
    stale = DeviceState.SIMULATED if simulated else DeviceState.STALE
    return (
        Device(tr("Scanner"), real, spoken(say("{n} s ago", n=3))),
        Device(spoken(say("Cabinets {range}", range="1-3")), real, spoken(say("{n} s ago", n=1))),
        Device(spoken(say("Cabinet {n}", n=4)), stale, spoken(say("since {time}", time="08:02"))),
        Device(tr("Printer"), real, tr("ready")),
    )


def queue() -> QueueStrip:
    """A strip where four things wait."""
    strip = QueueStrip()
    strip.show_waiting(things())
    return strip


def status() -> StatusBar:
    """A status line with everything on it."""
    bar = StatusBar()
    bar.show_devices(devices())
    bar.show_ledger(spoken(say("Ledger verified {time}", time="08:00")))
    bar.show_clock("2026-11-24 08:14")
    return bar


def slots() -> tuple[IdentitySlot, IdentitySlot]:
    """The issuer has been known, the receiver is awaited."""
    issuer, receiver = IdentitySlot(tr("ISSUER")), IdentitySlot(tr("RECEIVER"))
    issuer.fill(tr("Sgt A. Sample"), spoken(say("Card and PIN, {time}", time="08:02")))
    receiver.wait(tr("Cpl T. Example"), tr("Finger, card or PIN, once for all"))
    return issuer, receiver


def _small_parts() -> Card:
    chips: list[Laid] = [Chip(state) for state in State]
    lines = [row(*chips[n : n + 5], STRETCH) for n in range(0, len(chips), 5)]
    forbidden = Button(tr("Undo last"), "F10")
    forbidden.forbid(tr("Answer the refused scan first"))
    fault = Field("Serial", code=True, value="ZZ1234O67")
    fault.refuse("No weapon of this register has that serial.")
    return Card(
        *lines,
        row(Plate("ZZ7700213", 40), Plate("B-17", 30), Plate("0O1I8B5S", 26, framed=False), STRETCH),
        row(KeyCap("F2"), KeyCap("Enter"), KeyCap("Ctrl+K"), KeyCap("1"), STRETCH),
        row(
            Button(tr("Set aside, go on"), "Enter", Weight.PRIMARY, "hand-stop"),
            Button(tr("Back to quarantine"), "F6"),
            STRETCH,
        ),
        row(Button("Declare lost", "", Weight.DANGER, "alert-triangle"), forbidden, STRETCH),
        row((Field(tr("Name"), value="A. Sample"), 1), (fault, 1), gap=12),
        title="Small parts",
        note="states, plates, keys, buttons, fields",
    )


def _outlines() -> Card:
    views: list[Laid] = [Outline(family, 128) for family in Family]
    return Card(*(row(*views[n : n + 4], STRETCH, gap=16) for n in range(0, len(views), 4)), title="Outlines")


def sheet() -> QWidget:
    """Every part on one sheet."""
    tallies = row(
        (Tally("8,412", tr("In store"), "of 9,063 on charge", state=State.IN_STORE), 1),
        (Tally("1", tr("Missing"), "searching 15 h of 48", state=State.MISSING, waits=True), 1),
        (Tally("0", tr("Alarm"), "none open", state=State.ALARM), 1),
        gap=12,
    )
    bars = column(LimitBar(640, 1000, 1500, "640 of 1000 kg"), LimitBar(1300, 1000, 1500, "1300 of 1000 kg"), gap=6)
    calm = QueueStrip()
    left = column(
        scan_field(),
        refusal_card(),
        item_card(),
        Card(custody(whole=True), title=tr("Custody of this rifle")),
        _outlines(),
        STRETCH,
        gap=12,
    )
    right = column(
        _small_parts(),
        tallies,
        Card(bars, title="Bars", note="limit, excess"),
        row(*((slot, 1) for slot in slots()), gap=12),
        Card(Details((Detail("Marks", "maker, state 2019"), Detail("Control part", "frame"))), title="Details"),
        Card(Empty("Nothing waits.", "Scan the next weapon. 3 more allowed.")),
        STRETCH,
        gap=12,
    )
    body = row((left, 1), (right, 1), gap=16, margins=(16, 16, 16, 16))
    tables = row(
        (handover(), 2), (Card(register(), title=tr("Register"), flush=True), 3), gap=16, margins=(16, 0, 16, 16)
    )
    top = TopBar(
        tr("Register"), tr("Depot 7"), Button(tr("Find"), "F9"), Button("New weapon", "Ctrl+N", Weight.PRIMARY)
    )
    page = holder(column(verb_band(), top, body, (tables, 1), calm, queue(), status(), gap=0))
    page.setProperty("surface", "page")
    return TrainingFrame(page, "T05")


def render(widget: QWidget, file: Path) -> list[str]:
    """Draw a widget into a PNG, and say which of its texts are cut off."""
    widget.show()
    QApplication.processEvents()
    QApplication.processEvents()
    cut = clipped(widget)
    if not widget.grab().save(str(file)):
        raise OSError(f"{file} cannot be written")
    widget.close()
    widget.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return cut


def main(folder: Path) -> int:
    """Draw every sheet into a folder. Answers how many texts were cut off."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    folder.mkdir(parents=True, exist_ok=True)
    arabic, cut = gallery_arabic(app), 0
    for tint, mirrored, scale in product(Tint, (False, True), (Scale.NORMAL, Scale.LARGE)):
        (app.installTranslator if mirrored else app.removeTranslator)(arabic)
        wear(Theme(tint, scale), mirrored=mirrored)
        made = sheet()
        made.resize(theme().px(1400), theme().px(1760))
        name = f"kit_{tint}_{'rtl' if mirrored else 'ltr'}_{scale}.png"
        for text in render(made, folder / name):
            cut += 1
            sys.stdout.write(f"{name}: cut off: {text}\n")
    return cut


if __name__ == "__main__":
    sys.exit(1 if main(Path(sys.argv[1])) else 0)
