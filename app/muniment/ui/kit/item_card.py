"""The thing in hand: plate, kind, state, picture, where it belongs and who has it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QStackedLayout, QWidget

from muniment.ui.kit.card import Card, Detail, Details, Empty
from muniment.ui.kit.chip import Chip, Mark
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import STRETCH, column, holder, row, rule, surface
from muniment.ui.kit.outline import Family, Outline
from muniment.ui.kit.picture import drawn
from muniment.ui.kit.plate import Plate
from muniment.ui.kit.theme import theme
from muniment.ui.speech import tr


@dataclass(frozen=True, slots=True)
class Item:
    """What the card shows. `picture` is an encoded image; without one the family's outline stands."""

    serial: str
    kind: str
    marks: tuple[Mark, ...] = ()
    family: Family = Family.OTHER
    picture: bytes = b""
    place: str = ""
    holder: str = ""
    facts: tuple[Detail, ...] = ()


class ItemCard(Card):
    """A card for one thing; `plate` is the size of the serial and `picture` the width of the picture at 100 %.

    `narrow` sets the picture above the plate, for a card at the side of a page; `low` sets it beside the words
    there, where height is short.
    """

    def __init__(
        self,
        empty: str = "",
        act: str = "",
        *,
        plate: int = 34,
        narrow: bool = False,
        low: bool = False,
        picture: int = 176,
    ) -> None:
        super().__init__()
        self._wide, self._least = picture, 34 if low else 53
        self._plate = Plate("0000", plate)
        self._kind = Label("", 18, 700, elide=True, least=13)
        self._chips = row(STRETCH, gap=8)
        self._marks: list[Chip] = []
        self._outline = Outline(width=min(picture, 220))
        self._photo = QLabel()
        self._photo.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture = QWidget()
        self._pictures = QStackedLayout(self._picture)
        self._pictures.addWidget(self._outline)
        self._pictures.addWidget(self._photo)
        self._details = Details()
        self._empty = Empty(empty or tr("Nothing in hand."), act)
        if low:
            names = column(self._kind, self._chips, gap=8)
            head = column(row(self._plate, STRETCH), row((names, 1), self._picture, gap=12), gap=8)
        elif narrow:
            shot = surface("sunk", row(STRETCH, self._picture, STRETCH, margins=(8, 16, 8, 16)))
            head = column(shot, row(self._plate, STRETCH), self._kind, self._chips, gap=10)
        else:
            names = column(self._kind, self._chips, gap=4)
            head = column(row(self._plate, 4, (names, 1), self._picture, gap=12))
        self._rule = rule()
        self._full = holder(column(head, self._rule, self._details, STRETCH, gap=8 if low else 12))
        self.hold(self._empty, self._full)
        self._item: Item | None = None
        self.clear()
        self.dress()

    @property
    def item(self) -> Item | None:
        """What the card shows now."""
        return self._item

    def clear(self) -> None:
        """Show that nothing is in hand."""
        self._item = None
        self._full.hide()
        self._empty.show()

    def show_item(self, item: Item) -> None:
        """Show a thing."""
        self._item = item
        self._plate.show_serial(item.serial)
        self._kind.setText(item.kind)
        self._show_marks(item.marks)
        photo = drawn(item.picture, self._frame())
        if photo is not None:
            self._photo.setPixmap(photo)
            self._photo.setAccessibleName(tr("Photograph"))
            self._pictures.setCurrentWidget(self._photo)
            self._picture.setFixedSize(self._frame())
        else:
            self._outline.show_family(item.family)
            self._pictures.setCurrentWidget(self._outline)
            self._picture.setFixedSize(self._outline.width(), max(self._outline.height(), theme().px(self._least)))
        where = [
            Detail(name, value) for name, value in ((tr("Place"), item.place), (tr("Held by"), item.holder)) if value
        ]
        self._details.show_details((*where, *item.facts))
        self.setAccessibleName(f"{item.kind} {item.serial}")
        self._empty.hide()
        self._full.show()

    def _show_marks(self, marks: tuple[Mark, ...]) -> None:
        """Show the chips; those that are there already say something else."""
        while len(self._marks) > len(marks):
            old = self._marks.pop()
            old.hide()
            old.deleteLater()
        while len(self._marks) < len(marks):
            fresh = Chip(marks[len(self._marks)].state)
            self._chips.insertWidget(len(self._marks), fresh)
            self._marks.append(fresh)
        for chip, mark in zip(self._marks, marks, strict=True):
            chip.show_state(mark.state, mark.word)

    def size_picture(self, wide: int) -> None:
        """Give the photograph another width at 100 %."""
        if wide != self._wide:
            self._wide = wide
            self.dress()

    def show_picture(self, shown: bool) -> None:
        """Show the photograph or outline, or leave its room to the words."""
        self._picture.setVisible(shown)

    def show_details(self, shown: bool) -> None:
        """Show everything that is known of it, or its number, kind and state alone."""
        self._details.setVisible(shown)
        self._rule.setVisible(shown)

    def _frame(self) -> QSize:
        """The room of a photograph; a wide one is as tall as a camera makes it."""
        tall = min(72, self._wide * 2 // 5 + 2) if self._wide <= 176 else self._wide * 9 // 16
        return QSize(theme().px(self._wide), theme().px(tall))

    def dress(self) -> None:
        """Take the size of the picture from the theme."""
        self._picture.setFixedSize(self._outline.width(), max(self._outline.height(), theme().px(self._least)))
        if self._item is not None:
            self.show_item(self._item)
