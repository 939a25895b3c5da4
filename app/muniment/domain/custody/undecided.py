"""Why something that was listed waits for a decision: a sentence kept with its gaps, so that it can be translated."""

from __future__ import annotations

from muniment.domain.basics.text import Text, say
from muniment.domain.custody.facts import Group
from muniment.domain.custody.standing import Standing

WHY = "why"
_SAYS = "says"


def why_kept(why: Text) -> Group:
    """A reason as a fact keeps it: the sentence in English, which is its key, and what fills its gaps."""
    filling = {name: value if isinstance(value, int) else str(value) for name, value in why.values.items()}
    return {**filling, _SAYS: why.source}


def why_of(undecided: Standing) -> Text:
    """Why a person must decide; facts of earlier days keep it as one English text."""
    return why_read(undecided.fields.get(WHY, ""))


def why_read(kept: object) -> Text:
    """A reason as it was kept."""
    if not isinstance(kept, dict):
        return say("{why}", why=str(kept))
    filling = {str(name): value for name, value in kept.items() if name != _SAYS}
    return Text(str(kept.get(_SAYS, "")), filling)
