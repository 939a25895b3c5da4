"""The lock names every package by its content and none by an address."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

TOP = Path(__file__).resolve().parents[2]
LOCK = (TOP / "installer/requirements.lock").read_text("utf-8")
PROJECT = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))

ADDRESS = re.compile(
    r"--(?:extra-)?index-url|--find-links|--trusted-host|index-url\s*=|pypi\.org/simple|files\.pythonhosted",
)
"""How a place to fetch packages from is written: as an option, as a setting, as the public index."""

KEPT_OUT = {
    "tests/architecture/test_lock.py": "holds the pattern",
    "installer/environment.py": "a user's own folder",
}


def entries(lock: str) -> dict[str, str]:
    """Take the lock apart: name of the package, and everything that belongs to it."""
    blocks = re.split(r"^(?=[A-Za-z0-9])", re.sub(r"\\\n", "", lock), flags=re.MULTILINE)
    return {re.split(r"==", block)[0]: block for block in blocks if block.strip()}


def without_hash(lock: str) -> list[str]:
    """Tell which packages the lock lets in whatever their content."""
    return [name for name, block in entries(lock).items() if not re.search(r"--hash=sha256:[0-9a-f]{64}\b", block)]


def test_every_package_is_pinned_with_its_hashes() -> None:
    assert len(entries(LOCK)) > 20
    assert all(re.match(r"[a-z0-9.-]+==\S+", block) for block in entries(LOCK).values())
    assert without_hash(LOCK) == []


def test_a_package_without_hash_would_be_found() -> None:
    name = next(iter(entries(LOCK)))
    bare = re.sub(rf"^({name}==\S+) \\\n(?:    --hash.*\n)+", r"\1\n", LOCK, flags=re.MULTILINE)
    assert without_hash(bare) == [name]


def test_the_lock_holds_no_address() -> None:
    assert "://" not in LOCK
    assert ADDRESS.search(LOCK) is None


@pytest.mark.parametrize(
    "line", ["--extra-index-url https://example.invalid/simple", 'index-url = "https://example.invalid"']
)
def test_an_address_would_be_found(line: str) -> None:
    assert ADDRESS.search(line)


def test_no_file_of_the_project_says_where_packages_come_from() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=TOP, capture_output=True, text=True)
    if listed.returncode != 0:
        pytest.skip("not a checkout: there is no list of the project's files")
    names = [name for name in listed.stdout.split("\0") if name and (TOP / name).is_file() and name not in KEPT_OUT]
    texts = {name: (TOP / name).read_bytes() for name in names}
    found = [name for name, text in texts.items() if ADDRESS.search(text.decode("utf-8", "ignore"))]
    assert found == []


def test_the_lock_holds_everything_the_project_asks_for() -> None:
    extras = PROJECT["project"]["optional-dependencies"]
    groups = PROJECT["dependency-groups"]
    asked = [*PROJECT["project"]["dependencies"], *extras["desk"], *extras["postgresql"]]
    asked += [line for group in groups.values() for line in group]
    locked = {name: block.split("==")[1].split()[0] for name, block in entries(LOCK).items()}
    for line in asked:
        requirement = Requirement(line)
        assert locked.get(canonicalize_name(requirement.name)) in requirement.specifier, line  # type: ignore[operator]
