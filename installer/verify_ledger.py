#!/usr/bin/env python3
"""Check a ledger of Muniment without Muniment: `python3 verify_ledger.py LEDGER [--seen CHECKPOINT]… [--key HEX]…`.

LEDGER is the folder that `muniment export all` writes, or a register in a file that is not encrypted. CHECKPOINT is a
signed head that was kept elsewhere: a file, or what the square code on a sheet says. With --key only these public keys
are believed, which the auditor has noted for himself; without it those that the ledger itself names.

This is a second program for the same format, written from its description (docs/ledger-format.md) and sharing no code
with the first, so that a mistake in one shows in the other. It needs Python and the package `cryptography`, and holds
one fact in memory at a time besides what stands of each thing.

Exit status: 0 all whole, 2 wrong use, 4 something is not as it was written.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import re
import sqlite3
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

KEY = re.compile(r"[a-z0-9_]{1,40}")
TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
RECORD = {"app", "boot", "intent", "intent_sha256", "log", "mono", "prev", "rec_at", "seq", "sigs", "suite", "v", "ws"}
SUITE = "sj-1+sha256"


def sha256(data: bytes) -> bytes:
    """The hash that everything here is made with."""
    return hashlib.sha256(data).digest()


def leaf_of(body: bytes) -> bytes:
    """RFC 9162, 2.1.1: the hash of a record."""
    return sha256(b"\x00" + body)


def node_of(left: bytes, right: bytes) -> bytes:
    """RFC 9162, 2.1.1: the hash of two subtrees."""
    return sha256(b"\x01" + left + right)


class Tree:
    """RFC 9162, 2.1.1: the roots of full subtrees from left to right, joined from the right."""

    def __init__(self) -> None:
        self.size = 0
        self.full: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """One more leaf."""
        self.full.append(leaf)
        self.size += 1
        below = self.size
        while below % 2 == 0:
            right, left = self.full.pop(), self.full.pop()
            self.full.append(node_of(left, right))
            below //= 2

    def root(self) -> bytes:
        """The hash over all leaves."""
        if not self.full:
            return sha256(b"")
        found = self.full[-1]
        for left in self.full[-2::-1]:
            found = node_of(left, found)
        return found


def no_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object in which no name stands twice."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def no_fraction(text: str) -> Any:
    """Refuse a number that is not whole."""
    raise ValueError(f"{text} is no whole number")


def canonical(value: Any) -> bytes:
    """RFC 8785 in the profile SJ-1: names are ASCII and numbers whole, so sorting and printing need nothing special."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def check_profile(value: Any, depth: int = 1) -> None:
    """Refuse what the profile does not know."""
    if isinstance(value, str):
        if not unicodedata.is_normalized("NFC", value) or TURNING.search(value):
            raise ValueError("a text that is not in normal form C or turns the reading direction")
    elif isinstance(value, bool):
        return
    elif isinstance(value, int):
        if abs(value) >= 2**53:
            raise ValueError("a number of more than 53 bits")
    elif isinstance(value, (dict, list)):
        if depth > 6:
            raise ValueError("nested deeper than six")
        for name in value if isinstance(value, dict) else ():
            if not KEY.fullmatch(name):
                raise ValueError(f"{name!r} is no name of the profile")
        for inner in value.values() if isinstance(value, dict) else value:
            check_profile(inner, depth + 1)
    else:
        raise ValueError(f"{value!r} is not of the profile")


def record_in(body: bytes) -> dict[str, Any]:
    """A record, read strictly; raises ValueError where it is not what any program would have written."""
    if len(body) > 16 * 1024:
        raise ValueError("longer than 16 KiB")
    record = json.loads(body.decode(), object_pairs_hook=no_twice, parse_float=no_fraction, parse_constant=no_fraction)
    if not isinstance(record, dict) or set(record) != RECORD or record["suite"] != SUITE:
        raise ValueError("not the parts of a record")
    check_profile(record)
    if canonical(record) != body:
        raise ValueError("the same record has other canonical bytes")
    if hashlib.sha256(canonical(record["intent"])).hexdigest() != record["intent_sha256"]:
        raise ValueError("the fact inside is not the one the record was made for")
    return record


class Fold:
    """What stands of each thing: its fields, and how many facts it has."""

    def __init__(self) -> None:
        self.stands: dict[str, tuple[int, dict[str, Any]]] = {}

    def follow(self, fact: dict[str, Any]) -> None:
        """Carry one fact in; raises ValueError where it does not fit."""
        version, fields = self.stands.get(fact["subject"], (0, {}))
        if fact.get("expects", 0) != version:
            raise ValueError(
                f"{fact['subject']}: expects {fact.get('expects', 0)} facts before it, there are {version}"
            )
        fields = dict(fields)
        for name, was in fact.get("before", {}).items():
            if fields.pop(name, None) != was:
                raise ValueError(f"{fact['subject']}: {name} was not what it is said to have been")
        for name, value in fact.get("after", {}).items():
            if name in fields:
                raise ValueError(f"{fact['subject']}: {name} stood already")
            fields[name] = value
        if fact.get("from") or fact.get("to"):
            if fields.pop("where", "") != fact.get("from", ""):
                raise ValueError(f"{fact['subject']}: was not where it is said to have been")
            if fact.get("to"):
                fields["where"] = fact["to"]
        self.stands[fact["subject"]] = version + 1, fields


class Checkpoint:
    """A signed head: the log, how many records, the root; signatures as key id and bytes."""

    def __init__(self, note: str) -> None:
        text, blank, below = note.rstrip("\n").rpartition("\n\n")
        lines = text.split("\n")
        if not blank or len(lines) != 3 or not re.fullmatch("0|[1-9][0-9]*", lines[1]):
            raise ValueError("this is no checkpoint")
        self.text = text + "\n"
        self.log, self.size, self.root = lines[0], int(lines[1]), base64.b64decode(lines[2], validate=True)
        self.signatures = []
        for line in below.split("\n"):
            dash, name, signed = line.split(" ")
            raw = base64.b64decode(signed, validate=True)
            if dash != "—":
                raise ValueError("this is no checkpoint")
            self.signatures.append((name, raw[:4], raw[4:]))

    def signed_by(self, keys: list[bytes]) -> bytes | None:
        """The first of the keys that signed it."""
        for key in keys:
            wanted = sha256(self.log.encode() + b"\n\x01" + key)[:4]
            for name, key_id, signature in self.signatures:
                if (name, key_id) == (self.log, wanted):
                    try:
                        Ed25519PublicKey.from_public_bytes(key).verify(signature, self.text.encode())
                    except (InvalidSignature, ValueError):
                        continue
                    return key
        return None


def as_bytes(kept: Any) -> bytes:
    """What stands in a column of bytes; empty, which is no record and no hash, where somebody put something else."""
    return kept if isinstance(kept, bytes) else b""


def bodies_in(path: Path) -> Iterator[tuple[int, bytes, bytes]]:
    """Place, leaf and bytes of every record as they are kept, in order."""
    if path.is_dir():
        with (path / "facts.jsonl").open(encoding="utf-8", newline="\n") as lines:
            for line in lines:
                row = json.loads(line)
                body = row["record"].encode() if row["record"] else bytes.fromhex(row.get("record_hex", ""))
                yield int(row["seq"]), bytes.fromhex(row["leaf"]), body
        return
    with sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True) as db:
        for seq, leaf, body in db.execute("select seq, leaf, body from event order by seq"):
            yield seq, as_bytes(leaf), as_bytes(body)


def checkpoints_in(path: Path) -> list[str]:
    """Every signed head that is kept with the ledger."""
    if path.is_dir():
        kept = path / "checkpoint.txt"
        return [kept.read_text(encoding="utf-8")] if kept.exists() else []
    with sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True) as db:
        return [str(row[0]) for row in db.execute("select note from checkpoint order by size")]


def verify(path: Path, seen: list[str], believed: list[bytes]) -> tuple[list[str], str]:
    """Everything that is wrong, in words, and the head that was reached."""
    wrong: list[str] = []
    heads: dict[int, list[tuple[Checkpoint, bool]]] = {}
    for note, outside in [*((one, False) for one in checkpoints_in(path)), *((one, True) for one in seen)]:
        try:
            checkpoint = Checkpoint(note)
        except ValueError as error:
            wrong.append(f"checkpoint: {error}")
            continue
        heads.setdefault(checkpoint.size, []).append((checkpoint, outside))
    tree, fold, log, prev = Tree(), Fold(), "", bytes(32)
    keys: dict[str, tuple[bytes, int, int]] = {}
    newest = 0
    for seq, leaf, body in bodies_in(path):
        if seq != tree.size + 1:
            wrong.append(f"fact {seq}: {tree.size + 1} was to follow")
        if leaf != leaf_of(body):
            wrong.append(f"fact {seq}: its bytes are not those that were hashed")
        tree.add(leaf)
        try:
            record = record_in(body)
            fact = record["intent"]
            log = log or record["log"]
            if (record["seq"], record["prev"], record["log"]) != (seq, prev.hex(), log):
                raise ValueError("its place, its log or the record before it is another")
            if (seq == 1) != (fact["kind"] == "register_opened"):
                raise ValueError("a register is opened by its first fact, and only by that")
            fold.follow(fact)
            if fact["kind"] == "key_enrolled":
                keys[fact["subject"]] = bytes.fromhex(fact["after"]["public"]), seq, 0
            elif fact["kind"] == "key_revoked":
                keys[fact["subject"]] = *keys[fact["subject"]][:2], seq
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            wrong.append(f"fact {seq}: {error}")
        prev = leaf
        for checkpoint, outside in heads.pop(tree.size, ()):
            name = f"checkpoint {checkpoint.size}"
            if checkpoint.log != log or checkpoint.root != tree.root():
                wrong.append(f"{name}: the records are not those that were {'seen' if outside else 'signed'}")
            then = [key for key, since, until in keys.values() if since <= tree.size and not 0 < until <= tree.size]
            if checkpoint.signed_by([key for key in then if not believed or key in believed]) is None:
                wrong.append(f"{name}: signed by no key that is believed")
            newest = max(newest, checkpoint.size)
    for size, left in sorted(heads.items()):
        wrong += [f"checkpoint {size}: {size - tree.size} records were cut off" for _ in left]
    if newest < tree.size:
        wrong.append(f"fact {newest + 1}: from here on nothing is signed")
    names = [
        f"  key {key.hex()} from fact {since}{f' to {until}' if until else ''}" for key, since, until in keys.values()
    ]
    head = base64.b64encode(tree.root()).decode()
    return wrong, "\n".join([f"{log}: {tree.size} facts, root {head}", *names])


def main(words: list[str]) -> int:
    """Run it; answers the exit status."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("ledger", type=Path)
    asked.add_argument("--seen", action="append", default=[], help="a checkpoint kept elsewhere: file, or its text")
    asked.add_argument("--key", action="append", default=[], help="a public key that is believed, in hexadecimal")
    given = asked.parse_args(words)
    try:
        seen = [Path(one).read_text(encoding="utf-8") if "\n" not in one else one for one in given.seen]
        wrong, head = verify(given.ledger, seen, [bytes.fromhex(one) for one in given.key])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, sqlite3.Error) as error:
        print(f"this cannot be read as a ledger: {error}", file=sys.stderr)
        return 2
    print(head)
    for one in wrong:
        print(one)
    print("All whole." if not wrong else f"{len(wrong)} breaks.")
    return 4 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
