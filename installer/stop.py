"""How an installing step gives up."""

from __future__ import annotations


class Stop(Exception):  # noqa: N818 - an answer to the person at the keyboard, not a bug
    """Setting up cannot go on: what happened, what is safe, and what to do now, each in whole sentences."""

    def __init__(self, what: str, *, safe: str, now: str) -> None:
        super().__init__(what)
        self.what = what
        self.safe = safe
        self.now = now

    def __str__(self) -> str:
        """Read all three, in the order a person needs them."""
        return f"\nWhat happened: {self.what}\nWhat is safe:  {self.safe}\nWhat to do now: {self.now}\n"


UNTOUCHED = "Registers and documents were not touched; only the folder .venv may be half made."
"""What holds whenever an environment could not be built: no register lives in the project's folder."""
