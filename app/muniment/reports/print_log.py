"""The print log: who printed which form when, how many copies, on which printer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from muniment.desk.printing.noting import PrintLine
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.printing import FORMS
from muniment.reports.document import Cell, Code, Column, Document, Ending, Fields, Holds, Line, Table, Words
from muniment.reports.letterhead import Letterhead


def print_log_sheet(letterhead: Letterhead, lines: Sequence[PrintLine], zone: tzinfo) -> Document:
    """The sheet: every print, oldest first."""
    copies = sum(line.copies for line in lines)
    return letterhead.sheet(
        say("Print log"),
        (
            Fields((Line(say("Prints"), len(lines)), Line(say("Copies"), copies))),
            Table(
                (
                    Column(say("Fact"), 7, Holds.NUMBER),
                    Column(say("When"), 16, Holds.DATE),
                    Column(say("Form"), 16),
                    Column(say("Number"), 13, Holds.CODE),
                    Column(say("Copies"), 7, Holds.NUMBER),
                    Column(say("Pages"), 7, Holds.NUMBER),
                    Column(say("Printer"), 16),
                    Column(say("Printed by"), 20),
                ),
                [_row(line, zone) for line in lines],
                Ending.NOTHING_FOLLOWS,
            ),
        ),
        number=letterhead.printed_at.date().isoformat(),
    )


def _row(line: PrintLine, zone: tzinfo) -> tuple[Cell, ...]:
    by: Text | Words = Words(line.by)
    if line.asked_by:
        by = say("{by}, ordered by {asked}", by=line.by, asked=line.asked_by)
    form = FORMS[line.form]
    if line.on_sight:
        form = say("{form} (seen in the tray)", form=form)
    return (
        line.seq,
        line.at.astimezone(zone),
        form,
        Code(line.number),
        line.copies,
        line.pages,
        Words(line.printer),
        by,
    )
