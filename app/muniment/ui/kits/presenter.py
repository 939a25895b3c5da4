"""What the page of kits shows, decided without a screen. Runs on the desk's thread."""

from __future__ import annotations

from dataclasses import dataclass, replace

from muniment.desk.desk import Answer, Desk, Officer, stands
from muniment.desk.finding import read_code
from muniment.desk.kit_reading import KitCard, all_kits, kit_card, kit_of
from muniment.desk.reading import HistoryLine, history
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.text import Text, say
from muniment.ports.work import Work
from muniment.ui.acts import OfficersWord


@dataclass(frozen=True, slots=True)
class KitsView:
    """The page: every kit, what is not complete first, and the one in front with its facts."""

    lines: tuple[KitCard, ...]
    shown: KitCard | None
    facts: tuple[HistoryLine, ...]
    told: Text | None = None
    warnings: tuple[Text, ...] = ()


class KitsPresenter:
    """Lists kits and puts one in front."""

    def __init__(self, desk: Desk, officer: Officer) -> None:
        self._desk, self._word = desk, OfficersWord(desk, officer)
        self._shown: Subject | None = None

    @property
    def officer(self) -> Officer:
        """Who acts."""
        return self._word.officer

    def sit_down(self, officer: Officer) -> KitsView:
        """Another officer has signed in."""
        self._word = OfficersWord(self._desk, officer)
        return self.view()

    def view(self) -> KitsView:
        """What is shown now."""
        with self._desk.look() as work:
            return self._view(work)

    def open(self, kit: Subject) -> KitsView:
        """Put one kit in front."""
        self._shown = kit
        return self.view()

    def scanned(self, scan: Scan) -> KitsView:
        """Put the kit in front whose code was scanned, or that the scanned item belongs to."""
        with self._desk.look() as work:
            found = read_code(work, scan.text, scan.raw).subject
            kit = found if found is not None and kind_of(found) is Kind.KIT else kit_of(work, found) if found else None
        if kit is not None:
            return self.open(kit)
        said = say("{code} belongs to no kit.", code=scan.text[:60])
        unknown = say("The register does not know {code}.", code=scan.text[:60])
        return replace(self.view(), warnings=(said if found else unknown,))

    def told(self, told: Text, answer: Answer) -> KitsView:
        """The page after an act."""
        view = self.open(answer.about) if answer.about is not None else self.view()
        return replace(view, told=told, warnings=answer.warnings)

    def _view(self, work: Work) -> KitsView:
        at = self._desk.clock.now()
        shown = kit_card(work, stands(work, self._shown), at) if self._shown else None
        facts = history(work, self._shown) if self._shown else []
        return KitsView(tuple(all_kits(work, at)), shown, tuple(reversed(facts)))
