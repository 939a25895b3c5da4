"""Prepares quicker searching on a register, a little at a time, and says so after each step: for being killed."""

from __future__ import annotations

import sys

from fakes.outside import outside
from muniment.bootstrap import join_register


def main(where: str) -> None:
    views = join_register(where, outside()).views
    while (done := views.prepare()) < 1:
        sys.stdout.write(f"{done:.3f}\n")
        sys.stdout.flush()
    sys.stdout.write("1.000\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
