"""Proofs about the tree: that a record is in it, and that an older tree is the beginning of a newer one.

Whoever checks a proof needs nothing of the ledger but a root he trusts.

Source: RFC 9162, section 2.1.3 (inclusion) and section 2.1.4 (consistency).
"""

from __future__ import annotations

from collections.abc import Sequence

from muniment.domain.custody.tree import Subtree, hash_between, node_hash


def inclusion(index: int, size: int, subtree: Subtree) -> list[bytes]:
    """The hashes that lead from the leaf at `index`, counted from 0, to the root of a tree of `size` leaves.

    Raises:
        ValueError: the tree has no such leaf.

    """
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} of {size}")
    low, high = 0, size
    path: list[bytes] = []
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            path.append(hash_between(middle, high, subtree))
            high = middle
        else:
            path.append(hash_between(low, middle, subtree))
            low = middle
    return path[::-1]


def consistency(older: int, newer: int, subtree: Subtree) -> list[bytes]:
    """The hashes that show the tree of `older` leaves to be the beginning of that of `newer` leaves.

    Raises:
        ValueError: the older tree is empty, or larger than the newer one.

    """
    if not 0 < older <= newer:
        raise ValueError(f"from {older} to {newer}")
    low, high = 0, newer
    path: list[bytes] = []
    whole = True
    while older != high:
        middle = low + _split(high - low)
        if older <= middle:
            path.append(hash_between(middle, high, subtree))
            high = middle
        else:
            path.append(hash_between(low, middle, subtree))
            low, whole = middle, False
    if not whole:
        path.append(hash_between(low, high, subtree))
    return path[::-1]


def proves_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether the hashes lead from the leaf to the root."""
    if not 0 <= index < size:
        return False
    at, last, found = index, size - 1, leaf
    for other in path:
        if last == 0:
            return False
        if at & 1 or at == last:
            found = node_hash(other, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, other)
        at, last = at >> 1, last >> 1
    return last == 0 and found == root


def proves_consistency(older: int, newer: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]) -> bool:
    """Whether the hashes lead from a subtree that both trees have to both roots."""
    if not 0 < older <= newer:
        return False
    if older == newer:
        return old_root == new_root and not path
    way = list(path) if older & (older - 1) else [old_root, *path]
    if not way:
        return False
    at, last = older - 1, newer - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old = new = way[0]
    for other in way[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old, new = node_hash(other, old), node_hash(other, new)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            new = node_hash(new, other)
        at, last = at >> 1, last >> 1
    return last == 0 and old == old_root and new == new_root


def _split(leaves: int) -> int:
    """The largest power of two that is smaller than the number of leaves."""
    return 1 << ((leaves - 1).bit_length() - 1)
