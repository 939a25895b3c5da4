"""What is written about a weapon: everything in its record that describes it, not where it is or who has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import InitVar, dataclass
from datetime import date

from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.standards.clause import Clause
from muniment.domain.standards.documents import TRACING as TRACING_CLAUSE
from muniment.domain.stock.calibre_as import CalibreAs
from muniment.domain.stock.condition import Condition
from muniment.domain.stock.countries import country, historic_states
from muniment.domain.stock.free_text import tidy
from muniment.domain.stock.marking import (
    FrameMaterial,
    MarkingMethod,
    MarkPlace,
    MetalInsert,
    Microstamp,
    ProductionKind,
    Side,
)
from muniment.domain.stock.marks import Mark
from muniment.domain.stock.ownership import LegalStatus, StockCategory
from muniment.domain.stock.scripts import Script, script_of
from muniment.domain.stock.serial import SerialStatus, comparison_key, look_alike_key, serial_by_status
from muniment.domain.stock.taxonomy import WeaponType, weapon_type

TRACING: Clause = TRACING_CLAUSE

OLDEST = 1500
"""Year before which no firearm is dated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeaponDescription:
    """The descriptive fields of one weapon, checked when it is made; `this_year` bounds the years in it.

    Empty texts and none stand for what is not known. `country` is the country of manufacture by its present
    two-letter code, `historic_country` a dissolved state by two or three letters; both may be known. `type_words`
    describe a weapon whose type is "other". `risk_tier` is set only where it departs from that of the type.
    `inspection_due` is the last day on which the weapon may go without its next inspection.
    """

    this_year: InitVar[int]
    type_code: str
    type_words: str = ""
    make: str = ""
    model: str = ""
    calibres: tuple[CalibreAs, ...] = ()
    country: str = ""
    historic_country: str = ""
    year: int | None = None
    year_estimated: bool = False
    serial: str = ""
    serial_status: SerialStatus = SerialStatus.PRESENT
    serial_place: MarkPlace | None = None
    serial_side: Side | None = None
    marks: tuple[Mark, ...] = ()
    frame_material: FrameMaterial | None = None
    marking_method: MarkingMethod | None = None
    metal_insert: MetalInsert | None = None
    production: ProductionKind | None = None
    microstamp: Microstamp | None = None
    microstamp_code: str = ""
    microstamp_place: str = ""
    condition: Condition | None = None
    legal_status: LegalStatus | None = None
    stock_category: StockCategory | None = None
    risk_tier: int | None = None
    acquired_on: date | None = None
    acquired_from: str = ""
    acquisition_document: str = ""
    acquisition_authority: str = ""
    firing_part_apart: bool | None = None
    firing_part_place: str = ""
    inspection_due: date | None = None
    remarks: str = ""

    def __post_init__(self, this_year: int) -> None:
        """Refuse what cannot be true of a weapon.

        Raises:
            Refusal: the type is unknown, no weapon or a mere heading; a text is untidy; a year lies before 1500 or
                after `this_year`; there are no calibres where the type has one, two alike, or not exactly one
                primary; a country code is not valid; the serial number and its status contradict each other; the
                metal insert contradicts the material; the risk tier is not 1 to 4.

        """
        for name, what in _TEXTS.items():
            object.__setattr__(self, name, tidy(getattr(self, name), what))
        _check_type(self.type_code)
        _check_calibres(self.type_code, self.calibres)
        if self.country:
            country(self.country)
            _two_letters(self.country)
        if self.historic_country and not historic_states(self.historic_country):
            raise Refusal(
                "country_unknown",
                say("There is no historic country with the code “{code}”.", code=self.historic_country),
                do_now=say("Choose the country from the list."),
            )
        for year in (self.year, *(mark.year for mark in self.marks)):
            _check_year(year, this_year)
        if self.year_estimated and self.year is None:
            raise Refusal(
                "estimate_without_year",
                say("The year is called an estimate, but there is none."),
                do_now=say("Enter the year, or take the estimate away."),
            )
        object.__setattr__(self, "serial", serial_by_status(self.serial, self.serial_status))
        if self.frame_material is FrameMaterial.POLYMER_WITHOUT_INSERT and self.metal_insert is MetalInsert.YES:
            raise Refusal(
                "insert_contradicts_material",
                say("The frame is said to have no metal insert, and to have one."),
                do_now=say("Look at the frame again and correct one of the two."),
            )
        if self.risk_tier is not None and self.risk_tier not in {1, 2, 3, 4}:
            raise Refusal(
                "risk_tier_range",
                say("There is no risk tier {tier}.", tier=self.risk_tier),
                do_now=say("Choose 1, the highest, to 4."),
            )

    @property
    def type(self) -> WeaponType:
        """The type of the weapon."""
        return weapon_type(self.type_code)

    @property
    def primary_calibre(self) -> CalibreAs | None:
        """The calibre the weapon is counted under; none for types that have no calibre."""
        return next((entry for entry in self.calibres if entry.primary), None)

    @property
    def serial_key(self) -> str:
        """What the serial number is compared by."""
        return comparison_key(self.serial)

    @property
    def serial_look_alike_key(self) -> str:
        """What near matches of the serial number are offered by."""
        return look_alike_key(self.serial)

    @property
    def serial_script(self) -> Script | None:
        """The script of the serial number; none where there is no number."""
        return script_of(self.serial) if self.serial else None

    @property
    def tier(self) -> int:
        """The risk tier that holds, 1 to 4: the weapon's own, or that of its type."""
        return self.risk_tier or self.type.risk_tier

    def lacks_for_tracing(self) -> tuple[Text, ...]:
        """Which of the five essential items a trace request would lack, see `TRACING`."""
        imported = any(mark.kind == "import" and mark.country for mark in self.marks)
        needs = (
            (bool(self.make), say("make")),
            (bool(self.model), say("model")),
            (bool(self.calibres), say("calibre")),
            (self.serial_status is SerialStatus.PRESENT, say("serial number")),
            (bool(self.country or self.historic_country) or imported, say("country of manufacture or last import")),
        )
        return tuple(what for there, what in needs if not there)


_TEXTS: Mapping[str, Text] = {
    "type_words": say("The description of the type"),
    "make": say("The make"),
    "model": say("The model"),
    "microstamp_code": say("The microstamp code"),
    "microstamp_place": say("The place of the microstamp"),
    "acquired_from": say("The source"),
    "acquisition_document": say("The document"),
    "acquisition_authority": say("The authority"),
    "firing_part_place": say("The place of the firing part"),
    "remarks": say("The remark"),
}

_WITHOUT_CALIBRE = frozenset({"LW-70"})
"""Launchers of guided missiles are not described by a calibre."""


def _check_type(code: str) -> None:
    found = weapon_type(code)
    if not found.is_weapon:
        raise Refusal(
            "not_a_weapon",
            say("{type} is a part or an accessory, not a weapon.", type=found.name),
            do_now=say("Register it as a component or an accessory."),
        )
    if not found.parent:
        raise Refusal(
            "type_is_a_heading",
            say("{type} is a heading.", type=found.name),
            do_now=say("Choose a type below it, or “other”."),
        )


def _check_calibres(type_code: str, calibres: tuple[CalibreAs, ...]) -> None:
    if not calibres and type_code in _WITHOUT_CALIBRE:
        return
    if not calibres:
        raise Refusal(
            "calibre_missing",
            say("The calibre is missing."),
            do_now=say("Enter it as written on the weapon, or as measured."),
        )
    if len({(entry.text, entry.code) for entry in calibres}) < len(calibres):
        raise Refusal("calibre_twice", say("A calibre is listed twice."), do_now=say("Take one of the two away."))
    primaries = sum(entry.primary for entry in calibres)
    if primaries != 1:
        raise Refusal(
            "one_primary_calibre",
            say("{count} calibres are called primary; it must be one.", count=primaries),
            do_now=say("Choose the calibre the weapon is fitted for now."),
        )


def _two_letters(code: str) -> None:
    if len(code) != 2:
        raise Refusal(
            "country_three_letters",
            say("{code} is a three-letter code; the record holds two letters.", code=code),
            do_now=say("Enter {code}.", code=country(code).alpha2),
        )


def _check_year(year: int | None, this_year: int) -> None:
    if year is not None and not OLDEST <= year <= this_year:
        raise Refusal(
            "year_range",
            say(
                "The year {year} is not between {first} and {last}.",
                year=str(year),
                first=str(OLDEST),
                last=str(this_year),
            ),
            do_now=say("Correct it, or leave it empty if it is not known."),
        )
