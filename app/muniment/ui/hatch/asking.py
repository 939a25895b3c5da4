"""What the hatch asks before everything else, from the question to the answer of the desk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from shiboken6 import isValid

from muniment.desk.hatch import Confirmation
from muniment.domain.basics.refusal import Refusal
from muniment.domain.custody.command_cards import Command
from muniment.ui.bridge import Bridge
from muniment.ui.hatch.panels import ask_confirmation, ask_fault, ask_override, ask_terms
from muniment.ui.hatch.presenter import HatchPresenter, HatchView
from muniment.ui.kit.field import Field
from muniment.ui.shell.panel import Panel
from muniment.ui.speech import spoken


class HatchAsking:
    """Asks in panels over the hatch.

    `came` is told what stands after an answer, `draw` where nothing was done by it.
    """

    def __init__(
        self,
        presenter: HatchPresenter,
        bridge: Bridge,
        open_panel: Callable[[Panel], None],
        close_panel: Callable[[], None],
        open_now: Callable[[], Panel | None],
        came: Callable[[HatchView], None],
        draw: Callable[[HatchView], None],
        command: Callable[[Command], None],
    ) -> None:
        self._presenter, self._bridge = presenter, bridge
        self._open_panel, self._close_panel, self._open_now = open_panel, close_panel, open_now
        self._came, self._draw, self._command = came, draw, command
        self._confirmation: Panel | None = None

    def override(self) -> None:
        """Ask who lets it pass, and why."""
        self._open_panel(ask_override(self._let_pass, self._close_panel))

    def _let_pass(self, panel: Panel, second: str, passphrase: str, reason: str, refuse: Callable[[str], None]) -> None:
        def done(view: HatchView) -> None:
            panel.close_panel()
            self._came(view)

        self._bridge.do(
            lambda: self._presenter.let_pass(second, passphrase, reason), done, lambda error: refuse(str(error))
        )

    def confirmation(self, view: HatchView) -> None:
        """Ask the receiver to confirm."""
        self._confirmation = ask_confirmation(
            view.person, view.to_confirm, self._confirm, lambda: self._command(Command.NO)
        )
        self._open_panel(self._confirmation)

    def drop_confirmation(self) -> None:
        """Take the question away when there is nobody left to answer it: a PIN typed now would confirm nothing."""
        asked, self._confirmation = self._confirmation, None
        if asked is not None and isValid(asked) and self._open_now() is asked:
            self._close_panel()

    def fault(self, view: HatchView) -> None:
        """Ask what is wrong with what came back."""
        serial = (view.item.serial or view.item.register_no) if view.item is not None else ""
        self._open_panel(ask_fault(serial, self._tell_fault, lambda: self._command(Command.NO)))

    def _tell_fault(self, panel: Panel, words: Field, fault: str) -> None:
        def done(view: HatchView) -> None:
            panel.close_panel()
            self._came(view)

        self._bridge.do(lambda: self._presenter.fault_told(fault), done, lambda error: self._refuse(words, error))

    def _confirm(self, panel: Panel, confirmation: Confirmation) -> None:
        panel.close_panel()
        self._bridge.do(lambda: self._presenter.confirmed(confirmation), self._came)

    def terms(self, view: HatchView | None) -> None:
        """Ask until when and what for."""
        until, purpose = (view.until, view.purpose) if view is not None else (None, "")
        self._open_panel(ask_terms(until, purpose, self._set_terms))

    def _set_terms(self, panel: Panel, fields: Mapping[str, Field], until: datetime | None, for_good: bool) -> None:
        def done(view: HatchView) -> None:
            panel.close_panel()
            self._draw(view)

        def refused(error: Exception) -> None:
            late = isinstance(error, Refusal) and error.rule == "due_before_issue"
            self._refuse(fields["at" if late else "purpose"], error)

        purpose = fields["purpose"].value
        self._bridge.do(lambda: self._presenter.terms(until, for_good=for_good, purpose=purpose), done, refused)

    def _refuse(self, field: Field, error: Exception) -> None:
        """Say at a line of a panel why what was written there is refused."""
        if isinstance(error, Refusal):
            field.refuse(" ".join(spoken(text) for text in (error.says, error.do_now) if text))
        else:
            self._bridge.broken.emit(error)
