"""What is written about one component that is followed on its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.stock.calibre_as import CalibreAs
from muniment.domain.stock.component_kinds import COMPONENT_NAMES, ComponentKind
from muniment.domain.stock.components import CONTROL_KINDS
from muniment.domain.stock.fields import Value, choice_in, groups_in, present, text_in
from muniment.domain.stock.marks import Mark
from muniment.domain.stock.serial import SerialStatus, serial_by_status


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentDescription:
    """The descriptive fields of one component, checked when it is made.

    `is_control` says that it carries the identity of the weapon it is on. `calibre` is none for parts that have none.
    What it is fitted to is no description: it stands where other things have their place.
    """

    kind: ComponentKind
    is_control: bool = False
    serial: str = ""
    serial_status: SerialStatus = SerialStatus.PRESENT
    marks: tuple[Mark, ...] = ()
    calibre: CalibreAs | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be true of a component.

        Raises:
            Refusal: the serial number and its status contradict each other, or the kind cannot be in control.

        """
        object.__setattr__(self, "serial", serial_by_status(self.serial, self.serial_status))
        if self.is_control and self.kind not in CONTROL_KINDS:
            raise Refusal(
                "not_a_control_component",
                say("This cannot be the control component: {component}.", component=COMPONENT_NAMES[self.kind]),
                do_now=say("Mark the frame or the receiver as the control component."),
            )

    def to_fields(self) -> dict[str, Value]:
        """The description as fields of a record; what is not known is left out."""
        return present(
            {
                "component_kind": self.kind,
                "is_control_component": self.is_control,
                "serial_raw": self.serial,
                "serial_status": self.serial_status,
                "marks": [mark.to_group() for mark in self.marks],
                "calibres": [self.calibre.to_group()] if self.calibre else [],
            }
        )

    @classmethod
    def from_fields(cls, fields: Mapping[str, Value]) -> ComponentDescription:
        """Read back what `to_fields` wrote; other fields are passed over.

        Raises:
            Refusal: a field holds what does not belong there, or the whole cannot be true of a component.

        """
        calibres = [CalibreAs.from_group(entry) for entry in groups_in(fields, "calibres")]
        return cls(
            kind=choice_in(fields, "component_kind", ComponentKind) or ComponentKind.OTHER,
            is_control=fields.get("is_control_component") is True,
            serial=text_in(fields, "serial_raw"),
            serial_status=choice_in(fields, "serial_status", SerialStatus) or SerialStatus.PRESENT,
            marks=tuple(Mark.from_group(entry) for entry in groups_in(fields, "marks")),
            calibre=calibres[0] if calibres else None,
        )
