"""A panel that asks what an act needs and does it; a second person is asked for where a rule wants one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QWidget

from muniment.desk.desk import Answer
from muniment.desk.reading import ItemCard as CardOfItem
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.domain.basics.refusal import Refusal
from muniment.ui.bridge import Bridge
from muniment.ui.kit.button import Button
from muniment.ui.kit.field import Field
from muniment.ui.kit.item_card import ItemCard
from muniment.ui.kit.layout import column, holder, row
from muniment.ui.record.acts import Given, field_of
from muniment.ui.speech import spoken, tr
from muniment.ui.stock.form import Asked, FormPanel, second_person
from muniment.ui.wording import item_of

Done = Callable[[Answer], None]
Do = Callable[[Given], Answer]


class ActPanel(FormPanel):
    """Fields in rows, the act, and a second person below them.

    `titles` are the panel's and that of a refusal. `second` says that the act always takes a second person; otherwise
    the fields for one appear when a rule asks for one, and then that rule is let pass in his name. A code that is
    scanned while the panel is open goes into one of `scans_into`. `look` reads the card of what was scanned.
    """

    def __init__(
        self,
        titles: tuple[str, str],
        act: Button,
        rows: Sequence[Mapping[str, Asked]],
        bridge: Bridge,
        work: Do,
        done: Done,
        *,
        top: Sequence[QWidget] = (),
        second: bool = False,
        reason: str = "",
        scans_into: Sequence[str] = (),
        look: Callable[[str], CardOfItem] | None = None,
        width: int = 820,
    ) -> None:
        self._bridge, self._work, self._done = bridge, work, done
        self._scans_into, self._look = tuple(scans_into), look
        self._overrides: frozenset[str] = frozenset()
        self._scanned: set[str] = set()
        fields = {name: one for line in rows for name, one in line.items()}
        self.second, self.passphrase, why = second_person()
        self.reason = Field(reason) if reason else why
        self._others = holder(row((self.second, 1), (self.passphrase, 1), gap=16))
        # Hidden, never shown here: what has no parent yet would open as a window of its own.
        if not second:
            self._others.hide()
        if not reason and not second:
            self.reason.hide()
        self.part = ItemCard(tr("Nothing scanned yet."), tr("Scan it, or type its number."), plate=22)
        if look is None:
            self.part.hide()
        lines = [self._line(line) for line in rows]
        body = holder(column(*top, *lines, self.part, self.reason, self._others, gap=12))
        named: dict[str, Asked] = {
            **fields,
            "reason": self.reason,
            "second": self.second,
            "passphrase": self.passphrase,
        }
        super().__init__(titles[0], body, act, named, width=width, refused_title=titles[1])
        self.act.clicked.connect(self.press)
        for name in self._scans_into:
            field = fields[name]
            if isinstance(field, Field):
                field.changed.connect(lambda _text, name=name: self._scanned.discard(name))

    @staticmethod
    def _line(line: Mapping[str, Asked]) -> QWidget:
        widgets = [one for one in line.values() if isinstance(one, QWidget)]
        return holder(row(*((one, 1) for one in widgets), gap=16))

    @property
    def given(self) -> Given:
        """What is filled in now."""
        return Given({name: one.value for name, one in self.fields.items()}, self._overrides, frozenset(self._scanned))

    def take_scan(self, scan: Scan) -> bool:
        """Put a code into its field: the one with the focus, else the first that is empty. False without such."""
        if not self._scans_into or self.refused is not None:
            return False
        lines = {name: one for name in self._scans_into if isinstance(one := self.fields[name], Field)}
        focused = [name for name, one in lines.items() if one.line.hasFocus() and not one.value]
        empty = [name for name, one in lines.items() if not one.value]
        name = (focused or empty or list(lines))[0]
        lines[name].write(scan.text)
        self._scanned.add(name)
        left = [one for one in lines.values() if not one.value]
        (left[0] if left else self.act).setFocus()
        if name == "component":
            self.show_part(scan.text)
        return True

    def show_part(self, code: str) -> None:
        """Show what a code stands for, or what is wrong with it at its field."""
        look = self._look
        if look is not None and code.strip():
            self.do(
                self._bridge,
                lambda: look(code),
                lambda found: self.part.show_item(item_of(found)),
                field_of,
                again=True,
            )

    def _show_part(self, found: CardOfItem) -> None:
        self.part.show_item(item_of(found))

    def press(self) -> None:
        """Do the act with what is filled in."""
        given = self.given
        self.do(self._bridge, lambda: self._work(given), self._finish, field_of)

    def refuse(self, error: Exception, field_of: Callable[[Refusal], str]) -> bool:
        """Show what was refused; where a second person may let it pass, ask for one here."""
        if not isinstance(error, Refusal) or (error.override is None and error.rule != "second_person_missing"):
            return super().refuse(error, field_of)
        if error.override is not None:
            self._overrides |= {error.rule}
        self._others.show()
        self.reason.show()
        self.second.refuse(" ".join(spoken(text) for text in (error.says, error.do_now) if text))
        self.second.setFocus()
        return True

    def _finish(self, answer: Answer) -> None:
        self.close_panel()
        self._done(answer)
