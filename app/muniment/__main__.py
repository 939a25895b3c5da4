"""Choose a face, hand it what it needs, start."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from muniment import bootstrap
from muniment.cli.face import Face
from muniment.cli.program import run
from muniment.system import data_folder, local_zone


def main(words: Sequence[str] | None = None) -> int:
    """Run the program as the command line asks; answers the exit status."""
    face = Face(
        registers=bootstrap.ThisMachine(),
        desktop=bootstrap.open_desktop,
        practise=bootstrap.practise,
        write_pdf=bootstrap.write_pdf,
        default_register=data_folder() / "register.muniment",
        zone=local_zone(),
    )
    return run(sys.argv[1:] if words is None else words, face)


if __name__ == "__main__":
    sys.exit(main())
