"""What a search must answer, found the plain way: by looking at everything, one after the other, in Python."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fakes.depot import Depot
from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.custody.standing import Standing
from muniment.domain.stock.serial import comparison_key, look_alike_key, with_other_zeros
from muniment.ports.views import Why

ITEMS = {Kind.WEAPON: "W", Kind.COMPONENT: "C", Kind.LINE: "L"}


def plainly_found(depot: Depot, text: str, most: int) -> list[tuple[Subject, Why]]:
    """The subjects in the order of the contract, each once, for its best reason."""
    found: dict[Subject, Why] = {}
    for subject, why in _all_hits(depot, text.strip()):
        found.setdefault(subject, why)
    return list(found.items())[:most]


def _all_hits(depot: Depot, text: str) -> Iterator[tuple[Subject, Why]]:
    if not text:
        return
    with depot.desk.look() as work:
        stock = {kind: sorted(work.all_of(kind), key=lambda s: s.number("number")) for kind in ITEMS}
        codes = sorted(
            (code.text("code"), Subject(code.text("bound")))
            for code in work.all_of(Kind.CODE)
            if code.text("bound") and kind_of(Subject(code.text("bound"))) in ITEMS
        )
    items = [item for kind in ITEMS for item in stock[kind]]
    serialised = [item for kind in (Kind.WEAPON, Kind.COMPONENT) for item in stock[kind]]
    key = comparison_key(text)
    yield from ((bound, Why.CODE) for code, bound in codes if code == text)
    yield from ((item.subject, Why.REGISTER_NO) for item in items if _is_number(item, text))
    yield from ((item.subject, Why.SERIAL) for item in serialised if key and _key(item) == key)
    yield from ((bound, Why.CODE) for code, bound in codes if code.startswith(text))
    yield from ((item.subject, Why.REGISTER_NO) for item in items if _begins_number(item, text))
    if key:
        if len(key) >= 3:
            part = [item for item in serialised if key in _key(item)]
        else:
            part = _by(_key, [item for item in serialised if _key(item).startswith(key)])
        yield from ((item.subject, Why.PART) for item in part)
    yield from ((item.subject, Why.NAME) for item in stock[Kind.WEAPON] if _is_called(item, text))
    if key:
        near = [item for item in serialised if _near(item).startswith(look_alike_key(text))]
        yield from ((item.subject, Why.LOOKS_ALIKE) for item in _by(_near, near))
        for other in with_other_zeros(look_alike_key(text))[1:]:
            near = [item for item in serialised if _near(item) == other]
            yield from ((item.subject, Why.LOOKS_ALIKE) for item in _by(_near, near))


def _by(key: object, items: list[Standing]) -> list[Standing]:
    """Weapons before components, each by this key."""
    return sorted(items, key=lambda item: (kind_of(item.subject) is not Kind.WEAPON, key(item), item.number("number")))  # type: ignore[operator]


def _key(item: Standing) -> str:
    return comparison_key(item.text("serial_raw"))


def _near(item: Standing) -> str:
    return look_alike_key(item.text("serial_raw"))


def _figures(item: Standing, text: str) -> str:
    """The figures of a typed register number that could be this item's."""
    letter = ITEMS[kind_of(item.subject)]
    read = re.fullmatch(rf"(?:{letter})?-?([0-9]+)", text.upper())
    return read.group(1) if read else ""


def _is_number(item: Standing, text: str) -> bool:
    figures = _figures(item, text)
    return bool(figures) and int(figures) == item.number("number")


def _begins_number(item: Standing, text: str) -> bool:
    figures = _figures(item, text)
    return bool(figures) and item.text("register_no").partition("-")[2].startswith(figures)


def _is_called(item: Standing, text: str) -> bool:
    words = [word for word in map(comparison_key, text.split()) if word]
    if sum(map(len, words)) < 3:
        return False
    name = [word for word in map(comparison_key, f"{item.text('make')} {item.text('model')}".split()) if word]
    if "".join(words) in " ".join(name):
        return True
    return all(any(word in one if len(word) >= 3 else one.startswith(word) for one in name) for word in words)
