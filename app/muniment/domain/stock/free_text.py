"""Text an officer types into a record: what may stand in it."""

from __future__ import annotations

import unicodedata

from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say

LONGEST = 400
"""Characters that one field of free text may hold."""

LONGEST_SENTENCES = 2_000
"""Characters that a reason, a note or a paper's number may have."""

_JOINERS = "\u200c\u200d"
"""Invisible, but Persian and the scripts of India need them inside words."""


def in_one_form(text: str) -> str:
    """The text in normal form C: a letter and its accent are one character, however they were typed or scanned."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def tidy(text: str, what: Text) -> str:
    """The text as it is kept: normal form C, otherwise as typed.

    `what` names the field in the refusal. An empty text is tidy.

    Raises:
        Refusal: the text starts or ends with a blank, holds two blanks in a row, a blank other than the ordinary
            one, a line break, a control character or an invisible one, or is too long.

    """
    refuse_blanks(text, what)
    refuse_invisible(text, what, allowed=_JOINERS)
    if len(text) > LONGEST:
        raise Refusal(
            "text_too_long",
            say("{what} has {count} characters; {most} are allowed.", what=what, count=len(text), most=LONGEST),
            do_now=say("Write it shorter."),
        )
    return in_one_form(text)


def sentences(text: str, what: Text) -> str:
    """Sentences as they are kept: lines and tabs may stand in them, blanks around them are taken off.

    `what` names the field in the refusal.

    Raises:
        Refusal: the text holds a control character or another one that is not seen, or is too long.

    """
    if len(text) > LONGEST_SENTENCES:
        raise Refusal(
            "text_too_long",
            say(
                "{what} has {count} characters; {most} are allowed.", what=what, count=len(text), most=LONGEST_SENTENCES
            ),
            do_now=say("Write less here, and attach the rest as a document."),
        )
    kept = text.strip()
    refuse_invisible(kept, what, allowed=_JOINERS + "\n\r\t")
    return in_one_form(kept)


def refuse_blanks(text: str, what: Text) -> None:
    """Refuse blanks that nobody sees and every comparison trips over.

    Raises:
        Refusal: see `tidy`.

    """
    for character in "" if text.isascii() and text.isprintable() else text:
        if character != " " and (character.isspace() or unicodedata.category(character).startswith("Z")):
            raise Refusal(
                "text_hard_blank",
                say("{what} holds a tab, a line break or a hard blank.", what=what),
                do_now=say("Type it on one line, with ordinary blanks only."),
            )
    if text != text.strip(" "):
        raise Refusal(
            "text_outer_blank",
            say("{what} starts or ends with a blank.", what=what),
            do_now=say("Take the blank away."),
        )
    if "  " in text:
        raise Refusal(
            "text_double_blank",
            say("{what} holds two blanks in a row.", what=what),
            do_now=say("Leave one of them."),
        )


def refuse_invisible(text: str, what: Text, *, allowed: str = "") -> None:
    """Refuse control characters, characters that turn the reading direction, and all others that are not seen.

    Raises:
        Refusal: such a character is there; the text gives its number, because it cannot be shown.

    """
    for character in "" if text.isascii() and text.isprintable() else text:
        if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co"} and character not in allowed:
            raise Refusal(
                "text_invisible",
                say("{what} holds the invisible character {code}.", what=what, code=f"U+{ord(character):04X}"),
                do_now=say("Type it again by hand instead of pasting it."),
            )
