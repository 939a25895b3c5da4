"""What an officer does about the thing of a record, from what was filled in. Runs on the desk's thread. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from muniment.desk import components
from muniment.desk.attachments import attach_file
from muniment.desk.cases import declare_missing, open_a_case, record_as_found
from muniment.desk.components import NewComponent
from muniment.desk.correcting import take_back_entry
from muniment.desk.describing import Seen, change_condition, describe, mark
from muniment.desk.desk import Answer, Deposition, Desk, Officer, stands
from muniment.desk.finding import item_named, place_named
from muniment.desk.own_fields import set_value
from muniment.desk.own_states import move_to_state
from muniment.desk.reading import ItemCard, card
from muniment.desk.signing import sign_in
from muniment.domain.basics.identity import Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.attachments import Attachment, FileKind, View
from muniment.domain.custody.facts import Evidence, Value
from muniment.domain.stock.calibre_as import CalibreAs
from muniment.domain.stock.component import ComponentDescription
from muniment.domain.stock.component_kinds import ComponentKind
from muniment.domain.stock.condition import Condition
from muniment.domain.stock.field_text import typed_value
from muniment.domain.stock.marking import MarkingMethod, MarkKind, MarkPlace, Side
from muniment.domain.stock.serial import SerialStatus

_EYE = Evidence(how="eye")


@dataclass(frozen=True, slots=True)
class Given:
    """What was filled in, by the names of the fields, and the rules that a second person lets pass.

    `scanned` are the fields that a scanner filled; all others were typed.
    """

    values: Mapping[str, str]
    overrides: frozenset[str] = field(default_factory=frozenset)
    scanned: frozenset[str] = field(default_factory=frozenset)

    def __getitem__(self, name: str) -> str:
        """What stands in a field, without blanks round it; empty where there is no such field."""
        return self.values.get(name, "").strip()

    def evidence(self, name: str) -> Evidence:
        """How what stands in a field was read."""
        return Evidence(how="barcode" if name in self.scanned else "typed", seen=self[name])


class RecordActs:
    """The acts of one officer. All tries of one act have one name, so that pressing twice does it once."""

    def __init__(self, desk: Desk, officer: Officer) -> None:
        self._desk, self._officer = desk, officer
        self._act = ""

    def begin(self) -> None:
        """What follows is another act."""
        self._act = ""

    def part(self, name: str) -> ItemCard:
        """The card of a component that was scanned or typed.

        Raises:
            Refusal: the register does not know it, or several have this number.

        """
        with self._desk.look() as work:
            return card(work, item_named(work, name.strip()), self._desk.clock.now())

    def condition(self, item: Subject, given: Given) -> Answer:
        """Write down the condition it is found in."""
        return change_condition(self._desk, self._said(given, _EYE), item, Condition(given["condition"]))

    def state(self, item: Subject, given: Given) -> Answer:
        """Take it a step further on an axis of the depot's own."""
        axis, _, to = given["way"].partition(":")
        return move_to_state(self._desk, self._said(given, _EYE), item, axis, to)

    def missing(self, item: Subject, given: Given) -> Answer:
        """Declare it unaccounted for, with a second person."""
        return declare_missing(self._desk, self._said(given), item)

    def found(self, item: Subject, given: Given) -> Answer:
        """Write down that it was found and where it is laid, with a second person."""
        return record_as_found(self._desk, self._said(given, _EYE), item, self._place(given["to"]))

    def case(self, about: Subject, given: Given) -> Answer:
        """Open a case about it."""
        return open_a_case(self._desk, self._said(given), about)

    def number(self, weapon: Subject, given: Given) -> Answer:
        """Write down that its register number, or another one, was struck on it."""
        seen = replace(_mark_in(given, MarkKind.ASSIGNED), marked_on=self._desk.clock.now().date())
        return mark(self._desk, self._said(given, _EYE), weapon, seen)

    def mark(self, weapon: Subject, given: Given) -> Answer:
        """Write down a mark that is on it."""
        return mark(self._desk, self._said(given, _EYE), weapon, _mark_in(given, MarkKind(given["kind"])))

    def describe(self, weapon: Subject, given: Given) -> Answer:
        """Write one field of its description otherwise. A serial comes and goes with its status.

        Raises:
            Refusal: the two serials differ, or a rule says no.

        """
        name, value = given["field"], typed_value(given["field"], given["value"])
        changes: dict[str, Value | None] = {name: value}
        if name == "serial_raw":
            refuse_typed_otherwise(given["value"], given["again"])
            with self._desk.look() as work:
                status = SerialStatus(stands(work, weapon).text("serial_status") or SerialStatus.PRESENT)
            if value is not None and not status.has_text:
                changes["serial_status"] = SerialStatus.PRESENT.value
        elif name == "serial_status" and value is not None and not SerialStatus(str(value)).has_text:
            changes["serial_raw"] = None
        return describe(self._desk, self._said(given, _EYE), weapon, changes)

    def take_back(self, seq: int, given: Given) -> Answer:
        """Take the act that a fact belongs to back by counter-entries."""
        return take_back_entry(self._desk, self._said(given), seq)

    def own_field(self, record: Subject, key: str, given: Given) -> Answer:
        """Fill in one of the depot's own fields."""
        return set_value(self._desk, self._said(given), record, key, given["value"])

    def attach(self, record: Subject, given: Given, content: bytes) -> Answer:
        """Attach a picture or a document."""
        shows = given["shows"] if given["kind"] == FileKind.MARK else ""
        said = Attachment(
            FileKind(given["kind"]),
            View(given["view"]) if given["view"] else None,
            _day(given["taken"]),
            given["title"],
            shows,
        )
        return attach_file(self._desk, self._said(given), record, said, content)

    def fit(self, weapon: Subject, given: Given) -> Answer:
        """Put a component on the weapon."""
        component = self._item(given, "component")
        return components.fit_component(self._desk, self._said(given, given.evidence("component")), component, weapon)

    def take_off(self, component: Subject, given: Given) -> Answer:
        """Take a component off its weapon and lay it at a place."""
        said = self._said(given, given.evidence("to"))
        return components.remove_component(self._desk, said, component, self._place(given["to"]))

    def swap(self, old: Subject, given: Given) -> Answer:
        """Take a component off, lay it at a place and put another one on, in one act."""
        new = self._item(given, "component")
        said = self._said(given, given.evidence("component"))
        return components.swap_component(self._desk, said, old, new, self._place(given["to"]))

    def new_component(self, weapon: Subject | None, given: Given) -> Answer:
        """Take a component into the register, and put it on the weapon where one is named.

        Where it is registered and a rule says no to fitting it, the answer warns of that.

        Raises:
            Refusal: the two serials differ, or a rule says no to registering it.

        """
        refuse_typed_otherwise(given["serial"], given["again"])
        description = ComponentDescription(
            kind=ComponentKind(given["kind"]),
            is_control=given["control"] == "yes",
            serial=given["serial"],
            serial_status=SerialStatus(given["serial_status"]),
            calibre=CalibreAs.from_written(given["calibre"]) if given["calibre"] else None,
        )
        new = NewComponent(description, Condition(given["condition"]), given["name"])
        said = self._said(given, Evidence(how="typed" if given["serial"] else "eye", seen=given["serial"]))
        answer = components.register(self._desk, said, new, self._place(given["to"]))
        if weapon is None or answer.about is None:
            return answer
        fitting = Deposition(self._officer, act=f"{said.act}-fit", evidence=(_EYE,))
        try:
            return components.fit_component(self._desk, fitting, answer.about, weapon)
        except Refusal as refusal:
            return replace(answer, warnings=(say("It is registered, but not fitted."), refusal.says))

    def _item(self, given: Given, name: str) -> Subject:
        with self._desk.look() as work:
            return item_named(work, given[name]).subject

    def _place(self, code: str) -> Subject:
        with self._desk.look() as work:
            return stands(work, place_named(work, code).subject).subject

    def _said(self, given: Given, *evidence: Evidence) -> Deposition:
        """The officer's word, and the second person's who signs in here where one is named."""
        self._act = self._act or self._desk.ids.ordered()
        second = sign_in(self._desk, given["second"], given.values.get("passphrase", "")) if given["second"] else None
        return Deposition(
            self._officer,
            act=self._act,
            second=second,
            evidence=evidence,
            reason=given["reason"],
            doc=given["doc"],
            overrides=given.overrides if second is not None else frozenset(),
        )


def refuse_typed_otherwise(serial: str, again: str) -> None:
    """Refuse a serial that was typed in two ways.

    Raises:
        Refusal: the two differ.

    """
    if serial != again:
        raise Refusal(
            "serial_typed_twice",
            say("The two serials differ."),
            do_now=say("Look at the metal and type it once more."),
        )


def _mark_in(given: Given, kind: MarkKind) -> Seen:
    year = typed_value("year_of_manufacture", given["year"])
    return Seen(
        kind,
        given["text"],
        MarkPlace(given["place"]) if given["place"] else None,
        Side(given["side"]) if given["side"] else None,
        MarkingMethod(given["method"]) if given["method"] else None,
        given["country"].upper(),
        year if isinstance(year, int) else None,
        None,
        given["certificate"],
    )


def _day(written: str) -> datetime | None:
    """A day as a person writes it, taken as its first moment by this machine's clock.

    Raises:
        Refusal: it is no day.

    """
    if not written:
        return None
    try:
        return datetime.fromisoformat(written).astimezone()
    except ValueError:
        raise Refusal(
            "not_a_day",
            say("“{text}” is no day of the calendar.", text=written),
            do_now=say("Write the year first: 2026-01-31."),
        ) from None


_FIELDS: Mapping[str, str] = {
    "reason_missing": "reason",
    "wrong_sign_in": "passphrase",
    "second_is_first": "second",
    "second_person_missing": "second",
    "reference_missing": "doc",
    "state_no_way": "way",
    "not_in_store": "way",
    "role_missing": "way",
    "unknown_code": "component",
    "ambiguous": "component",
    "already_fitted": "component",
    "unknown_place": "to",
    "not_a_store": "to",
    "already_there": "to",
    "own_field_value": "value",
    "nothing_changes": "condition",
    "not_a_number": "value",
    "mark_says_nothing": "text",
    "import_mark_without_country": "country",
    "method_unsuited": "method",
    "number_assigned": "text",
    "code_taken": "text",
    "year_range": "year",
    "country_unknown": "country",
    "country_three_letters": "country",
    "country_historic": "country",
    "serial_typed_twice": "again",
    "serial_empty": "serial",
    "serial_placeholder": "serial",
    "serial_too_long": "serial",
    "serial_contradicts_status": "serial_status",
    "calibre_empty": "calibre",
    "not_a_control_component": "control",
    "view_of_document": "view",
    "not_a_day": "taken",
    "in_the_future": "taken",
    "already_attached": "file",
    "file_empty": "file",
    "file_too_large": "file",
    "file_not_accepted": "file",
    "file_cut_off": "file",
    "file_too_many_dots": "file",
    "file_unreadable": "file",
}

_NAMED: Mapping[str, str] = {
    "The title": "title",
    "The certificate number": "certificate",
    "The calibre": "calibre",
    "The serial number": "serial",
}


def field_of(refusal: Refusal) -> str:
    """The field that a refusal is about; empty where it is about the whole."""
    what = refusal.says.values.get("what")
    if what is not None and str(what) in _NAMED:
        return _NAMED[str(what)]
    if str(what).startswith("The field "):
        return "value"
    return _FIELDS.get(refusal.rule, "")
