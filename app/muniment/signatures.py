"""Signatures by Ed25519.

Source: RFC 8032.
"""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from muniment.domain.custody.notes import Suite

NAME = "ed25519"


class Ed25519:
    """`muniment.domain.custody.notes.Suite`, type 0x01 of C2SP's signed notes."""

    name = NAME
    type_id = b"\x01"

    def genuine(self, public: bytes, message: bytes, signature: bytes) -> bool:
        """Whether the owner of the public key signed this message; a key that is none signed nothing."""
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


class Ed25519Signer:
    """`muniment.ports.keys.Signer` with a private key in memory."""

    suite = NAME

    def __init__(self, seed: bytes) -> None:
        """`seed` is 32 bytes that nobody else knows."""
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = self._private.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """Sign a message."""
        return self._private.sign(message)


def suites() -> dict[str, Suite]:
    """Every kind of signature that this program can check, by name."""
    return {NAME: Ed25519()}
