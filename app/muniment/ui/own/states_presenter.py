"""What is shown and done about the depot's own states, decided without a screen.

States and ways are put together in a draft. Nothing of it is written until the whole is, for an axis changes as one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from muniment.desk import own_states
from muniment.desk.desk import Answer, Deposition, Desk, Officer
from muniment.domain.basics.identity import Kind
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.own_states import NOWHERE, Axis, Blocks, Guard, OwnState, Way
from muniment.domain.people.person import Role
from muniment.ui.acts import OfficersWord
from muniment.ui.own.words import name_for

_DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Draft:
    """An axis in the making. `changes` is the one that it is a change of, absent for a new one."""

    changes: Axis | None = None
    states: tuple[OwnState, ...] = ()
    ways: tuple[Way, ...] = ()

    def keeps(self, state: OwnState) -> bool:
        """Whether the state stands in the ledger, so that items may be in it and it cannot go."""
        return self.changes is not None and self.changes.state(state.key) is not None

    def called(self, key: str) -> str:
        """How people call a state; `-` for none."""
        return next((one.title for one in self.states if one.key == key), key or "-")


@dataclass(frozen=True, slots=True)
class StatesView:
    """Every axis there is or was, those in use first; one of them in front, with the items in each of its states.

    With a draft, its states and ways are shown instead.
    """

    lines: tuple[Axis, ...]
    shown: Axis | None = None
    items: Mapping[str, int] = field(default_factory=dict)
    draft: Draft | None = None
    told: Text | None = None

    @property
    def states(self) -> tuple[OwnState, ...]:
        """The states that are shown."""
        return self.draft.states if self.draft else self.shown.states if self.shown else ()

    @property
    def ways(self) -> tuple[Way, ...]:
        """The ways that are shown."""
        return self.draft.ways if self.draft else self.shown.ways if self.shown else ()

    def called(self, key: str) -> str:
        """How people call a state that is shown."""
        return self.draft.called(key) if self.draft else self.shown.called(key) if self.shown else key


ReadAgain = Callable[[], StatesView]
"""What an act leaves to do: read the page as it is after it. Items are counted for it, which may take long."""


class StatesPresenter:
    """Lists the axes, and takes them through drafts into the ledger."""

    def __init__(self, desk: Desk, officer: Officer) -> None:
        self._desk, self._word = desk, OfficersWord(desk, officer)
        self._shown = ""
        self._draft: Draft | None = None

    def sit_down(self, officer: Officer) -> None:
        """Another officer has signed in; what the one before had drafted is dropped."""
        self._word = OfficersWord(self._desk, officer)
        self._draft = None

    def view(self) -> StatesView:
        """What is shown now."""
        with self._desk.look() as work:
            lines = sorted(own_states.axes(work, retired=True), key=lambda one: not one.in_use)
            shown = next((one for one in lines if one.key == self._shown), None)
            items = own_states.counted(work, shown) if shown is not None and self._draft is None else {}
        return StatesView(tuple(lines), shown, items, self._draft)

    def open(self, axis: Axis) -> StatesView:
        """Put one axis in front."""
        self._shown = axis.key
        return self.view()

    def begin(self, axis: Axis | None = None) -> StatesView:
        """Begin the draft of a new axis, or of a change of one."""
        self._draft = Draft(axis, axis.states, axis.ways) if axis is not None else Draft()
        return self.view()

    def leave(self) -> StatesView:
        """Drop the draft."""
        self._draft = None
        return self.view()

    def add_state(self, given: Mapping[str, str]) -> StatesView:
        """Put a state into the draft.

        Raises:
            Refusal: its name or title is misshapen, or the draft has one of this name.

        """
        draft = self._drafted()
        state = _state(name_for(given["key"], given["title"]), given)
        states = (*draft.states, state)
        _refuse_misshapen(states, Way(NOWHERE, state.key))
        return self._draw(replace(draft, states=states))

    def change_state(self, key: str, given: Mapping[str, str]) -> StatesView:
        """Give a state of the draft another title, or let it stop issues otherwise.

        Raises:
            Refusal: its title is misshapen.

        """
        draft = self._drafted()
        changed = _state(key, given)
        states = tuple(changed if one.key == key else one for one in draft.states)
        _refuse_misshapen(states, Way(NOWHERE, key))
        return self._draw(replace(draft, states=states))

    def put_way(self, given: Mapping[str, str]) -> StatesView:
        """Put a way into the draft, in place of the one between the same states if there is one.

        Raises:
            Refusal: it leads from a state to itself.

        """
        draft = self._drafted()
        way = Way(
            given["start"],
            given["end"],
            frozenset(guard for guard in Guard if given[guard] == "yes"),
            Role(given["role"]) if given["role"] else None,
        )
        _refuse_misshapen(draft.states, way)
        at = next((n for n, one in enumerate(draft.ways) if (one.start, one.end) == (way.start, way.end)), None)
        ways = [*draft.ways, way] if at is None else [*draft.ways[:at], way, *draft.ways[at + 1 :]]
        return self._draw(replace(draft, ways=tuple(ways)))

    def strike_state(self, state: OwnState) -> StatesView:
        """Take a state that no item can be in, and the ways to and from it, out of the draft."""
        draft = self._drafted()
        if draft.keeps(state):
            return self.view()
        states = tuple(one for one in draft.states if one != state)
        ways = tuple(one for one in draft.ways if state.key not in (one.start, one.end))
        return self._draw(replace(draft, states=states, ways=ways))

    def strike_way(self, way: Way) -> StatesView:
        """Take a way out of the draft."""
        draft = self._drafted()
        return self._draw(replace(draft, ways=tuple(one for one in draft.ways if one != way)))

    def write_down(self, given: Mapping[str, str]) -> ReadAgain:
        """Define the drafted axis, or change the one that it is a change of.

        Raises:
            Refusal: see `muniment.domain.custody.own_states`, nothing changes, or the role does not allow it.

        """
        draft = self._drafted()
        of = tuple(Kind(one) for one in given["of"].split())
        key = draft.changes.key if draft.changes else name_for(given["key"], given["title"])
        axis = Axis(key, given["title"], draft.states, draft.ways, of)
        if draft.changes is None:
            says = say("The axis “{title}” is defined.", title=axis.title)
            return self._did(lambda said: own_states.define_axis(self._desk, said, axis), axis, given["reason"], says)
        says = say("The axis “{title}” is changed. Items stay in the states they are in.", title=axis.title)
        return self._did(lambda said: own_states.define_axes(self._desk, said, [axis]), axis, given["reason"], says)

    def use(self, axis: Axis, reason: str, *, in_use: bool) -> ReadAgain:
        """Give an axis up, or take it into use again.

        Raises:
            Refusal: it was taken back, or the role does not allow it.

        """
        again = say("The axis “{title}” is in use again.", title=axis.title)
        given_up = say("The axis “{title}” is given up. It stops no issue any more.", title=axis.title)
        wanted = replace(axis, in_use=in_use)
        told = again if in_use else given_up
        return self._did(lambda said: own_states.define_axes(self._desk, said, [wanted]), axis, reason, told)

    def _did(self, act: Callable[[Deposition], Answer], axis: Axis, reason: str, told: Text) -> ReadAgain:
        act(self._word.said(reason))
        self._word.done()
        self._draft, self._shown = None, axis.key
        return lambda: replace(self.view(), told=told)

    def _drafted(self) -> Draft:
        return self._draft or Draft()

    def _draw(self, draft: Draft) -> StatesView:
        self._draft = draft
        return self.view()


def _state(key: str, given: Mapping[str, str]) -> OwnState:
    return OwnState(key, given["title"].strip(), Blocks(given["blocks"]))


def _refuse_misshapen(states: Sequence[OwnState], way: Way) -> None:
    """Refuse what no axis could hold, as soon as it is drafted and not only with the whole."""
    entrance = () if way.start == NOWHERE else [Way(NOWHERE, one.key) for one in states[:1]]
    Axis(_DRAFT, _DRAFT, tuple(states), (*entrance, way))
