"""Settings on the screen. What is chosen holds at once, on every page, and is written at once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QWidget

from muniment.domain.basics.refusal import Refusal
from muniment.ports.work import StoreFault
from muniment.ui.bridge import Bridge
from muniment.ui.kit.band import TopBar
from muniment.ui.kit.button import Button
from muniment.ui.kit.card import Card
from muniment.ui.kit.chip import Mark
from muniment.ui.kit.field import Field
from muniment.ui.kit.ink import Ink
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import STRETCH, column, holder, row
from muniment.ui.kit.scan_field import ScanField
from muniment.ui.kit.segments import Segments
from muniment.ui.kit.sides import narrow
from muniment.ui.kit.sound import Sound, Tone
from muniment.ui.kit.table import DataTable
from muniment.ui.kit.table_model import Cell, Column, FixedRows, Row
from muniment.ui.kit.tokens import Scale, State, Tint
from muniment.ui.plugs import Plugs
from muniment.ui.settings.kept import Settings
from muniment.ui.settings.languages import languages
from muniment.ui.settings.presenter import PortLine, SettingsPresenter, SettingsView, field_of
from muniment.ui.settings.try_panel import TryPanel
from muniment.ui.speech import iso, spoken, tr
from muniment.ui.stock.form import PanelRoom

MINUTES = ("1", "2", "5", "10", "30", "60")
VOLUMES = ("20", "40", "60", "80", "100")


class SettingsScreen(QWidget):
    """Look, sound, scanners, lock."""

    applied = Signal(object)
    """Other settings hold."""

    def __init__(
        self, presenter: SettingsPresenter, bridge: Bridge, room: PanelRoom, sound: Sound, plugs: Plugs
    ) -> None:
        super().__init__()
        self._presenter, self._bridge, self._room = presenter, bridge, room
        self._sound, self._plugs = sound, plugs
        self._ports: tuple[PortLine, ...] = ()
        self._trying: TryPanel | None = None
        self._says = Label("", 15, 600, State.OVERDUE, wrap=True)
        self._says.hide()
        left = column(self._look(), self._lock(), STRETCH, gap=12)
        right = column(self._tones(), self._scanners(), STRETCH, gap=12)
        self._body = row((holder(left), 1), (holder(right), 1), gap=16)
        inside = holder(column(self._says, (self._body, 1), gap=12, margins=(16, 16, 16, 16)))
        inside.setProperty("surface", "page")
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(inside)
        note = tr("For this user at this machine. What you choose holds at once.")
        self.setLayout(column(TopBar(tr("Settings"), note), (scroll, 1), gap=0))
        sound.sounded.connect(self._flash)
        plugs.tried.connect(lambda notice: self._trying.hear(notice) if self._trying else None)
        self._draw_settings(presenter.now)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put the cards below each other where there is no room beside."""
        super().resizeEvent(event)
        self.dress()

    def dress(self) -> None:
        """Lay the cards by the room there is."""
        ways = QBoxLayout.Direction
        self._body.setDirection(ways.TopToBottom if narrow(self) else ways.LeftToRight)

    def _look(self) -> Card:
        self.tint = Segments(
            tr("Theme"),
            ((Tint.LIGHT, tr("Light")), (Tint.DARK, tr("Dark")), (Tint.NIGHT, tr("Night, one hue"))),
        )
        self.scale = Segments(
            tr("Size"),
            ((Scale.NORMAL, tr("100 %")), (Scale.LARGE, tr("Large type")), (Scale.GLOVE, tr("For gloves"))),
        )
        self.motion = Segments(tr("Flashes"), (("on", tr("On")), ("off", tr("Off, words only"))))
        self.tint.chosen.connect(lambda value: self._change(tint=Tint(value)))
        self.scale.chosen.connect(lambda value: self._change(scale=Scale(value)))
        self.motion.chosen.connect(lambda value: self._change(still=value == "off"))
        return Card(self.tint, self.scale, self.motion, title=tr("Look"), gap=12)

    def _lock(self) -> Card:
        offered = languages()
        self.minutes = Segments(tr("Lock after so many minutes without an act"), [(n, n) for n in MINUTES])
        self.minutes.chosen.connect(lambda value: self._change(lock_after_min=int(value)))
        self.language = Segments(tr("Language"), offered)
        self.language.chosen.connect(lambda value: self._change(language=value))
        note = Label(tr("Another language is spoken from the next start on."), 13, 400, Ink.QUIET, wrap=True)
        if len(offered) == 1:
            note.hide()
        return Card(self.minutes, self.language, note, title=tr("Lock and language"), gap=12)

    def _tones(self) -> Card:
        self.volume = Segments(tr("Loudness in per cent"), [(n, n) for n in VOLUMES])
        self.post = Segments(tr("This post is"), (("loud", tr("Heard")), ("quiet", tr("Quiet, tones are shown only"))))
        self.volume.chosen.connect(lambda value: self._change(volume=int(value)))
        self.post.chosen.connect(lambda value: self._change(quiet=value == "quiet"))
        self.sample = ScanField(tr("Each tone is shown here as well"), key="")
        self.tests = {
            Tone.ACCEPTED: Button(tr("Accepted")),
            Tone.REFUSED: Button(tr("Refused")),
            Tone.ALREADY: Button(tr("Already scanned")),
            Tone.ALARM: Button(tr("Alarm")),
        }
        for tone, button in self.tests.items():
            button.clicked.connect(lambda _=False, tone=tone: self._sound.play(tone))
        tests = row(*((button, 1) for button in self.tests.values()))
        return Card(
            self.volume, self.post, self.sample, tests, title=tr("Sound"), note=tr("Press a tone to try it"), gap=12
        )

    def _scanners(self) -> Card:
        self.ports = DataTable(
            (
                Column(tr("Port"), Cell.CODE, 150, 1),
                Column(tr("What is plugged in"), Cell.TEXT, 150, 2),
                Column(tr("State"), Cell.CHIP, 130),
            ),
            name=tr("Serial ports"),
        )
        self.ports.row_chosen.connect(lambda _: self._allow())
        self.ports.row_opened.connect(lambda _: self._try())
        self.try_it = Button(tr("Try it"), "F5", icon="scan")
        self.drop = Button(tr("Use it no more"), "F6", icon="x")
        self.look_again = Button(tr("Look again"), "F9", icon="rotate-2")
        self.try_it.clicked.connect(self._try)
        self.drop.clicked.connect(self._drop)
        self.look_again.clicked.connect(self.page_shown)
        self.prefix = Field(tr("Keys before a code"), code=True)
        self.suffix = Field(tr("Keys after a code"), code=True)
        self.keys = Button(tr("Use these keys"), icon="keyboard")
        self.keys.clicked.connect(self._set_keys)
        self.prefix.entered.connect(self._set_keys)
        self.suffix.entered.connect(self._set_keys)
        acts = holder(row(self.try_it, self.drop, self.look_again, STRETCH, margins=(12, 0, 12, 0)))
        wedge = row(
            (self.prefix, 1),
            (self.suffix, 1),
            holder(column(STRETCH, self.keys, STRETCH)),
            gap=12,
            margins=(12, 4, 12, 6),
        )
        words = Label(tr("Scanner that types like a keyboard"), 13, 600, Ink.QUIET)
        plugged = column(
            (self.ports, 1), acts, holder(row(words, STRETCH, margins=(12, 8, 12, 0))), holder(wedge), gap=8
        )
        pretended = Label(tr("Devices are pretended in training: nothing is plugged in here."), 14, 500, wrap=True)
        self._plugged = holder(plugged)
        self._pretended = holder(column(pretended, margins=(12, 0, 12, 8)))
        self._pretended.hide()
        return Card((self._plugged, 1), self._pretended, title=tr("Scanners"), flush=True)

    def page_shown(self) -> None:
        """Look which ports there are now."""
        self._bridge.do(self._presenter.view, self.draw)

    def draw(self, view: SettingsView) -> None:
        """Show what the presenter says."""
        here = self.ports.chosen
        self._ports = view.ports
        self.ports.put(FixedRows([_row(line) for line in view.ports]))
        if view.ports:
            self.ports.choose(max(0, min(here, len(view.ports) - 1)))
        self._plugged.setVisible(not view.pretends)
        self._pretended.setVisible(view.pretends)
        if view.told is not None:
            self._say(spoken(view.told))
        self._draw_settings(view.settings)
        self._allow()

    def _draw_settings(self, settings: Settings) -> None:
        self.tint.hold(settings.tint)
        self.scale.hold(settings.scale)
        self.motion.hold("off" if settings.still else "on")
        self.minutes.hold(str(settings.lock_after_min))
        self.language.hold(settings.language)
        self.volume.hold(str(settings.volume))
        self.post.hold("quiet" if settings.quiet else "loud")
        if not (self.prefix.line.hasFocus() or self.suffix.line.hasFocus()):
            self.prefix.write(settings.wedge_prefix)
            self.suffix.write(settings.wedge_suffix)

    def _change(self, **changes: object) -> None:
        self._bridge.do(lambda: self._presenter.change(**changes), self._changed, self._not_written)

    def _changed(self, view: SettingsView) -> None:
        self._says.hide()
        self.draw(view)
        self.applied.emit(view.settings)

    def _not_written(self, error: Exception) -> None:
        if not isinstance(error, StoreFault):
            self._bridge.broken.emit(error)
            return
        self._say(" ".join(spoken(text) for text in (error.says, error.safe, error.do_now)))
        self._draw_settings(self._presenter.now)
        self.applied.emit(self._presenter.now)

    def _say(self, words: str) -> None:
        self._says.setText(words)
        self._says.show()

    def _flash(self, tone: Tone) -> None:
        if not self.isVisible():
            return
        show: dict[Tone, Callable[[], None]] = {
            Tone.ACCEPTED: self.sample.accepted,
            Tone.REFUSED: self.sample.refused,
            Tone.ALREADY: self.sample.already,
            Tone.ALARM: lambda: self.sample.refused(tr("Alarm")),
        }
        show[tone]()

    def _line(self) -> PortLine | None:
        at = self.ports.chosen
        return self._ports[at] if 0 <= at < len(self._ports) else None

    def _allow(self) -> None:
        line = self._line()
        if line is None:
            self.try_it.forbid(tr("No port is there"))
        else:
            self.try_it.allow()
        self.drop.setVisible(line is not None and line.used)

    def _try(self) -> None:
        line = self._line()
        if line is None:
            return
        panel = TryPanel(line.name)
        self._trying = panel
        panel.closed.connect(self._tried)
        panel.use.clicked.connect(lambda: self._use(line.name))
        self._room.open_panel(panel)
        self._plugs.try_one(self._presenter.scanner(line.name), self._bridge)

    def _tried(self) -> None:
        self._trying = None
        self._plugs.end_trying(self._bridge)

    def _use(self, port: str) -> None:
        self._room.close_panel()
        self._tried()
        self._bridge.do(lambda: self._presenter.use(port, used=True), self._changed, self._not_written)

    def _drop(self) -> None:
        line = self._line()
        if line is not None:
            self._bridge.do(lambda: self._presenter.use(line.name, used=False), self._changed, self._not_written)

    def _set_keys(self) -> None:
        prefix, suffix = self.prefix.value, self.suffix.value
        self._bridge.do(lambda: self._presenter.wedge_keys(prefix, suffix), self._changed, self._keys_refused)

    def _keys_refused(self, error: Exception) -> None:
        if not isinstance(error, Refusal):
            self._not_written(error)
            return
        field = self.suffix if field_of(error) == "suffix" else self.prefix
        words = [spoken(error.says)] + ([spoken(error.do_now)] if error.do_now else [])
        field.refuse(" ".join(words))
        field.setFocus()


def _row(line: PortLine) -> Row:
    if not line.here:
        state = Mark(State.STALE, tr("Not plugged in"))
    else:
        state = Mark(State.ACCEPTED, tr("Used")) if line.used else Mark(State.UNVERIFIED, tr("Not used"))
    return (line.name, iso(line.says), state)
