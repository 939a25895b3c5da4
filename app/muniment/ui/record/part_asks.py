"""What the record asks about components: which is put on, which comes off and where it is laid, which is new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from muniment.domain.basics.identity import Kind, kind_of
from muniment.domain.stock.component_kinds import COMPONENT_NAMES, ComponentKind
from muniment.domain.stock.condition import CONDITION_NAMES, Condition
from muniment.domain.stock.serial import SERIAL_STATUS_NAMES, SerialStatus
from muniment.ui.kit.field import Field
from muniment.ui.kit.label import Label
from muniment.ui.record.act_panel import ActPanel
from muniment.ui.record.asks import Asking, open_ask
from muniment.ui.record.view import PartLine
from muniment.ui.speech import iso, spoken, tr
from muniment.ui.stock.form import Asked, Choice, primary


def ask_fit(asking: Asking) -> ActPanel:
    """Ask which component is put on the weapon."""
    return open_ask(
        asking,
        (tr("Put a component on"), tr("Not fitted")),
        primary(tr("Fit it"), "check"),
        ({"component": _component(tr("Component: scan it, or type its number"))},),
        lambda given: asking.acts.fit(asking.subject, given),
        scans_into=("component",),
        look=asking.acts.part,
    )


def ask_take_off(asking: Asking, part: PartLine) -> ActPanel:
    """Ask where a component is laid that comes off."""
    item = part.item
    if item is None:
        raise ValueError("what is lacking cannot be taken off")
    return open_ask(
        asking,
        (tr("Take a component off"), tr("Not taken off")),
        primary(tr("Take it off"), "check"),
        ({"to": _place(item.home)},),
        lambda given: asking.acts.take_off(item.subject, given),
        top=(_comes_off(part),),
        scans_into=("to",),
    )


def ask_swap(asking: Asking, part: PartLine) -> ActPanel:
    """Ask what takes the place of a component, and where that one is laid."""
    item = part.item
    if item is None:
        raise ValueError("what is lacking cannot be swapped")
    return open_ask(
        asking,
        (tr("Swap a component"), tr("Not swapped")),
        primary(tr("Swap them"), "arrows-exchange"),
        ({"component": _component(tr("What is put on: scan it, or type its number")), "to": _place(item.home)},),
        lambda given: asking.acts.swap(item.subject, given),
        top=(_comes_off(part),),
        scans_into=("component", "to"),
        look=asking.acts.part,
    )


def ask_new_component(asking: Asking, place: str) -> ActPanel:
    """Ask for a component that is not in the register yet; on the page of a weapon it may be put on at once."""
    kinds = [(one.value, spoken(COMPONENT_NAMES[one])) for one in ComponentKind]
    statuses = [(one.value, spoken(SERIAL_STATUS_NAMES[one])) for one in SerialStatus]
    conditions = [(one.value, spoken(CONDITION_NAMES[one])) for one in Condition]
    kind = Choice(tr("Kind of component"), kinds)
    kind.write(ComponentKind.BARREL)
    condition = Choice(tr("Condition"), conditions)
    condition.write(Condition.SERVICEABLE)
    yes_no = [("no", tr("no")), ("yes", tr("yes"))]
    on_weapon = kind_of(asking.subject) is Kind.WEAPON
    fitting = Choice(tr("Put it on this weapon at once"), [("yes", tr("yes")), ("no", tr("no"))] if on_weapon else [])
    rows: Sequence[Mapping[str, Asked]] = (
        {"kind": kind, "name": Field(tr("In words, where the kind does not say")), "condition": condition},
        {
            "serial": Field(tr("Serial as struck"), code=True),
            "again": Field(tr("Serial once more"), code=True),
            "serial_status": Choice(tr("Serial status"), statuses),
        },
        {
            "calibre": Field(tr("Calibre, if it has one")),
            "control": Choice(tr("Is it the control component"), yes_no),
            "to": _place(place),
        },
        {"fit": fitting},
    )
    if not on_weapon:
        fitting.hide()
    return open_ask(
        asking,
        (tr("New component"), tr("Not registered")),
        primary(tr("Register it"), "check"),
        rows,
        lambda given: asking.acts.new_component(asking.subject if given["fit"] == "yes" else None, given),
        scans_into=("to",),
        card=False,
    )


def _component(words: str) -> Field:
    return Field(words, code=True)


def _place(code: str) -> Field:
    return Field(tr("Place where it is laid"), code=True, value=code)


def _comes_off(part: PartLine) -> Label:
    item = part.item
    number = (item.serial or item.register_no) if item is not None else ""
    return Label(
        tr("Comes off: {kind} {number}").format(kind=spoken(part.kind), number=iso(number)), 16, 600, wrap=True
    )
