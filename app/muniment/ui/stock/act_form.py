"""A panel with fields about one act, of any page: it closes when the act is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

from PySide6.QtWidgets import QWidget

from muniment.desk.sittings.at_the_hatch import Scan
from muniment.domain.basics.refusal import Refusal
from muniment.ui.acts import field_of
from muniment.ui.bridge import Bridge
from muniment.ui.kit.button import Button
from muniment.ui.kit.field import Field
from muniment.ui.stock.form import Asked, FormPanel

T = TypeVar("T")


class ActForm(FormPanel, Generic[T]):
    """`work` does the act with what stands in the fields, `done` takes its answer.

    `titles` are the panel's and that of a refusal. A code that is scanned while it is open goes into `scans_into`.
    `concerns` names the field that a refusal is about.
    """

    def __init__(
        self,
        titles: tuple[str, str],
        body: QWidget,
        fields: Mapping[str, Asked],
        act: Button,
        bridge: Bridge,
        work: Callable[[Mapping[str, str]], T],
        done: Callable[[T], None],
        *,
        scans_into: Field | None = None,
        concerns: Callable[[Refusal], str] = field_of,
        width: int = 620,
    ) -> None:
        self._concerns = concerns
        self._bridge, self._work, self._done, self._scans_into = bridge, work, done, scans_into
        super().__init__(titles[0], body, act, fields, width=width, refused_title=titles[1])
        self.act.clicked.connect(self.do_act)

    def take_scan(self, scan: Scan) -> bool:
        """Take a code into its field. False where the form has no use for it."""
        if self._scans_into is None:
            return False
        self._scans_into.write(scan.text)
        return True

    def do_act(self) -> None:
        """Have the act done with what stands in the fields."""
        given = {name: asked.value for name, asked in self.fields.items()}
        self.do(self._bridge, lambda: self._work(given), self._finish, self._concerns)

    def _finish(self, answer: T) -> None:
        self.close_panel()
        self._done(answer)
