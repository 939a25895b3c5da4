"""What the record asks before an act: about the thing itself, its own fields, and a fact that is taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from muniment.desk.desk import Answer
from muniment.desk.reading import ItemCard as CardOfItem
from muniment.desk.telling import ActTold
from muniment.domain.basics.identity import Subject
from muniment.domain.basics.text import Text
from muniment.domain.custody.own_fields import FieldKind
from muniment.domain.stock.condition import CONDITION_NAMES, Condition
from muniment.domain.stock.marking import (
    MARK_PLACE_NAMES,
    MARKING_METHOD_NAMES,
    SIDE_NAMES,
)
from muniment.ui.bridge import Bridge
from muniment.ui.kit.button import Button, Weight
from muniment.ui.kit.card import Detail, Details
from muniment.ui.kit.field import Field
from muniment.ui.kit.item_card import ItemCard
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import column, holder
from muniment.ui.record.act_panel import ActPanel, Do, Done
from muniment.ui.record.acts import RecordActs
from muniment.ui.record.value_box import ValueBox
from muniment.ui.record.view import OwnLine, StateWay
from muniment.ui.speech import iso, spoken, tr
from muniment.ui.stock.form import Asked, Choice, PanelRoom, primary
from muniment.ui.wording import item_of

S = TypeVar("S", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Asking:
    """Where it is asked, by whom it is done, about what, and who hears that it was done."""

    room: PanelRoom
    bridge: Bridge
    acts: RecordActs
    item: CardOfItem
    done: Done

    @property
    def subject(self) -> Subject:
        """What it is about."""
        return self.item.subject

    def shown(self) -> ItemCard:
        """The thing it is about, as a card."""
        made = ItemCard(plate=26)
        if self.item.state:
            made.show_item(item_of(self.item))
        else:
            made.hide()
        return made


def ask_condition(asking: Asking) -> ActPanel:
    """Ask for the condition it is found in, and why."""
    now = asking.item.condition
    others = [(one.value, spoken(CONDITION_NAMES[one])) for one in Condition if one.value != now]
    condition = Choice(tr("Condition it is found in"), others)
    worse = "beyond_repair" if now in ("repairable", "incomplete") else "repairable"
    condition.write(worse)
    paper = Field(tr("Number of the inspection, if there is one"), code=True)
    return open_ask(
        asking,
        (tr("Another condition"), tr("Not written down")),
        primary(tr("Write it down"), "check"),
        ({"condition": condition, "doc": paper},),
        lambda given: asking.acts.condition(asking.subject, given),
        reason=tr("What was found, without names"),
    )


def ask_state(asking: Asking, ways: Sequence[StateWay]) -> ActPanel:
    """Ask which step is taken on the depot's own axes; each says what it needs."""
    steps = []
    for way in ways:
        needs = ", ".join(spoken(one) for one in way.needs)
        says = tr("{way}. It needs: {needs}") if needs else "{way}"
        steps.append((f"{way.axis}:{way.to}", says.format(way=spoken(way.says), needs=needs)))
    return open_ask(
        asking,
        (tr("Another state of the depot's own"), tr("Not written down")),
        primary(tr("Write it down"), "check"),
        ({"way": Choice(tr("Step"), steps)}, {"doc": Field(tr("Number of the paper, if there is one"), code=True)}),
        lambda given: asking.acts.state(asking.subject, given),
        reason=tr("Reason, without names"),
    )


def ask_missing(asking: Asking) -> ActPanel:
    """Ask for a second person and what is known, and declare it unaccounted for."""
    return open_ask(
        asking,
        (tr("Declare it missing"), tr("Not declared")),
        Button(tr("Declare it missing"), "F10", Weight.DANGER, "help-octagon"),
        (),
        lambda given: asking.acts.missing(asking.subject, given),
        second=True,
        reason=tr("What is known, without names"),
    )


def ask_found(asking: Asking, place: str) -> ActPanel:
    """Ask where it is laid; `place` is offered."""
    to = Field(tr("Place where it is laid"), code=True, value=place)
    return open_ask(
        asking,
        (tr("Record it as found"), tr("Not recorded")),
        primary(tr("Record it as found"), "check"),
        ({"to": to},),
        lambda given: asking.acts.found(asking.subject, given),
        second=True,
        reason=tr("Where and how it was found, without names"),
        scans_into=("to",),
    )


def ask_case(asking: Asking) -> ActPanel:
    """Ask what is wrong, and open a case."""
    return open_ask(
        asking,
        (tr("Open a case"), tr("No case was opened")),
        primary(tr("Open the case"), "alert-triangle"),
        (),
        lambda given: asking.acts.case(asking.subject, given),
        reason=tr("What is wrong, without names"),
    )


def ask_number(asking: Asking) -> ActPanel:
    """Ask where and how its register number, or another one, was struck on it."""
    words = tr("The number of this weapon here is {number}. Strike it as it stands, then write down where and how.")
    places = [("", tr("not stated")), *offered(MARK_PLACE_NAMES)]
    sides = [("", tr("not stated")), *offered(SIDE_NAMES)]
    methods = [("", tr("not stated")), *offered(MARKING_METHOD_NAMES)]
    return open_ask(
        asking,
        (tr("Assign a number and strike it"), tr("Not written down")),
        primary(tr("It is struck"), "tag"),
        (
            {
                "place": Choice(tr("On which part"), places),
                "side": Choice(tr("On which side"), sides),
                "method": Choice(tr("How"), methods),
            },
            {
                "text": Field(tr("The number, if another one was struck"), code=True),
                "certificate": Field(tr("Number of the certificate, if there is one"), code=True),
            },
        ),
        lambda given: asking.acts.number(asking.subject, given),
        top=(Label(words.format(number=iso(asking.item.register_no)), 15, 500, wrap=True),),
    )


def ask_take_back(asking: Asking, told: ActTold) -> ActPanel:
    """Show what the act did, ask why it is taken back, and do it by counter-entries."""
    facts = Details([Detail(number, spoken(what)) for number, what in told.facts])
    words = tr("Nothing is deleted: for each of these facts a counter-entry is made.")
    body = holder(column(Label(words, 15, 500, wrap=True), facts, gap=8))
    return open_ask(
        asking,
        (tr("Take this act back"), tr("Not taken back")),
        Button(tr("Take it back"), "F10", Weight.DANGER, "arrow-back-up"),
        (),
        lambda given: asking.acts.take_back(told.seq, given),
        top=(body,),
        reason=tr("Why it was wrong, without names"),
    )


def ask_own_fields(asking: Asking, own: Sequence[OwnLine]) -> ActPanel:
    """Ask for what stands in one of the depot's own fields."""
    which = Choice(tr("Field"), [(line.field.key, line.field.title) for line in own])
    lines = {line.field.key: line for line in own}
    value = OwnValue(own[0])
    which.changed.connect(lambda key: value.take(lines[key]))
    return open_ask(
        asking,
        (tr("Fields of this depot"), tr("Not written down")),
        primary(tr("Write it down")),
        ({"field": which, "value": value},),
        lambda given: asking.acts.own_field(asking.subject, given["field"], given),
    )


class OwnValue(ValueBox):
    """The value of a field of the depot's own: a line for text, numbers and days, a list for choices."""

    def __init__(self, line: OwnLine) -> None:
        super().__init__()
        self.take(line)

    def take(self, line: OwnLine) -> None:
        """Ask for another field's value, beginning with what stands there."""
        hints = {
            FieldKind.TEXT: tr("Text"),
            FieldKind.NUMBER: tr("A whole number"),
            FieldKind.DATE: tr("A day like 2027-01-31"),
            FieldKind.CHOICE: tr("One of these"),
        }
        field = line.field
        chooses = field.kind is FieldKind.CHOICE
        self.ask(
            hints[field.kind],
            line.value,
            [("", tr("nothing")), *((one, one) for one in field.choices)] if chooses else (),
        )


def offered(names: Mapping[S, Text]) -> list[tuple[str, str]]:
    """Choices with their words."""
    return [(str(one), spoken(words)) for one, words in names.items()]


def open_ask(
    asking: Asking,
    titles: tuple[str, str],
    act: Button,
    rows: Sequence[Mapping[str, Asked]],
    work: Do,
    *,
    top: Sequence[QWidget] = (),
    second: bool = False,
    reason: str = "",
    scans_into: Sequence[str] = (),
    look: Callable[[str], CardOfItem] | None = None,
    card: bool = True,
) -> ActPanel:
    """Open the panel of an act, with the card of the thing it is about on top unless there is no room for it."""
    asking.acts.begin()

    def done(answer: Answer) -> None:
        asking.acts.begin()
        asking.done(answer)

    panel = ActPanel(
        titles,
        act,
        rows,
        asking.bridge,
        work,
        done,
        top=(asking.shown(), *top) if card else top,
        second=second,
        reason=reason,
        scans_into=scans_into,
        look=look,
    )
    asking.room.open_panel(panel)
    return panel
