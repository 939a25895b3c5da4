"""A real X screen for the tests of this folder."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from window.screen import Screen, missing, screen


@pytest.fixture
def display() -> Iterator[Screen]:
    lacking = missing()
    if lacking and os.environ.get("CI"):
        pytest.fail(f"not installed, and CI must not pass without them: {lacking}")
    if lacking:
        pytest.skip(f"NO X SCREEN HERE: install {', '.join(lacking)}")
    with screen() as made:
        yield made
