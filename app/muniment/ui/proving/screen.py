"""The page on which the register proves itself: verify it, hold sheets against it, give its head out of the house."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDir, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from muniment.desk.desk import Officer
from muniment.desk.register import Register
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text
from muniment.domain.custody.verifying import Break
from muniment.ui.bridge import Bridge
from muniment.ui.kit.band import TopBar
from muniment.ui.kit.button import Button, Weight
from muniment.ui.kit.card import Card, Empty
from muniment.ui.kit.field import Field
from muniment.ui.kit.ink import Ink
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import STRETCH, column, holder, row
from muniment.ui.kit.table import DataTable
from muniment.ui.kit.table_model import Cell, Column, FixedRows
from muniment.ui.kit.tokens import State
from muniment.ui.lists.import_section import refusal_words
from muniment.ui.lists.pace import Going, Pace
from muniment.ui.lists.progress import Progress
from muniment.ui.proving.presenter import Checked, Judged, LedgerNow, ProvingPresenter
from muniment.ui.speech import iso, spoken, tr

SIDE_WIDTH = 560


class ProvingScreen(QWidget):
    """How the ledger stands and what sheets say on the leading side; what a verification finds beside it.

    `looking` reads beside the desk's thread, and a verification may keep it for minutes; `desk` is the only one that
    writes. Sheets are judged there, for who holds one does not wait for a verification.
    """

    changed = Signal()
    """Something was written into the ledger."""
    _far = Signal(int, int)

    def __init__(self, register: Register, officer: Officer, looking: Bridge, desk: Bridge) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._register, self._looking, self._desk = register, looking, desk
        self._presenter = ProvingPresenter(register, officer)
        self._busy = self._stopping = False
        self._offered = ""
        self._breaks: tuple[Break, ...] = ()
        self._pace = Pace(register.desk.clock)
        self.verify = Button(tr("Verify everything"), "F2", Weight.PRIMARY, "shield-check")
        self.bar = TopBar(tr("Proof"), register.depot, self.verify)
        self._make_side()
        self._make_findings()
        body = row(holder(self._side), (self._findings, 1), gap=16, margins=(16, 16, 16, 16))
        self.setLayout(column(self.bar, (holder(body), 1), gap=0))
        self.verify.clicked.connect(self._verify)
        self.progress.stop_asked.connect(self.stop)
        self._far.connect(self._show_progress, Qt.ConnectionType.QueuedConnection)

    def _make_side(self) -> None:
        self.facts = Label("", 20, 700)
        self.root = Label("", 13, 500, mono=True, elide=True)
        self.tail = Label("", 14, 500, wrap=True)
        self.keys = Label("", 13, 400, Ink.QUIET, wrap=True)
        self.sheet = Field(tr("Scan the code of a sheet here, or type its facts and its head"), code=True)
        self.says = Label("", 15, 600, wrap=True)
        self.target = Field(tr("New file for the head"), code=True)
        self.hand_out = Button(tr("Hand the head out"), "F9", icon="device-floppy")
        self.handed = Label("", 14, 600, State.ACCEPTED, wrap=True)
        self.handed.hide()
        now = Card(self.facts, self.root, self.tail, self.keys, title=tr("The ledger now"), gap=6)
        sheets = Card(self.sheet, self.says, title=tr("What a sheet says"), gap=6)
        out = Card(self.target, row(self.hand_out, STRETCH), self.handed, title=tr("For somebody outside"), gap=8)
        self._side = column(now, sheets, out, STRETCH, gap=12)
        for card in (now, sheets, out):
            card.setFixedWidth(SIDE_WIDTH)
        self.sheet.entered.connect(lambda: self._judge(self.sheet.value))
        self.hand_out.clicked.connect(self._hand_out)
        self.target.entered.connect(self._hand_out)

    def _make_findings(self) -> None:
        self.found = Label("", 15, 600, wrap=True)
        self.breaks = DataTable(
            (Column(tr("Where"), Cell.STRONG, 150), Column(tr("What it means"), Cell.TEXT, 300, 1)),
            name=tr("Breaks"),
        )
        self.breaks.row_chosen.connect(self._stood)
        self.whole = Label("", 14, 500, wrap=True)
        self.progress = Progress()
        self.empty = Empty(
            tr("Nothing was verified here yet."),
            tr("A verification reads every record, and holds every signature and every row of the screens against it."),
        )
        self._nothing = QWidget()
        self._card = Card(
            holder(column(self.found, gap=0, margins=(12, 0, 12, 8))),
            (self.breaks, 1),
            holder(column(self.whole, gap=0, margins=(12, 8, 12, 8))),
            (self._nothing, 1),
            title=tr("What was found"),
            flush=True,
        )
        self._findings = QStackedWidget()
        self._before: QWidget = Card((self.empty, 1))
        for one in (self._before, self.progress, self._card):
            self._findings.addWidget(one)

    def sit_down(self, officer: Officer) -> None:
        """Another officer has signed in."""
        self._presenter.sit_down(officer)
        self.page_shown()

    def page_shown(self) -> None:
        """Read again how the ledger stands."""
        self._looking.do(self._presenter.now, self._show_now)

    def take_scan(self, scan: Scan) -> bool:
        """Take the code of a sheet, which may come line by line."""
        self._desk.do(lambda: self._presenter.take(scan.text), self._judged, self._not_judged)
        return True

    def take_key(self, key: str) -> bool:
        """All keys stand on buttons."""
        return False

    def stop(self) -> None:
        """Leave the verification."""
        self._stopping = True

    def _show_now(self, now: LedgerNow) -> None:
        self.facts.setText(tr("{n} facts").format(n=iso(f"{now.facts:,}")))
        self.root.setText(iso(now.root))
        tail = tr("Everything has a witness outside of the register.")
        if now.tail.facts:
            tail = tr("Nobody outside has seen the last {n} facts, the oldest of them for {minutes} min.").format(
                n=iso(f"{now.tail.facts:,}"), minutes=iso(f"{now.tail.minutes:,}")
            )
        self.tail.setText(tail)
        said = [
            tr("{workstation}: {key}… {state}").format(
                workstation=iso(one.workstation),
                key=iso(one.public[:16]),
                state=tr("signs") if one.enrolled else tr("revoked"),
            )
            for one in now.keys
        ]
        self.keys.setText("\n".join(said))
        if not self.target.value or self.target.value == self._offered:
            self._offered = str(Path(QDir.homePath()) / self._presenter.offered_name())
            self.target.write(self._offered)

    def _judge(self, written: str) -> None:
        if written.strip():
            self._desk.do(lambda: self._presenter.judge(written), self._judged)

    def _judged(self, judged: Judged | None) -> None:
        if judged is None:
            self.says.tell(tr("The rest of the code follows."), Ink.QUIET)
            return
        words = spoken(judged.says)
        if judged.facts:
            words = tr("{n} facts: {says}").format(n=iso(f"{judged.facts:,}"), says=words)
        self.says.tell(words, State.ACCEPTED if judged.well else State.ALARM)

    def _not_judged(self, error: Exception) -> None:
        if not isinstance(error, LookupError):
            self._desk.broken.emit(error)
            return
        self.says.tell(tr("This code is no head of a ledger."), State.REFUSED)

    def _hand_out(self) -> None:
        target = self.target.value
        self.handed.hide()
        self._desk.do(lambda: self._presenter.hand_out(target), self._handed_out, self._not_handed_out)

    def _handed_out(self, says: Text) -> None:
        self.handed.setText(spoken(says))
        self.handed.show()
        self._offered = self.target.value
        self.changed.emit()
        self.page_shown()

    def _not_handed_out(self, error: Exception) -> None:
        words = refusal_words(error)
        if not words or not isinstance(error, Refusal):
            self._desk.broken.emit(error)
            return
        self.target.refuse(words)
        self.target.setFocus()

    def _verify(self) -> None:
        if self._busy:
            return
        self._busy, self._stopping = True, False
        self._pace = Pace(self._register.desk.clock)
        self.verify.forbid(tr("Verifying"))
        self._findings.setCurrentWidget(self.progress)
        self.progress.begin(tr("Verifying"), tr("The register is only read; the desk goes on meanwhile."))

        def progress(done: int, count: int) -> bool:
            self._far.emit(done, count)
            return not self._stopping

        self._looking.do(lambda: self._presenter.verify(progress), self._verified, self._not_verified)

    def _show_progress(self, done: int, count: int) -> None:
        going: Going = self._pace.at(done, count)
        self.progress.tell(going)

    def _verified(self, checked: Checked) -> None:
        self._idle(self._card)
        self.found.tell(spoken(checked.says), State.ACCEPTED if checked.sound else State.ALARM)
        self.breaks.setVisible(bool(checked.breaks))
        self._nothing.setVisible(not checked.breaks)
        self._breaks = checked.breaks
        self.breaks.put(FixedRows([(iso(one.where), spoken(one.says)) for one in checked.breaks]))
        self.whole.setText("")

    def _stood(self, number: int) -> None:
        if 0 <= number < len(self._breaks):
            self.whole.setText(spoken(self._breaks[number].says))

    def _not_verified(self, error: Exception) -> None:
        self._idle(self._before)
        self._desk.broken.emit(error)

    def _idle(self, shown: QWidget) -> None:
        self._busy = False
        self.verify.allow()
        self._before = shown
        self._findings.setCurrentWidget(shown)
