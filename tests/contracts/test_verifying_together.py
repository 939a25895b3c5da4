"""Several processes verify one register, and find what one finds."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from contracts.test_ledger_guards import ALTERATIONS, as_owner, engine_of, in_dialect
from fakes.depot import Depot
from muniment.desk.hatch import Wanted, issue_item, return_item
from muniment.domain.custody.verifying import Verdict
from muniment.ports.audit import Stopped
from muniment.ports.work import StoreFault
from muniment.signatures import suites
from muniment_db.audit import DatabaseAudit
from muniment_db.audit_hands import Hands, MovedOn
from muniment_db.audit_share import Moment, Share, divide, moment
from muniment_db.engine import reading

on_engines_that_others_can_open = pytest.mark.parametrize("where", ["sqlite", "postgresql"], indirect=True)


def together(depot: Depot) -> Verdict:
    return DatabaseAudit(engine_of(depot), suites(), hands=2, alone_up_to=0).verify(lambda _done, _all: True)


def alone(depot: Depot) -> Verdict:
    return DatabaseAudit(engine_of(depot), suites(), hands=1).verify(lambda _done, _all: True)


def alter(depot: Depot, *sql: str) -> None:
    for one in sql:
        as_owner(engine_of(depot), lambda db, one=one: db.exec_driver_sql(in_dialect(db, one)))  # type: ignore[misc]


@on_engines_that_others_can_open
def test_a_sound_register_has_no_breaks(depot: Depot) -> None:
    verdict = together(depot)
    assert (verdict.breaks, verdict) == ((), alone(depot))


@on_engines_that_others_can_open
def test_all_breaks_are_found_that_one_process_finds(depot: Depot) -> None:
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    return_item(depot.desk, depot.by_officer(), depot.rifle)
    last = "insert into p_weapon (subject, version, number, more) values ('~~~', 1, 78, '{}')"
    first = "insert into p_weapon (subject, version, number, more) values ('', 1, 79, '{}')"
    alter(depot, *(one.sql for one in ALTERATIONS.values()), last, first)
    found = together(depot)
    assert found == alone(depot)
    assert {one.rule for one in ALTERATIONS.values()} <= {broken.rule for broken in found.breaks}
    assert {"~~~", ""} <= {broken.where for broken in found.breaks if broken.rule == "row_unfounded"}


@on_engines_that_others_can_open
def test_shares_leave_no_subject_out(depot: Depot) -> None:
    engine = reading(engine_of(depot))
    with engine.connect() as db:
        shares = divide(db, moment(db), 5)
    assert len(shares) > 3
    assert [share.low for share in shares] == ["", *(share.high for share in shares[:-1])]
    assert shares[-1].high == ""


@on_engines_that_others_can_open
def test_nobody_reads_another_moment_than_the_rest(depot: Depot) -> None:
    engine = reading(engine_of(depot))
    with engine.connect() as db:
        before = moment(db)
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    with engine.connect() as db:
        after = moment(db)
    with Hands(engine.url, 2, suites()) as hands:
        with pytest.raises(MovedOn):
            hands.begin(before)
        hands.begin(after)
        assert hands.walk([Share()], lambda _done: True) == []


@on_engines_that_others_can_open
def test_it_stops_when_asked(depot: Depot) -> None:
    with pytest.raises(Stopped):
        DatabaseAudit(engine_of(depot), suites(), hands=2, alone_up_to=0).verify(lambda _done, _all: False)


def test_a_register_that_is_gone_is_a_fault(tmp_path: Path) -> None:
    nowhere = sa.make_url(f"sqlite:///{tmp_path / 'gone.muniment'}")
    with Hands(nowhere, 2, suites()) as hands, pytest.raises(StoreFault, match="There is no register"):
        hands.begin(Moment("", 0, 0, 0, b"", ""))


@on_engines_that_others_can_open
def test_a_process_that_dies_is_a_fault_and_never_a_clean_verdict(depot: Depot) -> None:
    engine = reading(engine_of(depot))
    with engine.connect() as db:
        whole = moment(db)
    with Hands(engine.url, 2, suites()) as hands:
        hands.begin(whole)
        hands._processes[0].kill()
        hands._processes[0].join()
        with pytest.raises(StoreFault, match="ended before it was done"):
            hands.walk([Share("", "m"), Share("m")], lambda _done: True)
