"""Answers of the desk reach whoever asked, and nobody where the view that asked is closed."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event

import pytest
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from muniment.ui.bridge import Bridge
from muniment.ui.kit.label import Label


class View(Label):
    """A view that counts the answers it was given, though it stands no more."""

    def __init__(self) -> None:
        super().__init__("")
        self.answers: list[object] = []

    def draw(self, answer: object) -> None:
        self.answers.append(answer)


@pytest.fixture
def bridge() -> Iterator[Bridge]:
    made = Bridge()
    yield made
    made.stop()


@pytest.mark.parametrize("closed", [False, True])
def test_a_view_that_was_closed_meanwhile_is_given_no_answer(qtbot: QtBot, bridge: Bridge, *, closed: bool) -> None:
    view, go, after = View(), Event(), list[bool]()

    def fails() -> None:
        raise ValueError("the desk says no")

    bridge.do(go.wait, view.draw)
    bridge.do(fails, view.draw, view.draw)
    if closed:
        delete(view)
    go.set()
    bridge.do(lambda: True, after.append)
    qtbot.waitUntil(lambda: bool(after), timeout=5_000)
    assert len(view.answers) == (0 if closed else 2)
