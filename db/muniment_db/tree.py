"""The tree over the ledger as it lies in the database: leaves with their records, every eighth level beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from sqlalchemy import bindparam, select

from muniment.domain.basics.canonical import NotCanonical
from muniment.domain.basics.identity import Kind
from muniment.domain.basics.text import say
from muniment.domain.custody.facts import Fact
from muniment.domain.custody.record import unseal
from muniment.domain.custody.tree import TILE_HEIGHT, Edge, Kept
from muniment.ports.work import StoreFault
from muniment_db.prepared import Prepared
from muniment_db.tables import checkpoint, event, node

_leaves = Prepared(
    select(event.c.leaf).where(event.c.seq > bindparam("above"), event.c.seq <= bindparam("upto")).order_by(event.c.seq)
)
_nodes = Prepared(
    select(node.c.hash)
    .where(node.c.level == bindparam("level"), node.c.index >= bindparam("low"), node.c.index < bindparam("high"))
    .order_by(node.c.index)
)
_new_node = Prepared(sa.insert(node), [column.name for column in node.columns])
_new_checkpoint = Prepared(sa.insert(checkpoint), [column.name for column in checkpoint.columns])
_newest = Prepared(select(checkpoint.c.note).order_by(checkpoint.c.size.desc()).limit(1))

_of_keys = Prepared(
    select(event.c.seq, event.c.body)
    .where(event.c.subject >= bindparam("low"), event.c.subject < bindparam("high"))
    .order_by(event.c.seq)
)
_sized = Prepared(select(checkpoint.c.note).where(checkpoint.c.size == bindparam("size")))


def leaves(db: sa.Connection, above: int, upto: int) -> list[bytes]:
    """The leaf hashes of the records after `above` and up to `upto`.

    Raises:
        StoreFault: one is missing.

    """
    found = [bytes(leaf) for leaf in _leaves.column(db, above=above, upto=upto)]
    if len(found) != upto - above:
        raise _incomplete()
    return found


def subtree(db: sa.Connection, level: int, index: int) -> bytes:
    """The hash of a full subtree.

    Raises:
        StoreFault: the tree has gaps, which it never has unless somebody altered it.

    """
    height = level % TILE_HEIGHT
    low, high = index << height, (index + 1) << height
    if level < TILE_HEIGHT:
        below = leaves(db, low, high)
    else:
        below = [bytes(one) for one in _nodes.column(db, level=level - height, low=low, high=high)]
    if len(below) != high - low:
        raise _incomplete()
    return Edge().grown(below)[0].root()


def keep(db: sa.Connection, nodes: Sequence[Kept], size: int, note: str) -> None:
    """Keep what came about in the tree, and the signed checkpoint of its new size."""
    if nodes:
        _new_node.many(db, [(one.level, one.index, one.hash) for one in nodes])
    _new_checkpoint.many(db, [(size, note)])


def note_of(db: sa.Connection, size: int) -> str:
    """The signed checkpoint of a size; empty where there is none."""
    return _sized.value(db, size=size) or ""


def newest_note(db: sa.Connection) -> str:
    """The newest signed checkpoint; empty where there is none."""
    return _newest.value(db) or ""


def facts_of_keys(db: sa.Connection) -> Iterator[tuple[int, Fact]]:
    """The facts about keys with their places, as the ledger holds them; records that cannot be read are left out."""
    for seq, body in _of_keys.rows(db, low=f"{Kind.SIGNING_KEY}/", high=f"{Kind.SIGNING_KEY}0"):
        try:
            yield seq, unseal(bytes(body))[1]
        except (NotCanonical, TypeError):
            continue  # told of where the records are walked


def _incomplete() -> StoreFault:
    return StoreFault(
        say("The tree over the ledger has gaps: somebody altered the register."),
        say("Nothing was written now."),
        say("Verify the register, tell the commander, and go on with the newest backup that verifies."),
    )
