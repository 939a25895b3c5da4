"""The whole way: bytes on a serial line, a real window on a real X screen, a fact in the ledger."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from muniment.bootstrap import create_register, join_register
from muniment.training.demonstration import CHARTER, OFFICER, PASSPHRASE, PIN, furnish
from muniment_drivers.scanner_serial.emulator import PtyWire, ScannerEmulator
from window.screen import Screen, until

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(os.name != "posix", reason="a pty and an X screen are for POSIX")


def test_a_scan_on_the_line_issues_a_weapon_in_the_window(display: Screen, tmp_path: Path) -> None:
    where = str(tmp_path / "demonstration.muniment")
    register = create_register(where, CHARTER)
    furnish(register)
    register.close()
    scanner = ScannerEmulator(PtyWire(tmp_path))
    desktop = subprocess.Popen(
        [sys.executable, "-m", "muniment", "--register", where, "desktop"],
        env={
            **display.environment,
            "PYTHONPATH": os.pathsep.join(str(ROOT / part) for part in ("app", "drivers", "db")),
            "MUNIMENT_SCANNERS": scanner.url,
            "HOME": str(tmp_path),
        },
    )
    try:
        display.focus(display.window("Demonstration Depot"))
        display.type(OFFICER)
        display.press("Tab")
        display.type(PASSPHRASE)
        display.press("Return")
        display.window("Desk")
        scanner.present("BADGE-D101")
        scanner.present("TAG-0001")
        until(lambda: holder_of(where, "TAG-0001"))
        display.picture(tmp_path / "issued.png")
        display.press("F10")
        display.type(PIN)
        display.press("Return")
        until(lambda: confirmed(where, "TAG-0001"))
        display.picture(tmp_path / "confirmed.png")
    finally:
        display.picture(tmp_path / "last.png")
        scanner.stop()
        desktop.terminate()
        desktop.wait(10)
        _keep(tmp_path)
    assert holder_of(where, "TAG-0001") == "M. Tavares"


def _keep(folder: Path) -> None:
    """Keep the pictures for somebody to look at, where a folder for them is named."""
    keep = os.environ.get("MUNIMENT_KEEP_PICTURES")
    for picture in folder.glob("*.png") if keep else ():
        (Path(str(keep)) / picture.name).write_bytes(picture.read_bytes())


def holder_of(where: str, code: str) -> str:
    """Who holds what a code is bound to, by another desk's reading of the same register."""
    register = join_register(where)
    with register.desk.look() as work:
        item = work.bound_to(code)
        standing = work.standing(item) if item else None
        record = work.person(standing.where) if standing and standing.where.startswith("person/") else None
    register.close()
    return record.name if record else ""


def confirmed(where: str, code: str) -> str:
    """How the hand receipt of an issued weapon was confirmed, empty while it is open."""
    register = join_register(where)
    with register.desk.look() as work:
        item = work.bound_to(code)
        standing = work.standing(item) if item else None
        receipt = work.standing(standing.text("receipt")) if standing and standing.text("receipt") else None
    register.close()
    return receipt.text("confirmed_by") if receipt else ""
