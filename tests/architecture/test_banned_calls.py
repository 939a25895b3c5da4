"""What must arrive through a port cannot be called directly: ruff knows the names in every spelling."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]

BANNED = {
    "the wall clock": "import datetime\n\nnow = datetime.datetime.now()\n",
    "the wall clock, class imported": "from datetime import datetime\n\nnow = datetime.now()\n",
    "the wall clock, renamed": "import datetime as dt\n\nnow = dt.datetime.utcnow()\n",
    "today": "from datetime import date\n\ntoday = date.today()\n",
    "a random id": "import uuid\n\nnew = uuid.uuid4()\n",
    "a random id, function imported": "from uuid import uuid4\n\nnew = uuid4()\n",
    "a random id, renamed": "from uuid import uuid4 as fresh\n\nnew = fresh()\n",
    "an id of the machine": "import uuid\n\nnew = uuid.uuid1()\n",
    "pickle": "import pickle\n",
    "part of pickle": "from pickle import loads\n",
}
ALLOWED = "from datetime import datetime\n\nthen = datetime.fromisoformat('2026-11-24T08:00:00+00:00')\n"


def banned_api_findings(source: str) -> str:
    """Lint a module that would stand in the domain, for banned names only."""
    words = [
        "check",
        "--no-cache",
        "--select",
        "TID251",
        "--stdin-filename",
        "app/muniment/domain/planted.py",
        "-",
    ]
    done = subprocess.run([sys.executable, "-m", "ruff", *words], cwd=TOP, input=source, capture_output=True, text=True)
    assert done.returncode in (0, 1), done.stderr
    return done.stdout if done.returncode else ""


@pytest.mark.parametrize("source", BANNED.values(), ids=BANNED.keys())
def test_a_banned_name_is_found(source: str) -> None:
    assert "TID251" in banned_api_findings(source)


def test_what_is_not_banned_passes() -> None:
    assert banned_api_findings(ALLOWED) == ""


@pytest.mark.parametrize("part", ["domain", "ports", "desk"])
def test_no_exception_is_made_where_the_rules_live(part: str) -> None:
    excused = re.compile(r"#\s*(?:noqa:[^#]*TID251|noqa\s*$|ruff:\s*noqa)", re.MULTILINE)
    assert excused.search("now = datetime.now()  # noqa: S101, TID251")
    files = sorted((TOP / "app/muniment" / part).rglob("*.py"))
    assert files
    assert [str(file) for file in files if excused.search(file.read_text("utf-8"))] == []
