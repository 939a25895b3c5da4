"""What stands of a subject and its row say the same, and a statement that fails says so without its values."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.custody.standing import Standing
from muniment_db.engine import open_memory
from muniment_db.prepared import Prepared
from muniment_db.projection import row_of, standing_in, standing_of, touched
from muniment_db.tables import projections

KINDS = sorted(projections)
names = st.sampled_from(
    ["number", "register_no", "serial_raw", "where", "code", "calibres", "quarantine", "own_remark", "due_at", "state"]
)
values = st.one_of(
    st.text(alphabet="aB0é ", max_size=4),
    st.integers(-3, 3),
    st.booleans(),
    st.just([{"code": "9x19", "primary": True}]),
)
standings = st.builds(
    lambda kind, version, fields: Standing(Subject(f"{kind}/01m888332yzqgcxg9pm0904j0v"), version, fields),
    st.sampled_from(KINDS),
    st.integers(1, 9),
    st.dictionaries(names, values, max_size=8),
)


@given(standings)
def test_a_row_says_what_stands(standing: Standing) -> None:
    row = row_of(standing)
    named = dict(zip([c.name for c in projections[kind_in(standing)].columns], row, strict=True))
    assert standing_in(row) == standing == standing_of(named)
    assert [type(value) for value in standing_in(row).fields.values()] == [
        type(standing.fields[name]) for name in standing_in(row).fields
    ]


@given(standings, st.dictionaries(names, values, max_size=3), st.lists(names, max_size=2))
def test_only_columns_of_touched_fields_change(standing: Standing, sets: dict[str, Any], drops: list[str]) -> None:
    left = {name: value for name, value in standing.fields.items() if name not in drops}
    after = Standing(standing.subject, standing.version + 1, {**left, **sets})
    kind = kind_in(standing)
    columns, written = touched(kind, [*sets, *drops], row_of(after))
    row = dict(zip([c.name for c in projections[kind].columns], row_of(standing), strict=True))
    row.update(zip(columns, written, strict=True))
    assert tuple(row.values()) == row_of(after)


def kind_in(standing: Standing) -> Kind:
    return Kind(standing.subject.partition("/")[0])


def test_a_statement_that_fails_is_a_fault_of_the_database_and_keeps_its_values_to_itself() -> None:
    nowhere = sa.table("nowhere", sa.column("name"))
    asked = Prepared(sa.select(nowhere).where(nowhere.c.name == sa.bindparam("wanted")))
    with open_memory().begin() as db, pytest.raises(sa.exc.OperationalError, match="nowhere") as told:
        asked.rows(db, wanted="A. Nobody")
    assert "Nobody" not in str(told.value)
