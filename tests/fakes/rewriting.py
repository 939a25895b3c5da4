"""Somebody who owns the database and has our program: alters a record, and hashes everything after it anew."""

from __future__ import annotations

import hashlib

import sqlalchemy as sa

from fakes.depot import Depot
from muniment.domain.custody.checkpoints import Checkpoint
from muniment.domain.custody.notes import Note, PublicKey, Signature, key_id
from muniment.domain.custody.record import leaf_hash
from muniment.domain.custody.tree import Edge
from muniment.ports.keys import Keys
from muniment.signatures import Ed25519


def engine_under(depot: Depot) -> sa.Engine:
    """The engine under a register; nothing but tests reaches for it."""
    with depot.desk.look() as work:
        engine = work._db.engine  # type: ignore[attr-defined]
    assert isinstance(engine, sa.Engine)
    return engine.execution_options(writes=True)


def rewritten(depot: Depot, said: bytes, says: bytes, *, signs: Keys | None = None) -> None:
    """Change what the first record says that says so, and link and hash it and all later ones as the program would.

    With stolen keys the states of the ledger are signed anew as well.
    """
    with engine_under(depot).begin() as db:
        for verb in ("update", "delete"):
            db.exec_driver_sql(f"drop trigger if exists event_no_{verb}")
        rows = db.exec_driver_sql("select seq, body, leaf from event order by seq").all()
        first = next(seq for seq, body, _ in rows if said in body)
        old = new = None
        for seq, body, leaf in rows[first - 1 :]:
            intent = _between(body, b'"intent":', b',"intent_sha256":')
            changed = intent.replace(said, says) if seq == first else intent
            body = body.replace(intent, changed).replace(_digest(intent), _digest(changed))
            if old is not None and new is not None:
                body = body.replace(old.hex().encode(), new.hex().encode())
            old, new = leaf, leaf_hash(body)
            db.exec_driver_sql("update event set body = ?, leaf = ? where seq = ?", (body, new, seq))
        if signs is not None:
            _sign_anew(db, signs)


def _sign_anew(db: sa.Connection, keys: Keys) -> None:
    db.exec_driver_sql("drop trigger checkpoint_no_update")
    leaves = [row[0] for row in db.exec_driver_sql("select leaf from event order by seq")]
    for size, note in db.exec_driver_sql("select size, note from checkpoint").all():
        log = str(note).partition("\n")[0]
        signer = keys.signer(log)
        assert signer is not None
        text = Checkpoint(log, size, Edge().grown(leaves[:size])[0].root()).text()
        known = key_id(PublicKey(log, signer.suite, signer.public), Ed25519())
        forged = Note(text, (Signature(log, known, signer.sign(text.encode())),)).written()
        db.exec_driver_sql("update checkpoint set note = ? where size = ?", (forged, size))


def _between(body: bytes, before: bytes, after: bytes) -> bytes:
    return body[body.index(before) + len(before) : body.rindex(after)]


def _digest(intent: bytes) -> bytes:
    return hashlib.sha256(intent).hexdigest().encode()
