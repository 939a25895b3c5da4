"""What keeps a file from being written, in the user's words."""

from __future__ import annotations

import errno
from pathlib import Path

from muniment.domain.basics.text import say
from muniment.ports.paper import PaperFault


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
