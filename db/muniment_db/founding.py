"""What a register notes about itself when it is made, and whether this program can work with it."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import select

from muniment.domain.basics.text import say
from muniment.ports.work import StoreFault
from muniment_db.faults import faults
from muniment_db.tables import layout, meta


def prepare_log(engine: sa.Engine, log: str, person_pepper: bytes) -> None:
    """Write down what an empty register needs before its first fact: the log's name, and a key for look-ups."""
    with faults(engine), engine.begin() as connection:
        connection.execute(
            sa.insert(meta),
            [
                {"key": "log", "value": log},
                {"key": "person_pepper", "value": person_pepper.hex()},
                {"key": "layout", "value": layout()},
            ],
        )


def check_layout(engine: sa.Engine) -> None:
    """Refuse a register whose tables are not laid out as this program knows them.

    Raises:
        StoreFault: another version of the program made it; or it is no register.

    """
    with faults(engine), engine.execution_options(writes=False).connect() as connection, connection.begin():
        known = sa.inspect(connection).has_table("meta")
        found = (
            connection.execute(select(meta.c.value).where(meta.c.key == "layout")).scalar_one_or_none()
            if known
            else None
        )
    if not known:
        raise StoreFault(
            say("This is no register, or it is damaged."),
            say("Nothing was changed."),
            say("Choose another file or database, or restore the newest backup."),
        )
    if found != layout():
        raise StoreFault(
            say("This register was made by another version of the program, or what it notes about itself was altered."),
            say("Nothing was changed."),
            say(
                "Open it with the version that made it. If it is this one, verify the register and tell the commander."
            ),
        )
