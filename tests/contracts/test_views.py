"""The contract of `muniment.ports.views`, on every engine a register may live in."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.plain_search import plainly_found
from fakes.depot import Depot, depot_in_memory, pistol_called, rifle_called
from fakes.workshop import component
from muniment.desk.correcting import take_back_act
from muniment.desk.hatch import Confirmation, Wanted, confirm, issue_item, quarantine, return_item
from muniment.desk.people import Newcomer, register_person
from muniment.desk.places import NewPlace, place_of_kind, register_place
from muniment.desk.reading import name_of, state_of
from muniment.desk.stock import bind_code, identify, register, register_quantity
from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.basics.moments import moment
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.facts import Deed
from muniment.domain.custody.standing import Standing
from muniment.domain.people.authority import Certificate
from muniment.domain.people.person import PersonRecord
from muniment.domain.places.place import PlaceKind
from muniment.domain.stock.component_kinds import ComponentKind
from muniment.domain.stock.serial import comparison_key
from muniment.domain.stock.taxonomy import is_within
from muniment.ports.views import ItemState, Order, Views, Which, Why


@pytest.fixture
def views(depot: Depot) -> Views:
    return depot.register.views


def all_weapons(depot: Depot) -> list[Standing]:
    with depot.desk.look() as work:
        return sorted(work.all_of(Kind.WEAPON), key=lambda s: s.number("number"))


def states(depot: Depot) -> dict[int, str]:
    weapons = all_weapons(depot)
    with depot.desk.look() as work:
        return {weapon.number("number"): state_of(work, weapon, depot.clock.at) for weapon in weapons}


def sent_to(depot: Depot, item: Subject, kind: PlaceKind) -> None:
    """Lay an item where no use case of these tests lays it."""
    acting = Acting(depot.officer, depot.clock.at)
    with depot.desk.work() as work:
        standing = work.standing(item)
        assert standing is not None
        place = place_of_kind(work, kind).subject
        depot.desk.tell(work, depot.desk.ids.ordered(), [acting.states(Deed.MOVED, standing, to=place)])


def corporal(depot: Depot, service_no: str = "2") -> Subject:
    record = PersonRecord(name="Another Example", rank="Cpl", service_no=service_no)
    certificates = (Certificate("SA", date(2027, 6, 30)),)
    person = register_person(depot.desk, depot.by_officer(), Newcomer(record, certificates=certificates)).about
    assert person is not None
    return person


@pytest.fixture
def busy(depot: Depot) -> Depot:
    """A depot with a weapon in every state there is."""
    desk = depot.desk
    cabinet = register_place(desk, depot.by_officer(), NewPlace("A-CAB", "Cabinet", PlaceKind.ROOM, _root(depot))).about
    assert cabinet is not None
    made = [
        register(desk, depot.by_officer(act=f"reg-{n}"), rifle_called(f"EX-{n:06d}"), cabinet if n % 2 else depot.rack)
        for n in range(2, 12)
    ]
    items = [answer.about for answer in made]
    assert all(items)
    two, three, four, five, six, seven, eight, nine, *_ = [Subject(str(item)) for item in items]
    issue_item(desk, depot.by_officer(), two, Wanted(depot.soldier))
    depot.clock.forward(hours=13)
    issue_item(desk, depot.by_officer(), three, Wanted(depot.soldier))
    issue_item(desk, depot.by_officer(), nine, Wanted(corporal(depot), for_good=True))
    quarantine(desk, depot.by_officer(reason="worn"), four)
    quarantine(desk, depot.by_officer(reason="cracked"), three)
    sent_to(depot, five, PlaceKind.IN_TRANSIT)
    sent_to(depot, six, PlaceKind.UNACCOUNTED)
    sent_to(depot, seven, PlaceKind.OUTSIDE)
    take_back_act(desk, depot.by_officer(second=True, reason="entered twice"), "reg-8")
    assert eight
    return depot


def _root(depot: Depot) -> Subject:
    with depot.desk.look() as work:
        return place_of_kind(work, PlaceKind.DEPOT).subject


WITHIN = {
    ItemState.ALL: None,
    ItemState.IN_STORE: {"in_store"},
    ItemState.ISSUED: {"issued", "overdue"},
    ItemState.OVERDUE: {"overdue"},
    ItemState.QUARANTINED: {"quarantined"},
    ItemState.TRANSIT: {"transit"},
    ItemState.MISSING: {"missing"},
    ItemState.OUTSIDE: {"outside"},
    ItemState.WITHDRAWN: {"withdrawn"},
}


def test_every_state_of_the_example_occurs(busy: Depot) -> None:
    occurring = set(states(busy).values())
    assert occurring == {"in_store", "issued", "overdue", "quarantined", "transit", "missing", "outside", "withdrawn"}


@pytest.mark.parametrize("state", list(ItemState))
def test_a_filter_lists_what_looking_at_every_weapon_lists(busy: Depot, state: ItemState) -> None:
    wanted = WITHIN[state]
    naive = [number for number, now in states(busy).items() if wanted is None or now in wanted]
    which = Which(busy.clock.at, state)
    assert list(busy.register.views.numbers(which)) == naive
    assert busy.register.views.counts(which)[state] == len(naive)
    narrowed = Which(busy.clock.at, state, type_code="SA")
    assert list(busy.register.views.numbers(narrowed)) == naive
    assert busy.register.views.counts(narrowed)[state] == len(naive)
    assert busy.register.views.listed(which) == (busy.register.views.numbers(which), busy.register.views.counts(which))


def test_what_is_late_is_told_by_who_holds_it_the_longest_late_first(depot: Depot, views: Views) -> None:
    other = corporal(depot)
    issue_item(depot.desk, depot.by_officer(), depot.pistol, Wanted(other))
    depot.clock.forward(hours=1)
    items = [register(depot.desk, depot.by_officer(act=f"r{n}"), rifle_called(f"EX-9{n}"), depot.rack) for n in (1, 2)]
    for item in items:
        issue_item(depot.desk, depot.by_officer(), Subject(str(item.about)), Wanted(depot.soldier))
    assert views.overdue(depot.clock.at) == []
    depot.clock.forward(days=2)
    first, second = views.overdue(depot.clock.at)
    with depot.desk.look() as work:
        pistol, rifle = work.standing(depot.pistol), work.standing(Subject(str(items[0].about)))
    assert pistol is not None
    assert rifle is not None
    assert (first.holder, first.count, first.register_no) == (other, 1, pistol.text("register_no"))
    assert first.since == moment(pistol.text("due_at"))
    assert (second.holder, second.count, second.register_no) == (depot.soldier, 2, "")
    assert second.since == moment(rifle.text("due_at"))
    quarantine(depot.desk, depot.by_officer(reason="worn"), depot.pistol)
    assert [late.holder for late in views.overdue(depot.clock.at)] == [depot.soldier]


def test_a_part_of_a_second_after_it_was_due_is_late(busy: Depot) -> None:
    issue_item(busy.desk, busy.by_officer(), busy.rifle, Wanted(corporal(busy, "3"), until=busy.clock.at))
    for at in (busy.clock.at, busy.clock.at + timedelta(microseconds=1), busy.clock.at + timedelta(seconds=1)):
        with busy.desk.look() as work:
            rifle = work.standing(busy.rifle)
            assert rifle is not None
            late = state_of(work, rifle, at) == "overdue"
        assert (1 in busy.register.views.numbers(Which(at, ItemState.OVERDUE))) == late


def test_a_place_holds_what_lies_in_the_places_within(busy: Depot) -> None:
    with busy.desk.look() as work:
        places = {p.subject: p.text("parent") for p in work.all_of(Kind.PLACE)}

    def within(where: str, top: str) -> bool:
        while where and where != top:
            where = places.get(Subject(where), "")
        return where == top

    for top in places:
        naive = [w.number("number") for w in all_weapons(busy) if within(w.where, top)]
        assert list(busy.register.views.numbers(Which(busy.clock.at, below=top))) == naive


def test_a_type_holds_the_types_below_it(busy: Depot) -> None:
    for code in ("SA", "SA-40", "SA-10", "LW"):
        naive = [w.number("number") for w in all_weapons(busy) if is_within(w.text("taxonomy_code"), code)]
        assert list(busy.register.views.numbers(Which(busy.clock.at, type_code=code))) == naive


@pytest.mark.parametrize("descending", [False, True])
def test_orders(busy: Depot, descending: bool) -> None:
    weapons = {w.number("number"): w for w in all_weapons(busy)}
    with busy.desk.look() as work:
        places = {p.subject: p.text("code") for p in work.all_of(Kind.PLACE)}
        names = {
            w.where: (0, places[Subject(w.where)]) if w.where in places else (1, _bare_name(name_of(work, w.where)))
            for w in weapons.values()
        }
    ranks = {
        Order.REGISTER_NO: lambda n: n,
        Order.SERIAL: lambda n: (comparison_key(weapons[n].text("serial_raw")), n),
        Order.TYPE: lambda n: (weapons[n].text("taxonomy_code"), n),
        Order.PLACE: lambda n: (names[weapons[n].where], n),
    }
    which = Which(busy.clock.at)
    for order, rank in ranks.items():
        listed = list(busy.register.views.numbers(which, order, descending=descending))
        assert listed == sorted(weapons, key=rank, reverse=descending), order
    due = [weapons[n].text("due_at") for n in busy.register.views.numbers(which, Order.DUE, descending=descending)]
    awaited = [one for one in due if one]
    assert len(awaited) == 2
    assert due == sorted(awaited, reverse=descending) + [""] * (len(due) - 2)


def _bare_name(name: str) -> str:
    return name.partition(" ")[2] if name.startswith(("Pte", "Cpl", "Sgt")) else name


def test_rows_come_in_the_order_asked_and_a_number_nobody_has_is_empty(depot: Depot, views: Views) -> None:
    found = views.rows([2, 99, 1, 2])
    assert [row.subject if row else None for row in found] == [depot.pistol, None, depot.rifle, depot.pistol]
    assert views.rows([]) == []


def test_a_gap_in_the_numbers_is_no_row(depot: Depot, views: Views) -> None:
    acting = Acting(depot.officer, depot.clock.at)
    fact = acting.states(
        Deed.WEAPON_REGISTERED,
        Standing(depot.desk.fresh(Kind.WEAPON)),
        sets={"number": 40, "register_no": "W-0000040", "serial_raw": "GAP-1", "home": depot.rack},
        to=depot.rack,
    )
    with depot.desk.work() as work:
        depot.desk.tell(work, "gap", [fact])
    assert list(views.numbers(Which(depot.clock.at))) == [1, 2, 40]


def reasons(views: Views, text: str) -> list[tuple[str, Why]]:
    return [(hit.item.text("register_no"), hit.why) for hit in views.search(text)]


def test_search_finds_by_any_identifier_and_says_why(depot: Depot, views: Views) -> None:
    bind_code(depot.desk, depot.by_officer(), "TAG-77-A", depot.pistol)
    assert reasons(views, "TAG-77-A") == [("W-0000002", Why.CODE)]
    assert reasons(views, "TAG-7") == [("W-0000002", Why.CODE)]
    assert reasons(views, "W-0000002") == [("W-0000002", Why.REGISTER_NO)]
    assert reasons(views, "w-2") == [("W-0000002", Why.REGISTER_NO)]
    assert reasons(views, "W-00000")[0] == ("W-0000001", Why.REGISTER_NO)
    assert reasons(views, "ex 000001") == [("W-0000001", Why.SERIAL)]
    assert reasons(views, "x-0000") == [("W-0000001", Why.PART)]
    assert reasons(views, "model p") == [("W-0000002", Why.NAME)]
    assert reasons(views, "WORKS") == [("W-0000001", Why.NAME), ("W-0000002", Why.NAME)]
    assert reasons(views, "nothing-like-it") == []
    assert reasons(views, "   ") == []


def test_one_or_two_characters_find_the_beginning(depot: Depot, views: Views) -> None:
    assert ("W-0000001", Why.PART) in reasons(views, "e")
    assert ("W-0000001", Why.PART) in reasons(views, "EX")
    assert ("W-0000001", Why.PART) not in reasons(views, "00")


def test_a_number_typed_with_too_many_zeros_or_too_few_is_offered(depot: Depot, views: Views) -> None:
    assert reasons(views, "EX-00000001") == [("W-0000001", Why.LOOKS_ALIKE)]
    assert ("W-0000001", Why.LOOKS_ALIKE) in reasons(views, "EX-1")


def test_a_look_alike_comes_after_what_fits_and_is_called_one(depot: Depot, views: Views) -> None:
    register(depot.desk, depot.by_officer(), rifle_called("EX-O00001"), depot.rack)
    assert reasons(views, "EX-O00001") == [("W-0000003", Why.SERIAL), ("W-0000001", Why.LOOKS_ALIKE)]
    assert reasons(views, "EXO") == [("W-0000003", Why.PART), ("W-0000001", Why.LOOKS_ALIKE)]


def test_search_keeps_up_with_the_register(depot: Depot, views: Views) -> None:
    while views.prepare() < 1:
        pass
    assert reasons(views, "LATER") == []
    register(depot.desk, depot.by_officer(), pistol_called("XX-LATER-9"), depot.rack)
    assert reasons(views, "LATER") == [("W-0000003", Why.PART)]


def test_no_more_hits_than_wanted_and_each_item_once(depot: Depot, views: Views) -> None:
    for n in range(30):
        register(depot.desk, depot.by_officer(), rifle_called(f"MANY-{n:03d}"), depot.rack)
    assert len(views.search("MANY", most=7)) == 7
    found = [hit.item.subject for hit in views.search("MANY")]
    assert len(found) == len(set(found)) == 30


def test_signs_of_the_query_language_are_only_letters(depot: Depot, views: Views) -> None:
    register(depot.desk, depot.by_officer(), rifle_called('A"B%C_D*E'), depot.rack)
    assert reasons(views, '"B%C_') == [("W-0000003", Why.PART)]
    assert reasons(views, "A%D") == []
    assert reasons(views, 'x" OR serial : "EX0') == []


def test_a_list_by_text_holds_every_hit_but_look_alikes(busy: Depot) -> None:
    views = busy.register.views
    bind_code(busy.desk, busy.by_officer(), "CODE-5", busy.pistol)
    for text in ("0000", "EX", "CODE-5", "model a", "W-0000004", "5", "000001", "no such thing", "AB 1"):
        hits = sorted(h.item.number("number") for h in views.search(text, 1000) if h.why is not Why.LOOKS_ALIKE)
        assert list(views.numbers(Which(busy.clock.at, text=text))) == hits, text
        counts = views.counts(Which(busy.clock.at, text=text))
        for state in ItemState:
            which = Which(busy.clock.at, state, text=text)
            assert counts[state] == len(views.numbers(which)), (text, state)


PLAIN_TEXTS = (
    "0000", "EX", "e", "x-0", "000001", "EX-O00001", "model p", "WORKS ex", "a", "W-0000002", "w2", "2", "W-0", "C-1",
    "L-1", "0000003", "TAG", "TAG-1", "TAG-10", "5", "12", "rack", "ЕХ", "nothing like it", "%", "_", "'",
)  # fmt: skip


@pytest.mark.parametrize("prepared", [False, True])
def test_search_answers_what_looking_at_everything_answers(busy: Depot, prepared: bool) -> None:
    views = busy.register.views
    for n, item in enumerate((busy.pistol, busy.rifle, busy.rack, busy.pistol), 1):
        bind_code(busy.desk, busy.by_officer(), f"TAG-{n}", item)
    bind_code(busy.desk, busy.by_officer(), "TAG", busy.rack)
    component(busy, ComponentKind.BOLT, "EX-00000I")
    register_quantity(busy.desk, busy.by_officer(), {"item_name": "RIFLE", "taxonomy_code": "SA-20"}, 2, busy.rack)
    while prepared and views.prepare() < 1:
        pass
    for text in PLAIN_TEXTS:
        for most in (1, 3, 50):
            found = [(hit.item.subject, hit.why) for hit in views.search(text, most)]
            assert found == plainly_found(busy, text, most), (text, most)


def test_what_is_whole_comes_before_what_only_begins_so(depot: Depot, views: Views) -> None:
    for n in range(5):
        bind_code(depot.desk, depot.by_officer(), f"EX000001-{n}", depot.pistol)
    assert reasons(views, "EX000001") == [("W-0000001", Why.SERIAL), ("W-0000002", Why.CODE)]
    (best,) = views.search("EX000001", most=1)
    assert best.item.subject == depot.rifle


def test_codes_of_places_do_not_hide_those_of_items(depot: Depot, views: Views) -> None:
    for n in range(60):
        bind_code(depot.desk, depot.by_officer(), f"A-{n:03d}", depot.rack)
    bind_code(depot.desk, depot.by_officer(), "A-999", depot.pistol)
    assert ("W-0000002", Why.CODE) in reasons(views, "A-")


def test_a_long_text_finds_nothing_and_does_no_harm(depot: Depot, views: Views) -> None:
    assert reasons(views, "EX-000001" * 500) == []
    assert reasons(views, "EX-000001") == [("W-0000001", Why.SERIAL)]


def test_preparing_takes_a_moment_at_a_time_and_ends(views: Views) -> None:
    shares = [views.prepare()]
    given_up = time.monotonic() + 60  # a server builds on its own, while others work
    while shares[-1] < 1 and time.monotonic() < given_up:
        shares.append(views.prepare())
    assert shares[-1] == 1
    assert all(0 <= share <= 1 for share in shares)
    assert views.prepare() == 1


def test_lines_tell_what_is_left_and_what_was_identified(depot: Depot, views: Views) -> None:
    calibre = [{"text": "5.56x45mm", "code": "5.56x45", "primary": True}]
    fields = {"taxonomy_code": "SA-40", "calibres": calibre}
    line = register_quantity(depot.desk, depot.by_officer(), fields, 12, depot.rack).about
    assert line is not None
    for serial in ("L-001", "L-002"):
        identify(depot.desk, depot.by_officer(act=serial), line, rifle_called(serial))
    take_back_act(depot.desk, depot.by_officer(reason="wrong line"), "L-002")
    register_quantity(depot.desk, depot.by_officer(act="gone"), fields, 5, depot.rack)
    take_back_act(depot.desk, depot.by_officer(second=True, reason="listed twice"), "gone")
    (counted,) = views.lines()
    assert (counted.line.subject, counted.left, counted.identified, counted.came_in) == (line, 11, 1, 12)
    assert reasons(views, "L-1")[0] == ("L-0000001", Why.REGISTER_NO)


def test_types_are_counted_without_what_was_withdrawn(busy: Depot) -> None:
    kept = [w.text("taxonomy_code") for w in all_weapons(busy) if not w.text("withdrawn")]
    assert busy.register.views.by_type() == [("SA-40", kept.count("SA-40")), ("SA-12", kept.count("SA-12"))]


def test_open_receipts_are_listed_until_they_are_confirmed(depot: Depot, views: Views) -> None:
    issued = issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    other = issue_item(depot.desk, depot.by_officer(act="slip"), depot.pistol, Wanted(depot.soldier))
    assert [r.subject for r in views.in_state(Kind.RECEIPT, "open")] == [issued.receipt, other.receipt]
    take_back_act(depot.desk, depot.by_officer(reason="slip"), "slip")
    assert issued.receipt is not None
    assert [r.subject for r in views.in_state(Kind.RECEIPT, "open")] == [issued.receipt]
    confirm(depot.desk, depot.by_officer(), issued.receipt, Confirmation("signature"))
    assert views.in_state(Kind.RECEIPT, "open") == []
    with pytest.raises(ValueError, match="no state"):
        views.in_state(Kind.WEAPON, "open")


def test_what_the_lists_are_made_of_is_verified(busy: Depot) -> None:
    return_item(busy.desk, busy.by_officer(), Subject(all_weapons(busy)[2].subject))
    assert busy.breaks() == ()


SERIALS = st.text(alphabet="ABEX0123456789-/ ÄЖ", min_size=4, max_size=12).filter(
    lambda s: s.strip() == s and "  " not in s and len(comparison_key(s)) >= 4 and set(comparison_key(s)) != {"X"}
)


@pytest.fixture(scope="module")
def growing() -> Iterator[Depot]:
    """A depot that examples add weapons to."""
    made = depot_in_memory()
    yield made
    made.register.close()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(serial=SERIALS, data=st.data())
def test_any_part_of_a_serial_from_three_characters_on_finds_it(
    growing: Depot, serial: str, data: st.DataObject
) -> None:
    count = len(growing.register.views.numbers(Which(growing.clock.at)))
    weapon = register(growing.desk, growing.by_officer(), rifle_called(serial, f"Model {count}"), growing.rack).about
    key = comparison_key(serial)
    start = data.draw(st.integers(0, len(key) - 3))
    end = data.draw(st.integers(start + 3, len(key)))
    found = growing.register.views.search(key[start:end], 10_000)
    assert weapon in [hit.item.subject for hit in found if hit.why is not Why.LOOKS_ALIKE]
