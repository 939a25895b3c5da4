"""From the bytes of one read to the notice about it."""

from __future__ import annotations

import re

from muniment.ports.devices.notices import CodeRead

_AIM = re.compile(rb"\][A-Za-z][0-9A-Za-z](?=.)", re.DOTALL)


def reading(device: str, raw: bytes, at: int, *, aim_ids: bool = True) -> CodeRead:
    """The notice of one read; never raises.

    A symbology identifier at the start (`]` and two characters, with something behind it) is split off,
    unless `aim_ids` says that the scanner sends none, so that a code may begin like one.
    """
    found = _AIM.match(raw) if aim_ids else None
    aim = found.group().decode("ascii") if found else None
    content = raw[3:] if found else raw
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    return CodeRead(device=device, at=at, raw=raw, text=text, aim=aim)
