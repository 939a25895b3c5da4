"""Taking back: a counter-entry that names the fact it corrects. Nothing disappears."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from muniment.domain.basics.moments import moment
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.facts import CONTENT, Deed, Fact
from muniment.domain.custody.standing import WHERE, Standing
from muniment.domain.people.duties import Duty

WITHDRAWN = "withdrawn"
"""The field that marks what was registered in error; the thing keeps its number and its history."""

GUARDED = "guarded"
"""What `about` of a fact says that stopped an item from being issued: one person alone does not take that back."""

SLIP = timedelta(hours=1)
"""So long an officer may take back alone what the same officer entered alone."""


@dataclass(frozen=True, slots=True)
class TakingBack:
    """What taking a kind of fact back needs.

    `duty` is whose work it is. `two_persons` says that it takes two even at once, because its opposite does. `instead`
    says what to do where such a fact is never taken back.
    """

    duty: Duty
    two_persons: bool = False
    instead: Text | None = None


_STOCK, _BOOK, _PEOPLE = (TakingBack(duty) for duty in (Duty.HANDLE_STOCK, Duty.REGISTER_STOCK, Duty.KEEP_PEOPLE))
_OUT_OF_THE_BOOK = TakingBack(Duty.REGISTER_STOCK, two_persons=True)
_ASTRAY = TakingBack(Duty.HANDLE_STOCK, two_persons=True)
_ARRIVAL = TakingBack(Duty.REGISTER_STOCK, instead=say("Take the whole arrival back."))

TAKING_BACK: Mapping[Deed, TakingBack] = {
    Deed.REGISTER_OPENED: TakingBack(Duty.HANDLE_STOCK, instead=say("Make a new register.")),
    Deed.REGISTER_RESTORED: TakingBack(Duty.SET_POLICY, instead=say("Nothing to do: it stays said.")),
    Deed.POLICY_SET: TakingBack(Duty.SET_POLICY),
    Deed.KEY_ENROLLED: TakingBack(Duty.SET_POLICY, instead=say("Revoke the key.")),
    Deed.KEY_REVOKED: TakingBack(Duty.SET_POLICY, instead=say("Enrol a new key.")),
    Deed.PLACE_REGISTERED: _BOOK,
    Deed.PLACE_CHANGED: _BOOK,
    Deed.UNIT_REGISTERED: _PEOPLE,
    Deed.PERSON_REGISTERED: _PEOPLE,
    Deed.PERSON_CHANGED: _PEOPLE,
    Deed.ROLE_GIVEN: _PEOPLE,
    Deed.ROLE_TAKEN: TakingBack(Duty.KEEP_PEOPLE, two_persons=True),
    Deed.CREDENTIAL_SET: TakingBack(Duty.KEEP_PEOPLE, instead=say("Set a new one.")),
    Deed.WRONG_TRY: TakingBack(Duty.KEEP_PEOPLE, instead=say("End the lock.")),
    Deed.LOCK_ENDED: TakingBack(Duty.KEEP_PEOPLE, instead=say("Nothing to do.")),
    Deed.CERTIFICATE_ENTERED: _PEOPLE,
    Deed.BAN_SET: TakingBack(Duty.BAN, two_persons=True),
    Deed.BAN_LIFTED: TakingBack(Duty.BAN),
    Deed.MODEL_REGISTERED: _BOOK,
    # Another entry may have taken the name since.
    Deed.MODEL_CHANGED: TakingBack(Duty.REGISTER_STOCK, instead=say("Change the entry back.")),
    Deed.MODEL_RETIRED: TakingBack(Duty.REGISTER_STOCK, instead=say("Take the entry into use again.")),
    Deed.WEAPON_REGISTERED: _OUT_OF_THE_BOOK,
    Deed.WEAPON_DESCRIBED: _BOOK,
    Deed.CONDITION_CHANGED: _ASTRAY,
    Deed.COMPONENT_REGISTERED: _OUT_OF_THE_BOOK,
    Deed.COMPONENT_FITTED: _STOCK,
    Deed.COMPONENT_REMOVED: _STOCK,
    Deed.KIT_REGISTERED: _BOOK,
    Deed.KIT_CHANGED: _BOOK,
    Deed.LINE_REGISTERED: _OUT_OF_THE_BOOK,
    Deed.LINE_WORKED_OFF: _BOOK,
    Deed.UNDECIDED_LISTED: _OUT_OF_THE_BOOK,
    Deed.UNDECIDED_DECIDED: _BOOK,
    Deed.CODE_BOUND: _BOOK,
    Deed.CODE_RELEASED: _BOOK,
    Deed.ISSUED: _STOCK,
    Deed.ASSIGNED: _STOCK,
    Deed.RETURNED: _STOCK,
    Deed.MOVED: _STOCK,
    Deed.QUARANTINED: _ASTRAY,
    Deed.RELEASED: _STOCK,
    Deed.SENT: TakingBack(Duty.HANDLE_STOCK, instead=say("Take the whole shipment back.")),
    Deed.ACCEPTED: _ASTRAY,
    Deed.ARRIVAL_BEGUN: _ARRIVAL,
    Deed.ARRIVAL_LISTED: _ARRIVAL,
    Deed.ARRIVAL_CHECKED: TakingBack(Duty.HANDLE_STOCK, instead=say("Take it off the arrival.")),
    Deed.ARRIVAL_STRUCK: TakingBack(Duty.HANDLE_STOCK, instead=say("Check it in again.")),
    Deed.RECEIVED: _ARRIVAL,
    Deed.ARRIVAL_CLOSED: _ARRIVAL,
    Deed.UNACCOUNTED: _ASTRAY,
    Deed.FOUND: _ASTRAY,
    Deed.RECEIPT_OPENED: _STOCK,
    Deed.RECEIPT_CONFIRMED: _STOCK,
    Deed.FILE_ATTACHED: _BOOK,
    Deed.BATCH_IMPORTED: TakingBack(Duty.REGISTER_STOCK, instead=say("Undo the import.")),
    Deed.BATCH_UNDONE: TakingBack(Duty.REGISTER_STOCK, instead=say("Take the list in again.")),
    Deed.CASE_OPENED: TakingBack(Duty.SETTLE, two_persons=True),
    Deed.CASE_NOTED: _STOCK,
    Deed.CASE_CLOSED: TakingBack(Duty.SETTLE, two_persons=True),
    Deed.OWN_FIELD_DEFINED: TakingBack(Duty.SET_POLICY),
    Deed.OWN_FIELD_CHANGED: TakingBack(Duty.SET_POLICY),
    Deed.OWN_FIELD_SET: _BOOK,
    Deed.STATES_DEFINED: TakingBack(Duty.SET_POLICY),
    Deed.STATES_CHANGED: TakingBack(Duty.SET_POLICY),
    Deed.STATE_MOVED: TakingBack(Duty.CHANGE_STATE),
    Deed.PRINTED: TakingBack(Duty.HANDLE_STOCK, instead=say("Destroy the sheets if they are wrong.")),
    Deed.CHECKPOINT_HANDED_OUT: TakingBack(Duty.HANDLE_STOCK, instead=say("Hand out a newer one.")),
    Deed.REVERSED: TakingBack(Duty.HANDLE_STOCK, instead=say("Enter what is right as a new movement.")),
    Deed.WITHDRAWN: TakingBack(Duty.REGISTER_STOCK, instead=say("Register it anew.")),
}
"""Of every kind of fact. What cannot be done alone cannot be brought about alone by taking its opposite back."""


def may_be_taken_back(fact: Fact, acting: Acting, *, in_use: bool) -> None:
    """Decide whether those who act may take a fact back at all, whatever has happened to its subject since.

    `in_use` says that something lies at its subject, is fitted or bound to it or open about it.

    Raises:
        Refusal: such a fact is never taken back; its subject is in use; the name it changed is not kept; or it takes
            two persons, because it is no slip of the same officer within the hour or because its opposite takes two.

    """
    needs = TAKING_BACK[fact.kind]
    if needs.instead is not None:
        raise Refusal("never_taken_back", say("Such an entry is not taken back."), do_now=needs.instead)
    refuse_rooted(fact, in_use=in_use)
    identified = fact.kind is Deed.WEAPON_REGISTERED and "line" in fact.about  # the line takes it back
    guarded = fact.about.get(GUARDED) is True
    two_persons = needs.two_persons and not identified
    if fact.kind is Deed.WEAPON_DESCRIBED and "condition" in fact.before:
        two_persons = TAKING_BACK[Deed.CONDITION_CHANGED].two_persons  # a description may change the condition, too
    refuse_alone(fact, acting, two_persons=guarded or two_persons)


def refuse_alone(fact: Fact, acting: Acting, *, two_persons: bool = False) -> None:
    """Refuse to let one person take back what is no slip: entered by another, by two, or more than an hour ago.

    Raises:
        Refusal: so it is, or `two_persons` are needed in any case, and there is no second person.

    """
    # Taking an issue back lowers the danger, whoever let it pass.
    handed_out = fact.kind in (Deed.ISSUED, Deed.ASSIGNED, Deed.RECEIPT_OPENED)
    alone = fact.actor == acting.actor and (handed_out or not fact.second)
    slip = alone and abs(acting.at - moment(fact.made_at)) <= SLIP
    if acting.second is None and (two_persons or not slip):
        raise Refusal(
            "second_person_missing",
            say("Taking this back needs a second authorised person."),
            do_now=say("Have the second person sign in beside you."),
        )


def refuse_rooted(fact: Fact, *, in_use: bool) -> None:
    """Refuse to take back what other things have come to hang on, or what has overwritten a name.

    Raises:
        Refusal: its subject came to be by this fact and is in use; or the name that it changed is not kept.

    """
    if in_use and fact.expects == 0:
        raise Refusal(
            "in_use",
            say("Something has been put there, fitted to it, bound to it or opened about it since."),
            do_now=say("Clear that first, then withdraw it by itself."),
        )
    if fact.person_commit and fact.expects > 0:
        raise Refusal(
            "earlier_name_not_kept",
            say("The name and numbers before the change are not kept."),
            do_now=say("Enter what is right as a new change."),
        )


@dataclass(frozen=True, slots=True)
class Entered:
    """A fact that may be taken back, with its leaf and what stands of its subject; `undone` is as `reverse` has it."""

    fact: Fact
    leaf: str
    standing: Standing
    undone: int = 0

    @property
    def changed_since(self) -> bool:
        """Whether a later fact about the same subject still stands."""
        return self.standing.version - 2 * self.undone != self.fact.expects + 1


def reverse(fact: Fact, leaf: str, standing: Standing, acting: Acting, *, undone: int = 0) -> Fact:
    """Decide whether a fact can still be taken back, and state the counter-entry.

    A registration is taken back by withdrawing the thing: it stays in the register, under its number, marked.
    `undone` is how many later facts about the same subject were taken back before, newest first.

    Raises:
        Refusal: the subject has changed since, or no reason is given, or the fact is itself a counter-entry.

    """
    if not acting.reason:
        raise Refusal(
            "reason_missing",
            say("Taking something back needs a reason."),
            do_now=say("Write why, without names."),
        )
    if fact.kind in (Deed.REVERSED, Deed.WITHDRAWN):
        raise Refusal(
            "already_reversed",
            say("A counter-entry is not taken back."),
            do_now=TAKING_BACK[fact.kind].instead,
        )
    if Entered(fact, leaf, standing, undone).changed_since:
        raise Refusal(
            "changed_since",
            say("It has been moved or changed since."),
            do_now=say("Take back the later entry first, or enter what is right as a new movement."),
        )
    if fact.expects == 0:
        return acting.states(
            Deed.WITHDRAWN,
            standing,
            # A case or a receipt that was opened in error is no longer open.
            sets={WITHDRAWN: acting.reason, **({"state": "withdrawn"} if "state" in standing.fields else {})},
            drops=("bound",),  # a code that was bound in error means nothing any more
            to="" if WHERE in standing.fields else None,
            corrects=leaf,
        )
    inverse = acting.states(Deed.REVERSED, standing, corrects=leaf)
    return Fact(
        kind=inverse.kind,
        subject=inverse.subject,
        actor=inverse.actor,
        made_at=inverse.made_at,
        v=CONTENT,
        from_=fact.to,
        to=fact.from_,
        qty=fact.qty,
        uom=fact.uom,
        before=dict(fact.after),
        after=dict(fact.before),
        expects=inverse.expects,
        evidence=inverse.evidence,
        second=inverse.second,
        reason=inverse.reason,
        doc=inverse.doc,
        corrects=inverse.corrects,
        about={"corrected": fact.kind},
    )
