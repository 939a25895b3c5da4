"""What Muniment needs from the operating system, and how to get it on Debian and its kin.

A need is looked for itself (the library is loaded, the program is searched), never inferred from a list of
installed packages: a developer's machine has most of them by accident, under many names.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from stop import Stop


class Need(NamedTuple):
    """Something of the operating system: what it is called there, and the Debian package that brings it."""

    name: str
    package: str
    present: Callable[[str], bool]


def library(name: str) -> bool:
    """Whether the loader finds a shared library, with everything that library needs in turn."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def program(name: str) -> bool:
    """Whether a program is on the path."""
    return shutil.which(name) is not None


def database_server(name: str) -> bool:
    """Whether a PostgreSQL program is there; Debian keeps the servers off the path, one folder a version."""
    return program(name) or any(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))


def print_system(name: str) -> bool:
    """Whether a program of CUPS is there; of no use to anybody but root, who alone may start one for the tests."""
    return program(name) or os.geteuid() != 0


def module(name: str) -> bool:
    """Whether this Python ships a module; Debian splits some of the standard library off."""
    return importlib.util.find_spec(name) is not None


def fonts(folder: str) -> bool:
    """Whether any font is installed: Qt wants one to fall back on for a letter that ours lack."""
    return any(Path(folder).rglob("*.[ot]tf"))


ENVIRONMENT = (Need("ensurepip", "python3-venv", module),)

WINDOW = (
    Need("libglib-2.0.so.0", "libglib2.0-0", library),
    Need("libEGL.so.1", "libegl1", library),
    Need("libGL.so.1", "libgl1", library),
    Need("libxkbcommon.so.0", "libxkbcommon0", library),
    Need("libdbus-1.so.3", "libdbus-1-3", library),
    Need("libfontconfig.so.1", "libfontconfig1", library),
    Need("/usr/share/fonts", "fonts-dejavu-core", fonts),
    Need("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", library),
    Need("libxcb-cursor.so.0", "libxcb-cursor0", library),
    Need("libxcb-icccm.so.4", "libxcb-icccm4", library),
    Need("libxcb-image.so.0", "libxcb-image0", library),
    Need("libxcb-keysyms.so.1", "libxcb-keysyms1", library),
    Need("libxcb-randr.so.0", "libxcb-randr0", library),
    Need("libxcb-render-util.so.0", "libxcb-render-util0", library),
    Need("libxcb-shape.so.0", "libxcb-shape0", library),
    Need("libxcb-xkb.so.1", "libxcb-xkb1", library),
)

TESTS = (
    Need("Xvfb", "xvfb", program),
    Need("xauth", "xauth", program),
    Need("xdotool", "xdotool", program),
    Need("openbox", "openbox", program),
    Need("pdftotext", "poppler-utils", program),
    Need("initdb", "postgresql", database_server),
    Need("cupsd", "cups", print_system),
    Need("lpadmin", "cups-client", print_system),
)

NO_SERVER_OF_ITS_OWN = Path("/etc/postgresql-common/createcluster.d/muniment.conf")
"""Tells Debian's PostgreSQL not to make and start a server when it is installed: tests start their own."""


def missing(needs: Iterable[Need]) -> list[Need]:
    """Tell which needs this machine does not meet; none outside Linux, where wheels bring everything."""
    if not sys.platform.startswith("linux"):
        return []
    return [need for need in needs if not need.present(need.name)]


def install_line(packages: Sequence[str]) -> str:
    """Write the one line a person can paste to install the packages."""
    names = " ".join(shlex.quote(name) for name in packages)
    return f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {names}"


def right_to_install() -> list[str] | None:
    """Tell what to put before apt-get: nothing for root, sudo where it asks no password; None if neither."""
    if not program("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    if program("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        return ["sudo", "-n"]
    return None


def provide(needs: Iterable[Need], say: Callable[[str], None]) -> None:
    """Install what is missing, if this machine and this user allow it.

    Raises:
        Stop: something is missing and may not or could not be installed; its advice holds the exact command.

    """
    absent = missing(needs)
    if not absent:
        return
    packages = list(dict.fromkeys(need.package for need in absent))
    rights = right_to_install()
    if rights is None:
        raise Stop(_naming(absent), safe="Nothing was changed.", now=_advice(absent, packages))
    say(f"Installing {len(packages)} system packages: {' '.join(packages)}")
    _install(rights, packages)
    still = missing(absent)
    if still:
        raise Stop(
            "After installing, " + _naming(still),
            safe="The packages that were installed do no harm.",
            now=_advice(still, [need.package for need in still]),
        )


def _naming(absent: Sequence[Need]) -> str:
    return f"this machine lacks {', '.join(need.name for need in absent)}."


def _advice(absent: Sequence[Need], packages: Sequence[str]) -> str:
    if program("apt-get"):
        who = "run this line, or ask who looks after this machine to"
        return f"{who}, and start again:\n\n    {install_line(packages)}\n"
    names, packages_there = ", ".join(need.name for need in absent), " ".join(packages)
    return f"install {names} with this system's package manager (Debian's packages: {packages_there})."


def _install(rights: list[str], packages: Sequence[str]) -> None:
    if "postgresql" in packages and not NO_SERVER_OF_ITS_OWN.parents[1].exists():
        setting = "create_main_cluster = false\n"
        for words in (
            ["mkdir", "-p", str(NO_SERVER_OF_ITS_OWN.parent)],
            ["tee", str(NO_SERVER_OF_ITS_OWN)],
        ):
            subprocess.run([*rights, *words], input=setting, text=True, stdout=subprocess.DEVNULL, check=True)
    # sudo drops the environment, so what must not ask is said in the command itself.
    quiet = [*rights, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    for words in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        done = subprocess.run([*quiet, *words], capture_output=True, text=True, stdin=subprocess.DEVNULL)
        if done.returncode != 0:
            errors = [line for line in (done.stdout + done.stderr).splitlines() if line.startswith(("E:", "Err"))]
            raise Stop(
                f"apt-get {words[0]} failed: {' '.join(errors[:3]) or done.stderr.strip()[-300:]}",
                safe="Nothing else was changed. Running again is harmless.",
                now="see that this machine reaches its package archive, then start again, or run:\n\n"
                f"    {install_line(packages)}\n",
            )
