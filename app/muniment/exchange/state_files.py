"""The depot's own states in a file: one JSON object, read with suspicion, written so that it can be read again."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from muniment.domain.basics.identity import Kind
from muniment.domain.basics.text import say
from muniment.domain.custody.own_states import NOWHERE, Axis, Blocks, Guard, OwnState, Way
from muniment.domain.people.person import Role
from muniment.exchange.plain_files import read_plain
from muniment.exchange.sheets.problems import refuse

LARGEST = 1 << 20
"""Bytes that a file of definitions may have."""


class _State(msgspec.Struct, forbid_unknown_fields=True):
    key: str
    title: str
    blocks: Blocks = Blocks.NO


class _Way(msgspec.Struct, forbid_unknown_fields=True):
    start: str = msgspec.field(default=NOWHERE, name="from")
    to: str = NOWHERE
    needs: list[Guard] = []
    role: Role | None = None


class _Axis(msgspec.Struct, forbid_unknown_fields=True):
    key: str
    title: str
    states: list[_State]
    ways: list[_Way]
    of: list[Kind] = msgspec.field(default_factory=lambda: [Kind.WEAPON])
    in_use: bool = True


class _File(msgspec.Struct, forbid_unknown_fields=True):
    axes: list[_Axis]


def read_axes(path: Path) -> list[Axis]:
    """Read a file of definitions.

    Raises:
        SheetRefused: the file cannot be read, is no JSON, or holds what no definition has; the problem says where.
        Refusal: a definition is one that no axis can have.

    """
    try:
        written = read_plain(path, LARGEST)
    except OSError as error:
        raise refuse(
            path.name, say("The file cannot be read: {why}.", why=error.strerror or "?"), "unreadable"
        ) from error
    if len(written) > LARGEST:
        raise refuse(path.name, say("The file is too large for definitions of states."), "too_large")
    try:
        found = msgspec.json.decode(written, type=_File)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise refuse(path.name, say("The file is no list of axes: {why}.", why=str(error)), "no_axes") from error
    return [_axis(one) for one in found.axes]


def axes_json(axes: Iterable[Axis]) -> dict[str, Any]:
    """Definitions as a JSON object that `read_axes` understands."""
    return {"axes": [_plain(axis) for axis in axes]}


def axes_text(axes: Iterable[Axis]) -> str:
    """Definitions as the text of such a file."""
    return json.dumps(axes_json(axes), ensure_ascii=False, indent=2) + "\n"


def _axis(one: _Axis) -> Axis:
    return Axis(
        one.key,
        one.title,
        tuple(OwnState(state.key, state.title, state.blocks) for state in one.states),
        tuple(Way(way.start, way.to, frozenset(way.needs), way.role) for way in one.ways),
        tuple(one.of),
        one.in_use,
    )


def _plain(axis: Axis) -> dict[str, Any]:
    return {
        "key": axis.key,
        "title": axis.title,
        "of": [kind.value for kind in axis.of],
        "in_use": axis.in_use,
        "states": [{"key": one.key, "title": one.title, "blocks": one.blocks.value} for one in axis.states],
        "ways": [
            {
                "from": way.start,
                "to": way.end,
                "needs": sorted(need.value for need in way.needs),
                **({"role": way.role.value} if way.role else {}),
            }
            for way in axis.ways
        ],
    }
