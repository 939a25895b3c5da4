"""Passphrases and PINs, kept so that the stored form does not give them away."""

from __future__ import annotations

from typing import Protocol


class Passphrases(Protocol):
    """Makes and checks the stored form of a secret that a person types."""

    def stored_form(self, secret: str) -> str:
        """A salted, slow hash of the secret; different each time."""

    def matches(self, stored: str, secret: str) -> bool:
        """Whether a stored form was made from this secret; takes as long for a wrong one."""
