"""Small panels about one item: set it apart, let it leave quarantine, take it back with a fault."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from muniment.desk.desk import Answer, Desk, Officer, stands
from muniment.desk.reading import ItemCard as CardOfItem
from muniment.desk.reading import card
from muniment.domain.basics.identity import Subject
from muniment.ui.bridge import Bridge
from muniment.ui.kit.button import Button
from muniment.ui.kit.field import Field
from muniment.ui.kit.item_card import ItemCard
from muniment.ui.kit.layout import column, holder
from muniment.ui.speech import tr
from muniment.ui.stock.apart import back_with_fault, field_of, let_go, set_apart
from muniment.ui.stock.form import FormPanel, PanelRoom, primary, second_person
from muniment.ui.wording import item_of

Done = Callable[[Answer], None]
Work = Callable[[Mapping[str, str]], Answer]
"""Does the act with what stands in the fields."""


def open_quarantine(
    room: PanelRoom, desk: Desk, bridge: Bridge, officer: Officer, item: Subject, done: Done
) -> ApartPanel:
    """Ask why an item is set apart, and set it apart."""
    return _open(
        room,
        ApartPanel(
            (tr("Set apart"), tr("Not set apart")),
            primary(tr("Set it apart"), "hand-stop"),
            {"reason": Field(tr("What is wrong with it"))},
            bridge,
            lambda given: set_apart(desk, officer, item, given["reason"]),
            done,
        ),
        desk,
        item,
    )


def open_fault(room: PanelRoom, desk: Desk, bridge: Bridge, officer: Officer, item: Subject, done: Done) -> ApartPanel:
    """Ask what is wrong with an item that comes back, take it back and set it apart in one act."""
    return _open(
        room,
        ApartPanel(
            (tr("Back with a fault"), tr("Not taken back")),
            primary(tr("Take it back and set it apart"), "arrow-down-left"),
            {"reason": Field(tr("What is wrong with it, in the words of who brings it"))},
            bridge,
            lambda given: back_with_fault(desk, officer, item, given["reason"]),
            done,
        ),
        desk,
        item,
    )


def open_release(
    room: PanelRoom, desk: Desk, bridge: Bridge, officer: Officer, item: Subject, done: Done
) -> ApartPanel:
    """Ask for a second person and the reason, and let an item leave quarantine."""
    second, passphrase, reason = second_person()
    return _open(
        room,
        ApartPanel(
            (tr("Let it leave quarantine"), tr("Not released")),
            primary(tr("Release it"), "lock-open"),
            {"reason": reason, "second": second, "passphrase": passphrase},
            bridge,
            lambda given: let_go(desk, officer, item, given["second"], given["passphrase"], given["reason"]),
            done,
        ),
        desk,
        item,
    )


def _open(room: PanelRoom, panel: ApartPanel, desk: Desk, item: Subject) -> ApartPanel:
    def read() -> CardOfItem:
        with desk.look() as work:
            return card(work, stands(work, item), desk.clock.now())

    room.open_panel(panel)
    panel.show_when_read(read)
    return panel


class ApartPanel(FormPanel):
    """The item, what is asked about it, and the act; it closes when the act is done.

    `titles` are the panel's and that of a refusal.
    """

    def __init__(
        self,
        titles: tuple[str, str],
        act: Button,
        fields: Mapping[str, Field],
        bridge: Bridge,
        work: Work,
        done: Done,
    ) -> None:
        self._bridge, self._work, self._done = bridge, work, done
        self.lines = dict(fields)
        self.item = ItemCard(plate=26)
        body = holder(column(self.item, *fields.values(), gap=12))
        super().__init__(titles[0], body, act, fields, width=820, refused_title=titles[1])
        self.act.clicked.connect(self._do)

    def show_when_read(self, read: Callable[[], CardOfItem]) -> None:
        """Show the item as soon as the desk has read it."""
        self.do(self._bridge, read, lambda found: self.item.show_item(item_of(found)), field_of, again=True)

    def _do(self) -> None:
        given = {name: line.value for name, line in self.lines.items()}
        self.do(self._bridge, lambda: self._work(given), self._finish, field_of)

    def _finish(self, answer: Answer) -> None:
        self.close_panel()
        self._done(answer)
