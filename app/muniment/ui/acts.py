"""An officer's word: what a page says to a use case in the name of who is signed in."""

from __future__ import annotations

from datetime import datetime

from muniment.desk.desk import Deposition, Desk, Officer
from muniment.desk.signing import sign_in
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.facts import Evidence


class OfficersWord:
    """Makes depositions. All tries of one act have one name until it is `done`, so that it is done once."""

    def __init__(self, desk: Desk, officer: Officer) -> None:
        self._desk, self.officer = desk, officer
        self._act = ""

    def said(
        self,
        reason: str = "",
        *,
        doc: str = "",
        at: datetime | None = None,
        second: Officer | None = None,
        evidence: tuple[Evidence, ...] = (),
        overrides: frozenset[str] = frozenset(),
    ) -> Deposition:
        """What is brought to a use case; blanks round what was typed are cut off."""
        self._act = self._act or self._desk.ids.ordered()
        return Deposition(
            self.officer,
            act=self._act,
            second=second,
            at=at,
            evidence=evidence,
            reason=reason.strip(),
            doc=doc.strip(),
            overrides=overrides,
        )

    def done(self) -> None:
        """The act is in the ledger; what is said next is another one."""
        self._act = ""

    def second(self, name: str, passphrase: str) -> Officer:
        """The second person, who signs in beside the officer.

        Raises:
            Refusal: nobody is named, the name or passphrase is wrong, or it is the officer again.

        """
        if not name.strip():
            raise Refusal(
                "second_person_missing",
                say("Nobody stands beside you."),
                do_now=say("Have a second authorised person sign in."),
            )
        other = sign_in(self._desk, name.strip(), passphrase)
        if other.person == self.officer.person:
            raise Refusal(
                "second_is_first",
                say("The second person must be somebody else."),
                do_now=say("Have another authorised person sign in."),
            )
        return other


FIELDS = {
    "reason_missing": "reason",
    "wrong_sign_in": "passphrase",
    "second_is_first": "second",
    "second_person_missing": "second",
    "not_serving": "second",
    "reference_missing": "doc",
    "confirmation_missing": "confirmation",
    "shipment_without_papers": "document",
    "seal_empty": "seals",
    "name_missing": "name",
    "not_a_moment": "at",
    "in_the_future": "at",
    "late_entry_incomplete": "at",
    "unknown_place": "place",
    "not_a_store": "place",
    "accessory_misshapen": "accessories",
    "named_twice": "accessories",
    "unknown_person": "person",
    "unknown_code": "thing",
    "ambiguous": "thing",
    "model_unnamed": "model",
    "model_known": "model",
    "calibre_missing": "calibres",
    "calibre_twice": "calibres",
    "country_unknown": "country",
    "country_ambiguous": "country",
    "component_kind_unknown": "numbered",
    "alias_unnamed": "aliases",
    "too_many_aliases": "aliases",
}


def field_of(refusal: Refusal) -> str:
    """The field that a refusal is about; empty where it is about the whole."""
    return FIELDS.get(refusal.rule, "")


def moment_typed(text: str) -> datetime | None:
    """A moment as typed by this machine's clock, `2026-11-24 08:14` or a whole day; nothing for an empty text.

    A whole day means its end. The hour may be written with a dot, for the keys on the screen have no colon.

    Raises:
        Refusal: it is none.

    """
    written = text.strip().replace("T", " ")
    if not written:
        return None
    day, hour = written[: len("2026-11-24")], written[len("2026-11-24") :].replace(".", ":")
    try:
        at = datetime.fromisoformat(f"{day}{hour}")
    except ValueError:
        raise Refusal(
            "not_a_moment",
            say("“{text}” is no moment.", text=text.strip()),
            do_now=say("Write the year first: 2026-11-24 08:14."),
        ) from None
    if len(written) <= len("2026-11-24"):
        at = at.replace(hour=23, minute=59)
    return at.astimezone()
