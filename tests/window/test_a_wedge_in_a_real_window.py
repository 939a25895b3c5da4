"""A scanner in keyboard mode before a real X screen: what its keys become on the way through the system."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from window.screen import LONGEST_S, Screen, missing, screen

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(os.name != "posix", reason="an X screen is for POSIX")


class Field:
    """The program with one field, on a screen with its keyboard."""

    def __init__(self, display: Screen, process: subprocess.Popen[str]) -> None:
        self.display, self._process = display, process
        self._lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for line in self._process.stdout or ():
            self._lines.put(line.strip())

    def says(self) -> str:
        """The next line it says."""
        return self._lines.get(timeout=LONGEST_S)

    def types(self, *keys: str) -> str:
        self.display.press(*keys)
        return self.says()


@pytest.fixture
def field() -> Iterator[Field]:
    lacking = missing()
    if lacking and os.environ.get("CI"):
        pytest.fail(f"not installed, and CI must not pass without them: {lacking}")
    if lacking:
        pytest.skip(f"NO X SCREEN HERE: install {', '.join(lacking)}")
    path = os.pathsep.join(str(ROOT / part) for part in ("app", "drivers", "db"))
    program = [sys.executable, str(Path(__file__).with_name("one_field.py"))]
    with screen() as display:
        around = {**display.environment, "PYTHONPATH": path}
        with subprocess.Popen(program, env=around, stdout=subprocess.PIPE, text=True) as running:
            try:
                display.focus(display.window("One field"))
                made = Field(display, running)
                assert made.says() == "ready"
                yield made
            finally:
                running.terminate()


def test_signs_sent_in_one_stroke_of_the_clock_are_all_read(field: Field) -> None:
    for _ in range(5):
        field.display.scan(*"1000001", pace_ms=0)
        assert field.says() == "read 1000001"


def test_where_accents_are_typed_before_letters_no_code_is_read_short_and_nothing_is_written(field: Field) -> None:
    field.display.lay("us", "-variant", "intl")
    assert field.types("dead_acute", "e") == "written \u00e9"
    for keys in (("T", "dead_acute", "a", "5"), ("T", "dead_acute", "5"), ("T", "5", "dead_acute")):
        field.display.scan(*keys)
        assert field.says() == "thrown away unknown_key"
    field.display.scan(*"T5")
    assert field.says() == "read T5"
