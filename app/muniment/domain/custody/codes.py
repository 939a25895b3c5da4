"""Codes on things: one code means one thing, and who bound it can be read."""

from __future__ import annotations

from muniment.domain.basics.identity import Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.facts import Deed, Fact
from muniment.domain.custody.standing import Standing
from muniment.domain.stock.free_text import in_one_form

LONGEST = 120
"""Characters a code may have to be bound."""

_SEPARATORS = frozenset("\t\x04\x1c\x1d\x1e\x1f")


def may_mean(read: str) -> bool:
    """Whether what was read may mean anything: bound codes have signs that can be seen, standard ones separators too.

    A line at a wrong speed makes reads of every kind of character.
    """
    return all(sign.isprintable() or sign in _SEPARATORS for sign in read)


def bind(code_subject: Subject, code: str, to: Subject, bound: Subject | None, acting: Acting) -> Fact:
    """Decide whether a code may be bound to a thing, and state the fact.

    `bound` is what the code means now.

    Raises:
        Refusal: the code means something else already, or is no code.

    """
    if not code or code != code.strip() or len(code) > LONGEST or not code.isprintable():
        raise Refusal(
            "not_a_code",
            say("This cannot be used as a code."),
            do_now=say("Scan a printed code of at most {longest} characters.", longest=LONGEST),
        )
    if bound == to:
        raise Refusal("already_bound", say("This code is bound to it already."), do_now=say("Nothing to do."))
    if bound is not None:
        raise Refusal(
            "code_taken",
            say("This code is bound to something else."),
            do_now=say("Scan it alone to see what it means. Release it there first if that is wrong."),
        )
    return acting.states(Deed.CODE_BOUND, Standing(code_subject), sets={"code": in_one_form(code), "bound": to})


def let_go(code: Standing, acting: Acting) -> Fact:
    """State that a code no longer means anything.

    Raises:
        Refusal: it is bound to nothing, or no reason is given.

    """
    if not code.text("bound"):
        raise Refusal(
            "not_bound", say("This code is bound to nothing."), do_now=say("Nothing to do, or check the code.")
        )
    if not acting.reason:
        raise Refusal("reason_missing", say("Releasing a code needs a reason."), do_now=say("Write why."))
    return acting.states(Deed.CODE_RELEASED, code, drops=("bound",))
