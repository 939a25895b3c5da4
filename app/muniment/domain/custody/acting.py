"""Who acts, and how an act becomes a fact."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from muniment.domain.basics.identity import Subject
from muniment.domain.basics.moments import stamp
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.facts import CONTENT, Deed, Evidence, Fact, Fields, Value
from muniment.domain.custody.standing import Standing


@dataclass(frozen=True, slots=True)
class Acting:
    """An act at the desk: who does it, who stands beside, when it happened, on what evidence.

    `at` is when it happened. `overrides` names the rules that `second` lets pass, for `reason`. Numbers and the act's
    own name are given when the facts are appended.
    """

    actor: Subject
    at: datetime
    second: Subject | None = None
    evidence: tuple[Evidence, ...] = ()
    reason: str = ""
    doc: str = ""
    overrides: frozenset[str] = field(default_factory=frozenset)

    def told(self, fact: Fact) -> bool:
        """Whether a fact was told by the same persons, for the same reason and on the same paper."""
        said = (self.actor, self.second or "", self.reason, self.doc)
        return said == (fact.actor, fact.second, fact.reason, fact.doc)

    def states(
        self,
        kind: Deed,
        standing: Standing,
        *,
        sets: Fields | None = None,
        drops: Collection[str] = (),
        to: str | None = None,
        qty: int = 0,
        about: Fields | None = None,
        corrects: str = "",
        person_commit: str = "",
    ) -> Fact:
        """State one change of a subject as a fact.

        `sets` are fields with their new values, `drops` fields that cease to be, `to` where the subject goes ("" for
        nowhere). Fields that already stand as wanted are left out.
        """
        now = standing.fields
        wanted = sets or {}
        if now:
            wanted = {name: value for name, value in wanted.items() if now.get(name) != value}
        after = {name: value if type(value) is str else _plain(value) for name, value in wanted.items()}
        before = {name: now[name] for name in (*after, *drops) if name in now} if now else {}
        moves = to is not None and to != standing.where
        return Fact(
            kind=kind,
            subject=standing.subject,
            actor=self.actor,
            made_at=stamp(self.at),
            v=CONTENT,
            from_=standing.where if moves else "",
            to=(to or "") if moves else "",
            qty=qty,
            uom="each" if qty else "",
            before=before,
            after=after,
            expects=standing.version,
            evidence=list(self.evidence),
            second=self.second or "",
            reason=self.reason,
            doc=self.doc,
            corrects=corrects,
            person_commit=person_commit,
            about=dict(about) if about else {},
        )

    def passes(self, objections: list[Refusal], *, never: Collection[Subject] = ()) -> Mapping[str, str]:
        """Let an act pass its objections, or refuse it.

        Answers what to note in `about` of the facts: the rules that were overridden. `never` are persons who may not be
        the second person, such as the one who receives the weapon.

        Raises:
            Refusal: an objection that nobody may override, or that nobody overrides here; or the second person is
                missing, the same as the first, or concerned; or no reason is given.

        """
        for objection in objections:
            if objection.override is None or objection.rule not in self.overrides:
                raise objection
        if not objections:
            return {}
        if self.second is None or self.second == self.actor or self.second in never:
            raise Refusal(
                "second_person_missing",
                say("An override needs a second authorised person who is not concerned."),
                do_now=say("Have the second person sign in beside you."),
            )
        if not self.reason:
            raise Refusal(
                "reason_missing",
                say("An override needs a reason."),
                do_now=say("Write why, without names."),
            )
        return {"overridden": " ".join(objection.rule for objection in objections)}


def _plain(value: Value) -> Value:
    """A choice of a list as the plain text it stands for, so that what stands is what will be read back."""
    return str(value) if isinstance(value, str) else value
