"""Types of weapon as lists write them: the words that mean one type and no other, and those a person is asked about.

What a word means is written into the mapping, where it is seen, changed and kept; nothing is read by a word in
silence. A word that fits several types, such as machine gun, mortar or sniper rifle, stands in no table: its meaning
is asked once, for all rows that have it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType

from muniment.desk.import_plan import RowNote
from muniment.domain.basics.text import say
from muniment.domain.stock.taxonomy import weapon_types
from muniment.exchange.mapping import ListMapping, plain_heading
from muniment.exchange.sheets.problems import column_letters
from muniment.exchange.sheets.table import Table

TYPED = ("type_code", "certificate_kind")
"""Fields of lists that hold types."""

_SYNONYMS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "SA-10": (
            *("pistol", "pistols", "handgun", "handguns", "pistolet", "pistolets", "arme de poing"),
            *("pistola", "pistolas", "пистолет", "пистолеты"),
        ),
        "SA-11": ("revolvers", "revólver", "revólveres", "револьвер", "револьверы"),
        "SA-12": (
            *("semi-automatic pistol", "pistolet semi-automatique", "pistola semiautomática", "самозарядный пистолет"),
        ),
        "SA-20": (
            *("rifle", "rifles", "carbine", "carbines", "fusil", "fusils", "fusiles", "carabine", "carabines"),
            *("carabina", "carabinas", "винтовка", "винтовки", "карабин", "карабины"),
        ),
        "SA-21": ("bolt-action rifle", "fusil à verrou", "fusil de cerrojo"),
        "SA-22": (
            *("self-loading rifle", "semi-automatic rifle", "fusil semi-automatique", "fusil semiautomático"),
            "самозарядная винтовка",
        ),
        "SA-30": (
            *("sub-machine guns", "submachine gun", "submachine guns", "smg", "pistolet-mitrailleur", "subfusil"),
            *("subfusiles", "submetralhadora", "пистолет-пулемёт"),
        ),
        "SA-40": (
            *("assault rifles", "fusil d'assaut", "fusil de asalto", "fusil de assalto", "espingarda de assalto"),
            *("автомат", "автоматы"),
        ),
        "SA-50": (
            *("light machine guns", "lmg", "fusil-mitrailleur", "ametralladora ligera", "metralhadora ligeira"),
            *("metralhadora leve", "ручной пулемёт"),
        ),
        "SA-55": ("gpmg", "единый пулемёт"),
        "SA-60": ("shotguns", "fusil de chasse", "escopeta", "escopetas", "caçadeira", "дробовик"),
        "LW-10": (
            *("heavy machine guns", "hmg", "mitrailleuse lourde", "ametralladora pesada", "metralhadora pesada"),
            "крупнокалиберный пулемёт",
        ),
        "LW-20": ("grenade launcher", "grenade launchers", "lance-grenades", "подствольный гранатомёт"),
        "LW-21": ("lance-grenades automatique", "lanzagranadas automático", "автоматический гранатомёт"),
        "LW-50": ("recoilless gun", "canon sans recul", "cañón sin retroceso", "безоткатное орудие"),
        "LW-70": ("manpads",),
    }
)
"""Beside the names of the types themselves, in English, French, Spanish, Portuguese and Russian."""


_SEVERAL = frozenset(
    plain_heading(word)
    for word in (
        *("machine gun", "machine guns", "mg", "mortar", "mortars", "sniper rifle", "sniper rifles", "launcher"),
        *("rocket launcher", "mitrailleuse", "mortier", "fusil de précision", "lance-roquettes", "ametralladora"),
        *("mortero", "lanzagranadas", "lanzacohetes", "espingarda", "metralhadora", "morteiro", "lança-granadas"),
        *("пулемёт", "миномёт", "гранатомёт", "снайперская винтовка"),
    )
)
"""Words that speak of weapons and leave the type open: they tell a column of types, and are asked about."""


@cache
def _known() -> Mapping[str, str]:
    types = {code: one for code, one in weapon_types().items() if one.is_weapon and one.parent}
    named = {plain_heading(str(one.name)): code for code, one in types.items()}
    also = {plain_heading(word): code for code, words in _SYNONYMS.items() for word in words}
    return MappingProxyType({**also, **named})


def type_of_word(word: str) -> str:
    """The code of the type that a word means; empty where it means none, or may mean several.

    >>> type_of_word("Assault Rifle"), type_of_word("fusil d’assaut"), type_of_word("machine gun")
    ('SA-40', 'SA-40', '')
    """
    return _known().get(plain_heading(word), "")


def speaks_of_types(text: str) -> bool:
    """Whether a cell is one that a column of types has: a code, or a word for weapons of one type or of several."""
    return is_type_code(text) or bool(type_of_word(text)) or plain_heading(text) in _SEVERAL


def is_type_code(text: str) -> bool:
    """Whether a cell holds the code of a type."""
    found = weapon_types().get(text.strip().upper())
    return found is not None and bool(found.parent)


def with_known_words(mapping: ListMapping, table: Table) -> ListMapping:
    """The mapping, with what the words of its columns of types mean; meanings it has already stay."""
    translations = dict(mapping.translations)
    for name, _, written in _columns(mapping, table):
        said = {plain_heading(word) for word in translations.get(name, {})}
        known = {
            word: code
            for word in written
            if not is_type_code(word) and plain_heading(word) not in said and (code := type_of_word(word))
        }
        if known:
            translations[name] = {**translations.get(name, {}), **known}
    return replace(mapping, translations=translations)


def word_notices(mapping: ListMapping, table: Table) -> Iterator[RowNote]:
    """As what each word of a column of types is read, and the question for each that means nothing yet."""
    for name, where, written in _columns(mapping, table):
        said = {plain_heading(word): code for word, code in mapping.translations.get(name, {}).items()}
        words: Counter[str] = Counter()
        spelled: dict[str, str] = {}
        for word, rows in written.items():
            if not is_type_code(word):
                words[plain_heading(word)] += rows
                spelled.setdefault(plain_heading(word), word)
        for plain, rows in words.items():
            code = said.get(plain, "").upper()
            if code in weapon_types():
                says = say(
                    "“{word}” is read as {code} {type} in {rows} rows.",
                    word=spelled[plain],
                    code=code,
                    type=weapon_types()[code].name,
                    rows=rows,
                )
                yield RowNote(where, says, "word_read")
            else:
                says = say(
                    "Which type of weapon is “{word}”? It stands in {rows} rows; the answer is kept in the mapping and "
                    "counts for all of them.",
                    word=spelled[plain],
                    rows=rows,
                )
                yield RowNote(where, says, "word_unknown")


def _columns(mapping: ListMapping, table: Table) -> Iterator[tuple[str, str, Counter[str]]]:
    """Each column of types: its field, where it stands, and what is written there, how often."""
    fields = {heading.strip(): name for heading, name in mapping.columns.items() if name in TYPED}
    for nth, heading in enumerate(table.headings):
        if name := fields.get(heading.strip()):
            written = Counter(" ".join(row.cells[nth].text.split()) for row in table.rows)
            written.pop("", None)
            yield name, f"column {column_letters(nth)} ({heading.strip()})", written
