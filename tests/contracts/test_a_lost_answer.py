"""A server that is lost while it commits: nobody says more than is known, and the same act done again is one act."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from fakes.depot import Depot
from muniment.desk.hatch import Wanted, issue_item
from muniment.ports.work import StoreFault


@contextmanager
def lost_at_the_commit(*, before: bool) -> Iterator[None]:
    """Every commit loses its connection, before the server hears of it or before its answer comes."""

    def lose(connection: sa.Connection) -> None:
        line = connection.connection.driver_connection
        assert line is not None
        if not before:
            line.commit()
        line.close()

    sa.event.listen(sa.Engine, "commit", lose)
    try:
        yield
    finally:
        sa.event.remove(sa.Engine, "commit", lose)


@pytest.mark.parametrize("before", [True, False])
def test_a_lost_commit_is_told_as_unknown_and_done_again_is_done_once(
    depot: Depot, where: str, *, before: bool
) -> None:
    if not where.startswith("postgresql"):
        pytest.skip("there is no line to a server that could be cut")
    said = depot.by_officer(act="first-issue")
    with lost_at_the_commit(before=before), pytest.raises(StoreFault) as lost:
        issue_item(depot.desk, said, depot.rifle, Wanted(depot.soldier))
    assert "not known" in str(lost.value.safe)
    assert issue_item(depot.desk, said, depot.rifle, Wanted(depot.soldier)).again is not before
    with depot.desk.look() as work:
        assert [item.subject for item in work.at(depot.soldier)] == [depot.rifle]
    assert depot.breaks() == ()
