from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fakes.depot import Depot, depot_at
from fakes.outside import StoppedClock, outside
from fakes.pages import counter, plain_look

__all__ = ["counter", "depot", "plain_look"]


@pytest.fixture
def depot(tmp_path: Path) -> Iterator[Depot]:
    """On a file: what a test does meets what the page reads on the desk's thread, and memory has one connection."""
    clock = StoppedClock()
    made = depot_at(str(tmp_path / "register.muniment"), clock, outside(clock))
    yield made
    made.register.close()
