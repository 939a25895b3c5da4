"""What makes every page of the demonstration depot show something: kit, transfers, case, catalogue, own states."""

from __future__ import annotations

from datetime import timedelta

from muniment.desk import cases, kits
from muniment.desk.desk import Deposition, Desk, Officer
from muniment.desk.finding import place_named
from muniment.desk.models import proposals, take_models
from muniment.desk.own_states import define_axes, move_to_state
from muniment.desk.receiving import begin_arrival
from muniment.desk.register import Register
from muniment.desk.shipping import send_items
from muniment.desk.signing import sign_in
from muniment.domain.basics.identity import Subject
from muniment.domain.custody.announcing import SendersPapers
from muniment.domain.custody.own_states import Axis, Guard, OwnState, Way
from muniment.domain.custody.shipping import Consignment
from muniment.training.demonstration import OFFICER, PASSPHRASE, SECOND

WORKSHOP = Axis(
    "workshop",
    "Workshop",
    (OwnState("awaiting", "Awaiting inspection"), OwnState("inspected", "Inspected")),
    (Way("", "awaiting"), Way("awaiting", "inspected", frozenset({Guard.REASON, Guard.SECOND_PERSON}))),
)


def make_busy(register: Register) -> Officer:
    """Fill the depot; answers the officer who did it."""
    desk = register.desk
    officer, second = sign_in(desk, OFFICER, PASSPHRASE), sign_in(desk, SECOND, PASSPHRASE)

    def said(reason: str = "", doc: str = "") -> Deposition:
        return Deposition(officer, second=second, reason=reason, doc=doc)

    with desk.look() as work:
        rack = place_named(work, "B1").subject
        models = [one.model for one in proposals(work)]
    take_models(desk, said(), models[:3])
    content = kits.KitContent((_bound(desk, "TAG-0013"), _bound(desk, "TAG-0015")))
    kits.register(desk, said(), "Guard post, north gate", content, rack)
    due = desk.clock.now() + timedelta(days=10)
    sent = Consignment("Depot South", "MO-2026-118", ("S-40117", "S-40118"), due)
    send_items(desk, said("exchange", "MO-2026-118"), sent, [_bound(desk, "TAG-0008"), _bound(desk, "TAG-0009")])
    begin_arrival(desk, said(), SendersPapers("Depot East", "MO-2026-121", ("S-9001",), due_at=due))
    cases.open_a_case(desk, said("number looks altered"), _bound(desk, "TAG-0004"))
    define_axes(desk, said(), [WORKSHOP])
    move_to_state(desk, said(), _bound(desk, "TAG-0005"), "workshop", "awaiting")
    return officer


def _bound(desk: Desk, code: str) -> Subject:
    with desk.look() as work:
        bound = work.bound_to(code)
    if bound is None:
        raise LookupError(f"nothing is bound to {code}")
    return bound
