"""What a page may offer the window. All of it is optional: a page is a plain widget."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:  # the window is painted before the desk is loaded
    from muniment.desk.sittings.at_the_hatch import Scan


@runtime_checkable
class TakesKeys(Protocol):
    """A page that answers function keys and Esc."""

    def take_key(self, key: str) -> bool:
        """Answer a key, written as on the cap ("F3", "Esc"). False leaves it to the window."""
        ...


@runtime_checkable
class TakesScans(Protocol):
    """A page that answers scans. Focus does not matter."""

    def take_scan(self, scan: Scan) -> bool:
        """Answer a code that was read. False says that the page has no use for it."""
        ...


@runtime_checkable
class Shown(Protocol):
    """A page that wants to know when it comes to the front, to read again what it shows."""

    def page_shown(self) -> None:
        """The page is in front now."""
        ...


@runtime_checkable
class MakesRoom(Protocol):
    """A page that can do with less while the keys on the screen take half of the window."""

    def make_room(self, pad: bool) -> None:
        """Show no more than what is needed to type, or everything again."""
        ...


@dataclass(frozen=True, slots=True)
class Offer:
    """Something a page can do although it is not in front, such as a report it prints: its words, what they mean."""

    words: str
    do: Callable[[], None]
    says: str = ""
    key: str = ""


@runtime_checkable
class Offers(Protocol):
    """A page with something to offer from anywhere: the palette lists it under the page's title."""

    def offers(self) -> Sequence[Offer]:
        """What can be done now."""
        ...


@runtime_checkable
class SaysKeys(Protocol):
    """A page that answers keys which no button on it carries."""

    def key_words(self) -> Sequence[tuple[str, str]]:
        """Each key as on the cap, and what it does."""
        ...
