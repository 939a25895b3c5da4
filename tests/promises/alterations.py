"""P2: every alteration of the recorded past is found by verification, and by which witness.

    PYTHONPATH=app:drivers:db:tests python tests/promises/alterations.py TRIALS [SEED]

A ledger is altered in fourteen ways by somebody who owns the database and has this program. He keeps the fold of the
facts sound, for he is no fool: what he changes, no later fact speaks of. Four witnesses are asked: the chain of hashes,
the signatures in the database, a checkpoint that went out of the house some time ago, and the newest head.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from fakes.depot import depot_at, rifle_called
from fakes.keys import KeysInMemory
from fakes.outside import StoppedClock, outside
from muniment.bootstrap import examine_register, suites
from muniment.desk.desk import Deposition
from muniment.desk.hatch import Wanted, issue_item, return_item
from muniment.desk.stock import register
from muniment.domain.custody.checkpoints import Checkpoint
from muniment.domain.custody.notes import Note, PublicKey, Signature, key_id
from muniment.domain.custody.record import leaf_hash
from muniment.domain.custody.tree import Edge
from muniment.ports.keys import Signer

MOVEMENTS = 60
LEVELS = ("chain", "signatures", "checkpoint outside", "newest head outside")
_SIGNED = frozenset(
    {"root_differs", "signature_forged", "signer_unknown", "checkpoint_altered", "checkpoint_foreign", "unsigned"}
)
_SEEN = frozenset({"witness_differs", "cut_off"})
_BESIDE = frozenset({"guard_missing", "row_altered", "row_missing", "row_unfounded", "tree_altered"})
"""What is found beside the ledger: he could have mended all of it, and so it does not count."""


@dataclass(frozen=True)
class Ledger:
    """The records as bytes, and what was signed of them by size."""

    bodies: tuple[bytes, ...]
    notes: tuple[tuple[int, str], ...]
    leaves: tuple[bytes, ...] = ()
    log: str = ""


@dataclass
class Target:
    """A register to be altered: its file, its ledger, what is known of it outside, the workstation's key."""

    where: Path
    ledger: Ledger
    older: Checkpoint
    newest: Checkpoint
    signer: Signer
    chance: random.Random = field(default_factory=random.Random)


def target(folder: Path, chance: random.Random) -> Target:
    """Make a register of some hundred facts, each act signed."""
    where = folder / "register.muniment"
    clock = StoppedClock()
    world = outside(clock)
    depot = depot_at(str(where), clock, world)
    by = Deposition(depot.by_officer().officer)
    for nth in range(MOVEMENTS):
        if nth % 4 == 3:
            register(depot.desk, by, rifle_called(f"EX-{nth:06d}"), depot.rack)
        issue_item(depot.desk, by, depot.rifle, Wanted(depot.soldier))
        return_item(depot.desk, by, depot.rifle)
    depot.register.close()
    with sqlite3.connect(where) as db:
        bodies = tuple(row[0] for row in db.execute("select body from event order by seq"))
        notes = tuple(db.execute("select size, note from checkpoint order by size"))
    db.close()
    leaves = tuple(map(leaf_hash, bodies))
    log = json.loads(bodies[0])["log"]
    older = notes[len(notes) * 2 // 3][0]
    signer = world.keys.make(log)
    made = Ledger(bodies, notes, leaves, log)
    return Target(where, made, _state(made, older), _state(made, len(bodies)), signer, chance)


def _state(ledger: Ledger, size: int) -> Checkpoint:
    return Checkpoint(ledger.log, size, Edge().grown(ledger.leaves[:size])[0].root())


Alteration = Callable[[Target], Ledger]


def bit_in_a_record(one: Target) -> Ledger:
    """An accident: one bit of one record."""
    at, bodies = one.chance.randrange(len(one.ledger.bodies)), list(one.ledger.bodies)
    bodies[at] = _flipped(bodies[at], one.chance)
    return replace(one.ledger, bodies=tuple(bodies))


def bit_in_a_hash(one: Target) -> Ledger:
    """An accident: one bit of one stored hash."""
    at, leaves = one.chance.randrange(len(one.ledger.leaves)), list(one.ledger.leaves)
    leaves[at] = _flipped(leaves[at], one.chance)
    return replace(one.ledger, leaves=tuple(leaves))


def row_lost(one: Target) -> Ledger:
    """An accident: a row is gone from the middle."""
    at = one.chance.randrange(1, len(one.ledger.bodies) - 1)
    return replace(one.ledger, bodies=_without(one.ledger.bodies, at), leaves=_without(one.ledger.leaves, at))


def rows_exchanged(one: Target) -> Ledger:
    """An accident: two rows stand in each other's place."""
    at = one.chance.randrange(len(one.ledger.bodies) - 1)
    return replace(
        one.ledger,
        bodies=_exchanged(one.ledger.bodies, at, at + 1),
        leaves=_exchanged(one.ledger.leaves, at, at + 1),
    )


def edited(one: Target, low: int = 0, high: int | None = None) -> Ledger:
    """A serial is changed where it was registered, and everything after it linked and hashed anew."""
    return _rehashed(one.ledger, _edit(one, low, high))


def removed(one: Target) -> Ledger:
    """A weapon that never moved is taken out of the ledger, and everything after it renumbered, linked and hashed."""
    at = one.chance.choice(_registrations(one.ledger)[2:])
    return _rehashed(one.ledger, list(_without(one.ledger.bodies, at)))


def inserted(one: Target) -> Ledger:
    """A weapon is put into the past."""
    at = one.chance.choice(_registrations(one.ledger)[2:])
    body = one.ledger.bodies[at]
    made = "weapon/" + "".join(one.chance.choices("0123456789abcdefghjkmnpqrstvwxyz", k=26))
    act = "".join(one.chance.choices("0123456789abcdefghjkmnpqrstvwxyz", k=26))
    fact = json.loads(body)["intent"]
    invented = body.replace(fact["subject"].encode(), made.encode()).replace(fact["act"].encode(), act.encode())
    bodies = list(one.ledger.bodies)
    bodies.insert(at, invented.replace(b'"serial_raw":"EX-', b'"serial_raw":"IN-'))
    return _rehashed(one.ledger, bodies)


def reordered(one: Target) -> Ledger:
    """Two weapons are said to have been registered in the other order."""
    first, second = one.chance.sample(_registrations(one.ledger)[2:], 2)
    return _rehashed(one.ledger, list(_exchanged(one.ledger.bodies, first, second)))


def cut_below(one: Target) -> Ledger:
    """The end is cut off, below the checkpoint that is outside; what was signed of it goes too."""
    return _cut(one, 1, one.older.size)


def cut_above(one: Target) -> Ledger:
    """The end is cut off, above the checkpoint that is outside."""
    return _cut(one, one.older.size, one.newest.size)


def replaced_with_own_key(one: Target) -> Ledger:
    """The whole ledger is another one, signed by a key of his own that it names."""
    own = KeysInMemory(str(one.chance.random())).make(one.ledger.log)
    known, mine = one.signer.public.hex().encode(), own.public.hex().encode()
    bodies = [body.replace(known, mine) for body in _edit(one, 0, None)]
    return _resigned(_rehashed(one.ledger, bodies), own)


def replaced_with_stolen_key(one: Target) -> Ledger:
    """The whole ledger is another one, signed by the workstation's own key."""
    bodies = [body.replace(b'"depot":"Depot Example"', b'"depot":"Depot Exempla"') for body in one.ledger.bodies]
    return _resigned(_rehashed(one.ledger, bodies), one.signer)


def edited_with_stolen_key_below(one: Target) -> Ledger:
    """A record older than the outside checkpoint is changed, and everything signed anew with the stolen key."""
    return _resigned(edited(one, 0, one.older.size), one.signer)


def edited_with_stolen_key_above(one: Target) -> Ledger:
    """A record younger than the outside checkpoint is changed, and everything signed anew with the stolen key."""
    return _resigned(edited(one, one.older.size), one.signer)


ALTERATIONS: tuple[Alteration, ...] = (
    bit_in_a_record,
    bit_in_a_hash,
    row_lost,
    rows_exchanged,
    edited,
    removed,
    inserted,
    reordered,
    cut_below,
    cut_above,
    replaced_with_own_key,
    replaced_with_stolen_key,
    edited_with_stolen_key_below,
    edited_with_stolen_key_above,
)


def found(one: Target, altered: Ledger) -> tuple[bool, ...]:
    """Which of the witnesses find it: each level counts what those before it find."""
    where = one.where.with_name("altered.muniment")
    shutil.copy(one.where, where)
    _put(where, altered)
    examined = examine_register(str(where), outside())
    verdict = examined.audit.verify(lambda _done, _all: True, (one.older, one.newest))
    examined.close()
    rules = {(broken.rule, broken.seq) for broken in verdict.breaks if broken.rule not in _BESIDE}
    chain = {rule for rule, _ in rules} - _SIGNED - _SEEN
    signed = {rule for rule, _ in rules} & _SIGNED
    older = any(rule in _SEEN and seq == one.older.size for rule, seq in rules)
    newest = any(rule in _SEEN and seq == one.newest.size for rule, seq in rules)
    by = (bool(chain), bool(signed), older, newest)
    return tuple([any(by[: nth + 1]) for nth in range(len(by))])


def figures(trials: int, seed: int) -> dict[str, list[int]]:
    """How many of so many alterations of each kind each level of witnesses finds."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        one = target(Path(folder), chance)
        if any(found(one, one.ledger)):
            raise AssertionError("the ledger that nobody touched does not verify")
        return {
            alter.__name__: [
                sum(column) for column in zip(*[found(one, alter(one)) for _ in range(trials)], strict=True)
            ]
            for alter in ALTERATIONS
        }


def _put(where: Path, ledger: Ledger) -> None:
    with sqlite3.connect(where) as db:
        for (name,) in db.execute("select name from sqlite_master where type = 'trigger'").fetchall():
            db.execute(f"drop trigger {name}")
        for table in ("event", "checkpoint", "node"):
            db.execute(f"delete from {table}")
        rows = []
        for seq, (body, leaf) in enumerate(zip(ledger.bodies, ledger.leaves, strict=True), 1):
            subject = re.search(rb'"subject":"([^"]*)"', body)
            name = re.search(rb'"id":"([^".]*)\.([0-9]+)"', body)
            rows.append(
                (
                    seq,
                    subject[1].decode(errors="replace") if subject else "?",
                    name[1].decode(errors="replace") if name else f"? {seq}",
                    int(name[2]) if name else 1,
                    body,
                    leaf,
                )
            )
        db.executemany("insert or ignore into event values (?, ?, ?, ?, ?, ?)", rows)
        db.executemany("insert into checkpoint values (?, ?)", ledger.notes)
        kept = Edge().grown(ledger.leaves)[1]
        db.executemany("insert into node values (?, ?, ?)", [(one.level, one.index, one.hash) for one in kept])
    db.close()


def _registrations(ledger: Ledger) -> list[int]:
    return [nth for nth, body in enumerate(ledger.bodies) if b'"kind":"weapon_registered"' in body]


def _edit(one: Target, low: int, high: int | None) -> list[bytes]:
    end = high if high is not None else len(one.ledger.bodies)
    at = one.chance.choice([nth for nth in _registrations(one.ledger) if low <= nth < end])
    bodies = list(one.ledger.bodies)
    other = f'"serial_raw":"ED-{one.chance.randrange(10**6):06d}"'.encode()
    bodies[at] = re.sub(rb'"serial_raw":"[^"]*"', other, bodies[at])
    return bodies


def _rehashed(ledger: Ledger, bodies: list[bytes]) -> Ledger:
    """The records numbered, linked and hashed as the program does it."""
    made: list[bytes] = []
    leaves: list[bytes] = []
    prev = bytes(32)
    for seq, body in enumerate(bodies, 1):
        intent = body[body.index(b'"intent":') + 9 : body.rindex(b',"intent_sha256":')]
        digest = hashlib.sha256(intent).hexdigest().encode()
        linked = re.sub(rb'"intent_sha256":"[0-9a-f]{64}"', b'"intent_sha256":"' + digest + b'"', body)
        linked = re.sub(rb'"prev":"[0-9a-f]{64}"', b'"prev":"' + prev.hex().encode() + b'"', linked)
        linked = re.sub(rb'"seq":[0-9]+,"sigs"', b'"seq":' + str(seq).encode() + b',"sigs"', linked)
        prev = leaf_hash(linked)
        made.append(linked)
        leaves.append(prev)
    notes = tuple([(size, note) for size, note in ledger.notes if size <= len(made)])
    return replace(ledger, bodies=tuple(made), leaves=tuple(leaves), notes=notes)


def _resigned(ledger: Ledger, signer: Signer) -> Ledger:
    known = key_id(PublicKey(ledger.log, signer.suite, signer.public), suites()[signer.suite])
    notes = []
    for size, _ in ledger.notes:
        text = _state(ledger, size).text()
        signature = Signature(ledger.log, known, signer.sign(text.encode()))
        notes.append((size, Note(text, (signature,)).written()))
    return replace(ledger, notes=tuple(notes))


def _cut(one: Target, low: int, high: int) -> Ledger:
    size = one.chance.choice([size for size, _ in one.ledger.notes if low <= size < high])
    ledger = one.ledger
    notes = tuple([kept for kept in ledger.notes if kept[0] <= size])
    return replace(ledger, bodies=ledger.bodies[:size], leaves=ledger.leaves[:size], notes=notes)


def _flipped(value: bytes, chance: random.Random) -> bytes:
    bent = bytearray(value)
    bent[chance.randrange(len(bent))] ^= 1 << chance.randrange(8)
    return bytes(bent)


def _without(values: tuple[bytes, ...], at: int) -> tuple[bytes, ...]:
    return values[:at] + values[at + 1 :]


def _exchanged(values: tuple[bytes, ...], first: int, second: int) -> tuple[bytes, ...]:
    moved = list(values)
    moved[first], moved[second] = moved[second], moved[first]
    return tuple(moved)


def main(words: list[str]) -> int:
    """Print the figures as JSON; fails where the last level misses any."""
    trials, seed = int(words[0]), int(words[1]) if len(words) > 1 else random.randrange(2**32)
    counted = figures(trials, seed)
    sys.stdout.write(json.dumps({"seed": seed, "trials": trials, "levels": LEVELS, "found": counted}, indent=1) + "\n")
    return 0 if all(counts[-1] == trials for counts in counted.values()) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
