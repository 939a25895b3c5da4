"""Moments as the ledger writes them: whole seconds, UTC, `2026-11-24T08:14:00Z`."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache


@lru_cache(maxsize=8)
def stamp(at: datetime) -> str:
    """Write a moment down; parts of a second are cut off.

    Raises:
        ValueError: `at` does not say which zone it is in.

    """
    if at.tzinfo is None:
        raise ValueError("a moment without a zone is not a moment")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment(stamped: str) -> datetime:
    """Read a moment back.

    Raises:
        ValueError: the text was not written by `stamp`.

    """
    return datetime.strptime(stamped, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def day(stamped: str) -> date:
    """Read a calendar day, `2027-01-31`.

    Raises:
        ValueError: the text is not a day of the calendar.

    """
    return date.fromisoformat(stamped)
