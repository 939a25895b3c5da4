"""Taking a list in, from the file to the receipt, decided without a screen.

Reading and looking through only look at the register, so they may run beside the desk's thread; `take_in` writes and
belongs on it. The screen gives one thing at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from muniment.desk.desk import Deposition, Desk, Officer
from muniment.desk.import_plan import Plan, StockEntry
from muniment.desk.importing import Imported, duty_for, import_list
from muniment.desk.reading import name_of
from muniment.desk.signing import sign_in
from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.list_rules import BY_TWO
from muniment.domain.people.duties import require
from muniment.domain.places.place import STORES
from muniment.exchange.drafts import with_proven_dates
from muniment.exchange.guessing import fitting_mapping, guess_kind, mapping_for
from muniment.exchange.importing import ListReading, plan_list
from muniment.exchange.mapping import ListMapping, load_mapping, save_mapping
from muniment.exchange.problems_list import write_doubts
from muniment.exchange.sheets import SheetRefused, Table, read_table
from muniment.exchange.sheets.sheet_names import sheet_names
from muniment.exchange.type_words import with_known_words
from muniment.ports.audit import Stopped
from muniment.ports.work import Work
from muniment.ui.lists.columns import ColumnsView, Offer, Values, columns_view, meanings_of
from muniment.ui.lists.pace import Going, Pace
from muniment.ui.lists.preview import Preview
from muniment.ui.lists.trouble import Trouble, no_overwriting, no_rows, not_written, troubles_of

FACTS_A_SECOND = 4_000
"""How many facts a slow workstation writes in a second: what the wait is told by before it begins."""

AS_THE_LIST_SAYS = ""


@dataclass(frozen=True, slots=True)
class FileView:
    """The file that is read: what it is called, where it lies, and what was found in it."""

    path: Path
    name: str
    rows: int
    headings: int
    form: str
    encoding: str
    sheet: str
    sheets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What taking in came to: the number of the batch, and the totals of the plan it followed."""

    batch: Subject
    batch_no: str
    plan: Plan


@dataclass(frozen=True, slots=True)
class ImportView:
    """The whole page.

    `meanings` are the values a field can have, where they are few. `troubles` are why the file was refused; with them
    there is no `columns`. `preview` is there when the list was looked through as it is read now. `wait` is how many
    seconds writing may keep the desk. `let_pass` names the second person who lets rules about rows pass. `by_serial`
    says that weapons known by their serial are described anew.
    """

    file: FileView | None = None
    kind: str = ""
    list_name: str = ""
    place: str = ""
    by_serial: bool = False
    places: tuple[Offer, ...] = ()
    mapping_name: str = ""
    columns: ColumnsView | None = None
    meanings: Mapping[str, tuple[Offer, ...]] = field(default_factory=dict)
    preview: Preview | None = None
    wait: int = 0
    let_pass: str = ""
    taken: TakenIn | None = None
    troubles: tuple[Trouble, ...] = ()
    told: Text | None = None


@dataclass(slots=True)
class _Chosen:
    """Everything about the list in front. It is begun anew with each file."""

    path: Path
    sheets: tuple[str, ...] = ()
    sheet: str = ""
    encoding: str = ""
    values: Values | None = None
    mapping: ListMapping = field(default_factory=lambda: ListMapping("weapons"))
    mapping_name: str = ""
    list_name: str = ""
    place: str = AS_THE_LIST_SAYS
    by_serial: bool = False
    preview: Preview | None = None
    second: Officer | None = None
    reason: str = ""
    taken: TakenIn | None = None
    act: str = ""

    def read_otherwise(self) -> None:
        """Forget what came of it as it was read before, and who stood for that."""
        self.preview, self.second, self.reason = None, None, ""


class ImportPresenter:
    """One list after the other, each from the file to the receipt."""

    def __init__(self, desk: Desk, officer: Officer) -> None:
        self._desk, self._officer = desk, officer
        self._list: _Chosen | None = None

    def sit_down(self, officer: Officer) -> None:
        """Another officer has signed in; the second person of the one before no longer stands beside."""
        self._officer = officer
        if self._list is not None and self._list.second is not None:
            self._list.read_otherwise()

    def view(self, told: Text | None = None, troubles: Sequence[Trouble] = ()) -> ImportView:
        """What is shown now."""
        one = self._list
        if one is None:
            return ImportView(told=told, troubles=tuple(troubles))
        if one.values is None:
            file = FileView(one.path, one.path.name, 0, 0, "", one.encoding, one.sheet, one.sheets)
            return ImportView(file, told=told, troubles=tuple(troubles))
        table, places = one.values.table, self._places()
        return ImportView(
            file=FileView(
                one.path,
                one.path.name,
                len(table.rows),
                len(table.headings),
                table.form,
                table.encoding,
                table.sheet,
                one.sheets,
            ),
            kind=one.mapping.kind,
            list_name=one.list_name,
            place=one.place,
            by_serial=one.by_serial,
            places=places,
            mapping_name=one.mapping_name,
            columns=columns_view(one.mapping, one.values, places),
            meanings=meanings_of(one.mapping.kind, places),
            preview=one.preview,
            wait=-(-len(one.preview.plan.entries) // FACTS_A_SECOND) if one.preview else 0,
            let_pass=one.second.name if one.second else "",
            taken=one.taken,
            troubles=tuple(troubles),
            told=told,
        )

    def start_over(self) -> ImportView:
        """Put the list away."""
        self._list = None
        return self.view()

    def choose(self, path: str | Path) -> ImportView:
        """Read a file: its first sheet, by the mapping kept beside it, a shipped one, or its headings."""
        self._list = _Chosen(Path(path).expanduser())
        self._list.list_name = self._list.path.stem
        return self._read("")

    def read_sheet(self, sheet: str) -> ImportView:
        """Read another sheet of the workbook."""
        return self._read(sheet)

    def read_as(self, encoding: str) -> ImportView:
        """Read the text file once more, in an older encoding."""
        self._chosen().encoding = encoding
        return self._read("")

    def set_kind(self, kind: str) -> ImportView:
        """Read it as another kind of list, by its headings."""
        one, table = self._open()
        return (
            self._map(with_proven_dates(mapping_for(table, kind), table), "")
            if kind != one.mapping.kind
            else self.view()
        )

    def map_by(self, change: Callable[[ListMapping], ListMapping]) -> ImportView:
        """Change how the columns are read."""
        one, table = self._open()
        made = change(one.mapping)
        if made.columns != one.mapping.columns:  # a meaning that was taken away by hand stays away
            made = with_known_words(made, table)
        return self._map(with_proven_dates(made, table), one.mapping_name)

    def load(self, path: str | Path) -> ImportView:
        """Read by a mapping file."""
        _, table = self._open()
        try:
            mapping = load_mapping(Path(path).expanduser())
        except SheetRefused as refused:
            return self.view(troubles=troubles_of(refused))
        return self._map(with_proven_dates(with_known_words(mapping, table), table), Path(path).name)

    def keep(self, path: str | Path, *, over: bool = False) -> ImportView:
        """Keep the mapping in a file, so that the next list from the same place needs no questions.

        Raises:
            Refusal: there is such a file already and `over` is not given, or the disk says no.

        """
        one, _ = self._open()
        target = Path(path).expanduser()
        no_overwriting(target, over=over)
        try:
            save_mapping(one.mapping, target)
        except OSError as fault:
            raise not_written(target, fault) from fault
        one.mapping_name = target.name
        return self.view(say("The mapping is kept in {path}.", path=str(target)))

    def call(self, list_name: str) -> None:
        """Say what the list is called: the same for every edition of it. An empty name changes nothing."""
        one, name = self._list, list_name.strip()
        if one is not None and one.values is not None and name and name != one.list_name:
            one.list_name = name
            one.read_otherwise()

    def put_at(self, place: str) -> None:
        """Say where rows go that name no place."""
        one = self._chosen()
        if place != one.place:
            one.place = place
            one.read_otherwise()

    def describe_known(self, by_serial: bool) -> None:
        """Say whether a row without a number describes the weapon of its serial anew, or stops."""
        one = self._chosen()
        if by_serial != one.by_serial:
            one.by_serial = by_serial
            one.read_otherwise()

    def look_through(self) -> ImportView:
        """Say what would become of every row. Nothing is written."""
        one, table = self._open()
        reading = ListReading(table, one.mapping, one.list_name)
        try:
            with self._desk.look() as work:
                plan = self._plan(reading, work)
                one.preview = Preview(plan, reading, self._names(work, plan))
        except SheetRefused as refused:
            one.preview = None
            return self.view(troubles=troubles_of(refused))
        return self.view()

    def back_to_columns(self) -> ImportView:
        """Change how it is read after all."""
        self._chosen().preview = None
        return self.view()

    def let_rows_pass(self, second: str, passphrase: str, reason: str) -> ImportView:
        """Have a second person confirm what some rows are left out for, and look the list through again.

        Raises:
            Refusal: the second person cannot sign in or may not stand in, or no reason is given.

        """
        one, _ = self._open()
        if not reason.strip():
            raise Refusal("reason_missing", say("It is not said why these rows are right."), do_now=say("Write why."))
        other = sign_in(self._desk, second.strip(), passphrase)
        self._desk.acting(Deposition(self._officer, second=other), duty_for(one.mapping.kind))
        one.second, one.reason = other, reason.strip()
        return self.look_through()

    def keep_problems(self, path: str | Path, *, over: bool = False) -> ImportView:
        """Write problems and notices down as a list, to be given back to whoever made the file.

        Raises:
            Refusal: there is such a file already and `over` is not given, or the disk says no.

        """
        one, table = self._open()
        target = Path(path).expanduser()
        no_overwriting(target, over=over)
        plan = one.preview.plan if one.preview else None
        try:
            write_doubts(table, (*plan.problems, *plan.notices) if plan else (), target)
        except SheetRefused as refused:
            raise Refusal(
                "not_written",
                refused.problems[0].says,
                do_now=say("Mend what is said, or choose another place or name."),
            ) from refused
        except OSError as fault:
            raise not_written(target, fault) from fault
        return self.view(say("The problems are written to {path}.", path=str(target)))

    def take_in(self, reason: str, tell: Callable[[Going], bool]) -> ImportView:
        """Write everything, or nothing: one transaction. `tell` is told how far it is, and answers whether to go on.

        Raises:
            Refusal: the role does not allow it, or the register has changed so that something would come out otherwise.

        """
        one, table = self._open()
        if one.preview is None:
            raise Refusal(
                "not_looked_through",
                say("The list was not looked through as it is read now."),
                do_now=say("Look it through again."),
            )
        require(duty_for(one.mapping.kind), self._officer.roles)
        reading, pace = ListReading(table, one.mapping, one.list_name), Pace(self._desk.clock)
        one.act = one.act or self._desk.ids.ordered()
        by = Deposition(
            self._officer,
            act=one.act,
            second=one.second,
            reason=one.reason or reason.strip(),
            overrides=self._overrides(),
        )
        try:
            made: Imported = import_list(
                self._desk,
                by,
                one.preview.plan,
                lambda work: self._plan(reading, work),
                lambda done, all_of_it: tell(pace.at(done, all_of_it)),
            )
        except Stopped:
            return self.view(say("Stopped. The register is as it was before."))
        except Refusal as refusal:
            if refusal.rule == "plan_outdated":
                one.read_otherwise()
            raise
        one.taken = TakenIn(made.batch, made.batch_no, one.preview.plan)
        return self.view()

    def _read(self, sheet: str) -> ImportView:
        one = self._chosen()
        one.values, one.taken = None, None
        one.read_otherwise()
        try:
            one.sheets = sheet_names(one.path)
            one.sheet = sheet
            table = read_table(one.path, sheet=sheet or None, encoding=one.encoding or None)
            if not table.rows:
                raise SheetRefused([no_rows(table)])
        except SheetRefused as refused:
            return self.view(troubles=troubles_of(refused))
        one.values, one.sheet = Values(table), table.sheet
        found = fitting_mapping(table.headings, one.path.with_suffix(".toml"))
        mapping, name = found or (mapping_for(table, guess_kind(table.headings)), "")
        return self._map(with_proven_dates(with_known_words(mapping, table), table), name)

    def _map(self, mapping: ListMapping, name: str) -> ImportView:
        one, _ = self._open()
        one.mapping, one.mapping_name = mapping, name
        one.read_otherwise()
        if not one.place and mapping.kind in ("weapons", "holdings") and "place" not in mapping.columns.values():
            places = self._places()
            one.place = mapping.default_place or (places[0][0] if places else "")
        return self.view()

    def _plan(self, reading: ListReading, work: Work) -> Plan:
        one = self._chosen()
        return plan_list(
            reading,
            work,
            this_year=self._desk.clock.now().year,
            default_place=one.place,
            overrides=self._overrides(),
            by_serial=one.by_serial,
        )

    def _overrides(self) -> frozenset[str]:
        return BY_TWO if self._chosen().second is not None else frozenset()

    def _chosen(self) -> _Chosen:
        if self._list is None:
            raise Refusal("no_list", say("No list is chosen."), do_now=say("Choose a file."))
        return self._list

    def _open(self) -> tuple[_Chosen, Table]:
        one = self._chosen()
        if one.values is None:
            raise Refusal("no_list", say("The list could not be read."), do_now=say("Choose another file."))
        return one, one.values.table

    def _places(self) -> tuple[Offer, ...]:
        """The stores of the depot by their code; the depot itself first."""
        with self._desk.look() as work:
            stores = [p for p in work.all_of(Kind.PLACE) if p.text("place_kind") in STORES and p.text("code")]
        stores.sort(key=lambda place: (bool(place.text("parent")), place.text("code")))
        return tuple((p.text("code"), say("{code}  {name}", code=p.text("code"), name=p.text("name"))) for p in stores)

    @staticmethod
    def _names(work: Work, plan: Plan) -> Mapping[str, str]:
        """How the places and holders of a plan are called."""
        names = {str(one.subject): one.text("code") for one in work.all_of(Kind.PLACE)}
        holders = {entry.holder for entry in plan.entries if isinstance(entry, StockEntry) and entry.holder}
        return names | {str(holder): name_of(work, holder) for holder in holders}
