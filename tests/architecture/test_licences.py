"""Nothing that runs with Muniment or comes with it is under a licence that Apache-2.0 cannot stand beside."""

from __future__ import annotations

import re
import struct
import tomllib
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

TOP = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))["project"]
FONTS = TOP / "app/muniment/assets/fonts"
NOTICE = (TOP / "NOTICE").read_text("utf-8")


def stated_licence(package: Distribution) -> str:
    """What a package says of its licence: the expression, the classifiers, or free text."""
    says = package.metadata.json
    if says.get("license_expression"):
        return str(says["license_expression"])
    classifiers = [line for line in says.get("classifier", ()) if line.startswith("License :: ")]
    named = [line.rsplit(" :: ", 1)[1] for line in classifiers if line != "License :: OSI Approved"]
    if named:
        return " OR ".join(named)
    return str(says.get("license", "")).strip().partition("\n")[0]


def gpl_only(licence: str) -> bool:
    """Whether no alternative of a licence is free of the GPL; the lesser one is, and silence is no leave."""
    alternatives = re.split(r"\s+OR\s+", licence.replace("(", " ").replace(")", " "), flags=re.IGNORECASE)
    return all(not one.strip() or is_gpl(one) for one in alternatives)


def is_gpl(licence: str) -> bool:
    """Whether one licence, or a conjunction of some, has the GPL or the Affero GPL in it."""
    lesser = r"LGPL|Lesser General Public|Library or Lesser General Public"
    return re.search(r"GPL|General Public License", re.sub(lesser, "", licence), re.IGNORECASE) is not None


def running_with_us() -> dict[str, Distribution]:
    """Every distribution that the product's dependencies and default extras bring in on this machine."""
    extras = PROJECT["optional-dependencies"]
    waiting = [Requirement(line) for line in [*PROJECT["dependencies"], *extras["desk"], *extras["postgresql"]]]
    found: dict[str, Distribution] = {}
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if (name, frozenset(requirement.extras)) in seen:
            continue
        seen.add((name, frozenset(requirement.extras)))
        found[name] = distribution(name)
        for line in found[name].requires or []:
            further = Requirement(line)
            wanted = [{"extra": extra} for extra in ("", *requirement.extras)]
            if further.marker is None or any(further.marker.evaluate(extra) for extra in wanted):
                waiting.append(further)
    return found


def test_no_runtime_package_is_under_the_gpl_alone() -> None:
    licences = {name: stated_licence(package) for name, package in sorted(running_with_us().items())}
    print("\n".join(f"{name:24} {licence}" for name, licence in licences.items()))  # noqa: T201 - seen with -s
    assert {"sqlalchemy", "cffi", "pyside6-essentials", "psycopg-binary"} <= set(licences)
    assert {name: licence for name, licence in licences.items() if gpl_only(licence)} == {}


@pytest.mark.parametrize(
    "licence",
    [
        "GPL-3.0-only",
        "GPL-2.0-or-later OR GPL-3.0-only",
        "GNU General Public License v3 (GPLv3)",
        "MIT AND GPL-3.0-only",
        "AGPL-3.0-or-later",
        "",
    ],
)
def test_a_package_under_the_gpl_alone_would_be_found(licence: str) -> None:
    assert gpl_only(licence)


@pytest.mark.parametrize(
    "licence",
    [
        "LGPL-3.0-only",
        "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only",
        "GNU Lesser General Public License v3 (LGPLv3)",
        "Apache-2.0 OR BSD-3-Clause",
    ],
)
def test_the_lesser_licence_and_a_choice_are_let_through(licence: str) -> None:
    assert not gpl_only(licence)


def font_names(file: Path) -> dict[int, str]:
    """Read the names a font file carries: 1 the family, 13 its licence, 16 the family of all its weights."""
    data = file.read_bytes()
    names: dict[int, str] = {}
    for table in range(struct.unpack_from(">H", data, 4)[0]):
        tag, _, start, _ = struct.unpack_from(">4sIII", data, 12 + 16 * table)
        if tag != b"name":
            continue
        count, texts = struct.unpack_from(">HH", data, start + 2)
        for entry in range(count):
            platform, _, _, name, length, at = struct.unpack_from(">6H", data, start + 6 + 12 * entry)
            if platform == 3:
                names[name] = data[start + texts + at :][:length].decode("utf-16-be")
    return names


@pytest.mark.parametrize("file", sorted(FONTS.glob("*.[ot]tf")), ids=lambda file: str(file.name))
def test_a_font_is_open_and_named_in_the_notice(file: Path) -> None:
    names = font_names(file)
    assert "SIL Open Font License, Version 1.1" in names[13]
    assert names.get(16, names[1]) in NOTICE


def test_every_licence_the_notice_points_to_is_there() -> None:
    files = re.findall(r"app/muniment/assets/\w+/[\w.-]*\w", NOTICE)
    assert len(set(files)) >= 4
    assert [name for name in files if not (TOP / name).is_file()] == []
    ofl = (FONTS / "COPYRIGHT-inter").read_text("utf-8")
    assert "The goals of the Open Font License" in ofl
    assert "PERMISSION AND CONDITIONS" in ofl.replace("&", "AND")
