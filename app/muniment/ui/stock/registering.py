"""Taking a weapon in by hand, or one of a line: what is offered, checked and saved. Runs on the desk's thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from muniment.desk.desk import Deposition, Desk, Officer, stands
from muniment.desk.finding import read_code
from muniment.desk.models import catalogue_says
from muniment.desk.one_meaning import meant_already
from muniment.desk.reading import name_of
from muniment.desk.signing import sign_in
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.desk.stock import bind_code, identify, near_matches, register
from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.facts import Evidence
from muniment.domain.custody.importing import DUPLICATE
from muniment.domain.custody.models import NOT_IN_CATALOGUE
from muniment.domain.custody.registering import same_weapon
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.domain.places.place import STORES
from muniment.domain.stock.calibre_as import CalibreAs
from muniment.domain.stock.calibres import Ambiguous, Known, recognise
from muniment.domain.stock.condition import CONDITION_NAMES, Condition
from muniment.domain.stock.countries import country
from muniment.domain.stock.serial import SERIAL_STATUS_NAMES, SerialStatus
from muniment.domain.stock.taxonomy import weapon_types
from muniment.domain.stock.weapon import WeaponDescription
from muniment.ports.work import Work
from muniment.ui.stock.from_catalogue import Beside, Offered, beside_catalogue, offered_entries

Offer = tuple[str, Text]
"""A value that may be chosen, and its words."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in the fields, as typed or chosen. `code` is a code that is on the weapon, to be bound to it.

    `again` is the serial typed a second time; a serial that a scanner read needs none, then it is the same.
    """

    type_code: str = ""
    make: str = ""
    model: str = ""
    calibre: str = ""
    serial: str = ""
    again: str = ""
    serial_status: str = SerialStatus.PRESENT.value
    country: str = ""
    year: str = ""
    condition: str = ""
    place: str = ""
    remarks: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Offers:
    """What can be chosen, and what the fields begin with.

    `line` names the line it is one of, `left` what is on it. `catalogue` are the models that fill several fields.
    """

    types: tuple[Offer, ...]
    places: tuple[Offer, ...]
    conditions: tuple[Offer, ...]
    statuses: tuple[Offer, ...]
    entry: Entry
    line: str = ""
    left: int = 0
    catalogue: tuple[Offered, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """What is known before anything is saved: weapons to compare with, and whether it seems to be there already."""

    near: tuple[Text, ...]
    duplicate: Text | None
    beside: Beside

    @property
    def stops(self) -> bool:
        """Whether a second person is needed to save it."""
        return self.duplicate is not None or self.beside.objection is not None

    @property
    def to_compare(self) -> bool:
        """Whether somebody should look before it is saved."""
        return bool(self.near or self.beside.near or self.stops)


@dataclass(frozen=True, slots=True)
class Saved:
    """What was saved, and what the fields begin with for the next one; `left` is what is still on the line."""

    weapon: Subject
    says: Text
    next_entry: Entry
    left: int


class RegisteringPresenter:
    """Registers weapons one after the other; `line` makes each of them one of that line."""

    def __init__(self, desk: Desk, officer: Officer, line: Subject | None = None) -> None:
        self._desk, self._officer, self._line = desk, officer, line
        self._act = ""

    def offers(self) -> Offers:
        """What can be chosen, from the catalogue and the register."""
        with self._desk.look() as work:
            places = tuple(
                (place.subject, say("{code}  {name}", code=place.text("code"), name=place.text("name")))
                for place in sorted(work.all_of(Kind.PLACE), key=lambda one: one.text("code"))
                if place.text("place_kind") in STORES and not place.text(WITHDRAWN)
            )
            line = work.standing(self._line) if self._line else None
            entry = Entry()
            if line is not None:
                entry = Entry(
                    type_code=line.text("taxonomy_code"),
                    make=line.text("make"),
                    model=line.text("model"),
                    calibre=_calibre_on(line.fields.get("calibres")) or line.text("calibre"),
                    condition=line.text("condition"),
                    place=line.where,
                )
            return Offers(
                types=tuple((code, one.name) for code, one in weapon_types().items() if one.is_weapon and one.parent),
                places=(("", say("choose a place")), *places),
                conditions=(("", say("not stated")), *((c.value, CONDITION_NAMES[c]) for c in Condition)),
                statuses=tuple((status.value, SERIAL_STATUS_NAMES[status]) for status in SerialStatus),
                entry=entry,
                line=line.text("register_no") if line else "",
                left=line.number("quantity") if line else 0,
                catalogue=offered_entries(work, entry.type_code),
            )

    def place_scanned(self, scan: Scan) -> str:
        """The place whose label was scanned, where things are put there; empty for any other code."""
        with self._desk.look() as work:
            found = read_code(work, scan.text, scan.raw).subject if self._line is None else None
            is_store = (
                found is not None and kind_of(found) is Kind.PLACE and stands(work, found).text("place_kind") in STORES
            )
        return found if found is not None and is_store else ""

    def check(self, entry: Entry) -> Checked:
        """Look at the entry without saving it.

        Raises:
            Refusal: something in it cannot be true, or cannot be done; `field_of` tells where.

        """
        description = self._described(entry)
        with self._desk.look() as work:
            self._code_is_free(work, entry.code)
            same = same_weapon(description, work.same_serial(description.serial_key))
            duplicate = (
                say(
                    "{register_no} has the same make, model, calibre and serial. By the book it is here: {place}.",
                    register_no=same[0].text("register_no"),
                    place=name_of(work, same[0].where),
                )
                if same
                else None
            )
            return Checked(near_matches(work, description), duplicate, beside_catalogue(work, description))

    def save(self, entry: Entry, second: str = "", passphrase: str = "", reason: str = "") -> Saved:
        """Save the entry. A second person, who signs in here, lets pass for a reason what the check stopped.

        Raises:
            Refusal: it cannot be saved; `field_of` tells which field to mend, where it is one.

        """
        description = self._described(entry)
        with self._desk.look() as work:
            self._code_is_free(work, entry.code)
        # One name for all tries of one entry: pressing twice, or again after a fault, registers it once.
        self._act = self._act or self._desk.ids.ordered()
        seen = Evidence(how="typed" if entry.serial else "eye", seen=entry.serial)
        deposition = Deposition(self._officer, act=self._act, evidence=(seen,))
        if second:
            other = sign_in(self._desk, second, passphrase)
            deposition = replace(deposition, second=other, reason=reason, overrides=_LET_PASS)
        if self._line is not None:
            answer = identify(self._desk, deposition, self._line, description)
        else:
            answer = register(self._desk, deposition, description, Subject(entry.place))
        weapon = next(told.subject for told in answer.told if told.subject.startswith(f"{Kind.WEAPON}/"))
        if entry.code:
            scanned = Evidence(how="barcode", seen=entry.code)
            said = Deposition(self._officer, act=f"{self._act}-code", evidence=(scanned,))
            bind_code(self._desk, said, entry.code, weapon)
        self._act = ""
        return self._saved(weapon, entry, description)

    def _saved(self, weapon: Subject, entry: Entry, description: WeaponDescription) -> Saved:
        with self._desk.look() as work:
            number, noted = name_of(work, weapon), catalogue_says(work, description)
            line = work.standing(self._line) if self._line else None
        left = line.number("quantity") if line else 0
        says = (
            say("Registered as {register_no}. {left} are left on the line.", register_no=number, left=left)
            if line
            else say("Registered as {register_no}. The next one may follow.", register_no=number)
        )
        for note in noted:
            says = say("{says} {note}", says=says, note=note)
        return Saved(weapon, says, replace(entry, serial="", again="", code="", remarks=""), left)

    def _described(self, entry: Entry) -> WeaponDescription:
        status = SerialStatus(entry.serial_status)
        if status.has_text and entry.serial != entry.again:
            raise Refusal(
                "serial_typed_twice",
                say("The two serials differ."),
                do_now=say("Look at the metal and type it once more."),
            )
        if self._line is None and not entry.place:
            raise Refusal("place_missing", say("The place is missing."), do_now=say("Choose where it is put."))
        written = entry.country.strip().upper()
        gone = bool(written) and _is_historic(written)
        return WeaponDescription(
            this_year=self._desk.clock.now().year,
            type_code=entry.type_code,
            make=entry.make.strip(),
            model=entry.model.strip(),
            calibres=(CalibreAs.from_written(entry.calibre.strip(), primary=True),) if entry.calibre.strip() else (),
            country="" if gone else written,
            historic_country=written if gone else "",
            year=_year(entry.year.strip()),
            serial=entry.serial,
            serial_status=status,
            condition=Condition(entry.condition) if entry.condition else None,
            remarks=entry.remarks.strip(),
        )

    @staticmethod
    def _code_is_free(work: Work, code: str) -> None:
        bound = meant_already(work, code) if code else None
        if bound is not None:
            raise Refusal(
                "code_taken",
                say("This code is bound to {other} already.", other=name_of(work, bound)),
                do_now=say("Scan another code, or take this one away."),
            )


def calibre_words(text: str) -> Text:
    """What a calibre means as it is being typed; empty for nothing typed."""
    if not text.strip():
        return say("")
    found = recognise(text.strip())
    if isinstance(found, Known):
        return say("Recognised: {calibre}", calibre=found.calibre.name)
    if isinstance(found, Ambiguous):
        names = ", ".join(candidate.name for candidate in found.candidates[:_MOST_CANDIDATES])
        names += ", …" if len(found.candidates) > _MOST_CANDIDATES else ""
        return say("Could be {names}. Kept as written unless you type one of them.", names=names)
    return say("Not in the catalogue. Kept as written.")


_MOST_CANDIDATES = 8

_LET_PASS = frozenset({DUPLICATE, NOT_IN_CATALOGUE})

_FIELDS: Mapping[str, str] = {
    "serial_typed_twice": "again",
    "serial_empty": "serial",
    "serial_placeholder": "serial",
    "serial_too_long": "serial",
    "serial_contradicts_status": "serial_status",
    "calibre_missing": "calibre",
    "calibre_empty": "calibre",
    "country_unknown": "country",
    "country_three_letters": "country",
    "country_ambiguous": "country",
    "year_range": "year",
    "year_not_a_number": "year",
    "place_missing": "place",
    "type_is_a_heading": "type_code",
    "type_unknown": "type_code",
    "code_taken": "code",
    "not_a_code": "code",
    "wrong_sign_in": "passphrase",
    "second_is_first": "second",
    "reason_missing": "reason",
}

_NAMED: Mapping[str, str] = {
    "The make": "make",
    "The model": "model",
    "The calibre": "calibre",
    "The serial number": "serial",
    "The remark": "remarks",
}


def field_of(refusal: Refusal) -> str:
    """The field that a refusal is about; empty where it is about the whole."""
    what = refusal.says.values.get("what")
    if isinstance(what, Text):
        return _NAMED.get(what.source, "")
    return _FIELDS.get(refusal.rule, "")


def _is_historic(code: str) -> bool:
    """Whether a code is only that of a state that is no more, such as SU."""
    try:
        country(code)
    except Refusal as refusal:
        return refusal.rule == "country_historic"
    return False


def _year(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdecimal()):
        raise Refusal("year_not_a_number", say("“{text}” is no year.", text=text), do_now=say("Type four digits."))
    return int(text)


def _calibre_on(listed: object) -> str:
    entries = [entry for entry in (listed if isinstance(listed, list) else []) if isinstance(entry, dict)]
    return str(next((entry["text"] for entry in entries if entry.get("primary") is True), ""))
