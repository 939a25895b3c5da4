"""A verification is cut into shares of about the same size, whatever order facts came in."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from muniment_db.audit_share import Moment, divide
from muniment_db.engine import open_sqlite
from muniment_db.guards import create_tables
from muniment_db.tables import event

FACTS, INTO = 20_000, 8


@pytest.mark.parametrize("kinds", [("weapon",), ("weapon", "code"), ("weapon", "code", "place", "person")])
def test_no_share_is_much_larger_than_the_others(tmp_path: Path, kinds: tuple[str, ...]) -> None:
    engine = open_sqlite(tmp_path / "register.muniment", create=True)
    create_tables(engine, "training")
    rows = [
        {"seq": n, "subject": f"{kinds[n % len(kinds)]}/{n:026d}", "act": f"{n}", "nth": 1, "body": b"", "leaf": b""}
        for n in range(1, FACTS + 1)
    ]
    with engine.begin() as db:
        db.execute(event.insert(), rows)
        shares = divide(db, Moment("log", FACTS, 1, FACTS, b"", ""), INTO)
    engine.dispose()
    sizes = Counter(
        next(nth for nth, share in enumerate(shares) if not share.high or row["subject"] < share.high) for row in rows
    )
    assert sum(sizes.values()) == FACTS
    assert max(sizes.values()) < 2 * FACTS / INTO
