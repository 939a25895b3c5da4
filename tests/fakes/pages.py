"""What tests of pages share: the counter they are given, and the form that is open."""

from __future__ import annotations

from typing import Any, Protocol

from fakes.depot import Depot
from muniment.ui.bridge import Bridge
from muniment.ui.shell.window import Window
from muniment.ui.stock.act_form import ActForm
from muniment.ui.stock.form import FormPanel


class Counter(Protocol):
    depot: Depot
    window: Window
    bridge: Bridge

    def settle(self) -> None: ...

    def press(self, panel: FormPanel) -> None: ...


def form(counter: Counter) -> ActForm[Any]:
    panel = counter.window.panel
    assert isinstance(panel, ActForm)
    return panel


def write(panel: FormPanel, **values: str) -> None:
    for name, value in values.items():
        panel.fields[name].write(value)  # type: ignore[attr-defined]
