"""What `start.py` asks of the machine: which Python, which system packages, how it tells what is missing."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from start import check_python
from stop import Stop
from system_packages import ENVIRONMENT, TESTS, WINDOW, Need, install_line, library, missing, module, program

INSTALLER = Path(__file__).resolve().parents[2] / "installer"
ON_LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="system packages are Linux's")

WITHOUT_RIGHTS = """
import os, sys
sys.path.insert(0, sys.argv[1])
from stop import Stop
from system_packages import Need, library, provide
if os.geteuid() == 0:
    os.setuid(65534)
try:
    provide([Need("libm.so.6", "libc6", library), Need("libplanted.so.0", "libplanted0", library)], print)
except Stop as stop:
    print(stop)
    sys.exit(1)
"""
"""Asks for a library every Linux has and one none has, as a user who may install nothing."""


@pytest.mark.parametrize("version", [(3, 10), (3, 8), (2, 7)])
def test_an_older_python_is_refused_with_the_one_that_is_needed(version: tuple[int, int]) -> None:
    with pytest.raises(Stop, match=rf"(?s)Python {version[0]}\.{version[1]};.* needs 3\.11.*python3\.11"):
        check_python(version)


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (4, 0)])
def test_a_newer_python_is_taken(version: tuple[int, int]) -> None:
    check_python(version)


@ON_LINUX
def test_what_is_missing_is_found_and_what_is_there_is_not() -> None:
    there = [
        Need("libm.so.6", "libc6", library),
        Need("sh", "dash", program),
        Need("json", "python3", module),
    ]
    absent = [
        Need("libplanted.so.0", "libplanted0", library),
        Need("planted-program", "planted", program),
        Need("planted_module", "python3-planted", module),
    ]
    assert missing([*there, *absent]) == absent


@ON_LINUX
@pytest.mark.parametrize("apt", [True, False], ids=["on Debian", "elsewhere"])
def test_who_may_not_install_is_told_what_to_run(apt: bool) -> None:
    # Not in tmp_path, whose parents nobody else may enter: the only folder the user without rights looks in.
    with tempfile.TemporaryDirectory() as path:
        Path(path).chmod(0o755)
        if apt:
            (Path(path) / "apt-get").symlink_to("/bin/false")
        words = [sys.executable, "-c", WITHOUT_RIGHTS, str(INSTALLER)]
        done = subprocess.run(words, env={"PATH": path}, capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    assert "this machine lacks libplanted.so.0." in done.stdout
    line = install_line(["libplanted0"])
    assert (line in done.stdout) is apt
    assert "Debian's packages: libplanted0" in done.stdout or apt


def test_the_line_to_run_names_each_package_once() -> None:
    packages = [need.package for need in ENVIRONMENT + WINDOW + TESTS]
    assert len(packages) == len(set(packages))
    assert install_line(["one", "two"]).endswith("apt-get install -y --no-install-recommends one two")


@ON_LINUX
def test_this_machine_meets_what_the_tests_need() -> None:
    if os.environ.get("CI") != "true":
        pytest.skip("whoever runs pytest by hand may go without")
    assert missing(ENVIRONMENT + WINDOW + TESTS) == []
