"""Make docs/ledger-vectors.json anew: `python tests/vectors.py`. The file is published, so its values never change."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from muniment.domain.basics.canonical import encode
from muniment.domain.custody.checkpoints import Checkpoint
from muniment.domain.custody.notes import Note, PublicKey, Signature, key_id
from muniment.domain.custody.record import leaf_hash
from muniment.domain.custody.tree import Edge, node_hash
from muniment.domain.custody.tree_proofs import consistency, inclusion
from muniment.signatures import Ed25519, Ed25519Signer

VALUES: list[dict[str, Any]] = [
    {},
    {"a": 1},
    {"b": True, "a": [], "c": {"z": "", "y": -9007199254740991}},
    {"serial": 'AB "12"/\\34', "text": "line\nfeed\ttab\u0001\u001f\u007f"},
    {"name": "Å é ß", "greek": "Ω", "arabic": "سلاح", "astral": "\U0001f5dd", "euro": "€"},
    {"deep": {"a": {"b": {"c": {"d": "six levels"}}}}},
]
BENT = {
    "names out of order": b'{"b":1,"a":2}',
    "white space": b'{"a": 1}',
    "a fraction": b'{"a":1.5}',
    "an exponent": b'{"a":1e3}',
    "null": b'{"a":null}',
    "54 bits": b'{"a":9007199254740992}',
    "a name in capitals": b'{"A":1}',
    "a name twice": b'{"a":1,"a":1}',
    "an escape that is not needed": b'{"a":"\\u0041"}',
    "two characters for one": '{"a":"e\u0301"}'.encode(),
    "reading direction": '{"a":"\u202e"}'.encode(),
    "half a pair": b'{"a":"\\ud800"}',
    "not UTF-8": b'{"a":"\xff"}',
    "seven levels": b'{"a":{"a":{"a":{"a":{"a":{"a":{}}}}}}}',
}
LEAVES = 9


def main() -> None:
    """Write the file."""
    leaves = [leaf_hash(f"record {nth}".encode()) for nth in range(LEAVES)]
    roots = [Edge().grown(leaves[:size])[0].root() for size in range(LEAVES + 1)]

    def subtree(level: int, index: int) -> bytes:
        return Edge().grown(leaves[index << level : (index + 1) << level])[0].root()

    signer = Ed25519Signer(bytes(range(32)))
    state = Checkpoint("muniment/xx/example/training", LEAVES, roots[LEAVES])
    key = PublicKey(state.origin, "ed25519", signer.public)
    signature = Signature(state.origin, key_id(key, Ed25519()), signer.sign(state.text().encode()))
    vectors = {
        "canonical": [
            {"value": value, "bytes": (made := encode(value)).hex(), "leaf": leaf_hash(made).hex()} for value in VALUES
        ],
        "not_canonical": [{"why": why, "bytes": bent.hex()} for why, bent in BENT.items()],
        "tree": {
            "leaves": [leaf.hex() for leaf in leaves],
            "node": [leaves[0].hex(), leaves[1].hex(), node_hash(leaves[0], leaves[1]).hex()],
            "roots": [root.hex() for root in roots],
        },
        "inclusion": [
            {"index": index, "size": size, "path": [one.hex() for one in inclusion(index, size, subtree)]}
            for size in (1, 2, 5, 8, 9)
            for index in range(size)
        ],
        "consistency": [
            {"older": older, "newer": newer, "path": [one.hex() for one in consistency(older, newer, subtree)]}
            for newer in (1, 2, 5, 8, 9)
            for older in range(1, newer + 1)
        ],
        "checkpoint": {
            "origin": state.origin,
            "private": bytes(range(32)).hex(),
            "public": signer.public.hex(),
            "note": Note(state.text(), (signature,)).written(),
        },
    }
    path = Path(__file__).parents[1] / "docs" / "ledger-vectors.json"
    path.write_text(json.dumps(vectors, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
