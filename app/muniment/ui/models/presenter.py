"""What the page of the catalogue shows and does, decided without a screen."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from muniment.desk import models
from muniment.desk.desk import Answer, Deposition, Desk, Officer
from muniment.desk.finding import read_code
from muniment.desk.models import ListedModel, Proposal, catalogue_of, listed_models, proposals
from muniment.desk.reading import HistoryLine, history
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.models import Entry
from muniment.domain.stock.model import Model, ModelName, model_written
from muniment.domain.stock.taxonomy import weapon_types
from muniment.exchange.model_files import read_models
from muniment.exchange.sheets import SheetRefused
from muniment.ports.work import Work
from muniment.ui.acts import OfficersWord

NO_LIST = "list_unread"
"""The rule of a refusal about the file."""

_TOLD = 3
"""So many things that are wrong with a list are told one by one."""

_SEPARATOR = re.compile(r"[;\n]")


@dataclass(frozen=True, slots=True)
class Written:
    """An entry as it stands in the fields of a form, as typed or chosen; several values are separated by semicolons."""

    make: str = ""
    model: str = ""
    type_code: str = ""
    calibres: str = ""
    country: str = ""
    modular: str = "no"
    numbered: str = ""
    aliases: str = ""
    note: str = ""

    @classmethod
    def of(cls, model: Model) -> Written:
        """An entry as a form begins with it."""
        return cls(
            model.make,
            model.model,
            model.type_code,
            "; ".join(one.text for one in sorted(model.calibres, key=lambda one: not one.primary)),
            model.country or model.historic_country,
            "yes" if model.modular else "no",
            "; ".join(kind.value.replace("_", " ") for kind in model.numbered),
            "; ".join(f"{one.make}|{one.model}" for one in model.aliases),
            model.note,
        )

    @property
    def meant(self) -> Model:
        """The entry that was written.

        Raises:
            Refusal: something in it cannot be true.

        """
        return model_written(
            ModelName(self.make.strip(), self.model.strip()),
            self.type_code,
            _SEPARATOR.split(self.calibres),
            self.country,
            modular=self.modular == "yes",
            numbered=_SEPARATOR.split(self.numbered),
            aliases=_SEPARATOR.split(self.aliases),
            note=self.note,
        )


@dataclass(frozen=True, slots=True)
class ModelsView:
    """The page: the entries, those in use first, and what the register bears beside them; one of them in front.

    `lacks` says that what the catalogue lacks is listed. `facts` are those of the entry in front, newest first.
    """

    lines: tuple[ListedModel, ...]
    lacking: tuple[Proposal, ...]
    lacks: bool = False
    shown: ListedModel | None = None
    proposed: Proposal | None = None
    facts: tuple[HistoryLine, ...] = ()
    told: Text | None = None
    warnings: tuple[Text, ...] = ()


ReadAgain = Callable[[], ModelsView]
"""What an act leaves to do: read the page as it is after it. That takes long in a long register, so nobody waits for it
at the desk."""


class ModelsPresenter:
    """Lists the catalogue and what it lacks, and keeps it."""

    def __init__(self, desk: Desk, officer: Officer) -> None:
        self._desk, self._word = desk, OfficersWord(desk, officer)
        self._lacks = False
        self._shown: Subject | None = None
        self._name: ModelName | None = None

    def sit_down(self, officer: Officer) -> ModelsView:
        """Another officer has signed in."""
        self._word = OfficersWord(self._desk, officer)
        return self.view()

    def view(self) -> ModelsView:
        """What is shown now."""
        with self._desk.look() as work:
            return self._view(work)

    def listed(self, *, lacks: bool) -> ModelsView:
        """List the entries, or what the catalogue lacks."""
        self._lacks = lacks
        return self.view()

    def open(self, entry: Subject) -> ModelsView:
        """Put one entry in front."""
        self._shown, self._lacks = entry, False
        return self.view()

    def propose(self, name: ModelName) -> ModelsView:
        """Put a make and model in front that the register bears and the catalogue lacks."""
        self._name, self._lacks = name, True
        return self.view()

    def scanned(self, scan: Scan) -> ModelsView:
        """Put the entry in front that was scanned, or that a scanned weapon is of; else what its weapon bears."""
        with self._desk.look() as work:
            found = read_code(work, scan.text, scan.raw).subject
            is_entry = found is not None and kind_of(found) is Kind.MODEL
            item = work.standing(found) if found is not None and kind_of(found) is Kind.WEAPON else None
            name = ModelName(item.text("make"), item.text("model")) if item is not None else None
            entry = catalogue_of(work).entry_for(name) if name is not None else None
        meant = entry.subject if entry is not None else found if is_entry else None
        if meant is not None:
            return self.open(meant)
        if item is None or name is None:
            return replace(self.view(), warnings=(say("{code} is no weapon.", code=scan.text[:60]),))
        number = item.text("register_no")
        if not name.make or not name.model:
            says = say("Of {register_no} the make or the model is not known.", register_no=number)
            return replace(self.view(), warnings=(says,))
        says = say("{register_no} is of no entry: {name}.", register_no=number, name=str(name))
        return replace(self.propose(name), warnings=(says,))

    def types(self) -> tuple[tuple[str, Text], ...]:
        """The types that an entry may have."""
        return tuple((code, one.name) for code, one in weapon_types().items() if one.is_weapon and one.parent)

    def add(self, written: Written) -> ReadAgain:
        """Enter a model in the catalogue.

        Raises:
            Refusal: it cannot be true, or another entry has one of its names.

        """
        model = written.meant
        says = say("“{name}” is in the catalogue.", name=str(model.name))
        return self._did(lambda said: models.add_model(self._desk, said, model), "", says)

    def change(self, entry: Entry, written: Written, reason: str) -> ReadAgain:
        """Write an entry anew; a retired one is in use again.

        Raises:
            Refusal: see `muniment.domain.custody.models.change_model`.

        """
        model = written.meant
        says = say("{number} is changed. Weapons keep the words they bear.", number=entry.number)
        return self._did(lambda said: models.change_model(self._desk, said, entry.subject, model), reason, says)

    def retire(self, entry: Entry, reason: str) -> ReadAgain:
        """Offer an entry no more.

        Raises:
            Refusal: it was retired before, or no reason is given.

        """
        says = say("{number} is offered no more. Records keep it.", number=entry.number)
        return self._did(lambda said: models.retire_model(self._desk, said, entry.subject), reason, says)

    def take_list(self, file: str, reason: str) -> ReadAgain:
        """Take the models of a list in: new ones are entered, entries of the same name changed; all or none.

        Raises:
            Refusal: no file is named, it cannot be read, a row of it cannot be true, or nothing of it is new.

        """
        path = Path(file.strip()).expanduser()
        if not file.strip():
            raise Refusal(NO_LIST, say("No file is chosen."), do_now=say("Choose one in the folder above."))
        try:
            listed = read_models(path)
        except SheetRefused as refused:
            raise _unread(refused) from refused
        says = say("{file} is taken in. Weapons keep the words they bear.", file=path.name)
        return self._did(lambda said: models.take_models(self._desk, said, listed), reason, says)

    def alias(self, entry: Entry | None, name: ModelName) -> ReadAgain:
        """Let a make and model of the register be another name of an entry.

        Raises:
            Refusal: no entry is chosen, another one has this name, or there are too many.

        """
        if entry is None:
            raise Refusal("model_unnamed", say("No entry is chosen."), do_now=say("Choose which one it means."))
        model = replace(entry.model, aliases=(*entry.model.aliases, name))
        says = say("“{name}” means {entry} from now on.", name=str(name), entry=str(entry))
        reason = "another name for it"
        return self._did(lambda said: models.change_model(self._desk, said, entry.subject, model), reason, says)

    def _did(self, act: Callable[[Deposition], Answer], reason: str, told: Text) -> ReadAgain:
        answer = act(self._word.said(reason))
        self._word.done()
        if answer.about is not None and not self._lacks:
            self._shown = answer.about
        self._name = None
        return lambda: replace(self.view(), told=told, warnings=answer.warnings)

    def _view(self, work: Work) -> ModelsView:
        borne = work.models_borne()
        listed = sorted(listed_models(work, retired=True, borne=borne), key=lambda one: one.entry.retired)
        lacking = proposals(work, borne)
        shown = next((one for one in listed if one.entry.subject == self._shown), None)
        key = self._name.key if self._name else ""
        proposed = next((one for one in lacking if one.model.name.key == key), None)
        facts = history(work, shown.entry.subject) if shown else []
        return ModelsView(
            tuple(listed),
            tuple(lacking),
            self._lacks,
            None if self._lacks else shown,
            proposed if self._lacks else None,
            tuple(reversed(facts)),
        )


def _unread(refused: SheetRefused) -> Refusal:
    """What is wrong with a list, the first of it in words."""
    problems = refused.problems
    first: Text | None = None
    for one in problems[:_TOLD]:
        told = say("{where}: {says}", where=one.where, says=one.says)
        first = told if first is None else say("{first} {more}", first=first, more=told)
    more = len(problems) - _TOLD
    return Refusal(
        NO_LIST,
        first or say("It cannot be read."),
        do_now=say("Mend these rows and {n} more, and take it in again.", n=more)
        if more > 0
        else say("Mend the list, and take it in again. Nothing of it was taken in."),
    )
