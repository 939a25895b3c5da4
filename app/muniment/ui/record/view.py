"""What the page of a record shows, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from muniment.desk.cases import CaseCard
from muniment.desk.components import Fitting
from muniment.desk.reading import ItemCard
from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.text import Text
from muniment.domain.custody.attachments import Attached
from muniment.domain.custody.own_fields import OwnField


class Act(StrEnum):
    """What can be done about the thing of a record, in the order it is offered."""

    ISSUE = "issue"
    RETURN = "return"
    FAULT = "fault"
    APART = "apart"
    RELEASE = "release"
    CONDITION = "condition"
    MISSING = "missing"
    FOUND = "found"
    CASE = "case"
    BIND = "bind"
    NUMBER = "number"
    STATE = "state"
    DESCRIBE = "describe"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field: how it is called and what stands in it. A `code` never changes its reading direction."""

    title: Text
    value: Text
    code: bool = False


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields that belong together."""

    title: Text
    lines: tuple[FieldLine, ...]


@dataclass(frozen=True, slots=True)
class OwnLine:
    """A field of the depot's own, and what stands in it; empty where nothing does."""

    field: OwnField
    value: str


@dataclass(frozen=True, slots=True)
class TypedLine:
    """A field of a weapon's description as it is typed, and what may stand in it; `choices` is empty for free text."""

    name: str
    title: Text
    value: str
    choices: tuple[tuple[str, Text], ...] = ()


@dataclass(frozen=True, slots=True)
class StateWay:
    """A step that may be taken on an axis of the depot's own; an empty `to` leads off it. `needs` is empty for none."""

    axis: str
    to: str
    says: Text
    needs: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class PartLine:
    """A component on the weapon, a member of the kit, or counted things in it; `depth` in the tree counts from 0.

    `lacking` says that it should be there and is not.
    """

    kind: Text
    item: ItemCard | None = None
    control: bool = False
    depth: int = 0
    lacking: bool = False

    @property
    def subject(self) -> Subject | None:
        """What it is, where it is there."""
        return self.item.subject if self.item is not None else None


@dataclass(frozen=True, slots=True)
class KitView:
    """The kit a thing belongs to."""

    subject: Subject
    register_no: str
    name: str


@dataclass(frozen=True, slots=True)
class RecordView:
    """Everything about one thing but its files' contents and its older facts.

    `host` is the weapon a component is on. `photograph` names the newest photograph by its hash, empty where there is
    none. `refused` says for each act that is not possible now why; acts that make no sense for the thing are not in
    `acts`.
    """

    item: ItemCard
    groups: tuple[FieldGroup, ...]
    own: tuple[OwnLine, ...]
    typed: tuple[TypedLine, ...]
    ways: tuple[StateWay, ...]
    parts: tuple[PartLine, ...]
    fittings: tuple[Fitting, ...]
    host: PartLine | None
    kit: KitView | None
    files: tuple[Attached, ...]
    cases: tuple[CaseCard, ...]
    facts: int
    photograph: str
    acts: tuple[Act, ...]
    refused: Mapping[Act, Text]

    @property
    def subject(self) -> Subject:
        """What the record is about."""
        return self.item.subject

    @property
    def kind(self) -> Kind:
        """What kind of thing it is."""
        return kind_of(self.item.subject)

    def may(self, act: Act) -> bool:
        """Whether an act can be tried now; its rule decides."""
        return act in self.acts and act not in self.refused


@dataclass(frozen=True, slots=True)
class Opened:
    """What a scan led to: a record, a place or person whose things are listed elsewhere, or why nothing was found."""

    record: RecordView | None = None
    below: Subject | None = None
    says: Text | None = None
