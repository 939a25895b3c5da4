"""What stands on any printed sheet, before anybody knows how large paper or letters are.

A form is a `Document`: facts about the sheet and a run of blocks. Every value says what it is, because the painter
treats them differently: a `Text` is translated, a `Code` is set in letters that cannot be mistaken and always runs
left to right, `Words` are as a person wrote them, numbers stand under each other, dates are written year first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum, StrEnum

from muniment.desk.opening import Realm
from muniment.domain.basics.text import Text, say


@dataclass(frozen=True, slots=True)
class Code:
    """A serial, register number, digest or other sign that is copied letter by letter. Never shortened unmarked."""

    value: str


@dataclass(frozen=True, slots=True)
class Words:
    """A name or remark as a person wrote it; not translated, in its own reading direction."""

    value: str


Cell = Text | Code | Words | int | date | datetime | None
"""What a place on paper may hold. A `datetime` is printed in the zone it carries; nothing is printed for None."""


class Holds(StrEnum):
    """What a column is made for: decides letters, edge and how it is broken over lines."""

    TEXT = "text"
    CODE = "code"
    NUMBER = "number"
    DATE = "date"
    PEN = "pen"


class Symbology(StrEnum):
    """Kinds of printed code a scanner reads."""

    CODE128 = "code128"
    QR = "qr"
    DATA_MATRIX = "data_matrix"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; it never stays behind at the foot of a page alone. Level 1 is the larger of two."""

    text: Text
    level: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """One named fact of a form. `wide` takes the whole width instead of half of it."""

    label: Text
    value: Cell
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Fields:
    """Named facts, two beside each other."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its title, its share of the width in relation to the others, what it holds."""

    title: Text
    weight: int
    holds: Holds = Holds.TEXT


class Ending(Enum):
    """What follows the last row, so that nobody writes another one in later."""

    OPEN = "open"
    NOTHING_FOLLOWS = "nothing_follows"
    RULED_OFF = "ruled_off"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, and sentences that stand under its cells: as wide as the table, but for the first column.

    Both stay together on one page.
    """

    cells: tuple[Cell, ...]
    beneath: tuple[Text | Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under titles that are repeated on every page.

    The rows are walked twice, first to count pages, so give a sequence or something that starts anew each time it is
    iterated; they are never held all at once. `open_lines` are empty rows to be filled in by pen. `pen_height` makes
    every row high enough to sign in.
    """

    columns: tuple[Column, ...]
    rows: Iterable[tuple[Cell, ...] | Row]
    ending: Ending = Ending.OPEN
    open_lines: int = 0
    pen_height: bool = False

    def __post_init__(self) -> None:
        if isinstance(self.rows, Iterator):
            raise TypeError("rows are walked twice: give something that can be iterated anew")
        if not self.columns or any(column.weight <= 0 for column in self.columns):
            raise ValueError("a table needs columns, each with a share of the width")


class Weight(Enum):
    """How a note is to be noticed, in shape and not in colour only."""

    QUIET = "quiet"
    PLAIN = "plain"
    FRAMED = "framed"


@dataclass(frozen=True, slots=True)
class Note:
    """A paragraph, said by the program or written by a person."""

    says: Text | Words
    weight: Weight = Weight.PLAIN


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for one signature. The facts under the line are printed; what is empty is left to the pen."""

    role: Text
    name: str = ""
    rank: str = ""
    service_no: str = ""


@dataclass(frozen=True, slots=True)
class Signatures:
    """Signature lines wide enough for a pen, `beside` of them in one row.

    Kept whole with their heading and with what is declared by signing, so that nobody signs a bare page.
    """

    heading: Text
    slots: tuple[Slot, ...]
    beside: int = 2
    declares: Text | None = None

    def __post_init__(self) -> None:
        if self.beside not in (1, 2):
            raise ValueError("one or two signatures stand beside each other")


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """A code for the scanner with the same text for the eye, and what it is."""

    text: str
    symbology: Symbology
    caption: Text


@dataclass(frozen=True, slots=True)
class Card:
    """A card to be cut out: a large word, what it does, a code."""

    word: Text
    does: Text
    code: str


@dataclass(frozen=True, slots=True)
class Cards:
    """Cards of one size, two beside each other, with cutting lines."""

    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The next block begins on a new page."""


Block = Heading | Fields | Table | Note | Signatures | CodeBlock | Cards | PageBreak


@dataclass(frozen=True, slots=True)
class Document:
    """A whole printed form.

    `printed_at` carries the zone of the depot; the sheet is stamped with it. `language` is a BCP 47 tag and decides
    the direction of the sheet. `number` is the form's own number. `footer` are facts that belong on every page, such
    as the head of the ledger; `head` counts the facts that it covers, and `footer_code` is it for a scanner.
    """

    title: Text
    depot: str
    realm: Realm
    printed_at: datetime
    blocks: tuple[Block, ...]
    language: str = "en"
    subtitle: Text | None = None
    number: str = ""
    footer: tuple[Text, ...] = field(default=())
    head: int = 0
    footer_code: str = ""

    def __post_init__(self) -> None:
        if self.printed_at.tzinfo is None:
            raise ValueError("the time of printing needs its zone")


RIGHT_TO_LEFT_LANGUAGES = frozenset({"ar", "dv", "fa", "he", "ku-arab", "prs", "ps", "sd", "ug", "ur", "yi"})


def runs_right_to_left(language: str) -> bool:
    """Whether sheets in a language are laid out from right to left.

    >>> runs_right_to_left("ar-IQ"), runs_right_to_left("fr")
    (True, False)
    """
    tag = language.lower().replace("_", "-")
    return tag in RIGHT_TO_LEFT_LANGUAGES or tag.partition("-")[0] in RIGHT_TO_LEFT_LANGUAGES


def ledger_head(facts: int, root: str) -> Text:
    """The head of the ledger as a footer says it: who keeps the paper is a witness of everything before it."""
    return say("Ledger head: {facts} facts, {root}", facts=facts, root=root)
