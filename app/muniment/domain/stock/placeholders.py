"""Words that people write where a serial number is missing. They are data, not texts of the program."""

from __future__ import annotations

import re
import unicodedata

_WHOLE = frozenset(
    """
    n a|s n|sn|no|nil|none|null|nan|tbd|tba|test|missing|blank|empty|no serial|no number|no sn|not marked|unmarked
    s nr|sin|sin numero|sin número|no tiene|ninguno|néant|neant|aucun|sans|sans numéro|sans numero
    sem número|sem numero|não tem|nenhum|ohne|ohne nummer|keine|keine nummer|entfällt|senza matricola|nessuno
    б н|бн|нет|без номера|нема|немає|не указан|yok|numarasız|hakuna|bez broja|nema|brak|bez numeru
    无|無|没有|无号|無號|未知|不明|不详|不清|模糊|锈蚀|鏽蝕|无法辨认|看不清
    مجهول|مطموس|لا يوجد|بدون|بدون رقم|غير معروف|غير مقروء|غير واضح|صدئ|ندارد|نامشخص|ناخوانا|بدون شماره
    """.replace("\n    ", "|")
    .strip("| \n")
    .split("|")
) - {""}
"""They count when they are all there is; separators are blanks here."""

_ANYWHERE = frozenset(
    """
    unknown|unreadable|illegible|not legible|rusty|rusted|obliterated|defaced|erased|filed off|ground off|removed
    no serial number|without number|not available|not known|cannot read|serial number
    desconocido|ilegible|oxidado|borrado|limado|inconnu|illisible|rouillé|effacé|limé
    desconhecido|ilegível|ilegivel|enferrujado|apagado|raspado|unbekannt|unleserlich|nicht lesbar|rostig|verrostet
    sconosciuto|illeggibile|arrugginito|abraso|неизвестно|неизвестен|нечитаемый|нечитаем|не читается|ржавый
    отсутствует|стёрт|стерт|спилен|невідомо|невідомий|нечитабельний|відсутній|іржавий
    bilinmiyor|okunmuyor|okunaksız|paslı|haijulikani|haisomeki|nepoznato|nečitko|nieznany|nieczytelny
    """.replace("\n    ", "|")
    .strip("| \n")
    .split("|")
) - {""}
"""They count also beside figures, as in "1234 rusty"; no maker strikes them."""


_TELLING = min(max(map(len, phrase.split())) for phrase in _ANYWHERE if phrase.isascii())
"""Letters that the longest word of such a phrase has at the least."""

_LIKE_A_NUMBER = re.compile(rf"(?=.*[0-9])(?:[0-9]|[A-Za-z]{{1,{_TELLING - 1}}}(?![A-Za-z]))*")


def plainly_a_number(text: str) -> bool:
    """Whether a text holds figures 0 to 9, Latin letters too few in a row for a word, and nothing else.

    No such text stands for nothing, and nearly all of a hundred thousand serial numbers are such.
    """
    return _LIKE_A_NUMBER.fullmatch(text) is not None


def stands_for_nothing(text: str) -> bool:
    """Whether a text says that there is no number, in one of the languages we know the words of.

    Text made of punctuation alone says so too.
    """
    if all(unicodedata.category(character)[0] in "PZ" for character in text):
        return True
    words = _words(text)
    return words in _WHOLE or any(f" {phrase} " in f" {words} " for phrase in _ANYWHERE)


def _words(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold().replace("i̇", "i")
    return " ".join("".join(c if c.isalnum() or unicodedata.combining(c) else " " for c in folded).split())
