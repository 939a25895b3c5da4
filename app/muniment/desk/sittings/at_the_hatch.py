"""How a sitting at the hatch stands: what was scanned, what became of each item, what waits for an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from muniment.desk.desk import Officer
from muniment.desk.sittings.kit_check import KitCheck
from muniment.desk.sittings.steps import Step, Verb
from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text
from muniment.domain.custody.facts import Evidence


@dataclass(frozen=True, slots=True)
class Scan:
    """What a device read, or somebody typed: the text, how, and the bytes where a device sent them."""

    text: str
    how: str = "barcode"
    device: str = ""
    raw: bytes = b""

    def evidence(self) -> Evidence:
        """The scan as a fact keeps it."""
        return Evidence(how=self.how, seen=self.text, device=self.device, raw=self.raw.hex())


@dataclass(frozen=True, slots=True)
class Handled:
    """One item of this sitting: which, what became of it, and the act that can be taken back.

    `fault_act` is the act that set it apart after it came back; that one takes two persons to be taken back.
    """

    item: Subject | None
    scanned: str
    outcome: str
    act: str = ""
    fault_act: str = ""


@dataclass(frozen=True, slots=True)
class Hatch:
    """A sitting as it stands.

    `person` is the receiver or bringer, `place` where things are moved. `handled` are the items in order, outcomes
    accepted, before (handed out earlier on the same receipt), refused, undone. `refusal` is what waits to be taken note
    of, `refused_item` what it was about, `refused_undo` whether it was an undo, and `held` the scans that came after
    it, or while it is told what is wrong with something; `not_kept` counts those that were too many to be held. `shown`
    is the item on the big card. `warnings` are what the officer should know. `last_receipt` is the receipt closed last,
    to be printed. `until`, `for_good` and `purpose` are the terms of what goes out next. `kit` is a kit that comes back
    and is being checked.
    """

    verb: Verb = Verb.ISSUE
    step: Step = Step.AWAITING_PERSON
    person: Subject | None = None
    place: Subject | None = None
    receipt: Subject | None = None
    handled: tuple[Handled, ...] = ()
    refusal: Refusal | None = None
    refused_item: Subject | None = None
    refused_scan: Scan | None = None
    refused_undo: bool = False
    before_refusal: Step = Step.AWAITING_PERSON
    held: tuple[Scan, ...] = ()
    not_kept: int = 0
    shown: Subject | None = None
    warnings: tuple[Text, ...] = ()
    last_receipt: Subject | None = None
    touched_at: datetime | None = None
    until: datetime | None = None
    for_good: bool = False
    purpose: str = ""
    kit: KitCheck | None = None

    @property
    def accepted(self) -> int:
        """How many items of this sitting stand."""
        return sum(one.outcome == "accepted" for one in self.handled)

    @property
    def handing_over(self) -> bool:
        """Whether something was handed out in this sitting that is not confirmed; what was left open may wait on."""
        return self.receipt is not None and self.accepted > 0

    @property
    def to_confirm(self) -> int:
        """How many items the receiver confirms: those of this sitting, and those handed out earlier on its receipt."""
        return sum(one.outcome in ("accepted", "before") for one in self.handled)

    @property
    def came_back(self) -> Handled | None:
        """What came back last and has not been set apart: the thing that a fault is told of."""
        stands = [one for one in self.handled if one.outcome == "accepted"]
        if self.verb is not Verb.RETURN or not stands or stands[-1].fault_act or stands[-1].item is None:
            return None
        return stands[-1] if kind_of(stands[-1].item) is not Kind.KIT else None


@dataclass(frozen=True, slots=True)
class Pass:
    """How a refused issue is let pass: the rules, the second person, why."""

    overrides: frozenset[str]
    second: Officer
    reason: str
