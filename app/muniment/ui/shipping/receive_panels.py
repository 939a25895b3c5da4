"""What receiving asks for beside scans: what a thing is, how many were counted, and the two who close."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from muniment.desk.arrivals import ArrivalCard, ArrivalLine
from muniment.desk.desk import Answer
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.arrivals import Described
from muniment.ui.bridge import Bridge
from muniment.ui.kit.field import Field
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import column, holder, row
from muniment.ui.shipping.list_field import ListField
from muniment.ui.shipping.receiving import ReceivingView
from muniment.ui.speech import iso, spoken, tr
from muniment.ui.stock.act_form import ActForm
from muniment.ui.stock.form import Asked, Choice, primary, second_person
from muniment.ui.stock.registering import Offers

Draw = Callable[[ReceivingView], None]
Describe = Callable[[Described, str, str, str, int], ReceivingView]
Close = Callable[[Mapping[str, str]], Answer]
Change = Callable[[str, int, Mapping[str, str]], ReceivingView]


def ask_description(
    offers: Offers, said: Described, lines: Sequence[ArrivalLine], bridge: Bridge, describe: Describe, done: Draw
) -> ActForm[ReceivingView]:
    """Ask what a thing is that neither register nor list describes; a scanned code is its serial."""
    serial = Field(tr("Serial, exactly as struck"), code=True, value=said.serial)
    status = Choice(tr("Serial is"), [(value, spoken(words)) for value, words in offers.statuses])
    type_code = Choice(tr("Type"))
    type_code.offer([("", tr("not said")), *((v, spoken(w)) for v, w in offers.types)], said.type_code)
    make, model = Field(tr("Make"), value=said.make), Field(tr("Model"), value=said.model)
    calibre = Field(tr("Calibre"), value=said.calibre)
    country = Field(tr("Country of manufacture, two letters"))
    name = Field(tr("Name, of what has no serial"), value=said.name)
    quantity = Field(tr("How many without serials"), code=True)
    on_list = [(str(one.line), f"{one.line}  {one.what.words()}") for one in lines]
    line = Choice(tr("Line of the list"), [("0", tr("the one that fits, or none")), *on_list])
    body = holder(
        column(
            row((serial, 1), (status, 1), gap=16),
            row((type_code, 1), (make, 1), gap=16),
            row((model, 1), (calibre, 1), gap=16),
            row((country, 1), (line, 1), gap=16),
            Label(tr("Or a quantity of things without serials:"), 13, 500, wrap=True),
            row((name, 2), (quantity, 1), gap=16),
            gap=10,
        )
    )

    def work(given: Mapping[str, str]) -> ReceivingView:
        what = Described(
            "" if given["quantity"].strip() else given["thing"].strip(),
            given["make"].strip(),
            given["model"].strip(),
            given["calibre"].strip(),
            given["type_code"],
            given["name"].strip(),
        )
        nothing = not what.serial and not given["quantity"].strip()
        if nothing and given["status"] in ("present", "partly_legible"):
            raise Refusal(
                "unknown_code",
                say("Neither a serial nor a quantity is given."),
                do_now=say("Write the serial, say why there is none, or how many there are."),
            )
        return describe(what, given["status"], given["country"], given["quantity"], int(given["line"] or 0))

    fields: dict[str, Asked] = {
        "thing": serial,
        "status": status,
        "type_code": type_code,
        "make": make,
        "model": model,
        "calibre": calibre,
        "country": country,
        "name": name,
        "quantity": quantity,
        "line": line,
    }
    return ActForm(
        (tr("Describe what is there"), tr("Not checked in")),
        body,
        fields,
        primary(tr("Check it in")),
        bridge,
        work,
        done,
        scans_into=serial,
        width=860,
    )


def ask_quantity(
    line: ArrivalLine, bridge: Bridge, count: Callable[[int], ReceivingView], done: Draw
) -> ActForm[ReceivingView]:
    """Ask how many of a listed thing without serials were counted."""
    quantity = Field(tr("How many were counted"), code=True)
    listed = tr("Listed: {n} × {what}").format(n=iso(str(line.listed)), what=iso(line.what.words()))

    def work(given: Mapping[str, str]) -> ReceivingView:
        written = given["quantity"].strip()
        if not (written.isascii() and written.isdecimal()):
            raise Refusal(
                "quantity_not_positive",
                say("“{text}” is no whole number.", text=written[:20]),
                do_now=say("Write how many were counted."),
            )
        return count(int(written[:9]))

    return ActForm(
        (tr("Count it"), tr("Not checked in")),
        holder(column(Label(listed, 15, 600, wrap=True), quantity, gap=12)),
        {"quantity": quantity},
        primary(tr("Check it in")),
        bridge,
        work,
        done,
    )


def ask_closing(
    offers: Offers, card: ArrivalCard, bridge: Bridge, close: Close, done: Callable[[Answer], None]
) -> ActForm[Answer]:
    """Ask where everything is laid, how the seals were, and who stands beside."""
    place = Choice(tr("Put at"), [(value, spoken(words)) for value, words in offers.places])
    seals = Choice(
        tr("Seals on arrival"),
        [("", tr("look at each, then say")), ("whole", tr("Whole")), ("broken", tr("Broken or wrong"))],
    )
    broken = Field(tr("Which were broken or wrong"), code=True)
    broken.line.setPlaceholderText(", ".join(card.seals))
    second, passphrase, _ = second_person()
    reason = Field(tr("Reason, only where the register has the same weapon already"))
    words = tr("There: {there}. Missing: {missing}. Not announced: {extra}.").format(
        there=iso(str(card.there)), missing=iso(str(card.missing)), extra=iso(str(card.extra))
    )
    more = tr("Everything that is there is taken in; what is missing or was not announced opens a case.")
    sealed = holder(row((seals, 1), (broken, 1), gap=16))
    if not card.seals:
        sealed.hide()
    broken.hide()
    seals.changed.connect(lambda value: broken.setVisible(value == "broken"))
    body = holder(
        column(
            Label(words, 16, 600, wrap=True),
            Label(more, 14, 500, wrap=True),
            place,
            sealed,
            row((second, 1), (passphrase, 1), gap=16),
            reason,
            gap=12,
        )
    )
    return ActForm(
        (tr("Close the arrival"), tr("Not closed")),
        body,
        {
            "place": place,
            "seals": broken,
            "seals_said": seals,
            "second": second,
            "passphrase": passphrase,
            "reason": reason,
        },
        primary(tr("Take it in")),
        bridge,
        close,
        done,
        width=760,
    )


def ask_list(lines: Sequence[ArrivalLine], bridge: Bridge, change: Change, done: Draw) -> ActForm[ReceivingView]:
    """Ask what the document lists otherwise than it was written down: lines to add, one to strike, by two persons."""
    added = ListField(tr("Lines to add: serial; make; model; calibre; type"), "EX-1001; Example Works; Model A", 3)
    open_lines = [(str(one.line), f"{iso(str(one.line))}  {iso(one.what.words())}") for one in lines]
    struck = Choice(tr("Line to strike, to which nothing was put"), [("", tr("none")), *open_lines])
    second, passphrase, reason = second_person()
    more = tr(
        "A line that is struck opens no case when it does not come, so two persons look at the document. "
        "A thing that is there already goes to its new line when it is taken off and checked in again."
    )
    return ActForm(
        (tr("Change the list"), tr("Not changed")),
        holder(
            column(
                Label(more, 14, 500, wrap=True),
                added,
                struck,
                row((second, 1), (passphrase, 1), gap=16),
                reason,
                gap=12,
            )
        ),
        {"listed": added, "struck": struck, "second": second, "passphrase": passphrase, "reason": reason},
        primary(tr("Change the list")),
        bridge,
        lambda given: change(given["listed"], int(given["struck"] or "0"), given),
        done,
        width=760,
    )


def ask_beginning(
    offers: Offers, bridge: Bridge, begin: Callable[[Mapping[str, str]], Answer], done: Callable[[Answer], None]
) -> ActForm[Answer]:
    """Ask for the sender's papers. A scanned code is the number of his document."""
    sender = Field(tr("Sender"))
    document = Field(tr("Number of the sender's document"), code=True)
    seals = Field(tr("Seals"), code=True)
    seals.line.setPlaceholderText("S-100, S-101")
    due = Field(tr("Announced only: expected by"), code=True)
    due.line.setPlaceholderText("2026-12-01")
    type_code = Choice(tr("Type, where a line says none"))
    type_code.offer([("", tr("not said")), *((value, spoken(words)) for value, words in offers.types)])
    example = "EX-1001; Example Works; Model A; 5.56x45mm\n12 x Sling"
    listed = ListField(tr("What the document lists, one thing a line: serial; make; model; calibre"), example)
    body = holder(
        column(
            row((sender, 1), (document, 1), gap=16),
            row((seals, 1), (due, 1), gap=16),
            listed,
            type_code,
            gap=12,
        )
    )
    fields: dict[str, Asked] = {
        "sender": sender,
        "document": document,
        "seals": seals,
        "at": due,
        "listed": listed,
        "type_code": type_code,
    }
    return ActForm(
        (tr("Receive"), tr("Not begun")),
        body,
        fields,
        primary(tr("Begin"), "truck-delivery"),
        bridge,
        begin,
        done,
        scans_into=document,
        width=860,
    )
