"""`muniment decode`: what a scan means. Works without a register."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

from muniment.domain.basics.text import say
from muniment.domain.stock.codes import decode as read_code

WRONG_INPUT = 2


def decode(text: str, hex_bytes: bool = False) -> dict[str, Any]:
    """The meaning of a scan as plain data; texts are in English.

    With `hex_bytes` the text is bytes in hexadecimal, spaces allowed. Beside the meaning stand the
    text as read and the bytes in hexadecimal, so nothing of the scan is lost.

    Raises:
        ValueError: `hex_bytes` is set and the text is not hexadecimal.

    """
    scanned = read_code(bytes.fromhex(text) if hex_bytes else text)
    return {
        "kind": scanned.kind.value,
        "symbology": scanned.symbology,
        "elements": [list(element) for element in scanned.elements],
        "uii": scanned.uii,
        "epc": None,
        "problems": [str(problem) for problem in scanned.problems],
        "text": scanned.text,
        "hex": scanned.raw.hex(),
    }


def decode_command(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="The code as scanned.")],
    hex_bytes: Annotated[bool, typer.Option("--hex", help="The text is bytes in hexadecimal.")] = False,
) -> None:
    """Say what a scan means: symbology identifier, GS1, ISO 15434."""
    as_json = bool(context.find_root().params.get("json") or context.find_root().params.get("as_json"))
    try:
        meaning = decode(text, hex_bytes)
    except ValueError:
        problem = str(say("This is not hexadecimal."))
        _answer(as_json, {"problems": [{"where": "TEXT", "says": problem}]}, [problem])
        raise typer.Exit(WRONG_INPUT) from None
    lines = [f"{name:6} {value}" for name, value in meaning["elements"]]
    if meaning["uii"]:
        lines.append(f"UII    {meaning['uii']}")
    visible = "".join(sign if sign.isprintable() else "·" for sign in meaning["text"])
    _answer(as_json, meaning, [f"{meaning['kind']}  {visible}", *lines, *meaning["problems"]])


def _answer(as_json: bool, meaning: dict[str, Any], lines: list[str]) -> None:
    if as_json:
        typer.echo(json.dumps(meaning, ensure_ascii=True))
        return
    for line in lines:
        typer.echo(line)
