"""Putting a scanned head together again: a scanner ends what it reads at each line. No Qt."""

from __future__ import annotations

import re

_SIZE = re.compile("0|[1-9][0-9]{0,15}", re.ASCII)
_ROOT = re.compile("[A-Za-z0-9+/]{43}=", re.ASCII)
_SIGNATURE = re.compile("[A-Za-z0-9+/]{90,}={0,2}", re.ASCII)


class ScannedSheet:
    """Takes the lines of one code as they come, and answers the whole once it is there.

    The dash before a signature is left out of account: keyboards that scanners pretend to be have none.
    """

    def __init__(self, log: str) -> None:
        self._log = log
        self._lines: list[str] = []

    def take(self, text: str) -> str | None:
        """Take what was read; answers the note where it is whole, an empty text where more must follow.

        Nothing is answered where this is no part of a head.
        """
        if "\n" in text.strip():
            self._lines.clear()
            return text
        line = text.strip()
        wanted = len(self._lines)
        if line == self._log or (line.startswith("muniment/") and " " not in line):
            self._lines = [line]
            return ""
        if (wanted == 1 and _SIZE.fullmatch(line)) or (wanted == 2 and _ROOT.fullmatch(line)):
            self._lines.append(line)
            return ""
        if wanted == 3 and _SIGNATURE.fullmatch(signature := line.rpartition(" ")[2]):
            origin, size, root = self._lines
            self._lines.clear()
            return f"{origin}\n{size}\n{root}\n\n— {origin} {signature}\n"
        self._lines.clear()
        return None
