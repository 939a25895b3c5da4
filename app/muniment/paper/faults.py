"""What keeps a sheet from being made."""

from __future__ import annotations

import errno
from pathlib import Path

from muniment.domain.basics.text import Text, say


class PaperFault(Exception):  # noqa: N818 - the house speaks of faults and refusals
    """A sheet could not be made: what happened, what is safe, what to do now.

    No part of a sheet is left behind under its name, and an older sheet of that name is unchanged.
    """

    def __init__(self, says: Text, do_now: Text) -> None:
        self.says = says
        self.safe = say("The register is unchanged. No half sheet was left behind.")
        self.do_now = do_now
        super().__init__(f"{says} {self.safe} {do_now}")


def fault_of(error: OSError, path: Path) -> PaperFault:
    """Say in the user's words why a file could not be written."""
    name = path.name
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return PaperFault(
            say("The disk is full: {name} was not made.", name=name),
            say("Make room on the disk or choose another folder, then print again."),
        )
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return PaperFault(
            say("The folder for {name} does not exist.", name=name),
            say("Choose another folder, then print again."),
        )
    return PaperFault(
        say("{name} cannot be written there.", name=name),
        say("Close the file if it is open in another program, or choose another folder, then print again."),
    )
