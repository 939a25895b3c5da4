"""Places that were given up: what they are called once another place bears their code, and how they are named again."""

from __future__ import annotations

import re

from muniment.domain.basics.identity import Kind, kind_of
from muniment.domain.basics.moments import moment
from muniment.domain.custody.facts import Deed
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.domain.custody.standing import Standing
from muniment.domain.places.place import code_form
from muniment.ports.work import Work

_NAMED = re.compile(r"(?P<code>.+?)\s*\(?\s*[-–—]\s*(?P<day>\d{4}-\d{2}-\d{2})(?:\s*,\s*(?P<nth>\d{1,4}))?\s*\)?")


def was_closed(work: Work, place: Standing) -> bool:
    """Whether a place was given up. One that was registered in error was withdrawn, and never was a place."""
    return bool(place.text(WITHDRAWN)) and all(
        fact.kind is not Deed.WITHDRAWN for _, fact in work.facts_of(place.subject)
    )


def place_called(work: Work, place: Standing) -> str:
    """How a place is called: by its code; one whose code another place bears, also by the day it was closed.

    So that what is read in a record names one place, and can be typed to find it: `RACK9 (–2026-11-24)`. Of several
    that were closed on one day the later ones are numbered.
    """
    code = place.text("code")
    if not place.text(WITHDRAWN):
        return code
    bore = [one for one in work.all_of(Kind.PLACE) if code_form(one.text("code")) == code_form(code)]
    day = _closed_on(work, place) if len(bore) > 1 else ""
    if not day:
        return code
    that_day = [one.subject for one in _in_time(bore) if one.text(WITHDRAWN) and _closed_on(work, one) == day]
    nth = that_day.index(place.subject) + 1
    return f"{code} (–{day}, {nth})" if nth > 1 else f"{code} (–{day})"


def earlier_of(work: Work, place: Standing) -> list[str]:
    """How the places are called that bore the code of this one before it, the newest first."""
    form = code_form(place.text("code"))
    bore = [one for one in work.all_of(Kind.PLACE) if code_form(one.text("code")) == form]
    earlier = [one for one in _in_time(bore) if one.subject < place.subject and was_closed(work, one)]
    return [place_called(work, one) for one in reversed(earlier)]


def closed_place_named(work: Work, name: str) -> Standing | None:
    """The closed place that is called so, or the last one that had this code; nothing where there is none."""
    closed = [one for one in _in_time(work.all_of(Kind.PLACE)) if one.text(WITHDRAWN)]
    said = _NAMED.fullmatch(name.strip())
    if said is not None:
        form = code_form(said["code"])
        that_day = [
            one for one in closed if code_form(one.text("code")) == form and _closed_on(work, one) == said["day"]
        ]
        nth = int(said["nth"] or 1)
        if 0 < nth <= len(that_day):
            return that_day[nth - 1]
    bore = [one for one in closed if code_form(one.text("code")) == code_form(name)]
    return bore[-1] if bore else None


def _in_time(places: list[Standing]) -> list[Standing]:
    return sorted(places, key=lambda one: one.subject)  # subjects sort by the time they were made


def _closed_on(work: Work, place: Standing) -> str:
    """The day on which a place was closed, by the calendar of the ledger; empty where it was registered in error."""
    if kind_of(place.subject) is not Kind.PLACE or not was_closed(work, place):
        return ""
    closing = [fact for _, fact in work.facts_of(place.subject) if WITHDRAWN in fact.after]
    return moment(closing[-1].made_at).date().isoformat() if closing else ""
