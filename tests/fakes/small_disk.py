"""A disk of its own, so small that it can be filled, and filled on order."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


class SmallDisk:
    """A file system in memory, mounted on a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fill(self) -> None:
        """Leave no room at all."""
        with (self.folder / "filling").open("wb", buffering=0) as filling:
            while True:
                try:
                    filling.write(b"\0" * 4096)
                except OSError:
                    return

    def make_room(self) -> None:
        (self.folder / "filling").unlink()

    @property
    def holds(self) -> list[str]:
        """What lies on it beside what fills it."""
        return sorted(one.name for one in self.folder.rglob("*") if one.name != "filling")


@contextmanager
def small_disk(megabytes: int) -> Iterator[SmallDisk]:
    """Mount one, and take it away in the end; skips where that is not allowed."""
    folder = Path(tempfile.mkdtemp(prefix="muniment-disk-"))
    words = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    may = os.name == "posix" and os.geteuid() == 0 and shutil.which("mount") is not None
    if not may or subprocess.run(words, capture_output=True).returncode:
        folder.rmdir()
        pytest.skip("NOT RUN: a disk of its own needs the rights to mount one")
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
        folder.rmdir()
