"""What the page of cases asks: about what a case is opened, what was found out, how it is settled."""

from __future__ import annotations

from collections.abc import Callable

from muniment.desk.case_files import CaseFile
from muniment.ui.bridge import Bridge
from muniment.ui.cases.presenter import CasesPresenter, CasesView
from muniment.ui.kit.field import Field
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import column, holder, row
from muniment.ui.speech import iso, spoken, tr
from muniment.ui.stock.act_form import ActForm
from muniment.ui.stock.form import Asked, PanelRoom, primary

Done = Callable[[CasesView], None]


def ask_open(room: PanelRoom, presenter: CasesPresenter, bridge: Bridge, thing: str, done: Done) -> None:
    """Ask what a new case is about, and what is wrong."""
    about = Field(tr("About: scan it, or type its number"), code=True, value=thing)
    reason = Field(tr("What is wrong, without names"))
    fields: dict[str, Asked] = {"thing": about, "reason": reason}
    form = ActForm(
        (tr("Open a case"), tr("Not opened")),
        holder(column(about, reason, gap=10)),
        fields,
        primary(tr("Open the case"), "bell-ringing"),
        bridge,
        lambda given: presenter.report(given["thing"], given["reason"]),
        done,
        scans_into=about,
    )
    room.open_panel(form)
    if thing:
        reason.line.setFocus()


def ask_note(room: PanelRoom, presenter: CasesPresenter, bridge: Bridge, file: CaseFile, done: Done) -> None:
    """Ask what was found out or ordered."""
    note = Field(tr("What was found out or ordered, without names"))
    room.open_panel(
        ActForm(
            (tr("Note on {case}").format(case=iso(file.card.register_no)), tr("Not noted")),
            holder(column(Label(spoken(file.card.what), 15, 500, wrap=True), note, gap=10)),
            {"reason": note},
            primary(tr("Write it down"), "file-text"),
            bridge,
            lambda given: presenter.note(file.card.subject, given["reason"]),
            done,
            width=720,
        )
    )


def ask_close(room: PanelRoom, presenter: CasesPresenter, bridge: Bridge, file: CaseFile, done: Done) -> None:
    """Ask for the decision, the number of the paper, and the second person who stands for it."""
    decision = Field(tr("What was decided, without names"))
    needed = tr("Number of the inquiry or order")
    doc = Field(needed if file.needs_inquiry else tr("Number of the inquiry or order, if there is one"), code=True)
    second = Field(tr("Second person, sign-in name"))
    passphrase = Field(tr("Passphrase of the second person"), secret=True)
    who = (
        tr("Neither of you may be {holder}, who answers for it.").format(holder=iso(file.card.holder))
        if file.card.holder
        else tr("Two persons close it, and both stand in the ledger.")
    )
    fields: dict[str, Asked] = {"reason": decision, "doc": doc, "second": second, "passphrase": passphrase}
    room.open_panel(
        ActForm(
            (tr("Settle {case}").format(case=iso(file.card.register_no)), tr("Not settled")),
            holder(
                column(
                    Label(f"{spoken(file.card.what)}. {who}", 15, 500, wrap=True),
                    decision,
                    doc,
                    row((second, 1), (passphrase, 1), gap=16),
                    gap=10,
                )
            ),
            fields,
            primary(tr("Settle it"), "check"),
            bridge,
            lambda given: presenter.close(
                file.card.subject, given["second"], given["passphrase"], given["reason"], given["doc"]
            ),
            done,
            width=760,
        )
    )
