"""Every refusal says what to do now: nobody is left standing before a no."""

from __future__ import annotations

import ast
from pathlib import Path

APP = Path(__file__).parents[2] / "app" / "muniment"


def silent_in(source: str) -> list[int]:
    """Lines on which a refusal is made that says nothing of what to do."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Refusal"
        and len(node.args) < 3
        and "do_now" not in {keyword.arg for keyword in node.keywords}
    ]


def test_no_refusal_leaves_open_what_to_do() -> None:
    silent = [
        f"{path.relative_to(APP)}:{line}" for path in APP.rglob("*.py") for line in silent_in(path.read_text("utf-8"))
    ]
    assert silent == []


def test_a_refusal_that_says_nothing_of_it_is_found() -> None:
    assert silent_in('raise Refusal("no", say("No."))') == [1]
    assert silent_in('raise Refusal("no", say("No."), do_now=say("Wait."))') == []
