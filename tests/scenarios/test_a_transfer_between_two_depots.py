"""Depot one sends three. One is lost on the way; depot two receives two of them, and one that is on no list."""

from __future__ import annotations

import os
from datetime import UTC
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from fakes.depot import Depot, depot_at, rifle_called
from fakes.outside import StoppedClock, outside
from muniment.bootstrap import write_pdf
from muniment.desk import receiving, shipping, stock
from muniment.desk.arrivals import arrival_lines
from muniment.desk.cases import open_cases
from muniment.desk.receiving import Thing
from muniment.domain.basics.identity import Subject
from muniment.domain.custody.announcing import SendersPapers, line_written
from muniment.domain.custody.arrivals import Described
from muniment.domain.custody.printing import Form
from muniment.domain.custody.shipping import Confirmed, Consignment
from muniment.domain.custody.taking_in import Closing
from muniment.ports.paper import Order
from muniment.reports.document import Document
from muniment.reports.from_register import Printing
from muniment.reports.orders import compose

SENT = ("EX-7001", "EX-7002", "EX-7003")
LOST, STRANGER = "EX-7002", "EX-9999"


def a_depot(folder: Path, name: str) -> Depot:
    clock = StoppedClock()
    return depot_at(str(folder / f"{name}.muniment"), clock, outside(clock))


def printed(depot: Depot, form: Form, subject: Subject, to: Path) -> Document:
    made = compose(Printing(depot.register, "en", UTC), Order(form, (subject,))).made
    assert isinstance(made, Document)
    write_pdf(made, to)
    assert to.read_bytes().startswith(b"%PDF")
    return made


def cases(depot: Depot) -> list[tuple[str, str, str]]:
    with depot.desk.look() as work:
        return [(one.rule, one.concerns, one.missing) for one in open_cases(work)]


def test_three_are_sent_and_two_arrive_and_one_that_nobody_sent(tmp_path: Path) -> None:
    one, two = a_depot(tmp_path, "one"), a_depot(tmp_path, "two")

    items = [stock.register(one.desk, one.by_officer(), rifle_called(serial), one.rack).about for serial in SENT]
    wanted = [item for item in items if item is not None]
    consignment = Consignment("Depot Two", "TO-12/2026", ("S-1", "S-2"))
    shipment = shipping.send_items(one.desk, one.by_officer(), consignment, wanted).about
    assert shipment is not None
    manifest = printed(one, Form.MANIFEST, shipment, tmp_path / "manifest.pdf")

    listed = tuple(line_written(f"{serial}; Example Works; Model A; 5.56x45mm; SA-40") for serial in SENT)
    papers = SendersPapers("Depot One", manifest.number, ("S-1", "S-2"), listed)
    arrival = receiving.begin_arrival(two.desk, two.by_officer(), papers).about
    assert arrival is not None
    for serial in SENT:
        if serial != LOST:
            receiving.check_in(two.desk, two.by_officer(), arrival, Thing(serial))
    stranger = Thing(STRANGER, Described("", "Example Works", "Model A", "5.56x45mm", "SA-40"))
    receiving.check_in(two.desk, two.by_officer(), arrival, stranger)
    closing = Closing(two.rack, frozenset({"S-2"}))
    receiving.close_arrival(two.desk, two.by_officer(second=True), arrival, closing)
    acceptance = printed(two, Form.ACCEPTANCE, arrival, tmp_path / "acceptance.pdf")

    assert cases(two) == [
        ("not_announced", "W-0000005", ""),
        ("not_arrived", "A-0000001", "EX-7002 Example Works Model A 5.56x45mm"),
        ("seal_broken", "A-0000001", ""),
    ]
    with two.desk.look() as work:
        standing = work.standing(arrival)
        assert standing is not None
        found = [(line.what.serial, line.there, line.register_no) for line in arrival_lines(work, standing)]
    assert found == [
        ("EX-7001", 1, "W-0000003"),
        ("EX-7002", 0, ""),
        ("EX-7003", 1, "W-0000004"),
        ("EX-9999", 1, "W-0000005"),
    ]

    missing = frozenset({wanted[SENT.index(LOST)]})
    confirmed = Confirmed(acceptance.number, missing, seals_whole=False)
    shipping.confirm_arrival(one.desk, one.by_officer(), shipment, confirmed)
    assert [one.card(item).state for item in wanted] == ["outside", "transit", "outside"]
    assert cases(one) == [("not_received", "W-0000004", "W-0000004"), ("seal_broken", "T-0000001", "")]

    for depot in (one, two):
        assert depot.breaks() == ()
        depot.register.close()
