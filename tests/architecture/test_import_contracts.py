"""The import contracts of pyproject.toml hold, and each of them notices what it is there for."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
ROOTS = ("app", "drivers", "db")
CONTRACTS = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]

PLANTED = {
    "hexagon": ("app/muniment/ports/planted_upwards.py", "import muniment.desk"),
    "domain-order": ("app/muniment/domain/basics/planted_forwards.py", "import muniment.domain.custody"),
    "pure": ("app/muniment/desk/planted_clock.py", "import time"),
    "qt-only-on-screens-and-paper": ("app/muniment/cli/planted_window.py", "import PySide6.QtWidgets"),
    "sql-only-in-db": ("app/muniment/reports/planted_query.py", "import sqlalchemy"),
    "driver-diet": ("drivers/muniment_drivers/kit/planted_rule.py", "import muniment.desk"),
    "device-contract-alone": ("app/muniment/ports/devices/planted_rule.py", "import muniment.domain.stock"),
    "drivers-independent": (
        "drivers/muniment_drivers/scanner_serial/planted_neighbour.py",
        "import muniment_drivers.scanner_wedge",
    ),
    "no-pretence": (
        "drivers/muniment_drivers/planted_device/real.py",
        "import muniment_drivers.planted_device.simulated",
    ),
}


def lint_imports(top: Path) -> subprocess.CompletedProcess[str]:
    """Run the contracts of the tree at `top` on the packages of that tree and no other."""
    tool = Path(sys.executable).with_name("lint-imports.exe" if sys.platform == "win32" else "lint-imports")
    roots = os.pathsep.join(str(top / root) for root in ROOTS)
    return subprocess.run(
        [str(tool), "--config", "pyproject.toml", "--no-cache", "--no-logo"],
        cwd=top,
        env={**os.environ, "PYTHONPATH": roots, "COLUMNS": "200", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
    )


@pytest.fixture(scope="module")
def verdict_on_planted(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What lint-imports says of a copy of the tree with one forbidden import planted for every contract."""
    copy = tmp_path_factory.mktemp("planted")
    shutil.copy(TOP / "pyproject.toml", copy)
    for root in ROOTS:
        shutil.copytree(TOP / root, copy / root, ignore=lambda _, names: [n for n in names if n == "assets"])
    device = copy / "drivers/muniment_drivers/planted_device"
    device.mkdir()
    (device / "__init__.py").touch()
    (device / "simulated.py").touch()
    for path, line in PLANTED.values():
        (copy / path).write_text(line + "\n", "utf-8")
    done = lint_imports(copy)
    assert done.returncode != 0
    return done.stdout


def test_the_tree_keeps_its_import_contracts() -> None:
    done = lint_imports(TOP)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_contract_has_a_planted_violation() -> None:
    assert {contract["id"] for contract in CONTRACTS} == set(PLANTED)


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: str(contract["id"]))
def test_a_contract_names_the_import_planted_against_it(contract: dict[str, str], verdict_on_planted: str) -> None:
    path, _ = PLANTED[contract["id"]]
    module = ".".join(Path(path).with_suffix("").parts[1:])
    assert f"{contract['name']} BROKEN" in re.sub(r"\s+", " ", verdict_on_planted)
    assert module in details(contract["name"], verdict_on_planted)


def details(name: str, said: str) -> str:
    """Cut out what is said below a broken contract's heading, up to the next heading."""
    headed = re.split(r"^(.+)\n-+\n", said, flags=re.MULTILINE)
    return "".join(text for heading, text in zip(headed[1::2], headed[2::2], strict=True) if heading == name)
