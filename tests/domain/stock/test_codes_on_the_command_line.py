"""`muniment decode`."""

from __future__ import annotations

import json

import pytest
import typer
from typer.testing import CliRunner

from muniment.cli.decode import decode, decode_command

CONTRACT = {"kind", "symbology", "elements", "uii", "epc", "problems"}


def test_it_answers_in_the_form_others_build_on() -> None:
    answer = decode("]C1800406141419999960MH80312")
    assert set(answer) >= CONTRACT
    assert {name: answer[name] for name in CONTRACT} == {
        "kind": "gs1",
        "symbology": "]C1",
        "elements": [["8004", "06141419999960MH80312"]],
        "uii": "06141419999960MH80312",
        "epc": None,
        "problems": [],
    }


def test_unknown_bytes_are_plain_with_their_hex() -> None:
    answer = decode("3039 5dfa 8000 1f40 0000 00be", hex_bytes=True)
    assert (answer["kind"], answer["epc"], answer["hex"]) == ("plain", None, "30395dfa80001f40000000be")


def test_what_is_not_hexadecimal_is_wrong_input() -> None:
    with pytest.raises(ValueError, match="hexadecimal"):
        decode("AK", hex_bytes=True)


def _app() -> typer.Typer:
    app = typer.Typer()

    @app.callback()
    def root(as_json: bool = typer.Option(False, "--json")) -> None:
        pass

    app.command("decode")(decode_command)
    return app


def test_on_demand_it_prints_one_object_and_nothing_else() -> None:
    result = CliRunner().invoke(_app(), ["--json", "decode", "AK-000042"])
    assert result.exit_code == 0
    assert json.loads(result.stdout) == decode("AK-000042")


def test_people_get_lines_without_control_characters() -> None:
    result = CliRunner().invoke(_app(), ["decode", "]d121\x1b[31m\x1d"])
    assert result.exit_code == 0
    assert "\x1b" not in result.stdout


def test_wrong_input_ends_with_status_two() -> None:
    result = CliRunner().invoke(_app(), ["--json", "decode", "--hex", "AK"])
    assert result.exit_code == 2
    assert json.loads(result.stdout)["problems"][0]["where"] == "TEXT"
