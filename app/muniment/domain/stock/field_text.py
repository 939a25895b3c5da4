"""The fields of a weapon's description as they are typed: one line of text for each, and back."""

from __future__ import annotations

import re
from collections.abc import Mapping

from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.stock.calibre_as import CalibreAs
from muniment.domain.stock.fields import Group, Plain, Value, groups_in
from muniment.domain.stock.weapon_fields import FIELD_NAMES

NUMBERS = frozenset({"year_of_manufacture", "risk_tier"})
YES_OR_NO = frozenset({"year_estimated", "firing_part_apart"})
TYPED = tuple(name for name in FIELD_NAMES if name != "marks")
"""Fields that can be typed in one line; marks are written down one by one."""

_ANSWERS = {"yes": True, "no": False}


def typed_value(name: str, text: str) -> Value | None:
    """What stands in a field for what was typed; nothing for an empty text.

    Several calibres are separated by commas, the primary one first.

    Raises:
        Refusal: it is no whole number, or no yes or no, where the field takes only that.

    """
    written = text.strip()
    if not written:
        return None
    if name == "calibres":
        listed: list[Plain | Group] = [
            CalibreAs.from_written(one.strip(), primary=nth == 0).to_group()
            for nth, one in enumerate(written.split(","))
        ]
        return listed
    if name in NUMBERS:
        if not re.fullmatch("[0-9]{1,6}", written):
            raise Refusal(
                "not_a_number",
                say("“{value}” is no whole number.", value=written),
                do_now=say("Type figures only, or leave it empty."),
            )
        return int(written)
    if name in YES_OR_NO:
        if written not in _ANSWERS:
            raise Refusal(
                "not_an_answer", say("“{value}” is neither yes nor no.", value=written), do_now=say("Write yes or no.")
            )
        return _ANSWERS[written]
    return written


def text_of(fields: Mapping[str, Value], name: str) -> str:
    """What stands in a field as it would be typed; empty where nothing does."""
    value = fields.get(name)
    if name == "calibres":
        groups = sorted(groups_in(fields, name), key=lambda one: one.get("primary") is not True)
        return ", ".join(str(one.get("text", "")) for one in groups)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, str | int) else ""
