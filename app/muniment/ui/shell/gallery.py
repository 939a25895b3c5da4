"""Whole windows, drawn to PNG: `python -m muniment.ui.shell.gallery FOLDER`. Everything shown is invented."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget

from muniment.domain.basics.text import say
from muniment.ui.kit import gallery
from muniment.ui.kit.band import TopBar
from muniment.ui.kit.button import Button, Weight
from muniment.ui.kit.card import Card
from muniment.ui.kit.field import Field
from muniment.ui.kit.gallery_words import gallery_arabic
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import column, holder, row
from muniment.ui.kit.theme import Theme, theme, wear
from muniment.ui.kit.tokens import Scale, Tint
from muniment.ui.shell.panel import Panel
from muniment.ui.shell.window import Window
from muniment.ui.speech import spoken, tr

SECTIONS = (
    ("today", "Today", "layout-dashboard"),
    ("desk", "Desk", "barcode"),
    ("register", "Register", "table"),
    ("cabinets", "Cabinets", "door"),
    ("counts", "Counts", "clipboard-check"),
    ("ammunition", "Ammunition", "package"),
    ("surplus", "Surplus", "stack-2"),
    ("audit", "Audit", "certificate"),
    ("training", "Training", "school"),
)


def desk() -> QWidget:
    """The issue desk with a refused scan that blocks."""
    issuer, receiver = gallery.slots()
    finish = Button("", "F10")
    finish.forbid(tr("Answer the refused scan first"))
    timeline = gallery.custody()
    custody = Card(
        timeline,
        title=tr("Custody of this rifle"),
        note=spoken(say("{n} of {all} facts", n=3, all=23)),
        gap=8,
    )
    left = column(gallery.scan_field(), gallery.refusal_card(), (custody, 1), gap=12)
    right = holder(
        column(
            (gallery.handover(), 1),
            issuer,
            receiver,
            row(Button(tr("Undo last"), "F7", icon="arrow-back-up"), (finish, 1), gap=theme().between),
            gap=12,
        )
    )
    body = row((left, 3), (right, 2), gap=16, margins=(16, 16, 16, 16))
    return holder(column(gallery.verb_band(), (body, 1), gap=0))


def register() -> QWidget:
    """The register with an item beside it."""
    top = TopBar(
        tr("Register"), tr("Depot 7"), Button(tr("Find"), "F9"), Button("New weapon", "Ctrl+N", Weight.PRIMARY)
    )
    custody = Card(gallery.custody(), title=tr("Custody of this rifle"))
    side = holder(column(gallery.item_card(narrow=True), (custody, 1), gap=12))
    side.setFixedWidth(theme().px(396))
    table = Card(gallery.register(), title=tr("Register"), note="1,000,000", flush=True)
    body = row((table, 1), side, gap=16, margins=(16, 16, 16, 16))
    return holder(column(top, (body, 1), gap=0))


def window(front: str, *, training: str | None = None) -> Window:
    """A window with a page in front, unlocked."""
    made = Window(tr("Depot 7"), training=training)
    pages: dict[str, Callable[[], QWidget]] = {"desk": desk, "register": register}
    for name, words, icon in SECTIONS:
        build = pages.get(name) if name == front else None
        made.add_page(name, icon, tr(words), build() if build else QWidget())
    made.show_page(front)
    made.queue.show_waiting(gallery.things())
    made.status.show_devices(gallery.devices(simulated=training is not None))
    made.status.show_ledger(spoken(say("Ledger verified {time}", time="08:00")))
    made.status.show_clock("2026-11-24 08:14")
    made.unlock()
    return made


def asking() -> Window:
    """A panel before the desk."""
    made = window("desk")
    body = holder(
        column(
            Label("The rifle goes back to rack Q2. The hand-over stays open.", 15, wrap=True),
            Field("Reason"),
            gap=12,
        )
    )
    made.open_panel(
        Panel("Back to quarantine", body, (Button("Put it back", "F6", Weight.PRIMARY), Button("Not now", "F7")))
    )
    return made


def locked() -> Window:
    """A locked window after a wrong passphrase."""
    made = window("desk")
    made.lock("Locked after 60 seconds without an act.")
    made.sign_in.name.write("A. Sample")
    made.sign_in.refuse("Name and passphrase do not belong together.")
    return made


PLAN: tuple[tuple[str, Callable[[], Window], Theme, bool, tuple[int, int]], ...] = (
    ("desk", lambda: window("desk"), Theme(), False, (1366, 768)),
    ("desk_wide", lambda: window("desk"), Theme(), False, (1920, 1080)),
    ("desk_ar", lambda: window("desk"), Theme(), True, (1366, 768)),
    ("desk_dark", lambda: window("desk"), Theme(Tint.DARK), False, (1366, 768)),
    ("desk_night", lambda: window("desk"), Theme(Tint.NIGHT), False, (1366, 768)),
    ("desk_large", lambda: window("desk"), Theme(scale=Scale.LARGE), False, (1920, 1080)),
    ("desk_glove", lambda: window("desk"), Theme(scale=Scale.GLOVE), False, (1920, 1080)),
    ("register", lambda: window("register"), Theme(), False, (1366, 768)),
    ("register_wide_ar", lambda: window("register"), Theme(), True, (1920, 1080)),
    ("training", lambda: window("desk", training="T05"), Theme(), False, (1366, 768)),
    ("panel", asking, Theme(), False, (1366, 768)),
    ("locked", locked, Theme(), False, (1366, 768)),
    ("locked_night", locked, Theme(Tint.NIGHT), False, (1366, 768)),
)


def main(folder: Path) -> int:
    """Draw every window into a folder. Answers how many texts were cut off."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    folder.mkdir(parents=True, exist_ok=True)
    arabic, cut = gallery_arabic(app), 0
    for name, build, look, mirrored, size in PLAN:
        (app.installTranslator if mirrored else app.removeTranslator)(arabic)
        wear(look, mirrored=mirrored)
        made = build()
        made.resize(QSize(*size))
        for text in gallery.render(made, folder / f"{name}.png"):
            cut += 1
            sys.stdout.write(f"{name}: cut off: {text}\n")
    return cut


if __name__ == "__main__":
    sys.exit(1 if main(Path(sys.argv[1])) else 0)
