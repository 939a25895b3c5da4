"""The desktop: a window on an open register, its pages, its devices, and who is signed in."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from muniment.desk.clock_doubt import clock_doubt
from muniment.desk.desk import Officer
from muniment.desk.opening import Realm
from muniment.desk.printing.queue import PrintQueue
from muniment.desk.register import Register
from muniment.desk.signing import sign_in
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.desk.witnessing import Unwitnessed, unwitnessed
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text
from muniment.domain.custody.command_cards import command_on
from muniment.paper.sheets import Sheets
from muniment.ports.devices.notices import CodeGarbled, CodeRead, DeviceLost, DeviceReady, GarbledBecause, Notice
from muniment.ports.paper import PrinterStage
from muniment.ports.work import StoreFault
from muniment.ui.bridge import Bridge
from muniment.ui.devices import Devices
from muniment.ui.hatch.screen import HatchScreen
from muniment.ui.kit.button import Button, Weight
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import column, holder
from muniment.ui.kit.sound import Sound, Tone
from muniment.ui.kit.status_bar import Device, DeviceState
from muniment.ui.kit.theme import Theme, theme, wear
from muniment.ui.pages import Pages
from muniment.ui.plugs import Plugs
from muniment.ui.reads import Judged, Reads
from muniment.ui.settings.kept import Settings
from muniment.ui.settings.presenter import SettingsPresenter
from muniment.ui.settings.wearing import theme_of
from muniment.ui.settings.workstation import Workstation
from muniment.ui.shell.idle import Idle
from muniment.ui.shell.panel import Panel
from muniment.ui.shell.window import Window
from muniment.ui.speech import iso, spoken, tr
from muniment.ui.wording import local_time

_log = logging.getLogger(__name__)

CLOCK_MS = 5_000
MINUTE_MS = 60_000

UNWITNESSED_FOR_LONG_MIN = 24 * 60
"""From when on the end of the ledger counts as unwatched: a checkpoint goes out each day, or a sheet is printed."""
MOST_WAITING = 50
"""Scans that wait while a question is open; more are refused aloud."""


@dataclass(frozen=True, slots=True)
class Paper:
    """The print queue of this workstation, or why there is none; and what plays a pretended printer."""

    queue: PrintQueue[Sheets] | None = None
    stage: PrinterStage | None = None
    fault: Text | None = None


@dataclass(slots=True)
class _Heard:
    """What is known of each device now."""

    devices: dict[str, Device] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Trouble:
    """Work that failed, told and not yet taken note of: the panel, and what it says of each step."""

    panel: Panel
    said: tuple[str, ...]


class Desktop(QObject):
    """One window on one register. `show` opens it; it starts locked.

    `door` is a window that stands open already, painted before the register was read; without one it makes its own.
    `workstation` is the machine with its user's settings; without one there is nothing to be set.

    Raises:
        ValueError: the door does not look like the register: training for live, or the other way round.

    """

    def __init__(
        self,
        register: Register,
        devices: Devices,
        paper: Paper,
        look: Theme | None = None,
        door: Window | None = None,
        workstation: Workstation | None = None,
    ) -> None:
        super().__init__()
        self._register, self._paper = register, paper
        self._settings = SettingsPresenter(workstation) if workstation is not None else None
        training = register.realm is Realm.TRAINING
        if door is None:
            wear(look or Theme())
            door = Window(register.depot, training="" if training else None)
        if door.training is not training:
            raise ValueError("the window is not of the register's realm")
        self.window = door
        self.window.name_depot(register.depot)
        self.bridge = Bridge(self)
        self.sound = Sound(training=training, parent=self)
        self.pages: Pages | None = None
        self._officer: Officer | None = None
        self._plugged: tuple[tuple[str, ...], str, str] | None = None
        self._heard = _Heard()
        self._reads = Reads()
        self._trouble: _Trouble | None = None
        self._waiting: list[Scan] = []
        self.plugs = Plugs(devices, application(), self)
        self.plugs.noticed.connect(self._notice)
        self.plugs.waiting.connect(self._not_heard)
        self.sound.sounded.connect(lambda _: self._tell_sound())
        self.idle = Idle(application(), self)
        self.idle.left_alone.connect(self._left_alone)
        self.window.sign_in_asked.connect(self._sign_in)
        self.window.silence_asked.connect(lambda: self.sound.mute(not self.sound.muted))
        self.window.closing.connect(self.close)
        # Queued, so that what the answer asks of the desk is done before the scans that came after it.
        self.window.answered.connect(self._take_waiting, Qt.ConnectionType.QueuedConnection)
        self.bridge.broken.connect(self._broken)
        self._told_ledger = 0
        self._clock = QTimer(self, interval=CLOCK_MS)
        self._clock.timeout.connect(self._tell_time)
        self._clock.start()
        self._tell_time()
        if self._settings is not None:
            self._sound_like(self._settings.now)
            if workstation is not None and workstation.read.says is not None:
                self.window.sign_in.tell(spoken(workstation.read.says))

    @property
    def hatch(self) -> HatchScreen | None:
        """The page of the hatch, once somebody is signed in."""
        return self.pages.hatch if self.pages is not None else None

    def say_at_the_door(self, words: Text) -> None:
        """Say something to whoever is to sign in."""
        self.window.sign_in.tell(spoken(words))

    def show(self) -> None:
        """Open the window and begin to listen to the devices."""
        self.window.show()
        self.plugs.open()

    def close(self) -> None:
        """Let go of devices and finish what the desk was given."""
        self.plugs.close()
        self.idle.stop()
        self._clock.stop()
        if self.pages is not None:
            self.pages.stop()
        self.sound.close()
        self.bridge.stop()
        if self._paper.queue is not None:
            self._paper.queue.close()
        self._register.close()

    def _sign_in(self, name: str, passphrase: str) -> None:
        self.window.sign_in.wait(tr("Checking"))
        self.bridge.do(lambda: sign_in(self._register.desk, name, passphrase), self._signed_in, self._sign_in_failed)

    def _signed_in(self, officer: Officer) -> None:
        if self.pages is None:
            self._make_pages(officer)
        else:
            self.pages.sit_down(officer)
        if officer != self._officer:
            self._waiting.clear()
        self.window.unlock(same=officer == self._officer)
        self._officer = officer
        self.idle.watch(self.window.windowHandle())
        self.bridge.do(self._clock_doubt, self._tell_clock)
        self._tell_ledger()

    def _sign_in_failed(self, error: Exception) -> None:
        self.window.sign_in.refuse("\n".join(spoken(text) for text in words_of(error)))

    def _make_pages(self, officer: Officer) -> None:
        self.pages = Pages(
            self._register,
            self.window,
            self.bridge,
            self.sound,
            self.plugs,
            officer,
            self._settings,
            self._paper.queue,
            self._paper.stage,
        )
        self.pages.settings_applied.connect(self._apply)
        self.pages.changed.connect(self._tell_ledger)
        self.pages.printing_news.connect(self._tell_device)
        self.pages.search_news.connect(self._tell_device)
        if self._paper.fault is not None:
            self._tell_device(Device(tr("Printing"), DeviceState.LOST, spoken(self._paper.fault)))

    def _apply(self, settings: Settings) -> None:
        """Let other settings hold, on every page at once."""
        new = theme_of(settings, self.window.screen())
        if new != theme():
            wear(new)
        self._sound_like(settings)
        wanted = (settings.scanner_ports, settings.wedge_prefix, settings.wedge_suffix)
        if self._settings is not None and self._plugged not in (None, wanted):
            self._heard.devices.clear()
            self.window.status.show_devices(())
            self.plugs.exchange(self._settings.devices(), self.bridge, lambda: None)
        self._plugged = wanted

    def _sound_like(self, settings: Settings) -> None:
        self.sound.set_volume(settings.volume / 100)
        self.sound.mute(settings.quiet)
        self.idle.set_minutes(settings.lock_after_min)

    def _left_alone(self, minutes: int) -> None:
        if not self.window.locked:
            self.window.lock(tr("Locked after {n} min without an act.").format(n=iso(str(minutes))), keep=True)

    def _not_heard(self, device: str) -> None:
        self._tell_device(Device(device, DeviceState.STALE, tr("not yet heard")))

    def _notice(self, notice: Notice) -> None:
        if isinstance(notice, CodeRead):
            self._take_read(notice)
        elif isinstance(notice, DeviceReady):
            self._tell_device(Device(notice.device, self._answering(), tr("ready")))
        elif isinstance(notice, DeviceLost):
            _log.warning("%s lost: %s %s", notice.device, notice.because, notice.detail)
            self._tell_device(Device(notice.device, DeviceState.LOST, tr("lost, trying again")))
        elif isinstance(notice, CodeGarbled):
            self._tell_device(Device(notice.device, DeviceState.STALE, _thrown_away(notice.because)))

    def _take_read(self, read: CodeRead) -> None:
        judged = self._reads.judge(read)
        if judged is Judged.NOISE:
            self._tell_device(Device(read.device, DeviceState.STALE, _thrown_away(GarbledBecause.TOO_MANY)))
            return
        self.idle.touch()
        if judged is Judged.AGAIN:
            self._tell_device(Device(read.device, self._answering(), tr("read twice, taken once")))
            return
        self._tell_device(Device(read.device, self._answering(), tr("ready")))
        self._take_scan(Scan(read.text, "barcode", read.device, read.raw))

    def _take_scan(self, scan: Scan) -> None:
        """Give a scan to who can use it now, or keep it for when the open question is answered."""
        if self.pages is not None and self.pages.take_scan(scan):
            return
        # Never lost in silence: the officer hears it, and reads why beside the device.
        # A command means what is in front now, and nothing that comes later.
        asked = not self.window.locked and self.window.panel is not None and command_on(scan.text) is None
        if asked and len(self._waiting) < MOST_WAITING:
            self._waiting.append(scan)
            self.sound.play(Tone.ALREADY)
            said = tr("scans that wait for an answer: {n}").format(n=iso(str(len(self._waiting))))
        else:
            self.sound.play(Tone.REFUSED)
            said = tr("scan not used: sign in first") if self.window.locked else tr("scan not used: answer first")
        self._tell_device(Device(scan.device, DeviceState.STALE, said))

    def _take_waiting(self) -> None:
        """Take the scans that came while a question was open, in their order; nobody else's after a lock."""
        waiting, self._waiting = self._waiting, []
        for scan in waiting if not self.window.locked else ():
            self._tell_device(Device(scan.device, self._answering(), tr("ready")))
            self._take_scan(scan)

    def _answering(self) -> DeviceState:
        return DeviceState.SIMULATED if self.plugs.devices.stage is not None else DeviceState.ANSWERS

    def _tell_time(self) -> None:
        clock = self._register.desk.clock
        self.window.status.show_clock(local_time(clock.now()))
        if not self.window.locked and clock.mono_ms() - self._told_ledger > MINUTE_MS:
            self._tell_ledger()

    def _clock_doubt(self) -> Text | None:
        with self._register.desk.look() as work:
            return clock_doubt(work, self._register.desk.clock.now())

    def _tell_clock(self, doubt: Text | None) -> None:
        name = tr("Clock")
        if doubt is not None:
            self._tell_device(Device(name, DeviceState.STALE, spoken(doubt)))
        elif self._heard.devices.pop(name, None):
            self.window.status.show_devices(tuple(self._heard.devices.values()))

    def _tell_sound(self) -> None:
        name = tr("Sound")
        if not self.sound.unheard:
            if self._heard.devices.pop(name, None):
                self.window.status.show_devices(tuple(self._heard.devices.values()))
        elif name not in self._heard.devices:
            self._tell_device(Device(name, DeviceState.STALE, tr("not heard here: watch the screen")))

    def _tell_device(self, device: Device) -> None:
        self._heard.devices[device.name] = device
        self.window.status.show_devices(tuple(self._heard.devices.values()))

    def _tell_ledger(self) -> None:
        self._told_ledger = self._register.desk.clock.mono_ms()
        self.bridge.do(self._ledger_tail, self._show_ledger)

    def _ledger_tail(self) -> tuple[int, Unwitnessed]:
        with self._register.desk.look() as work:
            return work.head().size, unwitnessed(work, self._register.desk.clock.now())

    def _show_ledger(self, known: tuple[int, Unwitnessed]) -> None:
        if self.pages is not None:
            self.pages.refresh_queue()
        facts, tail = known
        words = tr("{n} facts, all witnessed")
        if tail.facts:
            words = tr("{n} facts, {tail} not witnessed for {minutes} min")
        told = words.format(n=iso(str(facts)), tail=iso(str(tail.facts)), minutes=iso(str(tail.minutes)))
        self.window.status.show_ledger(told, sound=tail.minutes < UNWITNESSED_FOR_LONG_MIN)

    def _broken(self, error: Exception) -> None:
        self.sound.play(Tone.REFUSED)
        if self.window.locked:
            return
        words = "\n".join(spoken(text) for text in words_of(error)) or str(error)
        # Several steps may fail before the first is answered; each is counted, and what was said of one is not covered.
        again = self._trouble is not None and self.window.panel is self._trouble.panel
        said = self._trouble.said if again and self._trouble is not None else ()
        self._trouble = _Trouble(self._trouble_panel((*said, words)), (*said, words))
        self.window.open_panel(self._trouble.panel)

    def _trouble_panel(self, said: tuple[str, ...]) -> Panel:
        good = Button(tr("Go on"), "Enter", Weight.PRIMARY)
        good.clicked.connect(self.window.close_panel)
        many = tr("{n} steps did not work").format(n=iso(str(len(said))))
        labels = [Label(words, 15, 500, wrap=True) for words in dict.fromkeys(said)]
        title = many if len(said) > 1 else tr("This did not work")
        return Panel(title, holder(column(*labels, gap=16)), (good,))


def _thrown_away(because: GarbledBecause) -> str:
    if because is GarbledBecause.TOO_MANY:
        return tr("noise: check cable and speed")
    if because is GarbledBecause.UNKNOWN_KEY:
        return tr("read thrown away: check keyboard layout")
    return tr("a read was thrown away: scan again")


def words_of(error: Exception) -> tuple[Text, ...]:
    """What a refusal or a fault says to the person in front of it; nothing for what is a bug."""
    if isinstance(error, Refusal):
        return (error.says, error.do_now) if error.do_now else (error.says,)
    if isinstance(error, StoreFault):
        return (error.says, error.safe, error.do_now)
    return ()


def application(words: Sequence[str] = ()) -> QApplication:
    """Qt's application, made once."""
    running = QApplication.instance()
    made = running if isinstance(running, QApplication) else QApplication(["muniment", *words])
    made.setApplicationName("Muniment")
    return made
