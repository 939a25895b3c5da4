"""The panel that binds a code: scan, scan, compare, Enter."""

from __future__ import annotations

from collections.abc import Callable

from muniment.desk.desk import Desk, Officer
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.domain.basics.identity import Subject
from muniment.ui.bridge import Bridge
from muniment.ui.kit.field import Field
from muniment.ui.kit.item_card import ItemCard
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import column, holder, row
from muniment.ui.kit.scan_field import ScanField
from muniment.ui.speech import iso, spoken, tr
from muniment.ui.stock.binding import BindingPresenter, BindingView, field_of
from muniment.ui.stock.form import FormPanel, PanelRoom, primary
from muniment.ui.wording import item_of


def open_bind(
    room: PanelRoom,
    desk: Desk,
    bridge: Bridge,
    officer: Officer,
    bound: Callable[[], None],
    *,
    code: str = "",
    target: Subject | None = None,
) -> BindPanel:
    """Open the panel that binds codes, beginning with a code or with what it is to be bound to, where one is known."""
    panel = BindPanel(BindingPresenter(desk, officer, code, target), bridge, bound)
    room.open_panel(panel)
    return panel


class BindPanel(FormPanel):
    """Listens to every scan while it is open, and stays open for the next two."""

    def __init__(self, presenter: BindingPresenter, bridge: Bridge, bound: Callable[[], None]) -> None:
        self._presenter, self._bridge, self._bound = presenter, bridge, bound
        self._view: BindingView | None = None
        self.hint = ScanField("", key="")
        self.code = Field(tr("Code to be bound"), code=True)
        self.name = Field(tr("Belongs to: register number, serial or place"), code=True)
        self.item = ItemCard(tr("It is not known yet what it belongs to."), "", plate=26)
        self.place = Label("", 18, 700)
        names = row((self.code, 1), (self.name, 1), gap=16)
        body = holder(column(self.hint, names, self.item, self.place, gap=12))
        super().__init__(
            tr("Bind a code"),
            body,
            primary(tr("Bind"), "tag"),
            {"code": self.code, "name": self.name},
            width=860,
            refused_title=tr("Not bound"),
        )
        self.act.clicked.connect(self._go_on)
        self.do(bridge, presenter.view, self.draw, field_of)

    def take_scan(self, scan: Scan) -> bool:
        """Take a scan as the code, or as what it belongs to."""
        if self.refused is not None:
            self.answer_refusal()
        self.do(self._bridge, lambda: self._presenter.scanned(scan), self._scanned, field_of, again=True)
        return True

    def draw(self, view: BindingView) -> None:
        """Show what is known."""
        self._view = view
        self.hint.tell(spoken(view.hint))
        self.code.write(view.code)
        if view.target is not None or view.bound is not None:
            self.name.write(view.name)
        if view.item is not None:
            self.item.show_item(item_of(view.item))
        else:
            self.item.clear()
        self.item.setVisible(view.item is not None or view.target is None)
        self.place.setText(tr("Place {code}").format(code=iso(view.name)) if view.target and not view.item else "")
        if view.bound is not None:
            self.tell(spoken(view.bound))
            self._bound()
        (self.code if not view.code else self.name if view.target is None else self.act).setFocus()

    def _scanned(self, view: BindingView) -> None:
        self.hint.accepted()
        self.tell("")
        self.draw(view)

    def _go_on(self) -> None:
        """Take over what was typed; bind when both are known and unchanged."""
        view, code, name = self._view, self.code.value.strip(), self.name.value.strip()
        if view is None:
            return
        if not code:
            self.code.refuse(tr("Scan the code, or type it."))
        elif code != view.code:
            self.do(self._bridge, lambda: self._presenter.scanned(Scan(code, "typed")), self._scanned, field_of)
        elif not name:
            self.name.refuse(tr("Scan what it belongs to, or type its number."))
        elif name != view.name:
            self.do(self._bridge, lambda: self._presenter.named(name), self._scanned, field_of)
        else:
            self.do(self._bridge, self._presenter.bind, self.draw, field_of)
