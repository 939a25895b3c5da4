"""A calibre in the record of one weapon or component."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.stock.calibres import Known, recognise
from muniment.domain.stock.calibres import calibre as known_calibre
from muniment.domain.stock.fields import Group, Value, group, text_in
from muniment.domain.stock.free_text import tidy


@dataclass(frozen=True, slots=True)
class CalibreAs:
    """A calibre of a weapon: as written, and as the catalogue knows it where it does (`code`, else empty)."""

    text: str
    code: str = ""
    primary: bool = False

    def __post_init__(self) -> None:
        """Refuse an empty text, an untidy one, and a code that the catalogue does not have.

        Raises:
            Refusal: see above.

        """
        object.__setattr__(self, "text", tidy(self.text, say("The calibre")))
        if not self.text:
            raise Refusal(
                "calibre_empty",
                say("A calibre is empty."),
                do_now=say("Enter it as it is written on the weapon or in its papers."),
            )
        if self.code:
            known_calibre(self.code)

    def to_group(self) -> Group:
        """The calibre as a small group of fields."""
        return group({"text": self.text, "code": self.code, "primary": self.primary})

    @classmethod
    def from_group(cls, fields: Mapping[str, Value]) -> CalibreAs:
        """Read back what `to_group` wrote.

        Raises:
            Refusal: the fields do not describe a calibre.

        """
        return cls(text_in(fields, "text"), text_in(fields, "code"), fields.get("primary") is True)

    @classmethod
    def from_written(cls, text: str, *, primary: bool = False) -> CalibreAs:
        """A calibre as written, with the code of the catalogue only if the text names one calibre and no other.

        Raises:
            Refusal: the text is empty or untidy.

        """
        found = recognise(text)
        return cls(text, found.calibre.code if isinstance(found, Known) else "", primary)
