"""The tree over the ledger: one hash that stands for every record before it.

Its leaves are the leaf hashes of the records, in order. A tree that only grows keeps all of its older roots provable,
so whoever has noted a root once can tell later whether the ledger still holds everything it held then.

Source: RFC 9162, section 2.1.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable

import msgspec

EMPTY_ROOT = hashlib.sha256(b"").digest()
"""The root of a tree without leaves."""

TILE_HEIGHT = 8
"""Every eighth level is kept beside the ledger: what lies between is hashed again when it is wanted."""

Subtree = Callable[[int, int], bytes]
"""The hash of a full subtree: its level (0 for leaves) and its place among those of its level, from 0."""


class Kept(msgspec.Struct, frozen=True, gc=False):
    """The hash of a full subtree of a level that is kept."""

    level: int
    index: int
    hash: bytes


class Edge(msgspec.Struct, frozen=True):
    """A tree by its right edge: how many leaves, and the full subtrees it is made of, the largest first."""

    size: int = 0
    subtrees: tuple[bytes, ...] = ()

    def root(self) -> bytes:
        """The hash that stands for all leaves."""
        if not self.subtrees:
            return EMPTY_ROOT
        *larger, root = self.subtrees
        for left in reversed(larger):
            root = node_hash(left, root)
        return root

    def grown(self, leaves: Iterable[bytes]) -> tuple[Edge, list[Kept]]:
        """The tree with more leaves, and those full subtrees that came about and are kept."""
        sha256 = hashlib.sha256
        subtrees = list(self.subtrees)
        kept: list[Kept] = []
        size = self.size
        for leaf in leaves:
            node, index, level = leaf, size, 0
            while index & 1:
                node = sha256(b"\1" + subtrees.pop() + node).digest()
                index >>= 1
                level += 1
                if not level % TILE_HEIGHT:
                    kept.append(Kept(level, index, node))
            subtrees.append(node)
            size += 1
        return Edge(size, tuple(subtrees)), kept


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees side by side."""
    return hashlib.sha256(b"\1" + left + right).digest()


def edge_at(size: int, subtree: Subtree) -> Edge:
    """The tree as it was with so many leaves."""
    return Edge(size, tuple([subtree(level, index) for level, index in _full_subtrees(0, size)]))


def _full_subtrees(low: int, high: int) -> Iterable[tuple[int, int]]:
    """The full subtrees that make up the leaves from `low` to before `high`, where a split of RFC 9162 begins."""
    while low < high:
        level = (high - low).bit_length() - 1
        yield level, low >> level
        low += 1 << level


def hash_between(low: int, high: int, subtree: Subtree) -> bytes:
    """The root of the leaves from `low` to before `high`, which is a part that RFC 9162 would split off."""
    return Edge(high - low, tuple([subtree(level, index) for level, index in _full_subtrees(low, high)])).root()
