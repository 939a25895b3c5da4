"""The tree over the ledger and the proofs about it, held against the definitions of RFC 9162 word for word."""

from __future__ import annotations

import hashlib
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.domain.custody.record import leaf_hash
from muniment.domain.custody.tree import EMPTY_ROOT, TILE_HEIGHT, Edge, edge_at, node_hash
from muniment.domain.custody.tree_proofs import (
    consistency,
    inclusion,
    proves_consistency,
    proves_inclusion,
)

MANY = 70
LEAVES = [leaf_hash(str(nth).encode()) for nth in range(700)]

PUBLISHED = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
"""The entries of the test vectors that implementations of Certificate Transparency share."""


@cache
def by_definition(low: int, high: int) -> bytes:
    """MTH of RFC 9162, 2.1.1."""
    if high == low:
        return hashlib.sha256(b"").digest()
    if high - low == 1:
        return LEAVES[low]
    k = 1
    while k * 2 < high - low:
        k *= 2
    return hashlib.sha256(b"\x01" + by_definition(low, low + k) + by_definition(low + k, high)).digest()


def full(level: int, index: int) -> bytes:
    return by_definition(index << level, (index + 1) << level)


def grown_to(size: int) -> Edge:
    return Edge().grown(LEAVES[:size])[0]


def test_an_empty_tree_has_the_hash_of_nothing() -> None:
    assert Edge().root() == EMPTY_ROOT == by_definition(0, 0)


def test_the_published_entries_have_the_published_roots() -> None:
    edge, _ = Edge().grown(leaf_hash(bytes.fromhex(entry)) for entry in PUBLISHED)
    one, _ = Edge().grown([leaf_hash(b"")])
    assert one.root().hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert edge.root().hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


@pytest.mark.parametrize("size", range(MANY))
def test_a_root_is_that_of_the_definition(size: int) -> None:
    assert grown_to(size).root() == by_definition(0, size)
    assert edge_at(size, full) == grown_to(size)


@given(st.lists(st.integers(0, 60), max_size=11))
def test_it_is_the_same_tree_in_whatever_portions_it_grows(portions: list[int]) -> None:
    edge = Edge()
    for portion in portions:
        edge, _ = edge.grown(LEAVES[edge.size : edge.size + portion])
    assert edge == grown_to(sum(portions))


def test_every_full_subtree_of_a_kept_level_is_told_once() -> None:
    first, early = Edge().grown(LEAVES[:300])
    _, late = first.grown(LEAVES[300:600])
    told = [(one.level, one.index, one.hash) for one in (*early, *late)]
    assert told == [(TILE_HEIGHT, nth, full(TILE_HEIGHT, nth)) for nth in range(2)]


def test_every_record_is_proved_to_be_in_the_tree_and_in_no_other_place() -> None:
    for size in range(1, MANY):
        root = by_definition(0, size)
        for index in range(size):
            path = inclusion(index, size, full)
            assert proves_inclusion(LEAVES[index], index, size, path, root)
            for other in range(size):
                if other != index:
                    assert not proves_inclusion(LEAVES[index], other, size, path, root)


def test_every_older_tree_is_proved_to_be_the_beginning() -> None:
    for newer in range(1, MANY):
        for older in range(1, newer + 1):
            path = consistency(older, newer, full)
            assert proves_consistency(older, newer, by_definition(0, older), by_definition(0, newer), path)


def changed(value: bytes, bit: int) -> bytes:
    return (int.from_bytes(value) ^ 1 << bit).to_bytes(len(value))


@given(st.integers(2, 600), st.data())
def test_a_proof_in_which_one_bit_is_changed_proves_nothing(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    path, root = inclusion(index, size, full), by_definition(0, size)
    at, bit = data.draw(st.integers(0, len(path) - 1)), data.draw(st.integers(0, 255))
    assert proves_inclusion(LEAVES[index], index, size, path, root)
    path[at] = changed(path[at], bit)
    assert not proves_inclusion(LEAVES[index], index, size, path, root)


@given(st.integers(2, 600), st.data())
def test_no_proof_makes_another_history_the_beginning(newer: int, data: st.DataObject) -> None:
    older = data.draw(st.integers(1, newer - 1))
    path = consistency(older, newer, full)
    old, new = by_definition(0, older), by_definition(0, newer)
    assert proves_consistency(older, newer, old, new, path)
    bit = data.draw(st.integers(0, 255))
    assert not proves_consistency(older, newer, changed(old, bit), new, path)
    assert not proves_consistency(older, newer, old, changed(new, bit), path)
    at = data.draw(st.integers(0, len(path) - 1))
    bent = [*path[:at], changed(path[at], bit), *path[at + 1 :]]
    assert not proves_consistency(older, newer, old, new, bent)


@pytest.mark.parametrize(("older", "newer"), [(0, 5), (6, 5)])
def test_there_is_no_proof_from_an_empty_or_a_larger_tree(older: int, newer: int) -> None:
    with pytest.raises(ValueError, match="from"):
        consistency(older, newer, full)
    assert not proves_consistency(older, newer, EMPTY_ROOT, by_definition(0, newer), [])


def test_a_shortened_or_lengthened_proof_proves_nothing() -> None:
    path, root = inclusion(3, 50, full), by_definition(0, 50)
    assert not proves_inclusion(LEAVES[3], 3, 50, path[:-1], root)
    assert not proves_inclusion(LEAVES[3], 3, 50, [*path, root], root)
    assert not proves_inclusion(node_hash(LEAVES[2], LEAVES[3]), 1, 25, path[1:], by_definition(0, 49))
