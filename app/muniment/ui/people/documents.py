"""The documents of one person: what is attached, and what an officer does about it. No Qt."""

from __future__ import annotations

from dataclasses import dataclass

from muniment.desk.attachments import files_of, picture_in, read_file
from muniment.desk.desk import Desk, Officer, stands
from muniment.desk.reading import ItemCard, name_of
from muniment.domain.basics.identity import Subject
from muniment.domain.basics.text import say
from muniment.domain.custody.attachments import Attached
from muniment.ui.record.acts import RecordActs
from muniment.ui.record.presenter import bare_card


@dataclass(frozen=True, slots=True)
class DocumentsView:
    """What is attached to a person, oldest first; `about` is the person as a form of the record takes what it is about.

    `number` is the service number, empty where there is none.
    """

    name: str
    number: str
    files: tuple[Attached, ...]
    about: ItemCard

    @property
    def person(self) -> Subject:
        """Whose documents they are."""
        return self.about.subject


class DocumentsPresenter:
    """Reads the documents of a person, in the name of one officer."""

    def __init__(self, desk: Desk, officer: Officer) -> None:
        self._desk = desk
        self.acts = RecordActs(desk, officer)

    def view(self, person: Subject) -> DocumentsView:
        """The documents of a person."""
        with self._desk.look() as work:
            record = work.person(person)
            name, number = name_of(work, person), record.service_no if record else ""
            about = bare_card(stands(work, person).subject, number, say("{name}", name=name))
            return DocumentsView(name, number, tuple(files_of(work, person)), about)

    def content(self, person: Subject, sha256: str) -> tuple[Attached, bytes]:
        """One document with its content.

        Raises:
            Refusal: its content is missing or altered.

        """
        with self._desk.look() as work:
            return read_file(work, person, sha256)

    def picture(self, person: Subject, sha256: str) -> bytes:
        """The content of a picture; nothing where it can no longer be trusted, so that it is not shown."""
        return picture_in(self._desk, person, sha256)
