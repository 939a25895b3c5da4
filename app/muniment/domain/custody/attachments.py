"""Photographs and documents that belong to a record. The ledger holds their hash; the content lies beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from muniment.domain.basics.moments import stamp
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.facts import Deed, Fact, Group, Plain, Value
from muniment.domain.custody.standing import Standing
from muniment.domain.stock.free_text import tidy
from muniment.domain.stock.marking import MarkKind

FILES = "files"
"""The field that lists what is attached; verification reads each content against its hash there."""

LARGEST_BYTES = 10 * 1024 * 1024
MOST = 16
"""Files on one record: a fact names those before and after, and must stay within the length of a record."""
LONGEST_TITLE = 60

_BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"%PDF-", "application/pdf"),
)

SERIAL = "serial"
"""What a picture shows where it is the serial number and no other mark."""

SUFFIXES = {"image/png": ".png", "image/jpeg": ".jpg", "application/pdf": ".pdf"}
"""How a file of each media type ends."""


class FileKind(StrEnum):
    """What an attached file is."""

    PHOTOGRAPH = "photograph"
    MARK = "mark"
    CERTIFICATE = "certificate"
    RECEIPT = "receipt"
    REPORT = "report"
    OTHER = "other"


class View(StrEnum):
    """From which side a photograph was taken."""

    LEFT = "left"
    RIGHT = "right"
    TOP = "top"
    BOTTOM = "bottom"
    MUZZLE = "muzzle"
    DETAIL = "detail"


FILE_KIND_NAMES: Mapping[FileKind, Text] = {
    FileKind.PHOTOGRAPH: say("photograph"),
    FileKind.MARK: say("picture of a mark"),
    FileKind.CERTIFICATE: say("certificate"),
    FileKind.RECEIPT: say("receipt"),
    FileKind.REPORT: say("report"),
    FileKind.OTHER: say("other document"),
}

VIEW_NAMES: Mapping[View, Text] = {
    View.LEFT: say("left side"),
    View.RIGHT: say("right side"),
    View.TOP: say("top"),
    View.BOTTOM: say("underside"),
    View.MUZZLE: say("muzzle"),
    View.DETAIL: say("detail"),
}


@dataclass(frozen=True, slots=True)
class Attachment:
    """What is said of a file: what it is, from which side, when it was taken or signed, and a short title.

    `shows` is which mark a picture of a mark shows: `SERIAL` or a `MarkKind`; empty where that is not said.
    """

    kind: FileKind
    view: View | None = None
    taken_at: datetime | None = None
    title: str = ""
    shows: str = ""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file as a record lists it; `length` in bytes, `taken_at` as `stamp` writes it or empty."""

    sha256: str
    media_type: str
    length: int
    kind: str
    view: str
    taken_at: str
    title: str
    shows: str = ""

    @property
    def is_picture(self) -> bool:
        """Whether it can be shown as a picture."""
        return self.media_type.startswith("image/")


def media_type_of(content: bytes) -> str:
    """What a file is by its first bytes; its name is never asked.

    Raises:
        Refusal: it is empty, larger than 10 MiB, or neither a PNG or JPEG picture nor a PDF document.

    """
    if not content:
        raise Refusal("file_empty", say("The file is empty."), do_now=say("Choose another file."))
    if len(content) > LARGEST_BYTES:
        raise Refusal(
            "file_too_large",
            say("The file has {size} bytes; {most} are allowed.", size=len(content), most=LARGEST_BYTES),
            do_now=say("Make the picture smaller, or scan the paper with fewer dots."),
        )
    for beginning, media_type in _BEGINNINGS:
        if content.startswith(beginning):
            return media_type
    raise Refusal(
        "file_not_accepted",
        say("The file is neither a PNG or JPEG picture nor a PDF document."),
        do_now=say("Save it as one of these. The ending of its name does not matter."),
    )


def attach(record: Standing, attachment: Attachment, sha256: str, media_type: str, length: int, acting: Acting) -> Fact:
    """Decide whether a file may be attached to a record, and state it. `length` is in bytes.

    Raises:
        Refusal: it is attached already, the record is full, the title is untidy or too long, a document has a view,
            it was taken after the act, or it shows a mark and is no picture of one.

    """
    title = tidy(attachment.title, say("The title"))
    if len(title) > LONGEST_TITLE:
        raise Refusal(
            "text_too_long",
            say("The title has {count} characters; {most} are allowed.", count=len(title), most=LONGEST_TITLE),
            do_now=say("Write it shorter, and attach the rest as a document."),
        )
    if attachment.view is not None and not media_type.startswith("image/"):
        raise Refusal("view_of_document", say("Only a picture has a view."), do_now=say("Leave the view out."))
    is_mark = attachment.kind is FileKind.MARK and media_type.startswith("image/")
    if attachment.shows and (not is_mark or attachment.shows not in {SERIAL, *MarkKind}):
        raise Refusal(
            "shows_no_mark",
            say("Only a picture of a mark shows one."),
            do_now=say("Say that it is a mark, or leave out which."),
        )
    if attachment.taken_at is not None and attachment.taken_at > acting.at:
        raise Refusal("in_the_future", say("The time given lies in the future."), do_now=say("Check the date."))
    have = attached_to(record)
    if any(one.sha256 == sha256 for one in have):
        raise Refusal("already_attached", say("This very file is attached already."), do_now=say("Nothing to do."))
    if len(have) >= MOST:
        raise Refusal(
            "too_many_files",
            say("A record carries {most} files at the most.", most=MOST),
            do_now=say("Put several pages into one document."),
        )
    entry: Group = {"sha256": sha256, "media_type": media_type, "length": length, "kind": attachment.kind.value}
    if attachment.view:
        entry["view"] = attachment.view.value
    if attachment.taken_at:
        entry["taken_at"] = stamp(attachment.taken_at)
    if title:
        entry["title"] = title
    if attachment.shows:
        entry["shows"] = attachment.shows
    listed = record.fields.get(FILES, [])
    before: list[Plain | Group] = listed if isinstance(listed, list) else []
    return acting.states(Deed.FILE_ATTACHED, record, sets={FILES: [*before, entry]}, about={"sha256": sha256})


def attached_to(record: Standing) -> list[Attached]:
    """The files of a record, in the order they were attached."""
    return attached_in(record.fields.get(FILES))


def attached_in(listed: Value | None) -> list[Attached]:
    """The files that a value of the field `FILES` lists."""
    return [
        Attached(
            sha256=str(one.get("sha256", "")),
            media_type=str(one.get("media_type", "")),
            length=int(one.get("length", 0)),
            kind=str(one.get("kind", "")),
            view=str(one.get("view", "")),
            taken_at=str(one.get("taken_at", "")),
            title=str(one.get("title", "")),
            shows=str(one.get("shows", "")),
        )
        for one in (listed if isinstance(listed, list) else [])
        if isinstance(one, dict)
    ]


def newest_photograph(record: Standing) -> Attached | None:
    """The photograph of the whole thing that was attached last; nothing where there is none."""
    photographs = [one for one in attached_to(record) if one.is_picture and one.kind == FileKind.PHOTOGRAPH]
    return photographs[-1] if photographs else None
