"""From an order to a form: which of them is wanted, and what it says, read from the register."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from muniment.desk.finding import item_named, of_kind
from muniment.desk.printing.noting import print_log
from muniment.desk.undoing import batch_numbered
from muniment.domain.basics.identity import Kind, Subject, is_subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.printing import Form
from muniment.ports.paper import Order
from muniment.reports.command_cards import command_cards
from muniment.reports.document import Document, Symbology
from muniment.reports.from_arrivals import acceptance_document
from muniment.reports.from_register import (
    Printing,
    history_document,
    manifest_document,
    receipt_document,
    receipt_numbered,
)
from muniment.reports.import_from_register import import_document
from muniment.reports.issue_log import empty_log
from muniment.reports.label_orders import STOCKS, item_labels, place_labels
from muniment.reports.labels import Label, LabelSheets
from muniment.reports.log_from_register import log_document
from muniment.reports.print_log import print_log_sheet


@dataclass(frozen=True, slots=True)
class Composed:
    """A form that was ordered: what it says, its number, the subject it is about."""

    made: Document | LabelSheets
    number: str = ""
    concerns: str = ""


def compose(printing: Printing, order: Order) -> Composed:
    """Make the form that an order asks for, as the register stands now.

    Raises:
        Refusal: there is nothing of that number, nothing to print, or the day is none.

    """
    return _MAKERS[order.form](printing, order)


def _receipt(printing: Printing, order: Order) -> Composed:
    named = _one(order, say("the number of a hand receipt, R-…"))
    with printing.register.desk.look() as work:
        receipt = Subject(named) if is_subject(named) else receipt_numbered(work, named)
    made = receipt_document(printing, receipt)
    return Composed(made, made.number, receipt)


def _log(printing: Printing, order: Order) -> Composed:
    named = order.about[0] if order.about else printing.now().date().isoformat()
    try:
        day = date.fromisoformat(named.strip())
    except ValueError:
        raise Refusal(
            "not_a_day",
            say("{text} is no day of the calendar.", text=named),
            do_now=say("Write the year first: 2027-01-31."),
        ) from None
    made = log_document(printing, day)
    return Composed(made, made.number)


def _history(printing: Printing, order: Order) -> Composed:
    named = _one(order, say("a register number, code or serial"))
    with printing.register.desk.look() as work:
        item = work.standing(Subject(named)) if is_subject(named) else None
        item = item or item_named(work, named)
    number = item.text("register_no")
    return Composed(history_document(printing, number), number, item.subject)


def _manifest(printing: Printing, order: Order) -> Composed:
    named = _one(order, say("the number of a transfer, T-…"))
    with printing.register.desk.look() as work:
        shipment = work.standing(Subject(named)) if is_subject(named) else None
        shipment = shipment or of_kind(work, Kind.SHIPMENT, named)
    return Composed(manifest_document(printing, shipment.subject), shipment.text("register_no"), shipment.subject)


def _acceptance(printing: Printing, order: Order) -> Composed:
    named = _one(order, say("the number of an arrival, A-…"))
    with printing.register.desk.look() as work:
        arrival = work.standing(Subject(named)) if is_subject(named) else None
        arrival = arrival or of_kind(work, Kind.ARRIVAL, named)
    return Composed(acceptance_document(printing, arrival.subject), arrival.text("register_no"), arrival.subject)


def _cards(printing: Printing, order: Order) -> Composed:
    with printing.register.desk.look() as work:
        return Composed(command_cards(printing.letterhead(work)))


def _item_labels(printing: Printing, order: Order) -> Composed:
    with printing.register.desk.look() as work:
        return _sheets(printing, order, tuple(item_labels(work, order.about, order.wishes.get("at", ""))))


def _place_labels(printing: Printing, order: Order) -> Composed:
    with printing.register.desk.look() as work:
        return _sheets(printing, order, tuple(place_labels(work, order.about)))


def _sheets(printing: Printing, order: Order, labels: tuple[Label, ...]) -> Composed:
    if not labels:
        raise Refusal("nothing_to_label", say("There is nothing to label."), do_now=say("Name items or places."))
    stock = STOCKS.get(order.wishes.get("stock", "middle"))
    if stock is None:
        known = ", ".join(STOCKS)
        raise Refusal(
            "unknown_stock",
            say("There is no such sheet of labels; there are: {known}.", known=known),
            do_now=say("Name one of these."),
        )
    return Composed(
        LabelSheets(
            stock,
            labels,
            printing.register.realm,
            Symbology(order.wishes.get("symbology", Symbology.CODE128)),
            printing.language,
            first=min(max(int(order.wishes.get("first", "1")), 1), stock.on_a_sheet) - 1,
        )
    )


def _import(printing: Printing, order: Order) -> Composed:
    named = _one(order, say("the number of an import, B-…"))
    with printing.register.desk.look() as work:
        batch = batch_numbered(work, named)
    number = batch.text("register_no")
    return Composed(import_document(printing, number), number, batch.subject)


def _paper_form(printing: Printing, order: Order) -> Composed:
    named = _one(order, say("the number that the form is to bear"))
    with printing.register.desk.look() as work:
        return Composed(empty_log(printing.letterhead(work), printing.register.depot, named), named)


def _print_log(printing: Printing, order: Order) -> Composed:
    with printing.register.desk.look() as work:
        made = print_log_sheet(printing.letterhead(work), print_log(work), printing.zone)
    return Composed(made, made.number)


def _one(order: Order, wanted: Text) -> str:
    named = order.about[0].strip() if order.about else ""
    if not named:
        raise Refusal("number_missing", say("This form needs {wanted}.", wanted=wanted), do_now=say("Type or scan it."))
    return named


_MAKERS: Mapping[Form, Callable[[Printing, Order], Composed]] = {
    Form.HAND_RECEIPT: _receipt,
    Form.ISSUE_LOG: _log,
    Form.HISTORY: _history,
    Form.MANIFEST: _manifest,
    Form.ACCEPTANCE: _acceptance,
    Form.ITEM_LABELS: _item_labels,
    Form.PLACE_LABELS: _place_labels,
    Form.COMMAND_CARDS: _cards,
    Form.IMPORT_RECEIPT: _import,
    Form.PAPER_FORM: _paper_form,
    Form.PRINT_LOG: _print_log,
}
