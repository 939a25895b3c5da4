"""Opening a register: what a charter must say, and what is left behind when it cannot be done."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fakes.depot import CHARTER
from fakes.outside import StoppedClock, outside
from muniment.bootstrap import create_register, join_register
from muniment.desk.opening import Charter, FirstOfficer
from muniment.domain.basics.refusal import Refusal
from muniment.domain.people.person import PersonRecord, Role
from muniment.ports.work import StoreFault

ALONE = FirstOfficer(
    PersonRecord(name="Example Officer", sign_in="officer"), frozenset({Role.ARMOURY_OFFICER}), "correct horse"
)


@pytest.mark.parametrize(
    ("charter", "rule"),
    [
        (replace(CHARTER, depot="  "), "depot_missing"),
        (replace(CHARTER, country="QQ"), "country_unknown"),
        (replace(CHARTER, country="SU"), "country_historic"),
        (replace(CHARTER, officers=()), "no_officer"),
        (replace(CHARTER, officers=(replace(ALONE, roles=frozenset({Role.AUDITOR})),)), "no_officer"),
        (replace(CHARTER, officers=(ALONE, replace(ALONE, passphrase="another one"))), "sign_in_taken"),
        (replace(CHARTER, officers=(replace(ALONE, passphrase="short"),)), "secret_too_short"),
    ],
)
def test_a_charter_that_is_not_in_order_leaves_no_file(tmp_path: Path, charter: Charter, rule: str) -> None:
    where = tmp_path / "depot.muniment"
    with pytest.raises(Refusal) as refusal:
        create_register(str(where), charter, outside(StoppedClock()))
    assert refusal.value.rule == rule
    assert list(tmp_path.iterdir()) == []


def test_what_a_power_cut_left_of_a_register_does_not_stand_in_the_way(tmp_path: Path) -> None:
    where = tmp_path / "depot.muniment"
    Path(f"{where}.unfinished").write_bytes(b"half of a register")
    create_register(str(where), CHARTER, outside(StoppedClock())).close()
    made = join_register(str(where), outside(StoppedClock()))
    assert made.depot == "Depot Example"
    made.close()
    assert [one.name for one in tmp_path.iterdir()] == ["depot.muniment"]


def test_a_file_that_is_there_is_not_touched(tmp_path: Path) -> None:
    where = tmp_path / "depot.muniment"
    where.write_text("letters home", encoding="utf-8")
    with pytest.raises(StoreFault):
        create_register(str(where), CHARTER, outside(StoppedClock()))
    assert where.read_text(encoding="utf-8") == "letters home"
