"""What the record asks before a weapon's description is corrected, or a mark on it is written down."""

from __future__ import annotations

from collections.abc import Sequence

from muniment.domain.stock.marking import (
    MARK_KIND_NAMES,
    MARK_PLACE_NAMES,
    MARKING_METHOD_NAMES,
    SIDE_NAMES,
    MarkKind,
)
from muniment.ui.kit.field import Field
from muniment.ui.record.act_panel import ActPanel
from muniment.ui.record.asks import Asking, offered, open_ask
from muniment.ui.record.value_box import ValueBox
from muniment.ui.record.view import TypedLine
from muniment.ui.speech import spoken, tr
from muniment.ui.stock.form import Choice, primary

SERIAL = "serial_raw"


def ask_describe(asking: Asking, typed: Sequence[TypedLine]) -> ActPanel:
    """Ask which field is written otherwise, how, and why; a serial is typed twice."""
    which = Choice(tr("Field"), [(line.name, spoken(line.title)) for line in typed])
    lines = {line.name: line for line in typed}
    value = ValueBox()
    again = Field(tr("Serial once more"), code=True)

    def take(name: str) -> None:
        line = lines[name]
        choices = [(one, spoken(words)) for one, words in line.choices]
        hint = tr("What is true; empty takes it away")
        value.ask(hint, line.value, [("", tr("not stated")), *choices] if choices else ())
        again.setVisible(name == SERIAL)

    which.changed.connect(take)
    panel = open_ask(
        asking,
        (tr("Correct the description"), tr("Not written down")),
        primary(tr("Write it down")),
        ({"field": which, "value": value}, {"again": again}),
        lambda given: asking.acts.describe(asking.subject, given),
        reason=tr("Why what stands is wrong, without names"),
    )
    take(which.value)
    return panel


def ask_mark(asking: Asking) -> ActPanel:
    """Ask what a mark says, where it stands and how it was made."""
    kinds = [one for one in offered(MARK_KIND_NAMES) if one[0] != MarkKind.ASSIGNED]
    nothing = ("", tr("not stated"))
    return open_ask(
        asking,
        (tr("Write down a mark"), tr("Not written down")),
        primary(tr("Write it down")),
        (
            {
                "kind": Choice(tr("What it is"), kinds),
                "text": Field(tr("As struck, or the symbol in words"), code=True),
            },
            {
                "place": Choice(tr("On which part"), [nothing, *offered(MARK_PLACE_NAMES)]),
                "side": Choice(tr("On which side"), [nothing, *offered(SIDE_NAMES)]),
                "method": Choice(tr("How"), [nothing, *offered(MARKING_METHOD_NAMES)]),
            },
            {
                "country": Field(tr("Country it names, two letters")),
                "year": Field(tr("Year it names")),
                "certificate": Field(tr("Number of the certificate, if there is one"), code=True),
            },
        ),
        lambda given: asking.acts.mark(asking.subject, given),
    )
