"""What kinds of lists, their fields, and what becomes of rows are called on the screen. No Qt."""

from __future__ import annotations

from collections.abc import Mapping

from muniment.domain.basics.text import Text, say
from muniment.exchange.mapping import DateOrder

KIND_NAMES: Mapping[str, Text] = {
    "weapons": say("Weapons, one a row"),
    "holdings": say("Quantities without serials"),
    "people": say("People"),
    "places": say("Places"),
}
"""The kinds of lists that can be taken in."""

FIELD_NAMES: Mapping[str, Text] = {
    "register_no": say("Number in the old book"),
    "type_code": say("Type of weapon"),
    "make": say("Make"),
    "model": say("Model"),
    "calibre": say("Calibre"),
    "country": say("Country of manufacture"),
    "year": say("Year of manufacture"),
    "serial": say("Serial number"),
    "serial_status": say("Why a serial is missing"),
    "condition": say("Condition"),
    "legal_status": say("Legal status"),
    "place": say("Place, by its code"),
    "custodian": say("Holder, by service number"),
    "owner": say("Unit that answers for it"),
    "acquired_on": say("Day it came in"),
    "remarks": say("Remarks"),
    "item_name": say("What it is called"),
    "nsn": say("NATO stock number"),
    "quantity": say("Quantity"),
    "unit_of_issue": say("What is counted"),
    "ship_date": say("Day it was sent"),
    "service_no": say("Service number"),
    "name": say("Name"),
    "rank": say("Rank"),
    "unit": say("Unit"),
    "card_code": say("Code of the card"),
    "certificate_kind": say("Certified for"),
    "valid_until": say("Certificate until"),
    "code": say("Code of the place"),
    "kind": say("Kind of place"),
    "parent_code": say("In which place, by its code"),
}
"""The fields of all kinds of lists."""

ORDER_NAMES: Mapping[str, Text] = {
    "": say("year first, or not known"),
    DateOrder.YEAR_MONTH_DAY: say("year, month, day"),
    DateOrder.DAY_MONTH_YEAR: say("day, month, year"),
    DateOrder.MONTH_DAY_YEAR: say("month, day, year"),
}
"""In which order a column writes its dates."""

REGISTER_FIELDS: Mapping[str, Text] = {
    "taxonomy_code": say("type"),
    "make": say("make"),
    "model": say("model"),
    "calibres": say("calibre"),
    "country_of_manufacture": say("country"),
    "historic_country_code": say("country"),
    "year_of_manufacture": say("year"),
    "serial_raw": say("serial"),
    "serial_status": say("serial status"),
    "condition": say("condition"),
    "legal_status": say("legal status"),
    "acquired_on": say("day it came in"),
    "accountable_owner": say("unit that answers"),
    "remarks": say("remarks"),
    "certificates": say("certificates"),
    "unit": say("unit"),
    "name": say("name"),
    "rank": say("rank"),
    "service_no": say("service number"),
    "badges": say("cards"),
    "place_kind": say("kind of place"),
    "parent": say("lies in"),
}
"""What fields of records are called where a change of them is shown."""

OUTCOME_NAMES: Mapping[str, Text] = {
    "registered": say("To register"),
    "for_decision": say("To decide"),
    "changed": say("To change"),
    "already": say("There already"),
    "left_out": say("Left out"),
}
"""What can become of a row, before it has."""

OUTCOMES_PAST: Mapping[str, Text] = {
    "registered": say("Registered"),
    "for_decision": say("To decide"),
    "changed": say("Changed"),
    "already": say("There before"),
    "left_out": say("Left out"),
}
"""What has become of rows."""


def kind_name(kind: str) -> Text:
    """How a kind of list is called."""
    return KIND_NAMES.get(kind, say("{kind}", kind=kind))


def field_name(name: str) -> Text:
    """How a field of a list is called."""
    return FIELD_NAMES.get(name, say("{name}", name=name))
