"""What is asked about a depot's own fields and states: how they are called, what they hold, what a way needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from PySide6.QtWidgets import QLayout, QWidget

from muniment.domain.custody.own_fields import BEARERS, FieldKind, OwnField
from muniment.domain.custody.own_states import BEARERS as STATE_BEARERS
from muniment.domain.custody.own_states import NOWHERE, Axis, Blocks, Guard, OwnState, Way
from muniment.ui.bridge import Bridge
from muniment.ui.kit.field import Field
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import column, holder, row
from muniment.ui.own.states_presenter import Draft
from muniment.ui.own.words import BEARER_NAMES, BLOCKS_NAMES, FIELD_KIND_NAMES, GUARD_NAMES, ROLE_NAMES, field_of
from muniment.ui.speech import iso, spoken, tr
from muniment.ui.stock.act_form import ActForm
from muniment.ui.stock.form import Asked, Choice, PanelRoom, primary

T = TypeVar("T")
Given = Mapping[str, str]


class Asker:
    """Opens one form after the other in the same room."""

    def __init__(self, room: PanelRoom, bridge: Bridge) -> None:
        self._room, self._bridge = room, bridge

    def new_field(self, work: Callable[[Given], T], done: Callable[[T], None]) -> ActForm[T]:
        """Ask for a new field."""
        title, key = Field(tr("Title: what people read")), _key()
        of = Choice(tr("Stands on"), [(one.value, spoken(BEARER_NAMES[one])) for one in BEARERS])
        kind = Choice(tr("Holds"), [(one.value, spoken(FIELD_KIND_NAMES[one])) for one in FieldKind])
        choices = _choices()
        choices.setVisible(False)
        kind.changed.connect(lambda chosen: choices.setVisible(chosen == FieldKind.CHOICE))
        note = _note(tr("The name in records and what it holds never change. The title and the choices can."))
        fields: dict[str, Asked] = {"title": title, "key": key, "of": of, "kind": kind, "choices": choices}
        body = column(note, _line(title, key), _line(of, kind), choices, gap=10)
        return self._open((tr("Define a field"), tr("Not defined")), body, fields, tr("Define it"), work, done)

    def change_field(self, field: OwnField, work: Callable[[Given], T], done: Callable[[T], None]) -> ActForm[T]:
        """Ask for another title of a field, or other choices."""
        title, reason = Field(tr("Title: what people read"), value=field.title), _reason()
        choices = _choices("; ".join(field.choices))
        choices.setVisible(field.kind is FieldKind.CHOICE)
        note = _note(tr("Records keep what stands in them, also where it is no choice any more."))
        fields: dict[str, Asked] = {"title": title, "choices": choices, "reason": reason}
        titles = (tr("Change the field “{title}”").format(title=iso(field.title)), tr("Not changed"))
        return self._open(titles, column(note, title, choices, reason, gap=10), fields, tr("Change it"), work, done)

    def use(
        self, title: str, note: str, work: Callable[[Given], T], done: Callable[[T], None], *, again: bool
    ) -> ActForm[T]:
        """Ask why something is given up, or taken into use again."""
        reason = _reason()
        words = tr("Use “{title}” again") if again else tr("Give “{title}” up")
        act = tr("Use it again") if again else tr("Give it up")
        body = column(_note(note), reason, gap=10)
        titles = (words.format(title=iso(title)), tr("Not changed"))
        return self._open(titles, body, {"reason": reason}, act, work, done)

    def state(self, state: OwnState | None, work: Callable[[Given], T], done: Callable[[T], None]) -> ActForm[T]:
        """Ask for a new state, or for another title of one."""
        title, key = Field(tr("Title: what people read"), value=state.title if state else ""), _key()
        blocks = Choice(tr("An item in this state is"), [(one.value, spoken(BLOCKS_NAMES[one])) for one in Blocks])
        fields: dict[str, Asked] = {"title": title, "blocks": blocks}
        if state is None:
            fields["key"] = key
        else:
            blocks.write(state.blocks)
        body = column(title, key if state is None else None, blocks, gap=10)
        words = tr("Change the state “{title}”").format(title=iso(state.title)) if state else tr("Add a state")
        return self._open((words, tr("Not drafted")), body, fields, tr("Put it in"), work, done)

    def way(self, draft: Draft, way: Way | None, work: Callable[[Given], T], done: Callable[[T], None]) -> ActForm[T]:
        """Ask from where to where a new way leads, and what it, or one that is there, needs."""
        states = [(one.key, iso(one.title)) for one in draft.states]
        start = Choice(tr("From"), [(NOWHERE, tr("none: it comes onto the axis")), *states])
        end = Choice(tr("To"), [*states, (NOWHERE, tr("none: it leaves the axis"))])
        needs = {one: Choice(_needs_title(one), [("no", tr("no")), ("yes", tr("yes"))]) for one in Guard}
        roles = [(one.value, spoken(words)) for one, words in ROLE_NAMES.items()]
        role = Choice(tr("Who may go it"), [("", tr("whoever hands items out")), *roles])
        if way is not None:
            start.write(way.start)
            end.write(way.end)
            role.write(way.role or "")
            for guard, choice in needs.items():
                choice.write("yes" if guard in way.needs else "no")
        for one in (start, end):
            one.box.setEnabled(way is None)
        first, second, third, fourth = needs.values()
        body = column(_line(start, end), _line(first, second), _line(third, fourth), role, gap=10)
        fields: dict[str, Asked] = {"start": start, "end": end, "role": role}
        fields |= {guard.value: choice for guard, choice in needs.items()}
        words = tr("Change what a way needs") if way else tr("Add a way")
        return self._open((words, tr("Not drafted")), body, fields, tr("Put it in"), work, done, width=760)

    def axis(self, axis: Axis | None, work: Callable[[Given], T], done: Callable[[T], None]) -> ActForm[T]:
        """Ask how the drafted axis is called, and what stands on it."""
        title, key, reason = Field(tr("Title: what people read"), value=axis.title if axis else ""), _key(), _reason()
        both = " ".join(STATE_BEARERS)
        kinds = [(one.value, spoken(BEARER_NAMES[one])) for one in STATE_BEARERS]
        of = Choice(tr("Stand on it"), [*kinds, (both, tr("Weapons and components"))])
        fields: dict[str, Asked] = {"title": title, "of": of, "reason": reason}
        if axis is None:
            fields["key"] = key
        else:
            of.write(both if set(axis.of) == set(STATE_BEARERS) else axis.of[0])
        note = _note(tr("From now on items go these ways and no others. A state that was defined stays for ever."))
        body = column(note, title, key if axis is None else None, of, reason, gap=10)
        if axis is None:
            return self._open((tr("Define the axis"), tr("Not defined")), body, fields, tr("Define it"), work, done)
        titles = (tr("Change the axis “{title}”").format(title=iso(axis.title)), tr("Not changed"))
        return self._open(titles, body, fields, tr("Change it"), work, done)

    def _open(
        self,
        titles: tuple[str, str],
        body: QLayout,
        fields: Mapping[str, Asked],
        act: str,
        work: Callable[[Given], T],
        done: Callable[[T], None],
        *,
        width: int = 680,
    ) -> ActForm[T]:
        form = ActForm(
            titles, holder(body), fields, primary(act), self._bridge, work, done, concerns=field_of, width=width
        )
        self._room.open_panel(form)
        return form


def _line(*parts: QWidget) -> QWidget:
    return holder(row(*((part, 1) for part in parts), gap=16))


def _note(words: str) -> Label:
    return Label(words, 14, wrap=True)


def _key() -> Field:
    return Field(tr("Name in records, empty: as the title"), code=True)


def _reason() -> Field:
    return Field(tr("Reason, without names"))


def _choices(value: str = "") -> Field:
    field = Field(tr("Choices, separated by semicolons"), value=value)
    field.line.setPlaceholderText(tr("north; south"))
    return field


def _needs_title(guard: Guard) -> str:
    return tr("It needs {what}").format(what=spoken(GUARD_NAMES[guard]))
