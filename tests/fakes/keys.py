"""Keys and memories that are gone when the tests end."""

from __future__ import annotations

import hashlib

from muniment.key_files import FileKeys
from muniment.ports.keys import Signer
from muniment.signatures import Ed25519Signer
from muniment.system import data_folder


class KeysInMemory:
    """`muniment.ports.keys.Keys` of one workstation: each key follows from its log, in every process of a test."""

    def __init__(self, workstation: str = "") -> None:
        self._workstation = workstation

    def signer(self, log: str) -> Signer | None:
        return self.make(log)

    def make(self, log: str) -> Signer:
        return Ed25519Signer(hashlib.sha256(f"{self._workstation} {log}".encode()).digest())


class KeysOfThisMachine:
    """The keys that the program itself finds when it is run by a test, in the folder that goes away."""

    def signer(self, log: str) -> Signer | None:
        return FileKeys(data_folder() / "keys").signer(log)

    def make(self, log: str) -> Signer:
        return FileKeys(data_folder() / "keys").make(log)


class HeadsInMemory:
    """`muniment.ports.heads.Heads`."""

    def __init__(self) -> None:
        self.notes: dict[str, str] = {}

    def newest(self, log: str) -> str:
        return self.notes.get(log, "")

    def remember(self, log: str, note: str) -> None:
        self.notes[log] = note

    go_back = remember
