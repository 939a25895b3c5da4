"""The panel that takes a weapon in by hand, or one of a line; it stays open for the next one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields as fields_in

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from muniment.desk.desk import Desk, Officer
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.domain.basics.identity import Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.stock.serial import SerialStatus
from muniment.ui.bridge import Bridge
from muniment.ui.kit.button import Button, Weight
from muniment.ui.kit.field import Field
from muniment.ui.kit.ink import Ink
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import STRETCH, column, holder, row
from muniment.ui.kit.plate import Plate
from muniment.ui.kit.theme import theme
from muniment.ui.kit.tokens import State
from muniment.ui.speech import iso, spoken, tr
from muniment.ui.stock.form import Choice, FormPanel, PanelRoom, primary, second_person
from muniment.ui.stock.from_catalogue import Offered
from muniment.ui.stock.registering import (
    Checked,
    Entry,
    Offer,
    Offers,
    RegisteringPresenter,
    Saved,
    calibre_words,
    field_of,
)

WIDE = 1000


def open_register_weapon(
    room: PanelRoom, desk: Desk, bridge: Bridge, officer: Officer, saved: Callable[[Subject], None], *, code: str = ""
) -> RegisterPanel:
    """Open the panel that takes weapons in by hand; `saved` is told each weapon. `code` is a code that is on it."""
    panel = RegisterPanel(RegisteringPresenter(desk, officer), bridge, saved, code=code)
    room.open_panel(panel)
    return panel


def open_identify(
    room: PanelRoom, desk: Desk, bridge: Bridge, officer: Officer, line: Subject, saved: Callable[[Subject], None]
) -> RegisterPanel:
    """Open the panel that identifies one weapon after the other of a line without serials."""
    panel = RegisterPanel(RegisteringPresenter(desk, officer, line), bridge, saved, of_line=True)
    room.open_panel(panel)
    return panel


class RegisterPanel(FormPanel):
    """Fields, then what to compare before anything is saved, then the next weapon.

    A code that is scanned while the panel is open is that of the place it is put at, or one that is on the weapon.
    """

    def __init__(
        self,
        presenter: RegisteringPresenter,
        bridge: Bridge,
        saved: Callable[[Subject], None],
        *,
        of_line: bool = False,
        code: str = "",
    ) -> None:
        self._presenter, self._bridge, self._saved, self._of_line = presenter, bridge, saved, of_line
        self._entry = Entry()
        self._offered: dict[str, Offered] = {}
        self.catalogue = Choice(tr("From the catalogue"))
        self.catalogue.hide()
        self.type_code = Choice(tr("Type"))
        self.condition = Choice(tr("Condition"))
        self.make, self.model = Field(tr("Make")), Field(tr("Model"))
        self.calibre = Field(tr("Calibre"))
        self.serial = Field(tr("Serial, exactly as struck"), code=True)
        self.again = Field(tr("Serial once more"), code=True)
        self.serial_status = Choice(tr("Serial is"))
        self.country = Field(tr("Country of manufacture, two letters"))
        self.year = Field(tr("Year of manufacture"))
        self.place = Choice(tr("Put at"))
        self.remarks = Field(tr("Remarks"))
        self.code = Field(tr("Code on it: scan it, or leave it empty"), code=True, value=code)
        self.second, self.passphrase, self.reason = second_person()
        self.recognised = Label("", 13, 500, Ink.QUIET, wrap=True)
        self.recognised.hide()
        asked = {
            name: getattr(self, name)
            for name in (
                *(field.name for field in fields_in(Entry)),
                "second",
                "passphrase",
                "reason",
            )
        }
        self.instead = Choice(tr("Near in the catalogue"))
        self.take_instead = Button(tr("Take that entry"), "F9", Weight.PLAIN, "check")
        self.outside = Label("", 15, 600, State.OVERDUE, wrap=True)
        self._near_models = holder(row((self.instead, 1), self.take_instead, gap=16))
        self.go_back = Button(tr("Go back and change it"), "Enter", Weight.PRIMARY, "arrow-back-up")
        self.compared = Button(tr("Compared: register it"), "F10", Weight.PLAIN, "check")
        self.all_the_same = Button(tr("There are two: register it"), "", Weight.DANGER, "users")
        self._plate = Plate("", 30)
        self.near = Label("", 15, 500, wrap=True)
        self._duplicate = Label("", 15, 600, State.REFUSED, wrap=True)
        self._seconds = holder(row((self.second, 1), (self.passphrase, 1), (self.reason, 2), gap=16))
        self._compare = holder(
            column(
                Label(tr("Compare with the metal before it is registered"), 16, 600, wrap=True),
                row(self._plate, STRETCH),
                self._duplicate,
                self.near,
                self.outside,
                self._near_models,
                self._seconds,
                row(self.go_back, self.compared, self.all_the_same, STRETCH, gap=theme().between),
                gap=12,
            )
        )
        self._compare.hide()
        title = tr("Identify one of a line") if of_line else tr("Register a weapon")
        super().__init__(
            title,
            self._fields(),
            primary(tr("Register it")),
            asked,
            width=WIDE,
            refused_title=tr("Not registered"),
        )
        layout = self.body.layout()
        if layout is not None:
            layout.addWidget(self._compare)
        self.act.clicked.connect(self._check)
        self.go_back.clicked.connect(self._change)
        self.compared.clicked.connect(self._save)
        self.take_instead.clicked.connect(self._take_near)
        self.catalogue.changed.connect(self._choose)
        self.all_the_same.clicked.connect(self._save_as_second)
        self.calibre.changed.connect(self._recognise)
        self.serial_status.changed.connect(self._by_status)
        self.place.setVisible(not of_line)
        self.do(bridge, presenter.offers, self._offer, field_of)

    def _fields(self) -> QWidget:
        def line(*parts: QWidget) -> QWidget:
            return holder(row(*((part, 1) for part in parts), gap=16))

        return holder(
            column(
                self.catalogue,
                line(self.type_code, self.make, self.model),
                line(self.serial_status, self.serial, self.again),
                line(self.calibre, self.country, self.year),
                self.recognised,
                line(self.condition, self.place, self.code),
                self.remarks,
                gap=10,
            )
        )

    def take_scan(self, scan: Scan) -> bool:
        """Take the label of the place it is put at, or else a code that is on the weapon."""
        if self._compare.isHidden() and self.refused is None:
            before = self.code.value
            self.code.write(scan.text)  # at once: Enter may follow on the heels of the scan

            def looked(place: str) -> None:
                if isValid(self) and place:
                    self.place.write(place)
                    self.code.write(before)

            self._bridge.do(lambda: self._presenter.place_scanned(scan), looked)
        return True

    @property
    def entry(self) -> Entry:
        """What stands in the fields now."""
        return Entry(**{field.name: self.fields[field.name].value for field in fields_in(Entry)})

    def _offer(self, offers: Offers) -> None:
        entry = offers.entry
        self.type_code.offer(_spoken(offers.types), entry.type_code or "SA-40")
        self.condition.offer(_spoken(offers.conditions), entry.condition)
        self.serial_status.offer(_spoken(offers.statuses), entry.serial_status)
        self.place.offer(_spoken(offers.places), entry.place)
        self.make.write(entry.make)
        self.model.write(entry.model)
        self.calibre.write(entry.calibre)
        self._offered = {one.number: one for one in offers.catalogue}
        models = [(one.number, spoken(one.words)) for one in offers.catalogue]
        self.catalogue.offer([("", tr("none of these: write it below")), *models])
        self.catalogue.setVisible(bool(models))
        if offers.line:
            words = tr("Line {line}: {left} still to be identified")
            self.tell(words.format(line=iso(offers.line), left=iso(str(offers.left))))
        (self.catalogue if models else self.make if offers.line else self.type_code).setFocus()

    def _choose(self, number: str) -> None:
        """Fill in what an entry of the catalogue says; what else is written stays."""
        found = self._offered.get(number)
        if found is None:
            return
        self.type_code.write(found.type_code)
        for field, text in (
            (self.make, found.make),
            (self.model, found.model),
            (self.calibre, found.calibre),
            (self.country, found.country),
        ):
            if text:
                field.write(text)

    def _take_near(self) -> None:
        """Take the spelling of an entry that is near, and look again."""
        self.catalogue.write(self.instead.value)
        self._choose(self.instead.value)
        self._change()
        self._check()

    def _recognise(self, text: str) -> None:
        words = spoken(calibre_words(text))
        self.recognised.setText(words)
        self.recognised.setVisible(bool(words))

    def _by_status(self, status: str) -> None:
        there = SerialStatus(status).has_text
        for field in (self.serial, self.again):
            field.setEnabled(there)
            if not there:
                field.write("")

    def _check(self) -> None:
        self._entry = entry = self.entry
        for field in self.fields.values():
            field.refuse("")
        self.do(self._bridge, lambda: self._presenter.check(entry), self._checked, field_of)

    def _checked(self, found: Checked) -> None:
        if not found.to_compare:
            self._save()
            return
        self._plate.show_serial(self._entry.serial)
        self._duplicate.setText(spoken(found.duplicate) if found.duplicate else "")
        self._duplicate.setVisible(found.duplicate is not None)
        self.near.setText("\n".join(spoken(one) for one in found.near))
        self.near.setVisible(bool(found.near))
        beside = found.beside
        self.outside.setText(spoken(beside.outside) if beside.outside else "")
        self.outside.setVisible(beside.outside is not None)
        self.instead.offer([(one.number, spoken(one.words)) for one in beside.near])
        self._near_models.setVisible(bool(beside.near))
        twice = found.duplicate is not None
        self.all_the_same.reword(tr("There are two: register it") if twice else tr("Register it all the same"))
        self._seconds.setVisible(found.stops)
        self.all_the_same.setVisible(found.stops)
        self.compared.setVisible(not found.stops)
        self._form.hide()
        self._compare.show()
        self.go_back.setFocus()

    def _change(self) -> None:
        self._compare.hide()
        self._form.show()
        self.serial.setFocus()

    def show_card(self, happened: str, safe: str, now: str, override: str) -> None:
        """Put a refusal in place of the fields, or of what is compared."""
        self._compare.hide()
        super().show_card(happened, safe, now, override)

    def _save_as_second(self) -> None:
        if not self.reason.value.strip():
            self.reason.refuse(tr("Write why, without names."))
            self.reason.setFocus()
            return
        self._save()

    def _save(self) -> None:
        entry = self._entry
        # While weapons are compared there is no duplicate to let pass, and nobody beside.
        shown = not self._seconds.isHidden() and not self._compare.isHidden()
        second, passphrase, reason = (
            (self.second.value.strip(), self.passphrase.value, self.reason.value.strip()) if shown else ("", "", "")
        )
        self.do(
            self._bridge,
            lambda: self._presenter.save(entry, second, passphrase, reason),
            self._was_saved,
            self._field_of,
        )

    def _field_of(self, refusal: Refusal) -> str:
        name = field_of(refusal)
        if name not in ("second", "passphrase", "reason"):
            self._change()
        else:
            self.passphrase.write("")
        return name

    def _was_saved(self, saved: Saved) -> None:
        self._change()
        for field in (self.second, self.passphrase, self.reason):
            field.write("")
        for name in ("serial", "again", "code", "remarks"):
            getattr(self, name).write(getattr(saved.next_entry, name))
        self.tell(spoken(saved.says))
        self._saved(saved.weapon)
        if self._of_line and not saved.left:
            self.act.forbid(tr("Nothing is left on the line"))


def _spoken(offers: tuple[Offer, ...]) -> list[tuple[str, str]]:
    return [(value, spoken(words)) for value, words in offers]
