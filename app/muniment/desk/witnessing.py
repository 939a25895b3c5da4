"""What somebody outside the ledger has seen of it, held against what it holds now."""

from __future__ import annotations

from muniment.domain.basics.text import say
from muniment.domain.custody.checkpoints import Checkpoint, read_checkpoint
from muniment.domain.custody.notes import NoNote, read_note
from muniment.domain.custody.tree import edge_at
from muniment.ports.work import StoreFault, Work


def remembered(note: str) -> Checkpoint | None:
    """The state that a kept note tells of; nothing where it is none."""
    try:
        return read_checkpoint(read_note(note).text) if note else None
    except NoNote:
        return None


def still_holds(work: Work, seen: Checkpoint) -> bool:
    """Whether the ledger still begins with everything that it held when it was seen."""
    head = work.head()
    if seen.origin != head.log or seen.size > head.size:
        return False
    return edge_at(seen.size, work.subtree).root() == seen.root


def insist_on(work: Work, seen: Checkpoint) -> None:
    """Refuse to work on a ledger that has lost or changed what this workstation has seen of it.

    Raises:
        StoreFault: so it is.

    """
    if still_holds(work, seen):
        return
    there = work.head().size
    if seen.size > there:
        raise StoreFault(
            say(
                "This workstation has seen {seen} records of this register, and {there} are here: an older copy stands "
                "in its place, or its end was cut off.",
                seen=seen.size,
                there=there,
            ),
            say("Nothing was changed. Everything can be read in the copy with “verify” and “export”."),
            say("Put the newest copy back. If there is none, have two officers declare what was restored."),
        )
    raise StoreFault(
        say("The first {seen} records of this register are not those that this workstation has seen.", seen=seen.size),
        say("Nothing was changed."),
        say("Do not work on. Verify the register, tell the commander, and keep this copy as evidence."),
    )
