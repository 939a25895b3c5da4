"""What a listing of the register says in its rows and at its foot."""

from __future__ import annotations

from muniment.domain.stock.serial import comparison_key
from muniment.ports.views import Order
from muniment.ui.kit.chip import Mark
from muniment.ui.kit.table_model import Row
from muniment.ui.kit.tokens import State
from muniment.ui.register.presenter import Asked, LineTotal, Listing, RowView
from muniment.ui.speech import iso, spoken, tr
from muniment.ui.wording import state_mark


def row_of(view: RowView | None) -> Row:
    """A thing in a line; nothing while it has not come."""
    if view is None:
        return ()
    item = view.item
    mark = Mark(State.UNVERIFIED, tr("Looks alike")) if view.looks_alike else state_mark(item)
    return (
        item.register_no,
        f"{spoken(item.kind)} {iso(item.calibre)}".strip(),
        item.serial,
        iso(item.place),
        mark,
        iso(item.due_at[:10]) if item.holder is not None else "",
    )


def hit_in(asked: Asked) -> str:
    """What is marked in codes: what was typed, as far as it can stand in one."""
    text = asked.text.strip()
    return text if len(comparison_key(text)) >= 2 else ""


def foot_of(listing: Listing) -> str:
    """How much is listed, in which order, and of what."""
    orders = {
        Order.REGISTER_NO: tr("in order of register number"),
        Order.SERIAL: tr("in order of serial"),
        Order.TYPE: tr("in order of type"),
        Order.PLACE: tr("in order of place and holder"),
        Order.DUE: tr("in order of when they are due"),
    }
    best = bool(listing.best)
    parts = [
        tr("{n} weapons").format(n=iso(f"{listing.fitting:,}")),
        tr("best first") if best else orders[listing.asked.order],
    ]
    if listing.below:
        parts.insert(0, tr("At {place}").format(place=iso(listing.below)))
    if listing.alike:
        parts.append(tr("{n} look alike").format(n=iso(str(len(listing.alike)))))
    return " · ".join(parts)


def total_row(total: LineTotal) -> Row:
    """Quantities of one type and calibre in a line."""
    return (
        spoken(total.kind),
        total.calibre,
        iso(f"{total.left:,}"),
        iso(f"{total.identified:,}"),
        iso(str(len(total.lines))),
    )
