"""What lists left for a decision: shown, marked, decided many at once, and taken back. No Qt."""

from __future__ import annotations

from dataclasses import dataclass

from muniment.desk.correcting import take_back_act
from muniment.desk.desk import Deposition, Desk, Officer
from muniment.desk.reading import name_of
from muniment.desk.signing import sign_in
from muniment.desk.undoing import decide, undecided
from muniment.domain.basics.identity import Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.registering import calibre_of
from muniment.domain.custody.standing import Standing
from muniment.domain.custody.undecided import why_of
from muniment.domain.stock.taxonomy import weapon_types
from muniment.ports.work import Work

Offer = tuple[str, Text]
NOT_OURS = ""
"""The decision that something is nothing this register keeps."""


@dataclass(frozen=True, slots=True)
class UndecidedLine:
    """One thing that was listed. `decision` is empty while it is open; `marked` is to be decided next."""

    subject: Subject
    register_no: str
    quantity: int
    item_name: str
    nsn: str
    unit: str
    why: Text
    place: str
    type_code: str
    calibre: str
    decision: Text | None
    marked: bool


@dataclass(frozen=True, slots=True)
class UndecidedView:
    """What is shown. `open` counts all that wait, `pieces` what is in them; `marked` counts those marked."""

    lines: tuple[UndecidedLine, ...]
    open: int
    pieces: int
    decided: bool
    search: str
    marked: int = 0
    marked_pieces: int = 0
    told: Text | None = None

    @property
    def types(self) -> frozenset[str]:
        """The types that the marked lines seem to be."""
        return frozenset(one.type_code for one in self.lines if one.marked and one.type_code)


class UndecidedPresenter:
    """Marks lines and decides them; what was decided together is taken back together."""

    def __init__(self, desk: Desk, officer: Officer) -> None:
        self._desk, self._officer = desk, officer
        self._marked: set[Subject] = set()
        self._decided, self._search, self._act = False, "", ""

    def sit_down(self, officer: Officer) -> None:
        """Another officer has signed in."""
        self._officer = officer

    def view(self, told: Text | None = None) -> UndecidedView:
        """What is shown now."""
        with self._desk.look() as work:
            listed = undecided(work, all_of_them=True)
            waiting = [one for one in listed if one.text("state") == "open"]
            self._marked &= {one.subject for one in waiting}
            shown = [one for one in listed if (one.text("state") != "open") is self._decided]
            words = self._search.casefold().split()
            where = {place: name_of(work, place) for place in {one.where for one in shown}}
            lines = tuple(
                self._line(work, one, where[one.where])
                for one in sorted(shown, key=lambda one: (one.text("item_name").casefold(), one.number("number")))
                if _fits(one, words)
            )
        marked = [one for one in waiting if one.subject in self._marked]
        return UndecidedView(
            lines,
            len(waiting),
            sum(one.number("quantity") for one in waiting),
            self._decided,
            self._search,
            len(marked),
            sum(one.number("quantity") for one in marked),
            told,
        )

    def show_decided(self, decided: bool) -> UndecidedView:
        """Show what was decided, or what waits."""
        self._decided = decided
        return self.view()

    def search(self, text: str) -> UndecidedView:
        """Show those that contain every word of a text."""
        self._search = text
        return self.view()

    def mark(self, line: Subject) -> UndecidedView:
        """Mark a line, or take the mark away."""
        self._marked ^= {line}
        return self.view()

    def mark_alike(self, line: Subject) -> UndecidedView:
        """Mark every open line with the same name; if all of them are marked, take the marks away."""
        with self._desk.look() as work:
            listed = undecided(work)
        name = next((one.text("item_name") for one in listed if one.subject == line), None)
        self._turn({one.subject for one in listed if one.text("item_name") == name})
        return self.view()

    def mark_all(self) -> UndecidedView:
        """Mark every line that is shown; if all of them are marked, take the marks away."""
        self._turn({one.subject for one in self.view().lines} if not self._decided else set())
        return self.view()

    def decide(self, type_code: str, calibre: str, reason: str) -> UndecidedView:
        """Decide what the marked lines are: weapons of a type, or nothing this register keeps.

        Raises:
            Refusal: nothing is marked, no reason is given, one was decided meanwhile, or the type is none.

        """
        if not self._marked:
            raise Refusal("nothing_marked", say("Nothing is marked."), do_now=say("Mark lines with Space."))
        if not reason.strip():
            raise Refusal("reason_missing", say("A decision needs a reason."), do_now=say("Write why, without names."))
        self._act = self._act or self._desk.ids.ordered()
        by = Deposition(self._officer, act=self._act, reason=reason.strip())
        count = len(self._marked)
        decide(self._desk, by, sorted(self._marked), type_code, calibre.strip())
        self._act = ""
        self._marked.clear()
        if type_code == NOT_OURS:
            return self.view(say("{count} lines are nothing this register keeps.", count=count))
        return self.view(
            say("{count} lines are {type}, to be identified.", count=count, type=weapon_types()[type_code].name)
        )

    def together(self, line: Subject) -> int:
        """How many lines were decided in one act with this one."""
        with self._desk.look() as work:
            return len(_together(work, line))

    def take_back(self, line: Subject, reason: str, second: str = "", passphrase: str = "") -> UndecidedView:
        """Take a decision back, with all that was decided in the same act. Who stands beside signs in here.

        Raises:
            Refusal: no reason is given, a second person is needed and missing, or something of it was identified or
                changed since; then nothing is taken back.

        """
        if not reason.strip():
            raise Refusal(
                "reason_missing",
                say("Taking something back needs a reason."),
                do_now=say("Write why, without names."),
            )
        with self._desk.look() as work:
            act = work.facts_of(line)[-1][1].act
            count = len(_together(work, line))
        self._act = self._act or self._desk.ids.ordered()
        other = sign_in(self._desk, second.strip(), passphrase) if second.strip() else None
        take_back_act(self._desk, Deposition(self._officer, act=self._act, second=other, reason=reason.strip()), act)
        self._act = ""
        return self.view(say("{count} lines wait for a decision again.", count=count))

    def _turn(self, lines: set[Subject]) -> None:
        if lines <= self._marked:
            self._marked -= lines
        else:
            self._marked |= lines

    def _line(self, work: Work, one: Standing, place: str) -> UndecidedLine:
        return UndecidedLine(
            subject=one.subject,
            register_no=one.text("register_no"),
            quantity=one.number("quantity"),
            item_name=one.text("item_name"),
            nsn=one.text("nsn"),
            unit=one.text("unit_of_issue"),
            why=why_of(one),
            place=place,
            type_code=one.text("taxonomy_code"),
            calibre=calibre_of(one.fields),
            decision=_decision(work, one),
            marked=one.subject in self._marked,
        )


def types_offered() -> tuple[Offer, ...]:
    """What something can be: nothing of ours first, then the types of weapons."""
    weapons = ((code, one) for code, one in weapon_types().items() if one.is_weapon and one.parent)
    nothing = (NOT_OURS, say("nothing this register keeps"))
    return (nothing, *((code, say("{code}  {name}", code=code, name=one.name)) for code, one in weapons))


_FIELDS = {
    "reason_missing": "reason",
    "not_a_weapon": "type_code",
    "calibre_empty": "calibre",
    "second_person_missing": "second",
    "second_is_first": "second",
    "wrong_sign_in": "passphrase",
}


def field_of(refusal: Refusal) -> str:
    """The field that a refusal is about; empty where it is about the whole."""
    if refusal.says.values.get("what") == say("The calibre"):
        return "calibre"
    return _FIELDS.get(refusal.rule, "")


def _fits(one: Standing, words: list[str]) -> bool:
    names = ("item_name", "nsn", "register_no", "remarks", "unit_of_issue")
    told = " ".join((*(one.text(name) for name in names), str(why_of(one)))).casefold()
    return all(word in told for word in words)


def _decision(work: Work, one: Standing) -> Text | None:
    if one.text("state") == "open":
        return None
    line = work.standing(Subject(one.text("line"))) if one.text("line") else None
    if line is None:
        return say("nothing this register keeps")
    return say("weapons, line {number}", number=line.text("register_no"))


def _together(work: Work, line: Subject) -> set[Subject]:
    act = work.facts_of(line)[-1][1].act
    return {told.subject for told in work.told(act) if told.subject.startswith("undecided/")}
