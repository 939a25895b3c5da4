"""What an arrival holds: the lines of the sender's list, what was seen of them, and how the two compare."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum

from muniment.domain.basics.identity import Subject
from muniment.domain.custody.facts import Evidence, Group, Value
from muniment.domain.custody.registering import calibre_of
from muniment.domain.custody.standing import Standing
from muniment.domain.stock.calibre_as import CalibreAs
from muniment.domain.stock.serial import comparison_key

ARRIVAL = "arrival"
"""What `about` of a fact names the arrival by that brought a thing in."""

LISTED, SEEN = "listed_", "seen_"
"""How the fields of an arrival are called that hold one line of the list, and one thing seen."""

OPEN = frozenset({"announced", "begun"})
"""States of an arrival that is not closed; nothing of it is in store."""


@dataclass(frozen=True, slots=True)
class Described:
    """What a line of a list, or a person with the thing in hand, says that it is. Empty texts are not said.

    `serial` is as struck; a thing without one is called by `name`. `type_code` is a type of the taxonomy.
    """

    serial: str = ""
    make: str = ""
    model: str = ""
    calibre: str = ""
    type_code: str = ""
    name: str = ""

    def words(self) -> str:
        """In one line of words, without gaps for what is not said."""
        return " ".join(part for part in (self.serial, self.name, self.make, self.model, self.calibre) if part)

    def completed(self, other: Described) -> Described:
        """The same, with what it leaves unsaid as the other one says it."""
        said = {one.name: getattr(self, one.name) or getattr(other, one.name) for one in fields(Described)}
        return Described(**said)

    def may_be(self, other: Described) -> bool:
        """Whether both may speak of one serial-numbered thing: same serial, and nothing that contradicts."""
        key = comparison_key(self.serial)
        return (
            bool(key)
            and key == comparison_key(other.serial)
            and _agree(self.make.casefold(), other.make.casefold())
            and _agree(self.model.casefold(), other.model.casefold())
            and _agree(_calibre_key(self.calibre), _calibre_key(other.calibre))
        )


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the sender's document: a thing by its serial, or a quantity of things without serials."""

    what: Described
    quantity: int = 1

    @property
    def counted(self) -> bool:
        """Whether the line is a quantity without serials."""
        return not self.what.serial


class Found(StrEnum):
    """How the register stands to a thing that arrived."""

    RETURNING = "returning"
    NEW = "new"
    COUNTED = "counted"
    CONTRADICTS = "contradicts"


@dataclass(frozen=True, slots=True)
class Seen:
    """One thing, or a quantity without serials, that was seen to be there.

    `line` is the number of its line on the list, 0 where it was not announced. `item` is its subject where the
    register knows it. `otherwise` says that it was put to a line that describes it otherwise. `passed` is the reason
    for which a second person let a second weapon of one description in.
    """

    found: Found
    what: Described
    line: int = 0
    item: str = ""
    quantity: int = 1
    serial_status: str = ""
    country: str = ""
    otherwise: bool = False
    passed: str = ""
    how: Evidence = field(default_factory=lambda: Evidence(how=""))


@dataclass(frozen=True, slots=True)
class LineTally:
    """One line of the list, and how many of it are there; of things without serials more may be there than listed."""

    nth: int
    listed: Listed
    there: int

    @property
    def missing(self) -> int:
        """How many were announced and are not there."""
        return max(0, self.listed.quantity - self.there)

    @property
    def over(self) -> int:
        """How many are there and were not announced."""
        return max(0, self.there - self.listed.quantity)


def listed_field(nth: int, line: Listed) -> tuple[str, Group]:
    """A line of the list as the ledger keeps it."""
    return f"{LISTED}{nth:04d}", _said({**_words_of(line.what), "quantity": line.quantity})


def seen_field(nth: int, seen: Seen) -> tuple[str, Group]:
    """A thing seen as the ledger keeps it."""
    return f"{SEEN}{nth:04d}", _said(
        {
            **_words_of(seen.what),
            "found": seen.found.value,
            "line": seen.line,
            "item": seen.item,
            "quantity": seen.quantity,
            "serial_status": seen.serial_status,
            "country": seen.country,
            "otherwise": seen.otherwise,
            "passed": seen.passed,
            "how": seen.how.how,
            "code": seen.how.seen,
            "device": seen.how.device,
        }
    )


def listed_of(arrival: Standing) -> dict[int, Listed]:
    """The lines of the list by their numbers."""
    return {nth: Listed(_described(group), _whole(group, "quantity")) for nth, group in _numbered(arrival, LISTED)}


def seen_of(arrival: Standing) -> dict[int, Seen]:
    """What was seen, by the numbers under which it was."""
    return {
        nth: Seen(
            found=Found(_text(group, "found")),
            what=_described(group),
            line=_whole(group, "line"),
            item=_text(group, "item"),
            quantity=_whole(group, "quantity"),
            serial_status=_text(group, "serial_status"),
            country=_text(group, "country"),
            otherwise=group.get("otherwise") is True,
            passed=_text(group, "passed"),
            how=Evidence(how=_text(group, "how"), seen=_text(group, "code"), device=_text(group, "device")),
        )
        for nth, group in _numbered(arrival, SEEN)
    }


def tally(arrival: Standing) -> tuple[LineTally, ...]:
    """How the list and what is there compare, line by line. What was not announced is on no line.

    What contradicts the book is there as much as all else: somebody holds it in hand.
    """
    there: dict[int, int] = {}
    for one in seen_of(arrival).values():
        there[one.line] = there.get(one.line, 0) + one.quantity
    return tuple(LineTally(nth, line, there.get(nth, 0)) for nth, line in listed_of(arrival).items())


def not_announced(arrival: Standing) -> dict[int, Seen]:
    """What is there and on no line of the list, by number."""
    return {nth: one for nth, one in seen_of(arrival).items() if not one.line}


def open_line(arrival: Standing, what: Described) -> int:
    """The first line of the list that speaks of this thing and that nothing was put to yet; 0 where there is none."""
    return next((one.nth for one in tally(arrival) if not one.there and one.listed.what.may_be(what)), 0)


def described(item: Standing) -> Described:
    """What the register says that an item is."""
    return Described(
        serial=item.text("serial_raw"),
        make=item.text("make"),
        model=item.text("model"),
        calibre=calibre_of(item.fields),
        type_code=item.text("taxonomy_code"),
        name=item.text("item_name") or item.text("component_kind").replace("_", " "),
    )


def seals_of(arrival: Standing) -> tuple[str, ...]:
    """The seals that the sender's document names."""
    listed = arrival.fields.get("seals", [])
    return tuple(map(str, listed)) if isinstance(listed, list) else ()


def broken_of(arrival: Standing) -> tuple[str, ...] | None:
    """The seals that were found broken or wrong; nothing where nobody has said yet."""
    said = arrival.fields.get("seals_broken")
    return tuple(map(str, said)) if isinstance(said, list) else None


def item_of(seen: Seen) -> Subject:
    """The item that a thing seen is in the register."""
    return Subject(seen.item)


def _agree(one: str, other: str) -> bool:
    return not one or not other or one == other


def _calibre_key(text: str) -> str:
    if not text:
        return ""
    found = CalibreAs.from_written(text)
    return found.code or text.casefold()


def _words_of(what: Described) -> dict[str, str | int | bool]:
    return {one.name: getattr(what, one.name) for one in fields(Described)}


def _said(group: Mapping[str, str | int | bool]) -> Group:
    return {name: value for name, value in group.items() if value}


def _described(group: Mapping[str, Value]) -> Described:
    return Described(**{one.name: _text(group, one.name) for one in fields(Described)})


def _numbered(arrival: Standing, prefix: str) -> Iterable[tuple[int, Mapping[str, Value]]]:
    for name in sorted(one for one in arrival.fields if one.startswith(prefix)):
        group = arrival.fields[name]
        if isinstance(group, dict):
            yield int(name.removeprefix(prefix)), dict(group)


def _text(group: Mapping[str, Value], name: str) -> str:
    value = group.get(name, "")
    return value if isinstance(value, str) else ""


def _whole(group: Mapping[str, Value], name: str) -> int:
    value = group.get(name, 0)
    return value if isinstance(value, int) else 0
