"""Taking a list into the register as one batch, undoing the batch, and deciding what a list left open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from muniment.domain.basics.identity import Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.facts import Deed, Fact, Fields, Value
from muniment.domain.custody.registering import calibre_of, register_line, register_no
from muniment.domain.custody.reversing import WITHDRAWN, refuse_rooted, reverse
from muniment.domain.custody.standing import Standing
from muniment.domain.stock.calibre_as import CalibreAs
from muniment.domain.stock.taxonomy import weapon_type

IMPORT_KEY = "import_key"
"""The field that says which line of which list an item came from; a line is taken in once."""

BOOK_NO = "book_no"
"""The number that an item had in the book before this register; it counts within its `BOOK` only."""

BOOK = "book"
"""The list that `BOOK_NO` belongs to."""

DUPLICATE = "duplicate_weapon"
"""The rule that two persons may let pass: the same make, model, calibre and serial again."""

FOR_DECISION = frozenset({"item_name", "nsn", "taxonomy_code", "calibres", "unit_of_issue", "acquired_on", "remarks"})
"""Fields that a line takes over from what was listed for a decision."""

Identity = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class ListSource:
    """Where a list comes from: the file and its hash, the sheet, the kind of list, what the person calls it."""

    file: str
    sha256: str
    sheet: str
    kind: str
    list_name: str


def identity(serial_key: str, fields: Fields) -> Identity:
    """What makes two weapons the same by the rule of `registering.same_weapon`: serial, make, model, calibre."""
    make, model = fields.get("make", ""), fields.get("model", "")
    return serial_key, str(make).casefold(), str(model).casefold(), calibre_of(fields)


def duplicate(other: str) -> Refusal:
    """The objection to a weapon that is there already, under the number or in the row `other`."""
    return Refusal(
        DUPLICATE,
        say("{register_no} has the same make, model, calibre and serial.", register_no=other),
        do_now=say("Compare both weapons. If there are two, have a second person confirm it."),
        override=say("A second authorised person, with a reason."),
    )


def batch_imported(batch: Subject, number: int, source: ListSource, counts: Mapping[str, int], acting: Acting) -> Fact:
    """State that a list was taken in; `counts` say what became of its rows and of its quantities."""
    fields: dict[str, Value] = {
        "number": number,
        "register_no": register_no("B", number),
        "state": "imported",
        "file": source.file,
        "sha256": source.sha256,
        "kind": source.kind,
        "list_name": source.list_name,
        **counts,
    }
    if source.sheet:
        fields["sheet"] = source.sheet
    return acting.states(Deed.BATCH_IMPORTED, Standing(batch), sets=fields)


def batch_undone(batch: Standing, undone: int, kept: int, acting: Acting) -> Fact:
    """Decide whether a batch may be undone, and state that it was: so many counter-entries, so many refused.

    Raises:
        Refusal: it was undone before, or no reason is given.

    """
    if batch.text("state") != "imported":
        raise Refusal(
            "undone_before",
            say("Import {register_no} was undone before.", register_no=batch.text("register_no")),
            do_now=say("Withdraw what is left of it one by one."),
        )
    if not acting.reason:
        raise Refusal(
            "reason_missing",
            say("Taking something back needs a reason."),
            do_now=say("Write why, without names."),
        )
    return acting.states(Deed.BATCH_UNDONE, batch, sets={"state": "undone", "undone": undone, "kept": kept})


def take_back(fact: Fact, leaf: str, standing: Standing, in_use: bool, acting: Acting) -> Fact:
    """Decide whether one fact of a batch can be taken back, and state the counter-entry.

    `in_use` says that something lies at the subject, is fitted to it, bound to it or open about it.

    Raises:
        Refusal: the subject was moved or changed since, or is in use.

    """
    refuse_rooted(fact, in_use=in_use)
    return reverse(fact, leaf, standing, acting)


def list_undecided(
    subject: Subject, fields: Fields, quantity: int, number: int, to: Subject, about: Fields, acting: Acting
) -> Fact:
    """State that a line of a list waits for a person to decide what it is; its quantity is kept as listed."""
    sets: dict[str, Value] = {
        **fields,
        "quantity": quantity,
        "number": number,
        "register_no": register_no("U", number),
        "state": "open",
    }
    return acting.states(Deed.UNDECIDED_LISTED, Standing(subject), sets=sets, to=to, qty=quantity, about=about)


def decide_not_ours(undecided: Standing, acting: Acting) -> Fact:
    """State that what was listed is nothing this register keeps.

    Raises:
        Refusal: it was decided or withdrawn before, or no reason is given.

    """
    _may_decide(undecided, acting)
    return acting.states(
        Deed.UNDECIDED_DECIDED,
        undecided,
        sets={"state": "decided", "decision": "not_for_this_register"},
        qty=undecided.number("quantity"),
    )


def decide_is_weapon(
    undecided: Standing, line: Subject, number: int, type_code: str, calibre: str, acting: Acting
) -> list[Fact]:
    """State that what was listed are weapons of a type: a line to be worked off takes the whole quantity over.

    Raises:
        Refusal: it was decided or withdrawn before, no reason is given, or `type_code` is no type of weapon.

    """
    _may_decide(undecided, acting)
    found = weapon_type(type_code)
    if not found.is_weapon or not found.parent:
        raise Refusal(
            "not_a_weapon",
            say("{type} is no type of weapon.", type=found.name),
            do_now=say("Choose a type from the list."),
        )
    fields = {name: value for name, value in undecided.fields.items() if name in FOR_DECISION}
    fields["taxonomy_code"] = type_code
    if calibre:
        fields["calibres"] = [CalibreAs.from_written(calibre, primary=True).to_group()]
    quantity = undecided.number("quantity")
    decided = acting.states(
        Deed.UNDECIDED_DECIDED, undecided, sets={"state": "decided", "decision": "weapon", "line": line}, qty=quantity
    )
    return [decided, register_line(line, fields, quantity, number, Subject(undecided.where), acting)]


def _may_decide(undecided: Standing, acting: Acting) -> None:
    if undecided.text("state") != "open" or undecided.text(WITHDRAWN):
        raise Refusal(
            "decided_before",
            say("{register_no} was decided or withdrawn before.", register_no=undecided.text("register_no")),
            do_now=say("Look at its history."),
        )
    if not acting.reason:
        raise Refusal("reason_missing", say("A decision needs a reason."), do_now=say("Write why, without names."))
