"""Keys and memories that are gone when the tests end."""

from __future__ import annotations

import hashlib

from muniment.desk.witnessing import remembered
from muniment.key_files import FileKeys
from muniment.ports.heads import WentBack
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
        self.gone_back: list[WentBack] = []

    def newest(self, log: str) -> str:
        return self.notes.get(log, "")

    def remember(self, log: str, note: str) -> None:
        self.notes[log] = note

    def go_back(self, log: str, note: str) -> None:
        self.gone_back.append(WentBack(_size(self.newest(log)), _size(note)))
        self.remember(log, note)

    def went_back(self, log: str) -> tuple[WentBack, ...]:
        return tuple(self.gone_back)


def _size(note: str) -> int:
    seen = remembered(note)
    return seen.size if seen else 0
