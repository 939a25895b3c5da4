"""What the page of people asks: who is new, what a certificate covers, why a ban, what has become of a person."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QWidget

from muniment.desk.sittings.at_the_hatch import Scan
from muniment.domain.people.authority import Status
from muniment.ui.bridge import Bridge
from muniment.ui.kit.button import Button
from muniment.ui.kit.field import Field
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import column, holder, row
from muniment.ui.kit.tokens import State
from muniment.ui.people.presenter import (
    STATUS_NAMES,
    NewPerson,
    PeoplePresenter,
    PeopleView,
    PersonCard,
    covers_offers,
    field_of,
)
from muniment.ui.speech import iso, spoken, tr
from muniment.ui.stock.form import Asked, Choice, FormPanel, PanelRoom, primary, second_person

Done = Callable[[PeopleView], None]
Work = Callable[[Mapping[str, str]], PeopleView]
"""Does the act with what stands in the fields."""


class PersonForm(FormPanel):
    """Fields about one person, and the act; it closes when the act is done.

    A code that is scanned while it is open goes into the field `scans_into`, if there is one.
    """

    def __init__(
        self,
        titles: tuple[str, str],
        body: QWidget,
        fields: Mapping[str, Asked],
        act: Button,
        bridge: Bridge,
        work: Work,
        done: Done,
        *,
        scans_into: Field | None = None,
        width: int = 620,
    ) -> None:
        self._bridge, self._work, self._done, self._scans_into = bridge, work, done, scans_into
        super().__init__(titles[0], body, act, fields, width=width, refused_title=titles[1])
        self.act.clicked.connect(self._do)

    def take_scan(self, scan: Scan) -> bool:
        """Take a code into its field. False where the form has no use for it."""
        if self._scans_into is None:
            return False
        self._scans_into.write(scan.text)
        return True

    def _do(self) -> None:
        given = {name: asked.value for name, asked in self.fields.items()}
        self.do(self._bridge, lambda: self._work(given), self._finish, field_of)

    def _finish(self, view: PeopleView) -> None:
        self.close_panel()
        self._done(view)


def ask_new_person(
    room: PanelRoom, presenter: PeoplePresenter, bridge: Bridge, units: Sequence[str], done: Done
) -> PersonForm:
    """Ask who is new."""
    name, rank = Field(tr("Name")), Field(tr("Rank"))
    service_no = Field(tr("Service number"), code=True)
    unit = Field(tr("Unit"))
    if units:
        unit.line.setPlaceholderText(", ".join(units[:3]))
    badge = Field(tr("Code on the card: scan it"), code=True)
    covers, until = _covers(), Field(tr("Certificate until (2027-01-31), empty for none"), code=True)
    body = holder(
        column(
            row((name, 2), (rank, 1), gap=16),
            row((service_no, 1), (unit, 1), gap=16),
            badge,
            row((covers, 1), (until, 1), gap=16),
            gap=10,
        )
    )
    fields: dict[str, Asked] = {
        "name": name,
        "rank": rank,
        "service_no": service_no,
        "unit": unit,
        "badge": badge,
        "covers": covers,
        "until": until,
    }
    return _open(
        room,
        PersonForm(
            (tr("Add a person"), tr("Not added")),
            body,
            fields,
            primary(tr("Add"), "user-plus"),
            bridge,
            lambda given: presenter.add(NewPerson(**given)),
            done,
            scans_into=badge,
            width=760,
        ),
    )


def ask_certificate(
    room: PanelRoom, presenter: PeoplePresenter, bridge: Bridge, person: PersonCard, done: Done
) -> PersonForm:
    """Ask what a new certificate covers and how long it lasts."""
    covers, until = _covers(), Field(tr("Last day (2027-01-31)"), code=True)
    return _open(
        room,
        PersonForm(
            (tr("Certificate of {name}").format(name=iso(person.line.name)), tr("Not entered")),
            holder(column(covers, until, gap=10)),
            {"covers": covers, "until": until},
            primary(tr("Enter it"), "certificate"),
            bridge,
            lambda given: presenter.certify(person.line.person, given["covers"], given["until"]),
            done,
        ),
    )


def ask_ban(room: PanelRoom, presenter: PeoplePresenter, bridge: Bridge, person: PersonCard, done: Done) -> PersonForm:
    """Ask why a person may draw nothing, and until when."""
    reason = Field(tr("Reason, without names"))
    until = Field(tr("Until (2027-01-31), empty until it is lifted"), code=True)
    return _open(
        room,
        PersonForm(
            (tr("Ban {name} from drawing weapons").format(name=iso(person.line.name)), tr("Not banned")),
            holder(column(reason, until, gap=10)),
            {"reason": reason, "until": until},
            primary(tr("Ban"), "hand-stop"),
            bridge,
            lambda given: presenter.ban(person.line.person, given["reason"], given["until"]),
            done,
        ),
    )


def ask_lift(room: PanelRoom, presenter: PeoplePresenter, bridge: Bridge, person: PersonCard, done: Done) -> PersonForm:
    """Ask for the second person and the reason by which a ban ends."""
    second, passphrase, reason = second_person()
    why = Label(tr("Banned: {reason}").format(reason=iso(person.ban.reason if person.ban else "")), 15, 500, wrap=True)
    return _open(
        room,
        PersonForm(
            (tr("Lift the ban of {name}").format(name=iso(person.line.name)), tr("Not lifted")),
            holder(column(why, reason, second, passphrase, gap=10)),
            {"reason": reason, "second": second, "passphrase": passphrase},
            primary(tr("Lift the ban"), "lock-open"),
            bridge,
            lambda given: presenter.lift(person.line.person, given["second"], given["passphrase"], given["reason"]),
            done,
        ),
    )


def ask_status(
    room: PanelRoom, presenter: PeoplePresenter, bridge: Bridge, person: PersonCard, done: Done
) -> PersonForm:
    """Ask what has become of a person; says beforehand what is still out with one who leaves.

    Who comes back into service needs a second person, who signs in on the same panel.
    """
    status = Choice(tr("Status"), [(one.value, spoken(words)) for one, words in STATUS_NAMES.items()])
    status.write(person.line.status)
    second, passphrase, reason = second_person()
    back = holder(column(second, passphrase, gap=10))
    held = tr("Still holds {count} items. A case is opened for each if the person leaves.")
    warning = Label(held.format(count=iso(str(person.line.held))), 15, 600, State.OVERDUE, wrap=True)

    def warn(chosen: str) -> None:
        warning.setVisible(person.line.held > 0 and chosen != Status.SERVING)
        back.setVisible(chosen == Status.SERVING and person.line.status != Status.SERVING)

    warn(status.value)
    status.changed.connect(warn)
    return _open(
        room,
        PersonForm(
            (tr("What has become of {name}").format(name=iso(person.line.name)), tr("Not changed")),
            holder(column(status, warning, reason, back, gap=10)),
            {"status": status, "reason": reason, "second": second, "passphrase": passphrase},
            primary(tr("Write it down")),
            bridge,
            lambda given: presenter.set_status(
                person.line.person, given["status"], given["reason"], given["second"], given["passphrase"]
            ),
            done,
        ),
    )


def ask_pin(room: PanelRoom, presenter: PeoplePresenter, bridge: Bridge, person: PersonCard, done: Done) -> PersonForm:
    """Have a person type a new PIN twice."""
    pin, again = Field(tr("New PIN"), secret=True), Field(tr("The same PIN once more"), secret=True)
    note = Label(tr("{name} types it; nobody else looks.").format(name=iso(person.line.name)), 15, 500, wrap=True)
    return _open(
        room,
        PersonForm(
            (tr("PIN to confirm receipts"), tr("Not set")),
            holder(column(note, pin, again, gap=10)),
            {"pin": pin, "again": again},
            primary(tr("Set the PIN"), "key"),
            bridge,
            lambda given: presenter.set_pin(person.line.person, given["pin"], given["again"]),
            done,
        ),
    )


def ask_end_of_lock(
    room: PanelRoom, presenter: PeoplePresenter, bridge: Bridge, person: PersonCard, done: Done
) -> PersonForm:
    """Ask whether the wrong tries of a person are to be forgotten, who so may guess anew."""
    tries = tr("{count} times a passphrase or PIN was wrong since it was last right.")
    told = Label(tries.format(count=iso(str(person.wrong_tries))), 15, 600, State.OVERDUE, wrap=True)
    note = Label(tr("End it only when you see who it was. A lock ends by itself within the hour."), 15, 500, wrap=True)
    return _open(
        room,
        PersonForm(
            (tr("Let {name} try again").format(name=iso(person.line.name)), tr("Not ended")),
            holder(column(told, note, gap=10)),
            {},
            primary(tr("End the lock"), "lock-open"),
            bridge,
            lambda _: presenter.end_lock(person.line.person),
            done,
        ),
    )


def _open(room: PanelRoom, panel: PersonForm) -> PersonForm:
    room.open_panel(panel)
    return panel


def _covers() -> Choice:
    return Choice(tr("Certificate covers"), [(code, spoken(words)) for code, words in covers_offers()])
