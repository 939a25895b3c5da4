"""What tests about components, kits and cases share: parts on the bench, and a look at what stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from fakes.depot import Depot
from muniment.desk import components
from muniment.desk.components import NewComponent
from muniment.domain.basics.identity import Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.custody.standing import Standing
from muniment.domain.stock.calibre_as import CalibreAs
from muniment.domain.stock.component import ComponentDescription
from muniment.domain.stock.component_kinds import ComponentKind

NATO = CalibreAs("5.56x45mm", "5.56x45", primary=True)
OTHER = CalibreAs("7.62x39mm", "7.62x39")


def component(
    depot: Depot,
    kind: ComponentKind,
    serial: str,
    *,
    calibre: CalibreAs | None = None,
    control: bool = False,
    name: str = "",
) -> Subject:
    description = ComponentDescription(kind=kind, serial=serial, calibre=calibre, is_control=control)
    made = components.register(depot.desk, depot.by_officer(), NewComponent(description, name=name), depot.rack).about
    assert made is not None
    return made


def stands(depot: Depot, subject: Subject) -> Standing:
    with depot.desk.look() as work:
        standing = work.standing(subject)
    assert standing is not None
    return standing


def refused(depot: Depot, act: Callable[..., object], *given: Any, **more: Any) -> str:
    """The rule that refuses what an officer tries by himself."""
    with pytest.raises(Refusal) as refusal:
        act(depot.desk, depot.by_officer(), *given, **more)
    return refusal.value.rule
