"""A model of weapon as a depot's catalogue describes it, and how the names of makes and models are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.stock.calibre_as import CalibreAs
from muniment.domain.stock.component_kinds import ComponentKind
from muniment.domain.stock.countries import country as present_country
from muniment.domain.stock.fields import Group, Plain, Value, groups_in, present, text_in
from muniment.domain.stock.free_text import tidy
from muniment.domain.stock.serial import SerialStatus
from muniment.domain.stock.weapon import OLDEST, WeaponDescription

MOST_ALIASES = 40
"""Aliases that one entry may have, so that a fact that changes them stays within the length of a record."""

_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class ModelName:
    """A make and a model, as somebody writes them."""

    make: str
    model: str

    @property
    def key(self) -> str:
        """What the name is compared by: upper and lower case and blanks make no difference."""
        return "\n".join(_BLANKS.sub("", unicodedata.normalize("NFKC", one).casefold()) for one in self.words)

    @property
    def words(self) -> tuple[str, str]:
        """The make and the model."""
        return self.make, self.model

    def __str__(self) -> str:
        """The name as people say it."""
        return f"{self.make} {self.model}".strip()

    def to_group(self) -> Group:
        """The name as a small group of fields."""
        return {name: text for name, text in (("make", self.make), ("model", self.model)) if text}

    @classmethod
    def written(cls, text: str, make: str = "") -> ModelName:
        """A name as typed, `make|model`; without the bar it is a model of `make`."""
        before, bar, after = text.partition("|")
        return cls(before.strip(), after.strip()) if bar else cls(make, before.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """What is true of every weapon of one make and model, checked when it is made.

    `calibres` are all that it is made in, the usual one primary. `country` is where it is made by its present
    two-letter code, `historic_country` a dissolved state. `numbered` are the components that carry a number of their
    own. `aliases` are the names that other lists use for it.
    """

    make: str
    model: str
    type_code: str
    calibres: tuple[CalibreAs, ...] = ()
    country: str = ""
    historic_country: str = ""
    modular: bool = False
    numbered: tuple[ComponentKind, ...] = ()
    aliases: tuple[ModelName, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse what cannot be an entry.

        Raises:
            Refusal: the make or the model is missing, a text is untidy, type, calibres or country are none that a
                weapon could have, or there are too many aliases, or one without a model.

        """
        for name, what in (("make", say("The make")), ("model", say("The model")), ("note", say("The note"))):
            object.__setattr__(self, name, tidy(getattr(self, name), what))
        if not self.make or not self.model:
            raise Refusal(
                "model_unnamed",
                say("An entry of the catalogue needs a make and a model."),
                do_now=say("Write both."),
            )
        WeaponDescription(
            this_year=OLDEST,
            type_code=self.type_code,
            calibres=self.calibres,
            country=self.country,
            historic_country=self.historic_country,
            serial_status=SerialStatus.UNKNOWN,
        )
        object.__setattr__(self, "numbered", tuple(kind for kind in ComponentKind if kind in self.numbered))
        object.__setattr__(self, "aliases", self._other_names())

    def _other_names(self) -> tuple[ModelName, ...]:
        found: dict[str, ModelName] = {}
        for alias in self.aliases:
            tidied = ModelName(tidy(alias.make, say("The make")), tidy(alias.model, say("The model")))
            if not tidied.model:
                raise Refusal(
                    "alias_unnamed",
                    say("A name in another list needs a model."),
                    do_now=say("Write it as make|model."),
                )
            if tidied.key != self.name.key:
                found.setdefault(tidied.key, tidied)
        if len(found) > MOST_ALIASES:
            raise Refusal(
                "too_many_aliases",
                say("{most} names in other lists are the most that an entry holds.", most=MOST_ALIASES),
                do_now=say("Take those away that no list uses any more."),
            )
        return tuple(found.values())

    @property
    def name(self) -> ModelName:
        """Its own name."""
        return ModelName(self.make, self.model)

    @property
    def keys(self) -> frozenset[str]:
        """What all its names are compared by."""
        return frozenset(one.key for one in (self.name, *self.aliases))

    @property
    def primary_calibre(self) -> CalibreAs | None:
        """The usual calibre; none for types that have none."""
        return next((one for one in self.calibres if one.primary), None)

    def to_fields(self) -> dict[str, Value]:
        """The entry as fields of a record; what is not known is left out."""
        numbered: list[Plain | Group] = [kind.value for kind in self.numbered]
        fields: dict[str, Value] = {
            "make": self.make,
            "model": self.model,
            "taxonomy_code": self.type_code,
            "calibres": [one.to_group() for one in self.calibres],
            "country_of_manufacture": self.country,
            "historic_country_code": self.historic_country,
            "numbered_components": numbered,
            "aliases": [one.to_group() for one in self.aliases],
            "note": self.note,
        }
        return present({**fields, **({"modular": True} if self.modular else {})})

    @classmethod
    def from_fields(cls, fields: Mapping[str, Value]) -> Model:
        """Read back what `to_fields` wrote; other fields are passed over.

        Raises:
            Refusal: a field holds what does not belong there.

        """
        listed = fields.get("numbered_components", [])
        return cls(
            make=text_in(fields, "make"),
            model=text_in(fields, "model"),
            type_code=text_in(fields, "taxonomy_code"),
            calibres=tuple(CalibreAs.from_group(one) for one in groups_in(fields, "calibres")),
            country=text_in(fields, "country_of_manufacture"),
            historic_country=text_in(fields, "historic_country_code"),
            modular=fields.get("modular") is True,
            numbered=tuple(ComponentKind(str(one)) for one in listed) if isinstance(listed, list) else (),
            aliases=tuple(
                ModelName(text_in(one, "make"), text_in(one, "model")) for one in groups_in(fields, "aliases")
            ),
            note=text_in(fields, "note"),
        )


FIELD_NAMES = (
    "make",
    "model",
    "taxonomy_code",
    "calibres",
    "country_of_manufacture",
    "historic_country_code",
    "modular",
    "numbered_components",
    "aliases",
    "note",
)
"""Fields of a record that describe an entry."""


def model_written(
    name: ModelName,
    type_code: str,
    calibres: Sequence[str],
    country: str = "",
    *,
    modular: bool = False,
    numbered: Sequence[str] = (),
    aliases: Sequence[str] = (),
    note: str = "",
) -> Model:
    """An entry from texts as typed: the first calibre is the usual one, `country` may be that of a dissolved state.

    `numbered` are names of kinds of component, `aliases` names as `ModelName.written` reads them.

    Raises:
        Refusal: one of them means nothing, or `Model` refuses the whole.

    """
    code, gone = country.strip().upper(), False
    try:
        code = present_country(code).alpha2 if code else ""
    except Refusal as refusal:
        if refusal.rule != "country_historic":
            raise
        gone = True
    texts = [one.strip() for one in calibres if one.strip()]
    return Model(
        make=name.make.strip(),
        model=name.model.strip(),
        type_code=type_code.strip().upper(),
        calibres=tuple(CalibreAs.from_written(one, primary=nth == 0) for nth, one in enumerate(texts)),
        country="" if gone else code,
        historic_country=code if gone else "",
        modular=modular,
        numbered=tuple(_component(one) for one in numbered if one.strip()),
        aliases=tuple(ModelName.written(one, name.make.strip()) for one in aliases if one.strip()),
        note=note.strip(),
    )


def one_slip(one: str, other: str) -> bool:
    """Whether two different keys differ by one typing error: a letter wrong, too many, or two in the wrong order."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    while one and other and one[0] == other[0]:
        one, other = one[1:], other[1:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    return max(len(one), len(other)) <= 1 or (len(one) == 2 and one == other[::-1])


def _component(written: str) -> ComponentKind:
    try:
        return ComponentKind(written.strip().casefold().replace(" ", "_"))
    except ValueError:
        raise Refusal(
            "component_kind_unknown",
            say("“{written}” is no kind of component.", written=written.strip()),
            do_now=say("Choose one of: {kinds}.", kinds=", ".join(ComponentKind)),
        ) from None
