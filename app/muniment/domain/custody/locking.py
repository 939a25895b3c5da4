"""The lock that wrong passphrases and PINs put on a name: who guesses must wait, longer with each guess."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from muniment.domain.basics.moments import moment, stamp
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.facts import Group, Plain, Value
from muniment.domain.custody.standing import Standing

FREE = 4
"""So many wrong tries in a row cost nothing: fingers slip, and gloves more so."""

SHORTEST, LONGEST = timedelta(minutes=1), timedelta(hours=1)
"""How long the first wrong try beyond the free ones locks a name; each one more doubles it, up to the longest."""

FIELD = "wrong_tries"
_MOST = 20
"""So many desks are remembered of one person, and so many unknown names of the register."""


@dataclass(frozen=True, slots=True)
class Tries:
    """Wrong tries in a row of one secret ("passphrase", "pin") at one desk; `at` is the last of them."""

    use: str
    desk: str
    count: int = 0
    at: datetime | None = None

    def locked_for(self, now: datetime) -> timedelta:
        """How long the lock still lasts; nothing where there is none.

        A try that lies in the future by this clock locks nothing: one of the two times is wrong, and a name must not be
        locked for the years that a clock was wrong.
        """
        if self.count <= FREE or self.at is None or self.at > now:
            return timedelta()
        lock = min(LONGEST, SHORTEST * (1 << min(self.count - FREE - 1, 10)))
        return max(timedelta(), self.at + lock - now)

    def refuse_while_locked(self, now: datetime) -> None:
        """Decide whether the secret may be tried now.

        Raises:
            Refusal: the lock is on.

        """
        left = self.locked_for(now)
        if left:
            minutes = -(-left // timedelta(minutes=1))
            raise Refusal(
                "locked_out",
                say("Wrong {count} times. Locked at this desk for {minutes} min.", count=self.count, minutes=minutes),
                do_now=_INSTEAD.get(self.use, _WAIT),
            )

    def one_more(self, now: datetime) -> Tries:
        """These and one more."""
        return replace(self, count=self.count + 1, at=now)


def use_of_unknown(name: str) -> str:
    """What the tries of a name that nobody has are counted as.

    Of the name no more than twelve bits are kept: somebody may have typed a passphrase in its place.
    """
    return f"name_{hashlib.sha256(name.strip().casefold().encode()).hexdigest()[:3]}"


def tries_at(person: Standing, use: str, desk: str) -> Tries:
    """The wrong tries of a person's secret at a desk since it was last right."""
    return next((one for one in all_tries(person) if (one.use, one.desk) == (use, desk)), Tries(use, desk))


def all_tries(person: Standing) -> list[Tries]:
    """All wrong tries of a person's secrets since they were last right, at any desk, the newest last."""
    listed = person.fields.get(FIELD)
    return [
        Tries(str(one["use"]), str(one["desk"]), int(one["count"]), moment(str(one["at"])))
        for one in (listed if isinstance(listed, list) else ())
        if isinstance(one, dict)
    ]


def with_tries(person: Standing, tries: Tries) -> dict[str, Value]:
    """The field of a person, or of the register, that keeps these tries beside the others.

    Where there are too many, those with the fewest tries are forgotten first, and of these the oldest: a lock is not
    shaken off by trying other names.
    """
    others = [one for one in all_tries(person) if (one.use, one.desk) != (tries.use, tries.desk)]
    while len(others) >= _MOST:
        others.remove(min(others, key=lambda one: one.count))
    return _field([*others, tries])


def without_tries(person: Standing, use: str, desk: str = "") -> dict[str, Value]:
    """The field of a person without the tries of a secret at a desk, or at all of them; empty where none are left."""
    return _field(one for one in all_tries(person) if one.use != use or (desk and one.desk != desk))


def _field(tries: Iterable[Tries]) -> dict[str, Value]:
    kept: list[Plain | Group] = [
        {"use": one.use, "desk": one.desk, "count": one.count, "at": stamp(one.at)}
        for one in tries
        if one.at is not None
    ]
    return {FIELD: kept} if kept else {}


_WAIT = say("Wait: it unlocks by itself. Another officer may end the lock.")
_INSTEAD = {"pin": say("Sign the printed receipt instead, or wait. Another officer may end the lock.")}
