"""The keys of this workstation: it signs the state of the ledger after each act."""

from __future__ import annotations

from typing import Protocol


class Signer(Protocol):
    """A private key that can be used and is never shown."""

    @property
    def suite(self) -> str:
        """The kind of its signatures, by name."""

    @property
    def public(self) -> bytes:
        """The key that its signatures are held against."""

    def sign(self, message: bytes) -> bytes:
        """Sign a message."""


class Keys(Protocol):
    """Keeps one private key for each log that this workstation writes."""

    def signer(self, log: str) -> Signer | None:
        """The key for a log; nothing where this workstation has none.

        Raises:
            StoreFault: there is one, and it cannot be read.

        """

    def make(self, log: str) -> Signer:
        """The key for a log, made from fresh randomness where there is none yet.

        Raises:
            StoreFault: it cannot be kept.

        """
