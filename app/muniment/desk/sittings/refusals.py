"""What a sitting says no to by itself, before any rule of custody is asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.command_cards import Command
from muniment.domain.people.authority import SECOND_PERSON
from muniment.ports.work import StoreFault

MOST_HELD = 50
"""So many scans wait for a refusal to be answered. Those that come after are refused aloud and not kept."""


class NotRecorded(Refusal):
    """The register could not be read or written: said where it happened, and held like a rule's no."""

    def __init__(self, fault: StoreFault) -> None:
        super().__init__("not_recorded", fault.says, do_now=fault.do_now)
        self.safe = fault.safe


@contextmanager
def faults_refused() -> Iterator[None]:
    """Say a fault of the register as a refusal, so that the scan it befell is named and later ones wait.

    Raises:
        NotRecorded: the register could not be read or written.

    """
    try:
        yield
    except StoreFault as fault:
        raise NotRecorded(fault) from fault


def not_handled(code: str) -> Refusal:
    """What is said to a code of something that is not handed over."""
    return Refusal(
        "not_handled_here",
        say("{code} is in the register, but it is not handed over here.", code=code[:60]),
        do_now=say("Choose its page on the left, and scan it there."),
    )


def unknown_code(code: str) -> Refusal:
    """What is said to a code that the register does not know."""
    return Refusal(
        "unknown_code",
        say("The register does not know {code}.", code=code[:60]),
        do_now=say("Compare it with the metal. If the code is new, bind it to its record."),
    )


def capitals_locked(code: str) -> Refusal:
    """What is said to a code that is known with its capitals and small letters changed round."""
    return Refusal(
        "capitals_locked",
        say("The register does not know {code}, but the same code with large and small letters exchanged.", code=code),
        do_now=say("Caps Lock is on at the keyboard: press it, then scan again."),
    )


def unfinished() -> Refusal:
    """What is said to a change while a hand-over is open."""
    return Refusal(
        "sitting_unfinished",
        say("The hand-over before is not confirmed."),
        do_now=say("Finish it first: the receiver confirms once for everything."),
    )


def open_kit() -> Refusal:
    """What is said to anything else while a kit is on the counter."""
    return Refusal(
        "kit_unfinished",
        say("The kit on the counter is not checked yet."),
        do_now=say("Finish it with F10, or leave it with Esc. Nothing of it is written."),
    )


def not_yet(command: Command) -> Refusal:
    """What is said to a command that the hatch does not know."""
    return Refusal(
        "not_here",
        say("{command} is not done at the hatch.", command=command.value),
        do_now=say("Choose its page on the left."),
    )


def nothing_came_back() -> Refusal:
    """A fault is told of nothing."""
    return Refusal(
        "nothing_came_back",
        say("Nothing has just come back that a fault could be told of."),
        do_now=say("Take it back first, or open its record and set it apart there."),
    )


def back_already() -> Refusal:
    """What is said to a thing that came back a moment ago and is scanned once more."""
    return Refusal(
        "back_already",
        say("It came back a moment ago, in this hand-over."),
        do_now=say("Nothing to do. Scan the next weapon."),
    )


def two_to_undo() -> Refusal:
    """What is said to an undo that one person alone may not do: of a fault that was told, of a case that was opened."""
    return Refusal(
        "second_person_missing",
        say("It was set apart, or a case was opened with it: taking this back needs two persons."),
        do_now=say("Leave it as it stands, or have the second person decide."),
        override=SECOND_PERSON,
    )
