"""What is shown and done about the depot's own fields, decided without a screen."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from muniment.desk import own_fields
from muniment.desk.desk import Answer, Deposition, Desk, Officer
from muniment.desk.own_fields import ListedField
from muniment.domain.basics.identity import Kind
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.own_fields import FieldKind, OwnField
from muniment.ui.acts import OfficersWord
from muniment.ui.own.words import name_for

_SEPARATOR = re.compile(r"[;\n]")


@dataclass(frozen=True, slots=True)
class FieldsView:
    """Every field there is or was, those in use first; one of them in front."""

    lines: tuple[ListedField, ...]
    shown: ListedField | None = None
    told: Text | None = None


class FieldsPresenter:
    """Lists the fields that the depot has defined, and defines them."""

    def __init__(self, desk: Desk, officer: Officer) -> None:
        self._desk, self._word = desk, OfficersWord(desk, officer)
        self._shown: tuple[Kind, str] | None = None

    def sit_down(self, officer: Officer) -> None:
        """Another officer has signed in."""
        self._word = OfficersWord(self._desk, officer)

    def view(self) -> FieldsView:
        """What is shown now."""
        with self._desk.look() as work:
            lines = own_fields.listed_fields(work)
        shown = next((one for one in lines if (one.field.of, one.field.key) == self._shown), None)
        return FieldsView(tuple(lines), shown)

    def open(self, field: OwnField) -> FieldsView:
        """Put one field in front."""
        self._shown = (field.of, field.key)
        return self.view()

    def define(self, given: Mapping[str, str]) -> FieldsView:
        """Add a field to all records of a kind.

        Raises:
            Refusal: see `muniment.domain.custody.own_fields`, or the role does not allow it.

        """
        kind = FieldKind(given["kind"])
        choices = choices_in(given["choices"]) if kind is FieldKind.CHOICE else ()
        field = OwnField(name_for(given["key"], given["title"]), given["title"], Kind(given["of"]), kind, choices)
        says = say("The field “{title}” stands on every such record now.", title=field.title)
        return self._did(lambda said: own_fields.define_field(self._desk, said, field), field, "", says)

    def change(self, field: OwnField, given: Mapping[str, str]) -> FieldsView:
        """Give a field another title or other choices.

        Raises:
            Refusal: nothing changes, it cannot be like that, or the role does not allow it.

        """
        choices = choices_in(given["choices"]) if field.kind is FieldKind.CHOICE else ()
        wanted = replace(field, title=given["title"], choices=choices)
        says = say("The field “{title}” is changed. Values that stand stay.", title=wanted.title)

        def act(said: Deposition) -> Answer:
            return own_fields.change_field(
                self._desk, said, field.of, field.key, title=wanted.title, choices=wanted.choices
            )

        return self._did(act, field, given["reason"], says)

    def use(self, field: OwnField, reason: str, *, in_use: bool) -> FieldsView:
        """Give a field up, or take it into use again.

        Raises:
            Refusal: it is so already, or the role does not allow it.

        """
        again = say("The field “{title}” is in use again.", title=field.title)
        given_up = say("The field “{title}” is given up. What stands in it stays.", title=field.title)
        return self._did(
            lambda said: own_fields.change_field(self._desk, said, field.of, field.key, in_use=in_use),
            field,
            reason,
            again if in_use else given_up,
        )

    def _did(self, act: Callable[[Deposition], Answer], field: OwnField, reason: str, told: Text) -> FieldsView:
        act(self._word.said(reason))
        self._word.done()
        return replace(self.open(field), told=told)


def choices_in(written: str) -> tuple[str, ...]:
    """The choices that were written, separated by semicolons."""
    return tuple(one.strip() for one in _SEPARATOR.split(written) if one.strip())
