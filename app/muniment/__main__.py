"""Choose a face, hand it what it needs, start."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path


def main(words: Sequence[str] | None = None) -> int:
    """Run the program as the command line asks; answers the exit status."""
    asked = list(sys.argv[1:] if words is None else words)
    if not asked or asked[-1] == "desktop":
        status = _through_the_door(asked)
        if status is not None:
            return status
    return _on_the_command_line(asked)


def _through_the_door(words: Sequence[str]) -> int | None:
    """Open the desktop before anything else is loaded; nothing where that cannot be done."""
    from muniment.ui.loading import load_qt, loaded

    try:
        load_qt()
        from muniment.door import try_the_door
    except ImportError:  # no Qt here, or it lacks a library: the long way says which
        loaded()
        return None
    try:
        return try_the_door(words)
    finally:
        loaded()


def _bench(
    works: Sequence[str],
    size: int,
    keep: Path | None,
    tell: Callable[[str], None],
    measured: Callable[[str, dict[str, object]], None],
) -> Mapping[str, dict[str, object]]:
    from muniment import bootstrap
    from muniment.bench.works import measure

    return measure(bootstrap.ThisMachine(), works, size, keep, tell, measured)


def _on_the_command_line(words: Sequence[str]) -> int:
    from muniment import bootstrap
    from muniment.cli.face import Face
    from muniment.cli.program import run
    from muniment.system import data_folder, local_zone

    face = Face(
        registers=bootstrap.ThisMachine(),
        desktop=bootstrap.open_desktop,
        practise=bootstrap.practise,
        write_pdf=bootstrap.write_pdf,
        write_labels=bootstrap.write_labels,
        printing=bootstrap.printing_on,
        bench=_bench,
        codes_in=bootstrap.codes_in,
        suites=bootstrap.suites(),
        default_register=data_folder() / "register.muniment",
        zone=local_zone(),
    )
    return run(words, face)


if __name__ == "__main__":
    if getattr(sys, "frozen", False):  # a process that verifies a share of a register starts here, too
        from multiprocessing import freeze_support

        freeze_support()
    sys.exit(main())
