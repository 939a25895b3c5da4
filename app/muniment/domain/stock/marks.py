"""A mark on a weapon or component, beside the serial number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.standards.clause import Clause
from muniment.domain.standards.documents import MARKING as MARKING_CLAUSE
from muniment.domain.standards.documents import POLYMER_FRAMES
from muniment.domain.stock.countries import country as current_country
from muniment.domain.stock.countries import historic_states
from muniment.domain.stock.fields import Group, Value, choice_in, date_in, group, number_in, text_in
from muniment.domain.stock.free_text import tidy
from muniment.domain.stock.marking import FrameMaterial, MarkingMethod, MarkKind, MarkPlace, Side

MARKING: Clause = MARKING_CLAUSE
RECOVERY: Clause = POLYMER_FRAMES


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One mark, as it stands on the metal and as far as it is known who made it.

    `text` is as struck, or describes a symbol in words. `country` is the country the mark names, by two letters (or
    three for a dissolved state), and `year` the year it names. `marked_on`, `operator` and `certificate` are known
    for marks that were struck under our eyes; `operator` is a person's subject, never a name.
    """

    kind: MarkKind
    text: str = ""
    place: MarkPlace | None = None
    side: Side | None = None
    method: MarkingMethod | None = None
    country: str = ""
    year: int | None = None
    marked_on: date | None = None
    operator: str = ""
    certificate: str = ""

    def __post_init__(self) -> None:
        """Refuse nonsense.

        Raises:
            Refusal: the mark says nothing, its text is untidy, its country has no such code, or an import mark
                names no country although it has a year.

        """
        object.__setattr__(self, "text", tidy(self.text, say("The mark")))
        object.__setattr__(self, "operator", tidy(self.operator, say("The operator")))
        object.__setattr__(self, "certificate", tidy(self.certificate, say("The certificate number")))
        if self.country and not historic_states(self.country):
            current_country(self.country)
        if not (self.text or self.country or self.year):
            raise Refusal(
                "mark_says_nothing",
                say("A mark has neither text nor country nor year."),
                do_now=say("Enter the text as struck, or describe the symbol in words."),
            )
        if self.kind is MarkKind.IMPORT and self.year and not self.country:
            raise Refusal(
                "import_mark_without_country",
                say("The import mark has a year, but no country."),
                do_now=say("Enter the country the mark names: a trace request goes there first."),
                source=str(MARKING),
            )

    def to_group(self) -> Group:
        """The mark as a small group of fields; what is not known is left out."""
        return group(
            {
                "kind": self.kind,
                "text": self.text,
                "place": self.place,
                "side": self.side,
                "method": self.method,
                "country": self.country,
                "year": self.year,
                "marked_on": self.marked_on,
                "operator": self.operator,
                "certificate": self.certificate,
            }
        )

    @classmethod
    def from_group(cls, fields: Mapping[str, Value]) -> Mark:
        """Read back what `to_group` wrote.

        Raises:
            Refusal: the fields do not describe a mark.

        """
        return cls(
            kind=choice_in(fields, "kind", MarkKind) or MarkKind.OTHER,
            text=text_in(fields, "text"),
            place=choice_in(fields, "place", MarkPlace),
            side=choice_in(fields, "side", Side),
            method=choice_in(fields, "method", MarkingMethod),
            country=text_in(fields, "country"),
            year=number_in(fields, "year"),
            marked_on=date_in(fields, "marked_on"),
            operator=text_in(fields, "operator"),
            certificate=text_in(fields, "certificate"),
        )


def erased_mark_may_be_recovered(material: FrameMaterial) -> bool | None:
    """Whether a laboratory may bring an erased mark back: from steel often, from polymer never.

    None where it cannot be said: for alloys, where there is a metal insert, or where the material is not known.
    Source: report of the Secretary-General of 27 May 2016, paragraph 51, see `RECOVERY`.
    """
    if material is FrameMaterial.STEEL:
        return True
    return False if material.is_bare_polymer else None


def method_suits(method: MarkingMethod, material: FrameMaterial) -> bool:
    """Whether a mark can be made that way there: polymer cannot be stamped or rolled.

    Source: report of the Secretary-General of 27 May 2016, paragraph 51, see `RECOVERY`.
    """
    return not (material.is_bare_polymer and method in {MarkingMethod.STAMP, MarkingMethod.ROLL})
