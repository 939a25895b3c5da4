"""Command cards: printed codes that let a hand-over run without keyboard and mouse."""

from __future__ import annotations

from enum import StrEnum

_PREFIX = "MUNIMENT "


class Command(StrEnum):
    """What a card asks for. None of them overrides a rule, corrects a record or bans a person."""

    ISSUE = "ISSUE"
    RETURN = "RETURN"
    COUNT = "COUNT"
    MOVE = "MOVE"
    FAULT = "FAULT"
    UNDO_LAST = "UNDO LAST"
    DONE = "DONE"
    YES = "YES"
    NO = "NO"

    @property
    def code(self) -> str:
        """What is printed on the card as a code."""
        return _PREFIX + self.value


def command_on(code: str) -> Command | None:
    """The command a scanned code asks for; nothing for any other code."""
    word = code.removeprefix(_PREFIX)
    return Command(word) if word != code and word in set(Command) else None
