"""A weapon's description as the ledger keeps it, and back."""

from __future__ import annotations

from collections.abc import Mapping

from muniment.domain.stock.calibre_as import CalibreAs
from muniment.domain.stock.condition import Condition
from muniment.domain.stock.fields import (
    Value,
    answer_in,
    choice_in,
    date_in,
    groups_in,
    number_in,
    present,
    text_in,
)
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
from muniment.domain.stock.serial import SerialStatus
from muniment.domain.stock.weapon import WeaponDescription

FIELD_NAMES = (
    "taxonomy_code",
    "type_words",
    "make",
    "model",
    "calibres",
    "country_of_manufacture",
    "historic_country_code",
    "year_of_manufacture",
    "year_estimated",
    "serial_raw",
    "serial_status",
    "serial_location",
    "serial_side",
    "marks",
    "frame_material",
    "marking_method",
    "metal_insert_present",
    "production_kind",
    "microstamp",
    "microstamp_code",
    "microstamp_location",
    "condition",
    "legal_status",
    "stock_category",
    "risk_tier",
    "acquired_on",
    "acquired_from",
    "acquisition_document",
    "acquisition_authority",
    "firing_part_apart",
    "firing_part_location",
    "inspection_due",
    "remarks",
)
"""The fields a description fills; all others of a weapon's record are not its business."""


def to_fields(weapon: WeaponDescription) -> dict[str, Value]:
    """The description as fields of a record; what is not known is left out."""
    return present(
        {
            "taxonomy_code": weapon.type_code,
            "type_words": weapon.type_words,
            "make": weapon.make,
            "model": weapon.model,
            "calibres": [entry.to_group() for entry in weapon.calibres],
            "country_of_manufacture": weapon.country,
            "historic_country_code": weapon.historic_country,
            "year_of_manufacture": weapon.year,
            "year_estimated": weapon.year_estimated or None,
            "serial_raw": weapon.serial,
            "serial_status": weapon.serial_status,
            "serial_location": weapon.serial_place,
            "serial_side": weapon.serial_side,
            "marks": [mark.to_group() for mark in weapon.marks],
            "frame_material": weapon.frame_material,
            "marking_method": weapon.marking_method,
            "metal_insert_present": weapon.metal_insert,
            "production_kind": weapon.production,
            "microstamp": weapon.microstamp,
            "microstamp_code": weapon.microstamp_code,
            "microstamp_location": weapon.microstamp_place,
            "condition": weapon.condition,
            "legal_status": weapon.legal_status,
            "stock_category": weapon.stock_category,
            "risk_tier": weapon.risk_tier,
            "acquired_on": weapon.acquired_on,
            "acquired_from": weapon.acquired_from,
            "acquisition_document": weapon.acquisition_document,
            "acquisition_authority": weapon.acquisition_authority,
            "firing_part_apart": weapon.firing_part_apart,
            "firing_part_location": weapon.firing_part_place,
            "inspection_due": weapon.inspection_due,
            "remarks": weapon.remarks,
        }
    )


def from_fields(fields: Mapping[str, Value], *, this_year: int) -> WeaponDescription:
    """Read back what `to_fields` wrote; fields that are not of a description are passed over.

    An absent serial status stands for a number that is present, as in `WeaponDescription`.

    Raises:
        Refusal: a field holds what does not belong there, or the whole cannot be true of a weapon.

    """
    return WeaponDescription(
        this_year=this_year,
        type_code=text_in(fields, "taxonomy_code"),
        type_words=text_in(fields, "type_words"),
        make=text_in(fields, "make"),
        model=text_in(fields, "model"),
        calibres=tuple(CalibreAs.from_group(entry) for entry in groups_in(fields, "calibres")),
        country=text_in(fields, "country_of_manufacture"),
        historic_country=text_in(fields, "historic_country_code"),
        year=number_in(fields, "year_of_manufacture"),
        year_estimated=answer_in(fields, "year_estimated") or False,
        serial=text_in(fields, "serial_raw"),
        serial_status=choice_in(fields, "serial_status", SerialStatus) or SerialStatus.PRESENT,
        serial_place=choice_in(fields, "serial_location", MarkPlace),
        serial_side=choice_in(fields, "serial_side", Side),
        marks=tuple(Mark.from_group(entry) for entry in groups_in(fields, "marks")),
        frame_material=choice_in(fields, "frame_material", FrameMaterial),
        marking_method=choice_in(fields, "marking_method", MarkingMethod),
        metal_insert=choice_in(fields, "metal_insert_present", MetalInsert),
        production=choice_in(fields, "production_kind", ProductionKind),
        microstamp=choice_in(fields, "microstamp", Microstamp),
        microstamp_code=text_in(fields, "microstamp_code"),
        microstamp_place=text_in(fields, "microstamp_location"),
        condition=choice_in(fields, "condition", Condition),
        legal_status=choice_in(fields, "legal_status", LegalStatus),
        stock_category=choice_in(fields, "stock_category", StockCategory),
        risk_tier=number_in(fields, "risk_tier"),
        acquired_on=date_in(fields, "acquired_on"),
        acquired_from=text_in(fields, "acquired_from"),
        acquisition_document=text_in(fields, "acquisition_document"),
        acquisition_authority=text_in(fields, "acquisition_authority"),
        firing_part_apart=answer_in(fields, "firing_part_apart"),
        firing_part_place=text_in(fields, "firing_part_location"),
        inspection_due=date_in(fields, "inspection_due"),
        remarks=text_in(fields, "remarks"),
    )
