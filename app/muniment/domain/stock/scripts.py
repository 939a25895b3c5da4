"""Which script a mark is struck in, by its letters."""

from __future__ import annotations

import unicodedata
from enum import StrEnum


class Script(StrEnum):
    """Scripts found on weapons; the values are ISO 15924 codes, save the last two."""

    LATIN = "Latn"
    CYRILLIC = "Cyrl"
    GREEK = "Grek"
    ARABIC = "Arab"
    CHINESE = "Hans"
    MIXED = "mixed"
    OTHER = "other"


_BY_NAME = {
    "LATIN": Script.LATIN,
    "CYRILLIC": Script.CYRILLIC,
    "GREEK": Script.GREEK,
    "ARABIC": Script.ARABIC,
    "EXTENDED ARABIC": Script.ARABIC,
    "CJK": Script.CHINESE,
}


def script_of(text: str) -> Script:
    """The script of the letters, and of the figures where they are not 0 to 9.

    The figures 0 to 9 go with every script, so a number made of them alone counts as Latin. Letters of two scripts
    are `MIXED`; a script that is not listed is `OTHER`.
    """
    if text.isascii():
        return Script.LATIN
    found = {_script(character) for character in unicodedata.normalize("NFKC", text) if _tells(character)}
    if len(found) > 1:
        return Script.MIXED
    return found.pop() if found else Script.LATIN


def _tells(character: str) -> bool:
    return (unicodedata.category(character)[0] in "LN" and not character.isascii()) or character.isalpha()


def _script(character: str) -> Script:
    name = unicodedata.name(character, "")
    for start, script in _BY_NAME.items():
        if name.startswith(start):
            return script
    return Script.OTHER
