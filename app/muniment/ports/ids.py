"""Fresh identities."""

from __future__ import annotations

from typing import Protocol


class Ids(Protocol):
    """Makes 128-bit identities, written as 26 characters of lower-case Crockford base 32."""

    def ordered(self) -> str:
        """An identity that sorts after those made before it: for items, places and acts."""

    def random(self) -> str:
        """An identity that tells nothing, not even when it was made: for persons."""

    def secret(self) -> bytes:
        """32 bytes that nobody can guess, for a key."""
