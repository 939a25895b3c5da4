"""Planning a list of quantities: weapons become lines to be worked off, everything else waits for a decision."""

from __future__ import annotations

from collections.abc import Iterable

from muniment.desk.import_plan import StockEntry
from muniment.domain.basics.identity import Kind
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.facts import Value
from muniment.domain.custody.list_rules import LINE_CHANGED
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.domain.custody.undecided import WHY, why_kept
from muniment.domain.stock.calibre_as import CalibreAs
from muniment.domain.stock.designation import classify
from muniment.domain.stock.free_text import tidy
from muniment.domain.stock.taxonomy import weapon_types
from muniment.exchange.drafts import Draft
from muniment.exchange.importing.gone_rows import GoneRows
from muniment.exchange.importing.rows import Making, quantity_of

_ONE_BY_ONE = ("", "each")
"""Units of issue in which one is one."""

_KEPT = {
    "item_name": "item_name",
    "nsn": "nsn",
    "unit_of_issue": "unit_of_issue",
    "ship_date": "acquired_on",
    "condition": "listed_condition",
    "remarks": "remarks",
}
"""Which field of the register keeps which field of the list as it is written."""

_TEXTS = {
    "item_name": say("The name of the item"),
    "nsn": say("The stock number"),
    "condition": say("The condition"),
    "remarks": say("The remark"),
}


def plan_holdings(making: Making, drafts: Iterable[Draft]) -> None:
    """Add the entries of a list of quantities."""
    rows = list(drafts)
    keys = {draft.key for draft in rows}
    known = {s.text("import_key") for s in making.work.imported(keys) if not s.text(WITHDRAWN)}
    gone = GoneRows(making.work, making.list_name, keys)
    for draft in rows:
        if draft.key in known:
            making.tally.count("already", quantity_of(draft, counted=True) or 0)
        elif not draft.sound or not _enter(making, draft, gone):
            making.left_out(draft)
    making.notices += gone.notices()


def _enter(making: Making, draft: Draft, gone: GoneRows) -> bool:
    quantity, place = quantity_of(draft, counted=True), making.place(draft)
    fields = _fields(making, draft)
    if quantity is None or place is None or fields is None:
        return False
    type_code, calibre, why = _what(draft)
    if calibre:
        try:
            fields["calibres"] = [CalibreAs.from_written(calibre, primary=True).to_group()]
        except Refusal as refusal:
            making.refused(draft, "calibre", refusal)
            return False
    if type_code:
        fields["taxonomy_code"] = type_code
    if why is None:
        kind, outcome = Kind.LINE, "registered"
    else:
        kind, outcome = Kind.UNDECIDED, "for_decision"
        fields[WHY] = why_kept(why)
    objection = gone.nearly(fields, quantity)
    if objection is not None and LINE_CHANGED not in making.overrides:
        making.refused(draft, "quantity", objection)
        return False
    passed = () if objection is None else (objection,)
    making.entries.append(
        StockEntry(draft.row_number, draft.key, kind, fields, place, quantity=quantity, objections=passed)
    )
    making.tally.count(outcome, quantity, type_code if why is None else "")
    return True


def _fields(making: Making, draft: Draft) -> dict[str, Value] | None:
    fields: dict[str, Value] = {}
    for name, kept in _KEPT.items():
        if value := draft.values.get(name, ""):
            try:
                fields[kept] = tidy(value, _TEXTS[name]) if name in _TEXTS else value
            except Refusal as refusal:
                making.refused(draft, name, refusal)
                return None
    return fields


def _what(draft: Draft) -> tuple[str, str, Text | None]:
    """The type and the calibre of what is listed, and why a person must decide; no reason where it is a weapon."""
    values = draft.values
    found = classify(values.get("item_name", ""), values.get("nsn", ""))
    calibre = values.get("calibre", "") or (found.calibre if found.is_weapon is not False else "")
    given = values.get("type_code", "").upper()
    code = given or found.type_code or ""
    if given:
        known = weapon_types().get(given)
        if known is None or not known.parent:
            return "", calibre, say("The list gives the type {code}, which is none.", code=given)
        if not known.is_weapon:
            return given, calibre, say("The list gives the type {code}: not a weapon.", code=given)
    elif found.is_weapon is not True or found.type_code is None:
        return code, calibre, found.why
    unit = values.get("unit_of_issue", "")
    if unit not in _ONE_BY_ONE:
        return code, calibre, say("A weapon counted by the {unit}: how many are there?", unit=unit)
    return code, calibre, None
