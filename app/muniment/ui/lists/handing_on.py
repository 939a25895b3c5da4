"""Writing lists out, decided without a screen. It only looks, so it may run beside the desk's thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from muniment.desk.register import Register
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.exchange.export_lists import NAMES_PEOPLE, ListKind
from muniment.exchange.exporting import Exported, export_all, export_list
from muniment.exchange.sheets import SheetRefused
from muniment.ports.audit import Stopped
from muniment.ui.lists.trouble import OVERWRITES, no_overwriting, not_written

EVERYTHING = "everything"

WHAT: Mapping[str, Text] = {
    ListKind.WEAPONS: say("Weapons"),
    ListKind.HOLDINGS: say("Quantities without serials"),
    ListKind.COMPONENTS: say("Components"),
    ListKind.PEOPLE: say("People"),
    ListKind.PLACES: say("Places"),
    ListKind.MODELS: say("Catalogue of makes and models"),
    ListKind.FACTS: say("The ledger, fact by fact"),
    ListKind.OTHERS: say("Everything else that stands"),
    EVERYTHING: say("Everything, in a new folder"),
}
"""What can be handed on."""

FORMS: Mapping[str, Text] = {
    ".csv": say("CSV, for any program"),
    ".xlsx": say("XLSX, for Excel"),
    ".ods": say("ODS, for LibreOffice"),
    ".json": say("JSON, for programs"),
    ".jsonl": say("JSON, a line for each row"),
}
"""In which forms."""

_CONTAINS: Mapping[str, Text] = {
    ListKind.WEAPONS: say("Every weapon with its serial, place and state. An import of weapons reads it again."),
    ListKind.HOLDINGS: say("Every quantity without serials that is not worked off."),
    ListKind.COMPONENTS: say("Every component that is followed by itself."),
    ListKind.PEOPLE: say("Everybody in the register, what they may draw and how much they hold."),
    ListKind.PLACES: say("The places of the depot, as an import of places reads them."),
    ListKind.MODELS: say("Every entry of the catalogue. The page of the catalogue takes it in again."),
    ListKind.FACTS: say("Every fact of the ledger, oldest first, as it was recorded."),
    ListKind.OTHERS: say("Units, codes, receipts, cases, limits and batches."),
    EVERYTHING: say("All lists, the ledger, a page to read first, and the digests of all files."),
}

_NAMELESS = say("Persons stand as person/… and are not named. Reasons and remarks are as officers wrote them.")
_NAMED = say(
    "It names persons: names, ranks, service numbers, badge codes. Keep it as the register itself is kept, give it "
    "only to those who may know, and destroy it when it has served."
)
_PHOTOGRAPHS = say("Photographs and scanned papers are written too.")
_NO_PERSONS = say("It says nothing of persons.")


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be written, in which form, where, and whether persons are named. `over` lets a file be replaced."""

    what: str
    form: str
    target: str
    with_names: bool = False
    over: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: each file with its rows and the first letters of its digest, and what must be known of it."""

    files: tuple[Exported, ...]
    notices: tuple[Text, ...]
    says: Text


def contains(what: str, *, with_names: bool) -> tuple[Text, ...]:
    """What a list will hold, and what of persons: said before it is written."""
    sentences = [_CONTAINS[what]]
    if what in (ListKind.PLACES, ListKind.MODELS, ListKind.OTHERS):
        sentences.append(_NAMELESS if what == ListKind.OTHERS else _NO_PERSONS)
    elif with_names and may_name(what):
        sentences += [_NAMED, _PHOTOGRAPHS] if what == EVERYTHING else [_NAMED]
    else:
        sentences.append(_NAMELESS)
    return tuple(sentences)


def may_name(what: str) -> bool:
    """Whether a list can name persons at all."""
    return what == EVERYTHING or what in NAMES_PEOPLE


def forms_of(what: str) -> tuple[str, ...]:
    """The forms a list can have; everything together has none of its own."""
    if what == EVERYTHING:
        return ()
    if what in (ListKind.FACTS, ListKind.OTHERS):
        return (".jsonl", ".json", ".csv")
    return tuple(FORMS)


def offered_name(register: Register, what: str, form: str) -> str:
    """A name for the file that says what it is and of which day."""
    day = register.desk.clock.now().strftime("%Y-%m-%d")
    return f"{what}-{day}{form}" if what != EVERYTHING else f"register-{day}"


class HandingOnPresenter:
    """Writes what is wished."""

    def __init__(self, register: Register) -> None:
        self._register = register

    def write(self, wish: Wish, written: Callable[[int], bool]) -> Written:
        """Write a list, or everything. `written` is told how many rows there are so far; answers whether to go on.

        Raises:
            Refusal: there is such a file already and `over` is not given, the form cannot hold it, or the disk says no.

        """
        target = Path(wish.target.strip()).expanduser()
        if not wish.target.strip():
            raise Refusal("no_target", say("It is not said where to write."), do_now=say("Name a file."))
        try:
            made = self._write(target, wish, written)
        except SheetRefused as refused:
            raise Refusal(
                "not_written",
                refused.problems[0].says,
                do_now=say("Mend what is said, or choose another place or name."),
            ) from refused
        except OSError as fault:
            raise not_written(target, fault) from fault
        except Stopped:
            return Written((), (), say("Stopped. Nothing was left behind."))
        rows = sum(one.rows for one in made)
        notices = tuple(dict.fromkeys(notice for one in made for notice in one.notices))
        says = say("{rows} rows are written to {target}.", rows=f"{rows:,}", target=str(target))
        return Written(made, notices, says)

    def _write(self, target: Path, wish: Wish, written: Callable[[int], bool]) -> tuple[Exported, ...]:
        if wish.what == EVERYTHING:
            return export_all(self._register, target, with_names=wish.with_names, written=written)
        kind = ListKind(wish.what)
        no_overwriting(target, over=wish.over)
        with_names = wish.with_names and may_name(wish.what)
        if with_names:
            # The notice beside the list is a file too, and may be somebody's.
            no_overwriting(target.with_name(f"{target.name}.notice.txt"), over=wish.over)
        return (export_list(self._register, kind, target, with_names=with_names, written=written),)


def field_of(refusal: Refusal) -> str:
    """The field that a refusal is about."""
    return "target" if refusal.rule in (OVERWRITES, "no_target", "not_written", "folder_not_empty") else ""
