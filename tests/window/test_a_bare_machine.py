"""A machine without fonts, message bus, sound or print system, and a scanner that types: the desk goes on there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from muniment.bootstrap import create_register
from muniment.training.demonstration import CHARTER, OFFICER, PASSPHRASE, PIN, furnish
from window.screen import Screen, until
from window.test_a_scan_in_a_real_window import confirmed, holder_of

ROOT = Path(__file__).parents[2]
NO_FONTS = '<?xml version="1.0"?><fontconfig><dir>/nowhere</dir></fontconfig>'

pytestmark = pytest.mark.skipif(os.name != "posix", reason="an X screen is for POSIX")


def bare(display: Screen, home: Path) -> dict[str, str]:
    """Surroundings in which nothing is there that a desk could do without."""
    fonts = home / "fonts.conf"
    fonts.write_text(NO_FONTS, encoding="utf-8")
    return {
        "DISPLAY": display.display,
        "QT_QPA_PLATFORM": "xcb",
        "LANG": "C.UTF-8",
        "HOME": str(home),
        "XDG_DATA_HOME": os.environ["XDG_DATA_HOME"],
        "PATH": str(home),
        "PYTHONPATH": os.pathsep.join(str(ROOT / part) for part in ("app", "drivers", "db")),
        "FONTCONFIG_FILE": str(fonts),
        "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere",
        "DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nowhere",
        "CUPS_SERVER": "127.0.0.1:1",
    }


def test_a_weapon_is_issued_confirmed_and_its_receipt_made(display: Screen, tmp_path: Path) -> None:
    where = str(tmp_path / "demonstration.muniment")
    register = create_register(where, CHARTER)
    furnish(register)
    register.close()
    desktop = subprocess.Popen(
        [sys.executable, "-m", "muniment", "--register", where, "desktop"], env=bare(display, tmp_path)
    )
    try:
        display.focus(display.window("Demonstration Depot"))
        display.type(OFFICER)
        display.press("Tab")
        display.type(PASSPHRASE)
        display.press("Return")
        display.window("Desk")
        display.scan(*"BADGE", "minus", *"D101", pace_ms=0)
        display.scan(*"TAG", "minus", *"0001", pace_ms=0)
        until(lambda: holder_of(where, "TAG-0001"))
        display.press("F10")
        display.type(PIN)
        display.press("Return")
        until(lambda: confirmed(where, "TAG-0001"))
        display.press("F11")
        until(lambda: "made" if list(tmp_path.rglob("R-000001.pdf")) else "")
    finally:
        desktop.terminate()
        desktop.wait(10)
    assert holder_of(where, "TAG-0001") == "M. Tavares"
