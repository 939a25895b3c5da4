"""The sheet of command cards: cut out, laminated, laid beside the scanner, so that no keyboard is needed."""

from __future__ import annotations

from collections.abc import Mapping

from muniment.domain.basics.text import Text, say
from muniment.domain.custody.command_cards import Command
from muniment.reports.document import Card, Cards, Document
from muniment.reports.letterhead import Letterhead

WORDS: Mapping[Command, tuple[Text, Text]] = {
    Command.ISSUE: (say("ISSUE"), say("Hand items out to a person")),
    Command.RETURN: (say("RETURN"), say("Take items back into store")),
    Command.COUNT: (say("COUNT"), say("Count a place")),
    Command.MOVE: (say("MOVE"), say("Move items to another place")),
    Command.FAULT: (say("FAULT"), say("Set apart what has just come back")),
    Command.UNDO_LAST: (say("UNDO LAST"), say("Take back the last entry of this hand-over")),
    Command.DONE: (say("DONE"), say("Close this hand-over")),
    Command.YES: (say("YES"), say("Answer yes")),
    Command.NO: (say("NO"), say("Answer no")),
}
"""The word on the card and what it does."""


def command_cards(letterhead: Letterhead) -> Document:
    """A card for every command the desk knows."""
    return letterhead.sheet(
        say("Command cards"),
        (Cards(tuple(Card(*WORDS[command], command.code) for command in Command)),),
        subtitle=say("Cut out along the lines and keep beside the scanner. None of these cards can override a rule."),
        witness=False,
    )
