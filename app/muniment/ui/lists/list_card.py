"""The list in front: what it is, and what is said about the whole of it."""

from __future__ import annotations

from muniment.ui.kit.button import Button
from muniment.ui.kit.card import Card, Detail, Details, Empty
from muniment.ui.kit.field import Field
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import STRETCH, column, holder, row
from muniment.ui.kit.theme import theme
from muniment.ui.lists.field_names import KIND_NAMES, kind_name
from muniment.ui.lists.taking_in import ImportView
from muniment.ui.speech import iso, spoken, tr
from muniment.ui.stock.form import Choice

WIDTH = 292

BY_SERIAL = "by_serial"
"""The choice that weapons known by their serial are described anew."""


class ListCard(Card):
    """Kind, sheet, name, place and reason of a list. Changing one of them takes back what hung on it."""

    def __init__(self) -> None:
        self.name = Label("", 16, 700, elide=True)
        self.details = Details()
        self.kind = Choice(tr("Kind of list"), [(kind, spoken(words)) for kind, words in KIND_NAMES.items()])
        self.sheet = Choice(tr("Sheet"))
        self.called = Field(tr("Called, in every edition"))
        self.place = Choice(tr("Rows without a place go to"))
        self.known = Choice(
            tr("Serials that are known"), [("", tr("stop their row")), (BY_SERIAL, tr("describe anew"))]
        )
        self.reason = Field(tr("Reason or paper, without names"))
        self.other = Button(tr("Another file"), "Ctrl+O", icon="file-text")
        self.none = Empty(
            tr("No list is chosen."),
            tr("Choose a CSV, XLSX or ODS file, type its path, or drop it here. Nothing is written before you say so."),
        )
        self._about = holder(
            column(
                self.name,
                self.details,
                self.kind,
                self.sheet,
                self.called,
                self.place,
                self.known,
                self.reason,
                STRETCH,
                row(self.other, STRETCH),
                gap=8,
            )
        )
        super().__init__((self.none, 1), (self._about, 1))
        self.setFixedWidth(WIDTH)  # at every size: what it leaves goes to the list
        self._view = ImportView()

    def draw(self, view: ImportView) -> None:
        """Show the list in front: what can be changed of it while its columns are looked over, what was said later."""
        self._view, file = view, view.file
        self.none.setVisible(file is None)
        self._about.setVisible(file is not None)
        if file is None:
            return
        mapping = view.columns is not None and view.preview is None
        self.name.setText(iso(file.name))
        self.details.show_details(_details(view))
        # Fields as large as for gloves leave no room beside what is only looked at.
        for part in (self.name, self.details):
            part.setVisible(not (mapping and theme().gloved))
        self.kind.setVisible(mapping)
        self.called.setVisible(mapping)
        self.sheet.setVisible(len(file.sheets) > 1 and (mapping or view.columns is None))
        self.place.setVisible(mapping and _has_places(view))
        self.reason.setVisible(view.preview is not None and view.taken is None)
        self.known.setVisible(mapping and view.kind == "weapons")
        choices = (self.kind, self.sheet, self.place, self.known)
        for choice in choices:
            choice.blockSignals(True)  # only a person's choice is one
        self.kind.write(view.kind)
        self.sheet.offer([(name, iso(name)) for name in file.sheets], file.sheet)
        offers = [("", tr("nowhere: the list must say")), *((code, spoken(words)) for code, words in view.places)]
        self.place.offer(offers, view.place)
        self.known.write(BY_SERIAL if view.by_serial else "")
        for choice in choices:
            choice.blockSignals(False)
        if self.called.value.strip() != view.list_name:
            self.called.write(view.list_name)

    def dress(self) -> None:
        """Show as much as there is room for at this size."""
        self.draw(self._view)


def _has_places(view: ImportView) -> bool:
    return view.kind in ("weapons", "holdings")


def _details(view: ImportView) -> list[Detail]:
    file = view.file
    if file is None or view.columns is None:
        return []
    used = tr("{used} of {all}").format(used=view.columns.used, all=file.headings)
    details = [
        Detail(tr("Rows"), iso(f"{file.rows:,}")),
        Detail(tr("Columns"), iso(used)),
        Detail(tr("Form"), iso(f"{file.form.upper()} {file.encoding.upper()}".strip())),
        Detail(tr("Mapping"), iso(view.mapping_name) or tr("by the headings")),
    ]
    if view.preview is not None:
        details.append(Detail(tr("Kind"), spoken(kind_name(view.kind))))
        details.append(Detail(tr("Called"), iso(view.list_name)))
        if _has_places(view):
            details.append(Detail(tr("Goes to"), iso(view.place) or tr("as it says")))
        if view.by_serial and view.kind == "weapons":
            details.append(Detail(tr("Known serials"), tr("described anew")))
    if view.let_pass:
        details.append(Detail(tr("Beside you"), iso(view.let_pass)))
    return details
