"""The folder `.venv`: Python packages exactly as the lock says, and the project itself on the path.

The stamp in it is written last, so a run that was interrupted leaves none and the next run starts over.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from stop import UNTOUCHED, Stop

LOCK = Path("installer/requirements.lock")
SOURCES = ("app", "drivers", "db")

BUILDERS = ("pip", "setuptools")
"""Installed before the rest: one release of pip for everybody, and what builds packages without a wheel."""

WITHOUT_WHEEL = ("odfpy",)
"""Pure Python, published as source only. Everything else must come built: no compiler is asked for."""

ROOM_NEEDED = 1_000_000_000
"""Bytes free on the disk before an environment is built; it takes 0.6 GB, and pip unpacks beside it."""

WHY: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (
        ("DO NOT MATCH THE HASHES",),
        "a downloaded package is not the one the lock names: its content was changed or damaged on the way.",
        "do not work around this. Try again on another network; if it stays so, report it.",
    ),
    (
        ("No space left on device", "Errno 28"),
        "the disk is full.",
        "free 1 GB and start again.",
    ),
    (
        (
            "NewConnectionError",
            "NameResolutionError",
            "ConnectTimeout",
            "ProxyError",
            "Network is unreachable",
        ),
        "the package index cannot be reached: there is no network, or a proxy is in the way.",
        "connect and start again. For a machine that has no network, run on one that has\n\n"
        "    python3 -m pip download --require-hashes -r installer/requirements.lock -d wheels\n\n"
        "with the same Python and system, carry the folder over, and start with `setup --wheels wheels`.",
    ),
    (
        ("No matching distribution found", "Could not find a version"),
        f"a package has no build for this Python ({platform.python_version()}, {platform.machine()}).",
        "use Python 3.11, 3.12 or 3.13 from python.org or the system, 64 bit, and start again.",
    ),
)
"""Words in pip's output, what they mean, and what helps. The first row that fits is told."""


class Environment:
    """The environment of one checkout; knows whether it is current, and makes it so.

    `wheels` is a folder to install from instead of the network. `say` gets short lines of progress.
    """

    def __init__(self, top: Path, say: Callable[[str], None], wheels: Path | None = None) -> None:
        self.top = top
        self.say = say
        self.wheels = wheels
        self.folder = top / ".venv"
        self.stamp = self.folder / "muniment-setup.json"
        self.log = self.folder / "setup.log"
        windows = sys.platform == "win32"
        self.python = self.folder / ("Scripts/python.exe" if windows else "bin/python")

    def make_current(self) -> bool:
        """Build what is missing or out of date; tell whether anything had to be done.

        Raises:
            Stop: it could not be built. Whatever is left is rebuilt by the next run.

        """
        wanted = self._wanted()
        have = self._have()
        if have == wanted:
            return False
        if any(have.get(part) != wanted[part] for part in ("packages", "python", "place")):
            self._build()
        self._add_project()
        self._compile()
        self._write_stamp(wanted)
        return True

    def run(self, arguments: Sequence[str], variables: dict[str, str]) -> int:
        """Run the environment's Python in the checkout and give its exit status (128 + signal if killed)."""
        done = subprocess.run([str(self.python), *arguments], cwd=self.top, env={**_clean(), **variables})
        return done.returncode if done.returncode >= 0 else 128 - done.returncode

    def _wanted(self) -> dict[str, str]:
        return {
            "packages": hashlib.sha256((self.top / LOCK).read_bytes()).hexdigest(),
            "project": hashlib.sha256((self.top / "pyproject.toml").read_bytes()).hexdigest(),
            "python": platform.python_version(),
            "place": str(self.folder),
        }

    def _have(self) -> dict[str, str]:
        """Read the stamp; empty unless the interpreter it speaks of still runs."""
        try:
            stamp: dict[str, str] = json.loads(self.stamp.read_text(encoding="utf-8"))
            asked = [str(self.python), "-c", "import platform, pip; print(platform.python_version())"]
            answer = subprocess.run(asked, capture_output=True, text=True, env=_clean())
        except (OSError, ValueError):
            return {}
        return stamp if answer.stdout.strip() == stamp.get("python") else {}

    def _build(self) -> None:
        began = time.monotonic()
        if shutil.disk_usage(self.top).free < ROOM_NEEDED:
            raise Stop("less than 1 GB is free on this disk.", safe=UNTOUCHED, now="free 1 GB and start again.")
        self.say("Making .venv (about half a gigabyte; a minute or two with a good network)")
        self._clear()
        # The interpreter underneath, should this one live in the environment that is being replaced.
        base = getattr(sys, "_base_executable", None) or sys.executable
        made = subprocess.run([base, "-m", "venv", str(self.folder)], capture_output=True, text=True, env=_clean())
        if made.returncode != 0:
            raise Stop(
                f"Python could not make .venv: {(made.stderr or made.stdout).strip()[-300:]}",
                safe=UNTOUCHED,
                now="on Debian install python3-venv; elsewhere repair this Python, then start again.",
            )
        builders = self._part_of_lock(BUILDERS)
        if builders:
            first = self.folder / "builders.lock"
            first.write_text(builders, encoding="utf-8")
            self._pip("--require-hashes", "--only-binary=:all:", "-r", str(first))
        from_source = [f"--no-binary={name}" for name in WITHOUT_WHEEL]
        self._pip(
            "--require-hashes",
            "--no-build-isolation",
            "--only-binary=:all:",
            *from_source,
            "-r",
            str(self.top / LOCK),
        )
        self.say(f"Packages installed in {time.monotonic() - began:.0f} s")

    def _clear(self) -> None:
        if self.folder.is_symlink():
            self.folder.unlink()
        try:
            if self.folder.exists():
                self.stamp.unlink(missing_ok=True)
                shutil.rmtree(self.folder)
        except OSError as error:
            raise Stop(
                f"the old .venv could not be removed: {error}.",
                safe=UNTOUCHED,
                now="close Muniment and every program started from .venv, then start again.",
            ) from error

    def _add_project(self) -> None:
        self._pip("--no-deps", "--no-build-isolation", "--editable", str(self.top))

    def _compile(self) -> None:
        """Write bytecode once, because without it every start takes three times as long."""
        folders = [str(self.top / name) for name in SOURCES if (self.top / name).is_dir()]
        # A folder that cannot be written, or a source file in mid-edit, costs speed only.
        subprocess.run([str(self.python), "-m", "compileall", "-q", *folders], capture_output=True, env=_clean())

    def _write_stamp(self, wanted: dict[str, str]) -> None:
        fresh = self.stamp.with_suffix(".new")
        fresh.write_text(json.dumps(wanted, indent=2) + "\n", encoding="utf-8")
        fresh.replace(self.stamp)

    def _part_of_lock(self, names: Sequence[str]) -> str:
        """Cut the entries of some packages, with their hashes, out of the lock."""
        kept: list[str] = []
        keep = False
        for line in (self.top / LOCK).read_text(encoding="utf-8").splitlines(keepends=True):
            if not line.startswith((" ", "#")):
                keep = line.split("==")[0] in names
            if keep:
                kept.append(line)
        return "".join(kept)

    def _pip(self, *arguments: str) -> None:
        """Run pip, keep what it says in the log, and turn its failure into advice."""
        source = ["--no-index", "--find-links", str(self.wheels)] if self.wheels else []
        command = [str(self.python), "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
        command += ["--progress-bar", "off", *source, *arguments]
        said: list[str] = []
        with subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            errors="replace",
            env=_clean(),
        ) as pip:
            assert pip.stdout is not None
            for line in pip.stdout:
                said.append(line)
                _show(line)
        with self.log.open("a", encoding="utf-8") as log:
            log.writelines(said)
        _show("")
        if pip.returncode != 0:
            raise self._reason("".join(said))

    def _reason(self, said: str) -> Stop:
        for words, what, now in WHY:
            if any(word in said for word in words):
                return Stop(what, safe=UNTOUCHED, now=now)
        errors = [line for line in said.splitlines() if line.startswith("ERROR:")]
        return Stop(
            f"pip failed: {' '.join(errors[:2]) or said.strip()[-300:]}",
            safe=UNTOUCHED,
            now=f"read {self.log}, repair what it names, and start again.",
        )


def _show(line: str) -> None:
    """Keep one line of progress on a terminal; nothing in a log, where it would be noise."""
    if not sys.stdout.isatty():
        return
    if line.startswith(("Collecting ", "Installing ")):
        sys.stdout.write(f"\r\x1b[K  {line.strip()[:70]}")
    elif not line:
        sys.stdout.write("\r\x1b[K")
    sys.stdout.flush()


def _clean() -> dict[str, str]:
    """Give the environment without what would lead Python or pip to somebody else's packages."""
    strange = ("PYTHONHOME", "PYTHONPATH", "PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_REQUIRE_VIRTUALENV")
    return {name: value for name, value in os.environ.items() if name not in strange and name != "VIRTUAL_ENV"}
