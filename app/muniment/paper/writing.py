"""Numbers, days and moments in letters: year first on every sheet, so that no reader takes a month for a day."""

from __future__ import annotations

from datetime import date, datetime, timedelta


def written(value: int | date | datetime | None) -> str:
    """Write a value down; a moment in the zone it carries, to the minute.

    >>> written(date(2026, 11, 24)), written(12), written(None)
    ('2026-11-24', '12', '')
    """
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def written_with_zone(at: datetime) -> str:
    """Write a moment with its distance from UTC, `2026-11-24 10:14 UTC+02:00`."""
    offset = at.utcoffset() or timedelta()
    minutes = round(offset.total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    if not minutes:
        return f"{written(at)} UTC"
    return f"{written(at)} UTC{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"
