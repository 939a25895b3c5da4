"""How things and persons were identified, in words."""

from __future__ import annotations

from collections.abc import Mapping

from muniment.domain.basics.text import Text, say
from muniment.domain.custody.facts import Evidence

_HOW: Mapping[str, Text] = {
    "typed": say("typed"),
    "barcode": say("barcode"),
    "tag": say("tag"),
    "eye": say("read by eye"),
    "badge": say("badge"),
    "passphrase": say("passphrase"),
    "pin": say("PIN"),
    "signature": say("signature"),
    "paper": say("paper"),
    "list": say("list"),
}


def evidence_words(evidence: Evidence) -> Text:
    """How something was identified, what was read, and by which device."""
    how = _HOW.get(evidence.how, say("{how}", how=evidence.how))
    if evidence.seen and evidence.device:
        return say("{how}: {seen}, by {device}", how=how, seen=evidence.seen, device=evidence.device)
    return say("{how}: {seen}", how=how, seen=evidence.seen) if evidence.seen else how


def in_a_row(texts: tuple[Text, ...]) -> Text:
    """Several texts as one, parted by semicolons; each is still translated."""
    first, *others = texts or (say(""),)
    for other in others:
        first = say("{before}; {after}", before=first, after=other)
    return first
