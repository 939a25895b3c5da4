"""What stands on the label of an item or a place: the number a scanner reads, and two lines for the eye."""

from __future__ import annotations

from muniment.domain.basics.text import Text, say
from muniment.domain.custody.registering import calibre_of
from muniment.domain.custody.standing import Standing
from muniment.domain.stock.component_kinds import COMPONENT_NAMES, ComponentKind
from muniment.domain.stock.taxonomy import weapon_types
from muniment.reports.document import Code, Words
from muniment.reports.labels import Label


def item_label(item: Standing) -> Label:
    """The label of a weapon, a component or a line: register number; what it is; its serial, or make and model."""
    serial, made = item.text("serial_raw"), f"{item.text('make')} {item.text('model')}".strip()
    second = (Code(serial),) if serial else (Words(made),) if made else ()
    return Label(item.text("register_no"), (_what(item), *second))


def place_label(place: Standing) -> Label:
    """The label of a place: its code, and its name where it has another."""
    name = place.text("name")
    return Label(place.text("code"), (Words(name),) if name and name != place.text("code") else ())


def _what(item: Standing) -> Text | Words:
    found = weapon_types().get(item.text("taxonomy_code"))
    if found is not None:
        return say("{kind} {calibre}", kind=found.name, calibre=calibre_of(item.fields))
    kind = item.text("component_kind")
    if kind in tuple(ComponentKind):
        return COMPONENT_NAMES[ComponentKind(kind)]
    return Words(item.text("item_name"))
