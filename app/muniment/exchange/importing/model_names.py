"""Makes and models of a list beside the depot's catalogue: what is mapped, what is near, what no entry has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from muniment.desk.hatch import policy_in_force
from muniment.desk.import_plan import RowNote
from muniment.desk.models import catalogue_of
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.facts import Value
from muniment.domain.custody.models import MAKE_LISTED, MODEL_LISTED, catalogue_objections, outside_catalogue
from muniment.domain.stock.model import ModelName
from muniment.domain.stock.weapon import WeaponDescription
from muniment.ports.work import Work


class ListedNames:
    """Gives names of a list the catalogue's spelling where an entry has them, and remembers what was said how often.

    A name that is only near an entry stays as it is written.
    """

    def __init__(self, work: Work) -> None:
        self._catalogue = catalogue_of(work)
        self._only = policy_in_force(work).catalogue_only
        self._counted: Counter[ModelName] = Counter()

    def count(self, make: str, model: str, rows: int) -> None:
        """So many more rows with this make and model."""
        if rows and (make or model):
            self._counted[ModelName(make, model)] += rows

    def catalogued(self, description: WeaponDescription) -> Mapping[str, Value]:
        """The catalogue's make and model in place of those of a list, which are kept beside them; else nothing."""
        written = ModelName(description.make, description.model)
        entry = self._catalogue.entry_for(written)
        if entry is None or entry.retired or entry.model.name == written:
            return {}
        fields: dict[str, Value] = {"make": entry.model.make, "model": entry.model.model, MODEL_LISTED: written.model}
        if written.make:
            fields[MAKE_LISTED] = written.make
        return fields

    def objections(self, fields: Mapping[str, Value]) -> list[Refusal]:
        """What speaks against a weapon in a depot that takes models of its catalogue only."""
        if not self._only:
            return []
        name = ModelName(str(fields.get("make", "")), str(fields.get("model", "")))
        return catalogue_objections(self._catalogue, name)

    def notices(self) -> Iterator[RowNote]:
        """What a person should know of the names, once for each; nothing while the catalogue is empty."""
        if not self._catalogue.in_use:
            return
        for name, rows in self._counted.items():
            entry = self._catalogue.entry_for(name)
            where = f"make and model “{name}”"
            if entry is not None and not entry.retired:
                if entry.model.name != name:
                    says = say(
                        "“{name}” is taken as {entry} in {rows} rows.", name=str(name), entry=str(entry), rows=rows
                    )
                    yield RowNote(where, says, "model_mapped")
                continue
            why = outside_catalogue(self._catalogue, name)
            if why is not None and not self._only:
                says = say("{why} It is kept as written in {rows} rows.", why=why, rows=rows)
                yield RowNote(where, says, "not_in_catalogue")
