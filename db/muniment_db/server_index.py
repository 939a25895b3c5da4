"""The index of pieces that a server keeps by itself, where it is allowed to."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import Any

import sqlalchemy as sa

_NAME = "p_weapon_pieces"
_BUILDERS = 0x4D554E50
"""The advisory lock of whoever has the index built, so that several desks do not."""


class ServerIndex:
    """Has the server build its index, on a thread and a connection of their own: it takes a while on a long table."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._thread: threading.Thread | None = None
        self._session: Any = None

    def prepare(self) -> float:
        """Begin, at the first call; whether it has ended by now, as a share."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._build, name="search index", daemon=True)
            self._thread.start()
        return 0.0 if self._thread.is_alive() else 1.0

    def close(self) -> None:
        """Leave off; what is half built is built again another time."""
        session = self._session
        if session is not None:
            session.cancel()
        if self._thread is not None:
            self._thread.join(5)

    def _build(self) -> None:
        # Not every server allows it; then a search looks at every row, and is slower but right.
        with suppress(sa.exc.DBAPIError), self._engine.connect() as db:
            db.detach()  # so that its lock ends with it
            self._session = db.connection.driver_connection
            try:
                if not db.exec_driver_sql(f"select pg_try_advisory_lock({_BUILDERS})").scalar_one():
                    return  # another desk has it built
                db.exec_driver_sql("create extension if not exists pg_trgm")
                if self._is_whole(db) is False:  # somebody was cut off in the middle
                    db.exec_driver_sql(f"drop index concurrently if exists {_NAME}")
                db.exec_driver_sql(
                    f"create index concurrently if not exists {_NAME} on p_weapon using gin (serial_key gin_trgm_ops)"
                )
            finally:
                self._session = None

    @staticmethod
    def _is_whole(db: sa.Connection) -> bool | None:
        wanted = "select indisvalid from pg_index join pg_class on oid = indexrelid where relname = %s"
        return db.exec_driver_sql(wanted, (_NAME,)).scalar_one_or_none()
