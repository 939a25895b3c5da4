"""What speaks against a row of a list that changes what is known, or may be there already, written otherwise."""

from __future__ import annotations

from collections.abc import Sequence

from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.conditions import CONDEMNED, is_better
from muniment.domain.custody.facts import Fields
from muniment.domain.custody.importing import DUPLICATE, duplicate, identity
from muniment.domain.custody.registering import calibre_of
from muniment.domain.custody.standing import Standing
from muniment.domain.people.authority import SECOND_PERSON
from muniment.domain.stock.condition import CONDITION_NAMES, Condition
from muniment.domain.stock.serial import comparison_key

BETTER = "condition_better"
"""The rule that a list does not bring a weapon nearer to being handed out by one person's word."""

LINE_CHANGED = "line_changed"
"""The rule that a row which reads otherwise than in the edition before does not become a second line by itself."""

BY_TWO = frozenset({DUPLICATE, BETTER, LINE_CHANGED})
"""Rules about rows of a list that a second person may let pass, for a reason."""

_TOLD = 5


def meant_by_serial(serial_key: str, fields: Fields, same_serial: Sequence[Standing]) -> Standing | None:
    """Which weapon a row without a number speaks of, among those with its serial; nothing where there is none.

    It is the one with the same make, model and calibre; else the only one with the serial, where the two differ in
    nothing that both of them say.

    Raises:
        Refusal: it could be several, or the only one is another make, model or calibre.

    """
    mine = identity(serial_key, fields)
    exact = [one for one in same_serial if identity(comparison_key(one.text("serial_raw")), one.fields) == mine]
    if len(exact) == 1:
        return exact[0]
    if not same_serial:
        return None
    if not exact and len(same_serial) == 1 and _agree(fields, same_serial[0].fields):
        return same_serial[0]
    raise Refusal(
        "which_weapon",
        say(
            "The serial alone does not say which weapon is meant: {candidates}.",
            candidates="; ".join(str(_named(one)) for one in same_serial[:_TOLD]),
        ),
        do_now=say(
            "Write the register number of the one that is meant into the row. If it is none of them, take the row in "
            "from a list that does not describe known weapons anew."
        ),
    )


def listed_twin(other: str) -> Refusal:
    """The objection to a row whose weapon is there already, under the number or in the row `other`."""
    known = duplicate(other)
    return Refusal(
        known.rule,
        known.says,
        override=known.override,
        do_now=say(
            "Compare both weapons. If there are two, have a second person confirm it. If it is one and the list knows "
            "more of it, have the list describe known weapons anew."
        ),
    )


def better_by_list(weapon: Standing, after: Condition) -> Refusal | None:
    """What speaks against a list that says a weapon is in a better condition than the register does."""
    before = Condition(weapon.text("condition")) if weapon.text("condition") else None
    if before is None or not is_better(after, before):
        return None
    says = say("From {before} to {after}.", before=CONDITION_NAMES[before], after=CONDITION_NAMES[after])
    if before in CONDEMNED:
        return Refusal(
            "condemned_by_list",
            say("{says} It was condemned; no list brings it back.", says=says),
            do_now=say("Change its condition on its record, with the number of the inspection."),
        )
    return Refusal(
        BETTER,
        say("{says} That takes two persons.", says=says),
        do_now=say("Look at the weapon, and have a second person confirm it."),
        override=SECOND_PERSON,
    )


def line_changed(register_no: str, before: str, after: str) -> Refusal:
    """The objection to a row that reads nearly as one of the same list that is no longer there."""
    return Refusal(
        LINE_CHANGED,
        say(
            "{register_no} came from this list as “{before}”; that row is gone, and this one says “{after}”. Taken in, "
            "it is counted beside it.",
            register_no=register_no,
            before=before,
            after=after,
        ),
        do_now=say(
            "Compare with the paper. If the row was corrected, undo the import before and take this edition in whole. "
            "If these are further ones, have a second person confirm it."
        ),
        override=SECOND_PERSON,
    )


def _agree(fields: Fields, known: Fields) -> bool:
    pairs = [(str(fields.get(name, "")).casefold(), str(known.get(name, "")).casefold()) for name in ("make", "model")]
    pairs.append((calibre_of(fields), calibre_of(known)))
    return all(mine == other or not mine or not other for mine, other in pairs)


def _named(weapon: Standing) -> Text:
    return say(
        "{register_no} {make} {model} {calibre}",
        register_no=weapon.text("register_no"),
        make=weapon.text("make"),
        model=weapon.text("model"),
        calibre=calibre_of(weapon.fields),
    )
