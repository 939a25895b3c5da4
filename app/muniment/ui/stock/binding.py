"""Binding a code by two scans, in whichever order they come. Runs on the desk's thread."""

from __future__ import annotations

from dataclasses import dataclass, replace

from muniment.desk.desk import Deposition, Desk, Officer
from muniment.desk.finding import ITEMS, anything_named, meaning
from muniment.desk.reading import ItemCard, card, name_of
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.desk.stock import bind_code
from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.standing import Standing
from muniment.ports.work import Work


@dataclass(frozen=True, slots=True)
class BindingView:
    """The code that is to be bound, what it is to be bound to, and what is awaited.

    `item` is the card of a weapon, component or line, `name` how people call the target. `bound` says what was bound
    just now.
    """

    code: str
    target: Subject | None
    name: str
    item: ItemCard | None
    hint: Text
    bound: Text | None = None

    @property
    def ready(self) -> bool:
        """Whether both are known."""
        return bool(self.code) and self.target is not None


class BindingPresenter:
    """A code the register does not know is the one to be bound; what it knows is what it is bound to."""

    def __init__(self, desk: Desk, officer: Officer, code: str = "", target: Subject | None = None) -> None:
        self._desk, self._officer = desk, officer
        self._code, self._target = Scan(code), target
        self._act = ""

    def view(self) -> BindingView:
        """What is known now."""
        with self._desk.look() as work:
            return self._view(work)

    def scanned(self, scan: Scan) -> BindingView:
        """A code was scanned, or typed as the code to be bound.

        Raises:
            Refusal: it is no code to be bound to anything, such as a badge.

        """
        with self._desk.look() as work:
            known = self._known(work, scan.text)
            if known is not None:
                self._aim(known)
            else:
                self._code = scan
            return self._view(work)

    def named(self, name: str) -> BindingView:
        """What it belongs to was typed: a register number, a serial, the code of a place.

        Raises:
            Refusal: the register does not know it, or it is a person.

        """
        with self._desk.look() as work:
            self._aim(anything_named(work, name.strip()))
            return self._view(work)

    def bind(self) -> BindingView:
        """Bind the code; in the view that follows the next two scans are awaited.

        Raises:
            Refusal: the code means something already, or cannot be used.

        """
        if self._target is None:
            raise Refusal(
                "target_missing",
                say("It is not known yet what it belongs to."),
                do_now=say("Scan the thing it belongs to first."),
            )
        self._act = self._act or self._desk.ids.ordered()
        said = Deposition(self._officer, act=self._act, evidence=(self._code.evidence(),))
        bind_code(self._desk, said, self._code.text, self._target)
        with self._desk.look() as work:
            bound = say("{code} is bound to {name}.", code=self._code.text, name=name_of(work, self._target))
            self._code, self._target, self._act = Scan(""), None, ""
            return replace(self._view(work), bound=bound)

    def _known(self, work: Work, text: str) -> Standing | None:
        """What a scanned code means already; nothing for a code that means nothing yet."""
        try:
            found = meaning(work, text)
        except Refusal as refusal:
            if refusal.rule != "unknown_code":
                raise
            return None
        if found.subject is None:
            raise Refusal(
                "command_card",
                say("This is a command card."),
                do_now=say("Scan the code that is on the thing."),
            )
        return work.standing(found.subject)

    def _aim(self, known: Standing) -> None:
        if kind_of(known.subject) is Kind.PERSON:
            raise Refusal(
                "badge_is_a_persons",
                say("This is a person's badge or number."),
                do_now=say("Badges are entered with the person."),
            )
        self._target = known.subject

    def _view(self, work: Work) -> BindingView:
        known = work.standing(self._target) if self._target else None
        item = card(work, known, self._desk.clock.now()) if known and kind_of(known.subject) in ITEMS else None
        name = name_of(work, self._target or "")
        return BindingView(self._code.text, self._target, name, item, _hint(self._code.text, self._target))


def _hint(code: str, target: Subject | None) -> Text:
    if not code and target is None:
        return say("Scan the code that is to be bound, or what it belongs to")
    if not code:
        return say("Scan the code that is to be bound")
    if target is None:
        return say("Scan another label of what it belongs to, or type its number")
    return say("Compare, then bind")


def field_of(refusal: Refusal) -> str:
    """The field that a refusal is about."""
    if refusal.rule in ("unknown_person", "unknown_code", "unknown_place", "ambiguous", "target_missing"):
        return "name"
    return "code" if refusal.rule in ("code_taken", "not_a_code", "already_bound") else ""
