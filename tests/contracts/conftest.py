"""Engines that the storage contract runs on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from fakes import postgresql
from fakes.depot import Depot, depot_at
from fakes.outside import StoppedClock, outside


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """A real server; skipped loudly only where none can be had, and never where CI says that there is one."""
    if postgresql.programs() is None:
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL is not installed, and CI must not pass without it")
        pytest.skip("NO POSTGRESQL HERE: install the package postgresql to run the storage contract on it")
    with postgresql.cluster() as url:
        yield url


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a register lives, once for every engine."""
    if request.param == "memory":
        yield ":memory:"
    elif request.param == "sqlite":
        yield str(tmp_path / "register.muniment")
    else:
        server = request.getfixturevalue("postgresql_server")
        name = "t" + os.urandom(8).hex()
        admin = sa.create_engine(server.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.exec_driver_sql(f"create database {name}")
        yield server.replace("/postgres?", f"/{name}?")
        with admin.connect() as connection:
            connection.exec_driver_sql(f"drop database {name} with (force)")
        admin.dispose()


@pytest.fixture
def depot(where: str) -> Iterator[Depot]:
    """The example depot on every engine."""
    clock = StoppedClock()
    made = depot_at(where, clock, outside(clock))
    yield made
    made.register.close()
