"""The steps of a sitting at the hatch, as a table: what is not in it is refused."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, StrEnum


class Verb(StrEnum):
    """What the hatch is doing. It never changes by itself."""

    ISSUE = "issue"
    RETURN = "return"
    MOVE = "move"


class Step(Enum):
    """What the hatch waits for."""

    AWAITING_PERSON = "awaiting person"
    AWAITING_PLACE = "awaiting place"
    AWAITING_ITEM = "awaiting item"
    AWAITING_CONFIRMATION = "awaiting confirmation"
    AWAITING_FAULT = "awaiting what is wrong"
    CHECKING_KIT = "checking a kit that comes back"
    AWAITING_SHORTAGE = "awaiting what becomes of a kit that is not whole"
    REFUSED = "refused"


class Seen(Enum):
    """What happens at the hatch: a scan that means something, a command card or its key, the clock."""

    PERSON = "person"
    PLACE = "place"
    ITEM = "item"
    KIT = "kit"
    NOTHING_KNOWN = "nothing known"
    DONE = "done"
    YES = "yes"
    NO = "no"
    UNDO_LAST = "undo last"
    CHANGE_VERB = "change verb"
    CONFIRMED = "confirmed"
    FAULT = "something is wrong with it"
    FAULT_TOLD = "what is wrong was told"
    LEFT_ALONE = "left alone"


class Do(Enum):
    """What the desk does about it."""

    BEGIN = "begin with this person"
    CHANGE_PERSON = "go on with another person"
    SET_PLACE = "go on with another place"
    HANDLE = "do the verb to this item"
    SHOW = "show what it is, and do nothing"
    ASK_TO_CONFIRM = "ask the receiver to confirm"
    CONFIRM = "close the receipt"
    FINISH = "end the sitting"
    ACKNOWLEDGE = "take note of the refusal and go on"
    HOLD = "keep the scan until the refusal is taken note of"
    UNDO = "take back the last one by a counter-entry"
    ASK_FAULT = "ask what is wrong with what came back last"
    SET_APART = "set apart what came back last"
    REFUSE_FAULT = "refuse: nothing has come back"
    BACK = "go back to scanning"
    CHECK_KIT = "begin to check a kit, member by member"
    TICK = "tick a member that is there"
    UNTICK = "take the last tick off"
    TAKE_KIT = "take the kit back if it is whole, else ask"
    TAKE_KIT_SHORT = "take the kit back without what is missing"
    LOOK_AGAIN = "go on checking the kit"
    LEAVE_KIT = "stop checking the kit; nothing is written"
    REFUSE_OPEN_KIT = "refuse: the kit is not checked yet"
    CHANGE_VERB = "change the verb"
    REFUSE_CHANGE = "refuse: the sitting is not finished"
    REFUSE_UNKNOWN = "refuse: the register does not know it"
    NOTHING = "nothing"


_ISSUE: dict[tuple[Step, Seen], Do] = {
    (Step.AWAITING_PERSON, Seen.PERSON): Do.BEGIN,
    (Step.AWAITING_PERSON, Seen.ITEM): Do.SHOW,
    (Step.AWAITING_PERSON, Seen.KIT): Do.SHOW,
    (Step.AWAITING_PERSON, Seen.PLACE): Do.SHOW,
    (Step.AWAITING_PERSON, Seen.DONE): Do.NOTHING,
    (Step.AWAITING_ITEM, Seen.PERSON): Do.CHANGE_PERSON,
    (Step.AWAITING_ITEM, Seen.ITEM): Do.HANDLE,
    (Step.AWAITING_ITEM, Seen.KIT): Do.HANDLE,
    (Step.AWAITING_ITEM, Seen.PLACE): Do.SHOW,
    (Step.AWAITING_ITEM, Seen.DONE): Do.ASK_TO_CONFIRM,
    (Step.AWAITING_ITEM, Seen.LEFT_ALONE): Do.FINISH,
    (Step.AWAITING_CONFIRMATION, Seen.CONFIRMED): Do.CONFIRM,
    (Step.AWAITING_CONFIRMATION, Seen.ITEM): Do.HANDLE,
    (Step.AWAITING_CONFIRMATION, Seen.KIT): Do.HANDLE,
    (Step.AWAITING_CONFIRMATION, Seen.PERSON): Do.CHANGE_PERSON,
    (Step.AWAITING_CONFIRMATION, Seen.DONE): Do.ASK_TO_CONFIRM,
    (Step.AWAITING_CONFIRMATION, Seen.NO): Do.BACK,
    (Step.AWAITING_CONFIRMATION, Seen.LEFT_ALONE): Do.FINISH,
}

_RETURN: dict[tuple[Step, Seen], Do] = {
    (Step.AWAITING_ITEM, Seen.PERSON): Do.CHANGE_PERSON,
    (Step.AWAITING_ITEM, Seen.ITEM): Do.HANDLE,
    (Step.AWAITING_ITEM, Seen.PLACE): Do.SHOW,
    (Step.AWAITING_ITEM, Seen.DONE): Do.FINISH,
    (Step.AWAITING_ITEM, Seen.LEFT_ALONE): Do.FINISH,
    (Step.AWAITING_ITEM, Seen.FAULT): Do.ASK_FAULT,
    (Step.AWAITING_FAULT, Seen.FAULT_TOLD): Do.SET_APART,
    (Step.AWAITING_FAULT, Seen.NO): Do.BACK,
    (Step.AWAITING_FAULT, Seen.FAULT): Do.NOTHING,
    (Step.AWAITING_FAULT, Seen.DONE): Do.NOTHING,
    (Step.AWAITING_FAULT, Seen.PERSON): Do.HOLD,
    (Step.AWAITING_FAULT, Seen.PLACE): Do.HOLD,
    (Step.AWAITING_FAULT, Seen.ITEM): Do.HOLD,
    (Step.AWAITING_FAULT, Seen.KIT): Do.HOLD,
    (Step.AWAITING_FAULT, Seen.NOTHING_KNOWN): Do.HOLD,
    (Step.AWAITING_FAULT, Seen.CHANGE_VERB): Do.NOTHING,
    (Step.AWAITING_ITEM, Seen.KIT): Do.CHECK_KIT,
    (Step.CHECKING_KIT, Seen.ITEM): Do.TICK,
    (Step.CHECKING_KIT, Seen.KIT): Do.TICK,
    (Step.CHECKING_KIT, Seen.PERSON): Do.CHANGE_PERSON,
    (Step.CHECKING_KIT, Seen.PLACE): Do.REFUSE_OPEN_KIT,
    (Step.CHECKING_KIT, Seen.CHANGE_VERB): Do.REFUSE_OPEN_KIT,
    (Step.CHECKING_KIT, Seen.DONE): Do.TAKE_KIT,
    (Step.CHECKING_KIT, Seen.NO): Do.LEAVE_KIT,
    (Step.CHECKING_KIT, Seen.UNDO_LAST): Do.UNTICK,
    (Step.AWAITING_SHORTAGE, Seen.ITEM): Do.TICK,
    (Step.AWAITING_SHORTAGE, Seen.KIT): Do.TICK,
    (Step.AWAITING_SHORTAGE, Seen.PERSON): Do.CHANGE_PERSON,
    (Step.AWAITING_SHORTAGE, Seen.PLACE): Do.REFUSE_OPEN_KIT,
    (Step.AWAITING_SHORTAGE, Seen.CHANGE_VERB): Do.REFUSE_OPEN_KIT,
    (Step.AWAITING_SHORTAGE, Seen.DONE): Do.NOTHING,
    (Step.AWAITING_SHORTAGE, Seen.YES): Do.TAKE_KIT_SHORT,
    (Step.AWAITING_SHORTAGE, Seen.NO): Do.LOOK_AGAIN,
    (Step.AWAITING_SHORTAGE, Seen.UNDO_LAST): Do.UNTICK,
}

_MOVE: dict[tuple[Step, Seen], Do] = {
    (Step.AWAITING_PLACE, Seen.PLACE): Do.SET_PLACE,
    (Step.AWAITING_PLACE, Seen.ITEM): Do.SHOW,
    (Step.AWAITING_PLACE, Seen.KIT): Do.SHOW,
    (Step.AWAITING_PLACE, Seen.PERSON): Do.SHOW,
    (Step.AWAITING_PLACE, Seen.DONE): Do.NOTHING,
    (Step.AWAITING_ITEM, Seen.PLACE): Do.SET_PLACE,
    (Step.AWAITING_ITEM, Seen.ITEM): Do.HANDLE,
    (Step.AWAITING_ITEM, Seen.KIT): Do.HANDLE,
    (Step.AWAITING_ITEM, Seen.PERSON): Do.SHOW,
    (Step.AWAITING_ITEM, Seen.DONE): Do.FINISH,
    (Step.AWAITING_ITEM, Seen.LEFT_ALONE): Do.FINISH,
}

_WHILE_REFUSED: dict[Seen, Do] = {
    Seen.YES: Do.ACKNOWLEDGE,
    Seen.DONE: Do.ACKNOWLEDGE,
    Seen.PERSON: Do.HOLD,
    Seen.PLACE: Do.HOLD,
    Seen.ITEM: Do.HOLD,
    Seen.KIT: Do.HOLD,
    Seen.NOTHING_KNOWN: Do.HOLD,
}

_ANYWHERE: dict[Seen, Do] = {
    Seen.UNDO_LAST: Do.UNDO,
    Seen.CHANGE_VERB: Do.CHANGE_VERB,
    Seen.NOTHING_KNOWN: Do.REFUSE_UNKNOWN,
    Seen.YES: Do.NOTHING,
    Seen.NO: Do.NOTHING,
    Seen.LEFT_ALONE: Do.NOTHING,
    Seen.FAULT: Do.REFUSE_FAULT,
    Seen.FAULT_TOLD: Do.NOTHING,
}

TABLE: Mapping[Verb, Mapping[tuple[Step, Seen], Do]] = {
    Verb.ISSUE: _ISSUE,
    Verb.RETURN: _RETURN,
    Verb.MOVE: _MOVE,
}


def next_act(verb: Verb, step: Step, seen: Seen) -> Do:
    """What the desk does; what no table names is refused as not finished."""
    if step is Step.REFUSED:
        return _WHILE_REFUSED.get(seen, Do.NOTHING)
    found = TABLE[verb].get((step, seen)) or _ANYWHERE.get(seen)
    return found or Do.REFUSE_CHANGE


def first_step(verb: Verb) -> Step:
    """What a sitting begins with."""
    return {Verb.ISSUE: Step.AWAITING_PERSON, Verb.RETURN: Step.AWAITING_ITEM, Verb.MOVE: Step.AWAITING_PLACE}[verb]
