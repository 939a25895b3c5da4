"""Photographs and documents on any record: attached, listed, read back."""

from __future__ import annotations

import hashlib

from muniment.desk.desk import Answer, Deposition, Desk, same_by, stands, told_before
from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.attachments import (
    FILES,
    Attached,
    Attachment,
    attach,
    attached_in,
    attached_to,
    media_type_of,
)
from muniment.domain.custody.facts import Deed, Fact
from muniment.domain.custody.pictures import refuse_broken
from muniment.domain.people.duties import Duty
from muniment.ports.work import Work


def attach_file(desk: Desk, deposition: Deposition, record: Subject, attachment: Attachment, content: bytes) -> Answer:
    """Attach a picture or a document to any record. Its name on disk is not kept, for it may name a person.

    Raises:
        Refusal: it is no PNG, JPEG or PDF, cut off, too large, attached already, or see
            `muniment.domain.custody.attachments`.

    """
    people = kind_of(record) in (Kind.PERSON, Kind.UNIT)
    acting = desk.acting(deposition, Duty.KEEP_PEOPLE if people else Duty.REGISTER_STOCK)
    media_type = media_type_of(content)
    refuse_broken(content, media_type)
    sha256 = hashlib.sha256(content).hexdigest()
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(work, act, Deed.FILE_ATTACHED, of=(record,), said=acting):
            return same_by(work, before, lambda fact: _newest(fact) == sha256)
        fact = attach(stands(work, record), attachment, sha256, media_type, len(content), acting)
        work.keep_file(sha256, media_type, content)
        return Answer(tuple(desk.tell(work, act, [fact])), about=record)


def _newest(fact: Fact) -> str:
    """Which file a fact attached."""
    listed = attached_in(fact.after.get(FILES))
    return listed[-1].sha256 if listed else ""


def files_of(work: Work, record: Subject) -> list[Attached]:
    """What is attached to a record."""
    return attached_to(stands(work, record))


def read_file(work: Work, record: Subject, beginning: str) -> tuple[Attached, bytes]:
    """One attached file with its content, named by its place in the list from 1, or by the beginning of its hash.

    Raises:
        Refusal: there is none or several, or the content is no longer the one that was attached.

    """
    files = files_of(work, record)
    named = beginning.strip().lower()
    if named.isdecimal() and len(named) <= len(str(len(files))):
        found = files[int(named) - 1 : int(named)] if int(named) else []
    else:
        found = [one for one in files if named and one.sha256.startswith(named)]
    if len(found) != 1:
        raise Refusal(
            "file_unknown",
            say("{count} attached files are called {name}.", count=len(found), name=beginning),
            do_now=say("Name it by its number in the list of files, or by more of its hash."),
        )
    kept = work.file(found[0].sha256)
    if kept is None or hashlib.sha256(kept[1]).hexdigest() != found[0].sha256:
        raise Refusal(
            "file_altered",
            say("The content of this file is missing or altered."),
            do_now=say("Do not use it. Verify the register, and restore the file from a backup."),
        )
    return found[0], kept[1]


def picture_in(desk: Desk, record: Subject, sha256: str) -> bytes:
    """The content of a picture; nothing where it can no longer be trusted, so that it is not shown."""
    try:
        with desk.look() as work:
            return read_file(work, record, sha256)[1]
    except Refusal:
        return b""
