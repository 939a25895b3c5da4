"""The first start on the screen: three ways in, and the form for the one that is chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QScrollArea, QStackedWidget, QWidget

from muniment.desk.opening import Realm
from muniment.desk.register import Register
from muniment.domain.basics.refusal import Refusal
from muniment.ports.work import StoreFault
from muniment.ui.bridge import Bridge
from muniment.ui.kit.button import Button, Weight
from muniment.ui.kit.card import Card
from muniment.ui.kit.field import Field
from muniment.ui.kit.icons import Glyph
from muniment.ui.kit.ink import Ink
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import STRETCH, column, holder, row
from muniment.ui.kit.tokens import State
from muniment.ui.speech import spoken, tr
from muniment.ui.stock.form import Asked, Choice
from muniment.ui.welcome.presenter import REALMS, WelcomePresenter, field_of

CHOICES_WIDTH = 380


class Welcome(QWidget):
    """Asks what to begin with. Closing it begins nothing."""

    opened = Signal(object)
    """A register that is open now."""
    practice_asked = Signal()
    """The demonstration depot is wanted."""

    def __init__(self, presenter: WelcomePresenter, bridge: Bridge) -> None:
        super().__init__()
        self._presenter, self._bridge = presenter, bridge
        self.setWindowTitle("Muniment")
        self.setProperty("surface", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.make = Button(tr("Make a register"), "F2", Weight.PRIMARY, "certificate")
        self.open = Button(tr("Open a register"), "F3", icon="database")
        self.practise = Button(tr("Practise on the demonstration depot"), "F4", icon="school")
        self._forms = QStackedWidget()
        self.making = _Making(presenter)
        self.opening = _Opening(presenter)
        self._forms.addWidget(self.making)
        self._forms.addWidget(self.opening)
        self.make.clicked.connect(lambda: self._show(self.making))
        self.open.clicked.connect(lambda: self._show(self.opening))
        self.practise.clicked.connect(self.practice_asked)
        self.making.act.clicked.connect(lambda: self._do(self.making, presenter.make))
        self.opening.act.clicked.connect(lambda: self._do(self.opening, lambda given: presenter.open(given["path"])))
        choices = Card(
            row(Glyph("certificate", 36, Ink.ACCENT), Label("Muniment", 28, 800), STRETCH, gap=12),
            Label(tr("No register is on this machine yet. What would you like to begin with?"), 15, 500, wrap=True),
            8,
            self.make,
            Label(
                tr("For a depot that has none: its weapons, its people, its ledger from the first fact."), 14, wrap=True
            ),
            8,
            self.open,
            Label(tr("One that lies in a file already, on this machine or on a medium."), 14, wrap=True),
            8,
            self.practise,
            Label(tr("A training register with invented weapons and a pretended scanner."), 14, wrap=True),
            STRETCH,
        )
        choices.setFixedWidth(CHOICES_WIDTH)
        self.setLayout(column((holder(row(choices, (self._forms, 1), gap=16)), 1), margins=(16, 16, 16, 16)))
        self.resize(QSize(1100, 720))

    def _show(self, form: _Form) -> None:
        self._forms.setCurrentWidget(form)
        form.begin()

    def _do(self, form: _Form, work: Callable[[Mapping[str, str]], Register]) -> None:
        given = form.given()
        form.act.forbid(tr("Working"))

        def failed(error: Exception) -> None:
            form.act.allow()
            if not form.refuse(error):
                self._bridge.broken.emit(error)

        self._bridge.do(lambda: work(given), self.opened.emit, failed)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Begin with the first field."""
        super().showEvent(event)
        self.making.begin()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter does the act of the form in front."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            form = self._forms.currentWidget()
            if isinstance(form, _Form):
                form.act.click()
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Finish what was begun."""
        self._bridge.stop()
        super().closeEvent(event)


class _Form(QFrame):
    """Fields, the act, and what was wrong with it."""

    def __init__(self, title: str, act: Button, fields: Mapping[str, Asked], body: QWidget) -> None:
        super().__init__()
        self.act, self.fields = act, dict(fields)
        self._wrong = Label("", 15, 600, State.REFUSED, wrap=True)
        self._wrong.hide()
        room = _Room(body)
        card = Card(Label(title, 20, 700), (room, 1), self._wrong, row(act, STRETCH), gap=12)
        self.setLayout(column((card, 1)))

    @property
    def wrong(self) -> str:
        """What is wrong with the whole, as it is shown; empty where nothing is."""
        return "" if self._wrong.isHidden() else self._wrong.text()

    def given(self) -> dict[str, str]:
        """What stands in the fields."""
        return {name: field.value for name, field in self.fields.items()}

    def begin(self) -> None:
        """Go to the first field."""
        next(iter(self.fields.values())).setFocus()

    def refuse(self, error: Exception) -> bool:
        """Say what is wrong, at its field where it is about one. False for what is no refusal and no fault."""
        self._wrong.hide()
        if isinstance(error, Refusal):
            said = [error.says, *([error.do_now] if error.do_now else [])]
            field = self.fields.get(field_of(error))
            if field is not None:
                field.refuse(" ".join(spoken(text) for text in said))
                field.setFocus()
                return True
        elif isinstance(error, StoreFault):
            said = [error.says, error.safe, error.do_now]
        else:
            return False
        self._wrong.setText("\n".join(spoken(text) for text in said))
        self._wrong.show()
        return True


class _Making(_Form):
    """What a new register needs."""

    def __init__(self, presenter: WelcomePresenter) -> None:
        self.depot = Field(tr("Name of the depot"))
        self.country = Choice(tr("Country"), presenter.country_offers())
        self.realm = Choice(tr("What the register is for"), [(value, spoken(words)) for value, words in REALMS])
        self.realm.write(Realm.LIVE.value)
        self.path = Field(tr("File"), value=str(presenter.default))
        officer, second = _officer(), {f"second_{name}": field for name, field in _officer().items()}
        body = holder(
            column(
                row((self.depot, 1), (self.country, 1), gap=16),
                row((self.realm, 1), (self.path, 1), gap=16),
                row(
                    (_people(tr("First officer: keeps the store and the people"), officer), 1),
                    (_people(tr("Second officer: stands beside where two are needed"), second), 1),
                    gap=16,
                ),
                Label(
                    tr("Nobody can bring a lost passphrase back. The file holds everything: keep copies of it."),
                    14,
                    500,
                    wrap=True,
                ),
                STRETCH,
                gap=12,
            )
        )
        fields: dict[str, Asked] = {
            "depot": self.depot,
            "country": self.country,
            "realm": self.realm,
            "path": self.path,
            **officer,
            **second,
        }
        super().__init__(tr("Make a register"), Button(tr("Make it"), "Ctrl+S", Weight.PRIMARY, "check"), fields, body)


class _Opening(_Form):
    """Which register is to be opened."""

    def __init__(self, presenter: WelcomePresenter) -> None:
        self.path = Field(tr("File"), value=str(presenter.default.parent))
        self.browse = Button(tr("Look for it"), "F6", icon="search")
        self.browse.clicked.connect(self._browse)
        body = holder(column(self.path, row(self.browse, STRETCH), STRETCH, gap=12))
        act = Button(tr("Open it"), "Ctrl+S", Weight.PRIMARY, "lock-open")
        super().__init__(tr("Open a register"), act, {"path": self.path}, body)

    def _browse(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, tr("Open a register"), self.path.value, "*.muniment")
        if chosen:
            self.path.write(chosen)


class _Room(QScrollArea):
    """The fields, scrolled where the window is not tall enough."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        content.setProperty("surface", "clear")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setWidget(content)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Follow a content that grows."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


def _officer() -> dict[str, Field]:
    return {
        "name": Field(tr("Rank and name")),
        "sign_in": Field(tr("Sign-in name")),
        "passphrase": Field(tr("Passphrase, eight characters or more"), secret=True),
        "again": Field(tr("The same once more"), secret=True),
    }


def _people(title: str, fields: Mapping[str, Field]) -> QWidget:
    return holder(column(Label(title, 15, 600, wrap=True), *fields.values(), STRETCH, gap=8))
