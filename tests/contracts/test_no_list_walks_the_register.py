"""What is asked after every fact is told from indexes, and takes as long with a million weapons as with a few."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from fakes.depot import Depot, depot_at
from fakes.outside import StoppedClock, outside
from muniment.domain.basics.identity import Kind
from muniment.ports.views import ItemState, Which
from muniment_db.engine import open_sqlite
from muniment_db.tables import projections
from muniment_db.views import DatabaseViews


class Asked:
    """A register in a file, its views, and what they ask of the database."""

    def __init__(self, depot: Depot, where: Path) -> None:
        self.depot = depot
        self.engine = open_sqlite(where)
        self.views = DatabaseViews(self.engine)
        self._statements: list[tuple[str, Any]] = []
        sa.event.listen(self.engine, "before_cursor_execute", self._note)

    def _note(self, _db: object, _cursor: object, statement: str, values: Any, *_more: object) -> None:
        self._statements.append((statement, values))

    def plans(self, do: Callable[[], object]) -> list[str]:
        """How the database finds weapons for what `do` asks."""
        self._statements.clear()
        do()
        asked = [one for one in self._statements if one[0].lstrip().upper().startswith("SELECT")]
        with self.engine.connect() as db:
            return [
                str(row[3])
                for statement, values in asked
                for row in db.exec_driver_sql(f"explain query plan {statement}", values)
                if "p_weapon" in str(row[3])
            ]


@pytest.fixture
def asked(tmp_path: Path) -> Iterator[Asked]:
    where, clock = tmp_path / "depot.muniment", StoppedClock()
    made = Asked(depot_at(str(where), clock, outside(clock)), where)
    yield made
    made.views.close()
    made.engine.dispose()


def walks(plans: list[str]) -> list[str]:
    """Those that look at every row, or at every entry of an index that holds all."""
    few = ("p_weapon_marked", "p_weapon_due_at")
    return [plan for plan in plans if plan.startswith("SCAN") and not plan.endswith(few)]


def test_what_is_late_is_told_from_the_few_that_somebody_must_bring_back(asked: Asked) -> None:
    plans = asked.plans(lambda: asked.views.overdue(asked.depot.clock.at))
    assert any("COVERING INDEX p_weapon_due_at" in plan for plan in plans)
    assert walks(plans) == []


@pytest.mark.parametrize("state", [state for state in ItemState if state not in (ItemState.ALL, ItemState.IN_STORE)])
def test_a_state_is_listed_without_walking_everything(asked: Asked, state: ItemState) -> None:
    assert walks(asked.plans(lambda: asked.views.numbers(Which(asked.depot.clock.at, state)))) == []


def test_a_walk_over_everything_is_found(asked: Asked) -> None:
    weapon = projections[Kind.WEAPON]

    def walk() -> None:
        with asked.engine.connect() as db:
            db.execute(sa.select(weapon.c.number).where(weapon.c.condition == "worn")).all()

    assert len(walks(asked.plans(walk))) == 1
