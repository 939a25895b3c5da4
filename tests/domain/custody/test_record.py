"""A record reads back as it was written, and only so."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.domain.basics.canonical import NotCanonical
from muniment.domain.basics.identity import Subject
from muniment.domain.custody.facts import CONTENT, Deed, Evidence, Fact, well_named
from muniment.domain.custody.record import ORIGIN_LEAF, Circumstances, Head, Record, leaf_hash, seal, unseal

HEAD = Head("muniment/xx/example/training", 0, ORIGIN_LEAF)
HERE = Circumstances("2026-11-24T08:14:00Z", 5, "boot", "ws-1", "muniment 0")

good_names = st.from_regex("[a-z0-9_]{1,40}", fullmatch=True)
any_names = st.one_of(good_names, st.text(max_size=45), st.sampled_from(["", "Make", "make\n", "a" * 41, "é", "a b"]))


def fields(names: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, Any]]:
    """Fields of a fact: plain values, groups, and lists of both."""
    plain = st.one_of(st.just("x"), st.integers(-5, 5), st.booleans())
    group = st.dictionaries(names, plain, max_size=3)
    return st.dictionaries(names, st.one_of(plain, group, st.lists(st.one_of(plain, group), max_size=3)), max_size=4)


def fact(before: dict[str, Any], after: dict[str, Any], about: dict[str, Any]) -> Fact:
    return Fact(
        kind=Deed.WEAPON_DESCRIBED,
        subject=Subject("weapon/01m888332yzqgcxg9pm0904j0v"),
        actor="person/01m888332yzqgcxg9pm0904j0w",
        made_at="2026-11-24T08:14:00Z",
        v=CONTENT,
        id="a.1",
        act="a",
        before=before,
        after=after,
        about=about,
    )


def names_in(value: object) -> list[str]:
    """Every name in a value, however deep: the long way."""
    if isinstance(value, dict):
        return [name for key, inner in value.items() for name in [key, *names_in(inner)]]
    if isinstance(value, list):
        return [name for inner in value for name in names_in(inner)]
    return []


@given(fields(any_names), fields(any_names), fields(any_names))
def test_names_are_judged_as_one_by_one(before: dict[str, Any], after: dict[str, Any], about: dict[str, Any]) -> None:
    one_by_one = all(re.fullmatch("[a-z0-9_]{1,40}", name) for name in names_in([before, after, about]))
    assert well_named(fact(before, after, about)) == one_by_one


@given(fields(good_names), fields(good_names), fields(good_names))
def test_what_was_sealed_is_unsealed(before: dict[str, Any], after: dict[str, Any], about: dict[str, Any]) -> None:
    stated = fact(before, after, about)
    record, read = unseal(seal(stated, HEAD, HERE).body)
    assert (read, record.seq, record.prev) == (stated, 1, ORIGIN_LEAF.hex())


BAD = {
    "a field": {"after": {"Make": "x"}},
    "a field before": {"before": {"a b": "x"}},
    "a field it is about": {"about": {"a" * 41: "x"}},
    "a part of a group": {"after": {"size": {"Länge": 1}}},
    "a part of a group in a list": {"after": {"calibres": ["x", {"co-de": "x"}]}},
    "a line break in the end": {"after": {"make\n": "x"}},
}


@pytest.mark.parametrize("where", BAD)
def test_a_name_that_the_ledger_does_not_know_is_neither_kept_nor_read(where: str) -> None:
    parts: dict[str, dict[str, Any]] = {"before": {}, "after": {}, "about": {}, **BAD[where]}
    with pytest.raises(NotCanonical):
        seal(fact(**parts), HEAD, HERE)
    sound = json.loads(seal(fact({}, {"make": "x"}, {}), HEAD, HERE).body)
    sound["intent"] = {**{k: v for k, v in sound["intent"].items() if k != "after"}, **BAD[where]}
    forged = canonical(sound["intent"])
    sound["intent_sha256"] = hashlib.sha256(forged).hexdigest()
    with pytest.raises(NotCanonical):
        unseal(canonical(sound))


def test_a_forged_record_with_sound_names_is_read() -> None:
    """What makes the test above mean something: it is the names that are refused there, nothing else."""
    body = canonical(json.loads(seal(fact({}, {"make": "x"}, {}), HEAD, HERE).body))
    assert unseal(body)[1].after == {"make": "x"}
    assert leaf_hash(body) == seal(fact({}, {"make": "x"}, {}), HEAD, HERE).leaf


def canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


@pytest.mark.parametrize("kind", [Record, Fact, Evidence])
def test_names_stand_in_the_order_of_canonical_bytes(kind: type[msgspec.Struct]) -> None:
    assert list(kind.__struct_encode_fields__) == sorted(kind.__struct_encode_fields__)
