"""One transaction on the register: read, decide, append, commit."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import msgspec

from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.basics.text import Text
from muniment.domain.custody.facts import Deed, Fact
from muniment.domain.custody.record import Circumstances, Head
from muniment.domain.custody.standing import Standing
from muniment.domain.people.person import PersonRecord


class StoreFault(Exception):  # noqa: N818 - the world is not ready
    """The register cannot be read or written now: what happened, what is safe, what to do."""

    def __init__(self, says: Text, safe: Text, do_now: Text) -> None:
        super().__init__(f"{says} {safe} {do_now}")
        self.says = says
        self.safe = safe
        self.do_now = do_now


class Told(msgspec.Struct, frozen=True, gc=False):
    """A fact that the ledger holds: its place and the hash that names it."""

    seq: int
    kind: Deed
    subject: Subject
    leaf: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A record exactly as the ledger keeps it: its place, its bytes, its leaf hash in hexadecimal."""

    seq: int
    body: bytes
    leaf: str


@dataclass(frozen=True, slots=True)
class Borne:
    """A make and model as weapons bear it, of one type and calibre: how many, and the first of them."""

    make: str
    model: str
    type_code: str
    calibre: str
    weapons: int
    example: Subject


class Work(Protocol):
    """The register inside one transaction.

    Everything read is current and stays so until the end; what is appended is seen by later reads at once. Nothing
    is kept unless the whole transaction is committed.
    """

    def head(self) -> Head:
        """The newest record; the origin leaf where there is none."""

    def standing(self, subject: Subject) -> Standing | None:
        """What is true of a subject, or nothing where it has no facts."""

    def append(self, facts: Sequence[Fact], circumstances: Circumstances) -> list[Told]:
        """Seal facts in the given order, and carry them into what screens read.

        Raises:
            DoesNotFollow: a fact does not fit what stands, because another desk was faster or the rule is wrong.
            NotCanonical: a fact holds what the ledger cannot keep.

        """

    def subtree(self, level: int, index: int) -> bytes:
        """The hash of a full subtree of the tree over the ledger; see `muniment.domain.custody.tree`.

        Raises:
            StoreFault: the tree has gaps.

        """

    def signed(self, size: int | None = None) -> str:
        """The newest checkpoint that a workstation signed, or that of a size, as a note; empty where there is none."""

    def recorded_at(self, seq: int) -> datetime | None:
        """When a fact was written down, by the clock of that workstation; nothing where there is no such fact."""

    def told(self, act: str) -> list[Told]:
        """The facts of an act, in order; empty for an act never told."""

    def facts_of_act(self, act: str) -> Iterator[tuple[Told, Fact]]:
        """The facts of an act, in order; read as they are asked for."""

    def standings(self, subjects: Collection[Subject]) -> Mapping[Subject, Standing]:
        """What is true of several subjects at once; those without facts are left out."""

    def imported(self, keys: Collection[str]) -> list[Standing]:
        """Weapons, lines and undecided things that came from lines with these keys, withdrawn ones too."""

    def booked(self, numbers: Collection[str]) -> list[Standing]:
        """Weapons that had one of these numbers in some older book, withdrawn ones too."""

    def looking_alike_any(self, look_alike_keys: Collection[str]) -> list[Standing]:
        """Weapons and components whose serial has one of these look-alike keys, withdrawn ones too."""

    def in_use(self, subjects: Collection[Subject]) -> set[Subject]:
        """Those of the subjects that something else hangs on.

        Something lies there, is held by them or fitted to them; a code is bound to them; a case is open about them; a
        place lies in them or a person belongs to them, neither of them withdrawn.
        """

    def fact(self, seq: int) -> Fact | None:
        """One fact by its place in the ledger."""

    def newest_first(self, before: int | None = None) -> Iterator[tuple[Told, Fact]]:
        """Facts from the newest on backwards, or from the one before a place; read as they are asked for."""

    def parted_since(self, stamped: str) -> Iterator[tuple[Told, Fact]]:
        """Facts that took something from a person, written down at that moment or later, newest first.

        Some from before may be among them. Read as they are asked for; takes as long as the records since are many.
        """

    def facts_of(self, subject: Subject) -> list[tuple[Told, Fact]]:
        """All facts of a subject, oldest first."""

    def next_number(self, kind: Kind) -> int:
        """The next running number for a kind of thing; numbers are never used again."""

    def bound_to(self, code: str) -> Subject | None:
        """What a code is bound to; a letter and its accent may come as one character or as two."""

    def codes_of(self, thing: Subject) -> list[str]:
        """The codes that are bound to a thing now, the one bound first in front."""

    def place_coded(self, code: str) -> Standing | None:
        """The place with this code on its label, not withdrawn; see `code_form` for what is one code."""

    def place_of_kind(self, kind: str) -> Standing | None:
        """The first place of a kind, not withdrawn."""

    def numbered(self, register_no: str) -> Standing | None:
        """What has this number.

        An item W-…, C-…, L-…, a hand receipt R-…, a kit K-…, a shipment T-…, an arrival A-…, a case CASE-…, an entry
        M-… of the catalogue.
        """

    def same_serial(self, comparison_key: str) -> list[Standing]:
        """Weapons and components whose serial has this comparison key."""

    def at(self, where: Subject) -> list[Standing]:
        """Items that are at a place, with a person or fitted to an item, in order of register number."""

    def fitted_to(self, weapon: Subject) -> list[Standing]:
        """The components on a weapon, in order of register number."""

    def search(self, text: str, most: int) -> list[Standing]:
        """Weapons and components whose register number, code or serial contains a text, best match first."""

    def issued_since(self, stamped: str, until: str = "") -> int:
        """How many weapons that are out now were issued at that moment or later, and at `until` at the latest."""

    def open_cases(self, concerns: Subject) -> list[Standing]:
        """What is unsettled about a subject."""

    def cases_about(self, concerns: Subject) -> list[Standing]:
        """Every case about a subject, also those that are closed."""

    def unsettled(self) -> list[Standing]:
        """Every open case, oldest first."""

    def out(self, *, held_as: str = "", due_before: str = "") -> list[Standing]:
        """Weapons and components that are handed out, the one due first in front, those without an end last.

        `held_as` ("shift", "assignment") and `due_before` leave others out; a moment is written as `stamp` writes it.
        """

    def quarantined(self) -> list[Standing]:
        """Weapons and components that are set apart, in order of register number."""

    def kits_at(self, where: Subject) -> list[Standing]:
        """Kits that are at a place or with a person, in order of register number."""

    def all_of(self, kind: Kind) -> list[Standing]:
        """Every subject of a kind that stays small: places, units, policies, open cases."""

    def every(self, kind: Kind) -> Iterator[Standing]:
        """Every subject of a kind of which there may be a million, oldest first; read as they are asked for."""

    def record(self, seq: int) -> Kept | None:
        """One record as it is kept; nothing where there is none."""

    def records(self) -> Iterator[Kept]:
        """Every record of the ledger as it is kept, oldest first; read as they are asked for."""

    def holding(self, holders: Kind | None = None) -> Mapping[str, int]:
        """How many items are at each place, with each person and on each item that has any; or at one kind of these."""

    def models_borne(self) -> list[Borne]:
        """Every make and model that weapons bear, by make and model exactly as written, what most are first.

        Withdrawn weapons are left out. Reads every weapon, though in one question.
        """

    def person(self, person: Subject) -> PersonRecord | None:
        """Who a person is, from outside the ledger; nothing where the record was erased."""

    def keep_person(self, person: Subject, record: PersonRecord, key: bytes) -> str:
        """Keep who a person is, outside the ledger; answers the commitment for `person_commit`.

        `key` is used for a person seen for the first time; later records stay under the first key.
        """

    def person_by(self, name_or_number: str) -> Subject | None:
        """The person with this sign-in name, service number or badge code; upper and lower case are one."""

    def credential(self, person: Subject, use: str) -> str:
        """The stored form of a person's secret for a use ("passphrase", "pin"); empty where none is set."""

    def keep_credential(self, person: Subject, use: str, stored: str) -> None:
        """Keep the stored form of a secret; the one before it is forgotten."""

    def keep_file(self, sha256: str, media_type: str, content: bytes) -> None:
        """Keep a photograph or a document under its hash; keeping it twice is keeping it once."""

    def file(self, sha256: str) -> tuple[str, bytes] | None:
        """A kept file: media type and content."""


OpenWork = Callable[[], AbstractContextManager[Work]]
"""Opens a transaction that is committed when the block ends and undone when it raises.

One that was opened only to look waits for nobody, sees one moment of the register, and cannot append.
Entering and leaving raise `StoreFault` when the register cannot be read or written.
"""
