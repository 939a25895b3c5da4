"""However long a list is and however long it takes, whoever stands at the hatch does not wait for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any, cast

import pytest
from PySide6.QtWidgets import QApplication

from fakes.outside import outside
from muniment.bootstrap import create_register
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.ports.views import ItemState, Views, Which
from muniment.training.demonstration import CHARTER, OFFICER, PASSPHRASE, furnish
from muniment.ui.bridge import Bridge
from muniment.ui.desktop import Desktop, Paper
from muniment.ui.devices import Devices
from muniment.ui.kit.theme import Theme
from muniment.ui.latest import Latest
from muniment.ui.pages import Pages
from pictures import spin, until

GIVE_UP_S = 60


class HeldUp:
    """Lists that answer nothing until they are let go, as if they were endlessly long."""

    def __init__(self, views: Views) -> None:
        self._views = views
        self.let_go = Event()
        self.let_go.set()
        self.asked = 0

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._views, name)

        def answer(*words: Any, **named: Any) -> Any:
            self.asked += 1
            if not self.let_go.wait(GIVE_UP_S):
                raise TimeoutError(name)
            return real(*words, **named)

        return answer


class Counter:
    """The desktop on a register in a file, signed in, and its lists in hand."""

    def __init__(self, folder: Path) -> None:
        register = create_register(str(folder / "depot.muniment"), CHARTER, outside())
        furnish(register)
        self.lists = HeldUp(register.views)
        self.register = replace(register, views=cast("Views", self.lists))
        self.desktop = Desktop(self.register, Devices((), None, None, ()), Paper(), Theme(still=True))
        self.desktop.sound.mute(True)
        self.desktop.show()
        self.desktop.window.sign_in_asked.emit(OFFICER, PASSPHRASE)
        until(lambda: self.desktop.hatch is not None and self.desktop.hatch.view is not None)
        done: list[bool] = []
        self.pages.looking.do(lambda: True, done.append)
        until(lambda: bool(done))

    @property
    def pages(self) -> Pages:
        assert self.desktop.pages is not None
        return self.desktop.pages

    @property
    def receiver(self) -> str:
        view = self.pages.hatch.view
        return view.person if view is not None else ""

    def close(self) -> None:
        self.lists.let_go.set()
        self.desktop.close()
        self.desktop.window.close()
        self.desktop.window.deleteLater()
        self.desktop.deleteLater()
        spin()


@pytest.fixture
def counter(qapp: QApplication, tmp_path: Path) -> Iterator[Counter]:
    made = Counter(tmp_path)
    yield made
    made.close()


@pytest.mark.parametrize("page", ["today", "register"])
def test_a_scan_is_answered_while_a_list_is_still_read(counter: Counter, page: str) -> None:
    counter.lists.let_go.clear()
    before = counter.lists.asked
    counter.desktop.window.show_page(page)
    until(lambda: counter.lists.asked > before)
    counter.pages.hatch.take_scan(Scan("BADGE-D101"))
    until(lambda: bool(counter.receiver))
    assert not counter.lists.let_go.is_set()


def test_a_place_with_everything_in_it_is_read_beside_the_hatch_too(counter: Counter) -> None:
    places = counter.pages.places
    counter.desktop.window.show_page("places")
    until(lambda: places.view is not None)
    assert places.view is not None
    top = places.view.lines[0]
    counter.lists.let_go.clear()
    before = counter.lists.asked
    places.show_place(top.place)
    until(lambda: counter.lists.asked > before)
    counter.pages.hatch.take_scan(Scan("BADGE-D101"))
    until(lambda: bool(counter.receiver))


def test_what_waits_is_read_beside_the_hatch(counter: Counter) -> None:
    counter.lists.let_go.clear()
    before = counter.lists.asked
    counter.pages.refresh_queue()
    until(lambda: counter.lists.asked > before)
    counter.pages.hatch.take_scan(Scan("BADGE-D101"))
    until(lambda: bool(counter.receiver))


def test_a_list_read_on_the_desks_thread_would_hold_a_scan_up(counter: Counter) -> None:
    """The control: this is what the tests above would find."""
    counter.lists.let_go.clear()
    before = counter.lists.asked
    which = Which(counter.register.desk.clock.now(), ItemState.ALL)
    listed: list[object] = []
    counter.desktop.bridge.do(lambda: counter.register.views.counts(which), listed.append)
    until(lambda: counter.lists.asked > before)
    counter.pages.hatch.take_scan(Scan("BADGE-D101"))
    done: list[bool] = []
    counter.pages.reading.do(lambda: True, done.append)
    until(lambda: bool(done))
    assert not counter.receiver
    counter.lists.let_go.set()
    until(lambda: bool(counter.receiver))
    assert listed


def test_nothing_but_the_hatch_is_made_before_the_first_scan(counter: Counter) -> None:
    assert [page.name for page in counter.desktop.window.pages if page.widget is not None] == ["hatch"]


def test_what_waits_is_read_once_more_however_often_it_is_asked_for_meanwhile(qapp: QApplication) -> None:
    bridge, go = Bridge(), Event()
    read: list[int] = []
    drawn: list[int] = []

    def look() -> int:
        go.wait(GIVE_UP_S)
        read.append(len(read) + 1)
        return read[-1]

    latest = Latest(bridge, look, drawn.append)
    for _ in range(50):
        latest.ask()
    go.set()
    until(lambda: len(drawn) == 2)
    latest.ask()
    until(lambda: len(drawn) == 3)
    bridge.stop()
    assert read == drawn == [1, 2, 3]


def test_a_failed_reading_is_told_and_the_next_one_tried(qapp: QApplication) -> None:
    bridge = Bridge()
    broken: list[object] = []
    drawn: list[int] = []
    answers: list[Callable[[], int]] = [lambda: 1 // 0, lambda: 7]
    bridge.broken.connect(broken.append)
    latest = Latest(bridge, lambda: answers.pop(0)(), drawn.append)
    latest.ask()
    until(lambda: bool(broken))
    latest.ask()
    until(lambda: drawn == [7])
    bridge.stop()
