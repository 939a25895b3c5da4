"""Invented forms for the tests of paper: an imaginary depot, imaginary people, imaginary weapons."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from muniment.desk.opening import Realm
from muniment.domain.basics.text import Text, say
from muniment.reports.document import Cell, Row, Table
from muniment.reports.hand_receipt import ConfirmedBy, HandReceipt, Party, ReceiptLine, ReturnLine, ReturnReceipt
from muniment.reports.letterhead import Letterhead, PrintedHead

AT = datetime(2026, 11, 24, 10, 14, tzinfo=timezone(timedelta(hours=2)))
ROOT = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
HEAD = PrintedHead(412, ROOT, f"muniment/xx/example/live\n412\n{ROOT}\n\n— muniment/xx/example/live {'A' * 88}AAA=\n")
ISSUER = Party("Anna Beispiel", "Sgt", "SN-4711")
RECEIVER = Party("Berta Muster", "Cpl", "SN-0815")
WITNESS = Party("Carl Vorlage", "Lt", "SN-0007")
RIFLE = ReceiptLine(
    "R-000001",
    say("Rifle"),
    "Beispielwerk",
    "Muster 5",
    "7.62x39 mm",
    "ТЗ 0001 O0I1l/fi",
    say("Serviceable"),
    "Sling",
    60,
)
PISTOL = ReceiptLine("R-000002", say("Pistol"), "", "", "", "ÆØ-12 345", say("Serviceable"))


def cells(table: Table) -> list[tuple[Cell, ...]]:
    return [row.cells if isinstance(row, Row) else row for row in table.rows]


def beneath(table: Table) -> list[list[str]]:
    return [
        [str(one) if isinstance(one, Text) else one.value for one in row.beneath] if isinstance(row, Row) else []
        for row in table.rows
    ]


def letterhead(realm: Realm = Realm.LIVE, language: str = "en", head: PrintedHead | None = HEAD) -> Letterhead:
    return Letterhead("Depot Nord", realm, AT, language, head)


def issue_of(*lines: ReceiptLine, due: bool = True, second: Party | None = WITNESS, **also: str) -> HandReceipt:
    realm = Realm(also.pop("realm", "live"))
    return HandReceipt(
        "HR-2026-000123",
        letterhead(realm, also.pop("language", "en")),
        "Hatch 1, 2 · 14 · 6",
        AT,
        ISSUER,
        RECEIVER,
        lines,
        due_at=AT + timedelta(hours=8) if due else None,
        second=second,
        confirmed_by=ConfirmedBy.PIN,
        **also,
    )


def return_of(*lines: ReturnLine, still_held: int = 0) -> ReturnReceipt:
    return ReturnReceipt(
        "RR-2026-000077",
        letterhead(),
        "Hatch 1",
        AT,
        RECEIVER,
        ISSUER,
        lines,
        ("HR-2026-000123",),
        still_held=still_held,
    )
