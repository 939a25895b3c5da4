"""Handing a weapon out: for a shift, or to keep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.moments import day, stamp
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.facts import Deed, Fact, Value
from muniment.domain.custody.own_states import Stance
from muniment.domain.custody.policy import Policy
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.domain.custody.standing import Standing
from muniment.domain.people.authority import SECOND_PERSON, Drawer, objections_to_drawing
from muniment.domain.stock.condition import Condition

FIT_TO_ISSUE = frozenset({Condition.NEW, Condition.SERVICEABLE})


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms a weapon is handed out.

    `due_at` is when it is expected back, absent for an assignment without an end. `receipt` is the hand receipt it is
    put on, `purpose` what for.
    """

    due_at: datetime | None
    receipt: Subject
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Counter:
    """What else must be known at the hatch.

    `held` are the items the person holds now, `in_store` whether the weapon lies in a store of this depot,
    `open_cases` what is unsettled about this weapon or its kit, `types` its type and all types above it,
    `issued_lately` how many were issued here within the rush window. `fitted` are the components on it, `with_kit` is
    the kit that is handed out whole, empty where the weapon goes by itself. `states` are the depot's own states of the
    weapon and of what is fitted to it.
    """

    held: Sequence[Standing]
    in_store: bool
    open_cases: int
    types: Sequence[str]
    issued_lately: int
    fitted: Sequence[Standing] = ()
    with_kit: str = ""
    states: Sequence[Stance] = ()


def objections_to_issue(
    weapon: Standing, drawer: Drawer, counter: Counter, policy: Policy, at: datetime
) -> list[Refusal]:
    """Everything that speaks against handing this weapon to this person now, gravest first."""
    found = objections_to_weapon(weapon, drawer, counter)
    found += [objection for stance in counter.states if (objection := stance.objection()) is not None]
    found += _overdue_inspection(weapon, at)
    found += objections_to_drawing(drawer, counter.types, at.date())
    if weapon.text("kit") != counter.with_kit:
        found.append(
            Refusal(
                "part_of_kit",
                say("It belongs to a kit, which is issued as a whole."),
                do_now=say("Issue the kit, or have a second person decide."),
                override=SECOND_PERSON,
            )
        )
    if kind_of(weapon.subject) is not Kind.WEAPON:
        return found  # how many and how fast is asked of weapons; a part goes with its weapon
    weapons_held = sum(kind_of(item.subject) is Kind.WEAPON for item in counter.held)
    if weapons_held >= policy.weapons_per_person:
        found.append(
            Refusal(
                "limit_reached",
                say(
                    "This person already holds {held} of {limit} weapons.",
                    held=weapons_held,
                    limit=policy.weapons_per_person,
                ),
                do_now=say("Take one back first, or have a second person decide."),
                override=SECOND_PERSON,
            )
        )
    if counter.issued_lately >= policy.rush_weapons:
        found.append(
            Refusal(
                "rush",
                say(
                    "{count} weapons were issued here within {minutes} minutes.",
                    count=counter.issued_lately,
                    minutes=policy.rush_minutes,
                ),
                do_now=say("Stop and find out why. A second person may let the issue go on."),
                override=SECOND_PERSON,
            )
        )
    return found


def objections_to_weapon(weapon: Standing, drawer: Drawer, counter: Counter) -> list[Refusal]:
    """Everything about the weapon itself that forbids handing it out; nobody may override these."""
    found: list[Refusal] = []
    if weapon.text(WITHDRAWN):
        found.append(
            Refusal(
                "withdrawn",
                say("This record was withdrawn: {reason}.", reason=weapon.text(WITHDRAWN)),
                do_now=say("Set the weapon aside and find its true record."),
            )
        )
    elif weapon.where == drawer.person:
        found.append(
            Refusal(
                "already_held",
                say("This person already holds it."),
                do_now=say("Nothing to do. Scan the next weapon."),
            )
        )
    elif weapon.where and kind_of(Subject(weapon.where)) is Kind.WEAPON:
        found.append(
            Refusal(
                "fitted",
                say("It is fitted to a weapon and goes where that goes."),
                do_now=say("Issue the weapon, or record first that the component was removed."),
            )
        )
    elif not counter.in_store:
        found.append(
            Refusal(
                "not_in_store",
                say("By the book it is not in store."),
                do_now=say("Set it aside. Return it first, then issue it."),
            )
        )
    if weapon.text("quarantine"):
        found.append(
            Refusal(
                "quarantined",
                say("Quarantined: {reason}.", reason=weapon.text("quarantine")),
                do_now=say("Set it aside. A quarantined weapon is never issued."),
            )
        )
    condition = weapon.text("condition")
    if condition not in FIT_TO_ISSUE:
        found.append(_unfit(condition))
    found += _objections_to_assembly(weapon, counter)
    if counter.open_cases:
        found.append(
            Refusal(
                "open_case",
                say("{count} open cases concern this weapon.", count=counter.open_cases),
                do_now=say("Set it aside and settle the case first."),
            )
        )
    return found


def _unfit(condition: str) -> Refusal:
    """Why a weapon in this condition is not issued; the condition is empty where nobody has written it down yet."""
    if not condition:
        return Refusal(
            "not_serviceable",
            say("Nobody has written down what condition it is in."),
            do_now=say("Set it aside. Have it looked over and its condition written down, then issue it."),
        )
    return Refusal(
        "not_serviceable",
        say("Its condition is: {condition}.", condition=condition.replace("_", " ")),
        do_now=say("Set it aside. Only a serviceable weapon is issued."),
    )


def _overdue_inspection(weapon: Standing, at: datetime) -> list[Refusal]:
    """Where it is not known when the next inspection is due, nothing is overdue."""
    due = weapon.text("inspection_due")
    if not due or at.date() <= day(due):
        return []
    return [
        Refusal(
            "inspection_overdue",
            say("Its inspection was due on {day}.", day=due),
            do_now=say("Set it aside for inspection, or have a second person decide."),
            override=SECOND_PERSON,
        )
    ]


def _objections_to_assembly(weapon: Standing, counter: Counter) -> list[Refusal]:
    found: list[Refusal] = []
    lacks = weapon.fields.get("lacks", [])
    if isinstance(lacks, list) and lacks:
        found.append(
            Refusal(
                "incomplete",
                say("It lacks: {components}.", components=", ".join(map(str, lacks)).replace("_", " ")),
                do_now=say("Set it aside. Record first that the missing component was fitted."),
            )
        )
    apart = [component.text("register_no") for component in counter.fitted if component.text("quarantine")]
    if apart:
        found.append(
            Refusal(
                "component_quarantined",
                say("A component on it is quarantined: {components}.", components=", ".join(apart)),
                do_now=say("Set it aside. A quarantined component is never issued."),
            )
        )
    return found


def issue(
    weapon: Standing,
    drawer: Drawer,
    counter: Counter,
    terms: Terms,
    policy: Policy,
    acting: Acting,
) -> Fact:
    """Decide whether a weapon may be handed out, and state the fact if so.

    Raises:
        Refusal: an objection stands that is not overridden by a second person with a reason.

    """
    objections = objections_to_issue(weapon, drawer, counter, policy, acting.at)
    noted = acting.passes(objections, never=(Subject(drawer.person),))
    return handed_out(weapon, drawer, terms, acting, dict(noted))


def handed_out(weapon: Standing, drawer: Drawer, terms: Terms, acting: Acting, about: dict[str, Value]) -> Fact:
    """State that a weapon was handed out, whatever speaks against it; deciding is the caller's part."""
    sets: dict[str, Value] = {
        "held_as": "shift" if terms.due_at else "assignment",
        "issued_at": stamp(acting.at),
        "receipt": terms.receipt,
    }
    drops = ["purpose"]
    if terms.due_at:
        sets["due_at"] = stamp(terms.due_at)
    else:
        drops.append("due_at")
    if terms.purpose:
        sets["purpose"] = terms.purpose
        drops.remove("purpose")
    return acting.states(
        Deed.ISSUED if terms.due_at else Deed.ASSIGNED,
        weapon,
        sets=sets,
        drops=drops,
        to=drawer.person,
        qty=1,
        about=about,
    )
