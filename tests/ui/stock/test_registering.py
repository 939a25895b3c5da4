"""Registering by hand, decided without a screen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fakes.depot import Depot
from muniment.desk.desk import Deposition
from muniment.desk.models import add_model
from muniment.desk.policy import change_policy
from muniment.desk.reading import history
from muniment.desk.stock import bind_code, register_quantity
from muniment.domain.basics.refusal import Refusal
from muniment.domain.custody.facts import Deed
from muniment.domain.stock.model import ModelName, model_written
from muniment.ui.stock.registering import Entry, RegisteringPresenter, calibre_words, field_of


@pytest.fixture
def presenter(depot: Depot) -> RegisteringPresenter:
    return RegisteringPresenter(depot.desk, depot.by_officer().officer)


def entry(depot: Depot, serial: str = "EX-NEW-1", **other: str) -> Entry:
    made = Entry(
        type_code="SA-40",
        make="Example Works",
        model="Model A",
        calibre="5.56x45mm",
        serial=serial,
        again=serial,
        place=depot.rack,
    )
    return replace(made, **other)


def refused(presenter: RegisteringPresenter, wrong: Entry) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        presenter.check(wrong)
    return refusal.value


def test_a_weapon_is_registered_and_its_code_bound_in_one_go(depot: Depot, presenter: RegisteringPresenter) -> None:
    saved = presenter.save(entry(depot, code="TAG-1", country="fr", year="1998", condition="serviceable"))
    shown = depot.card(saved.weapon)
    assert (shown.serial, shown.place, shown.condition) == ("EX-NEW-1", "RACK1", "serviceable")
    with depot.desk.look() as work:
        assert work.bound_to("TAG-1") == saved.weapon
        standing = work.standing(saved.weapon)
        assert standing is not None
        assert standing.text("country_of_manufacture") == "FR"
        assert standing.number("year_of_manufacture") == 1998
    assert depot.breaks() == ()


def test_the_next_one_begins_with_what_stays_the_same(depot: Depot, presenter: RegisteringPresenter) -> None:
    saved = presenter.save(entry(depot, code="TAG-1", remarks="worn"))
    assert saved.next_entry == entry(depot, serial="")
    second = presenter.save(replace(saved.next_entry, serial="EX-NEW-2", again="EX-NEW-2"))
    assert second.weapon != saved.weapon


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"again": "EX-NEW-7"}, "again"),
        ({"serial": "", "again": ""}, "serial"),
        ({"serial": "illegible", "again": "illegible"}, "serial"),
        ({"serial": " EX", "again": " EX"}, "serial"),
        ({"serial": "EX", "again": "EX", "serial_status": "never_marked"}, "serial_status"),
        ({"calibre": ""}, "calibre"),
        ({"country": "ZZ"}, "country"),
        ({"year": "19x8"}, "year"),
        ({"year": "2050"}, "year"),
        ({"place": ""}, "place"),
        ({"type_code": "SA"}, "type_code"),
        ({"make": "Example  Works"}, "make"),
        ({"code": "B-0001"}, "code"),
    ],
)
def test_a_refusal_names_its_field(
    depot: Depot, presenter: RegisteringPresenter, wrong: dict[str, str], field: str
) -> None:
    assert field_of(refused(presenter, entry(depot, **wrong))) == field  # type: ignore[arg-type]


def test_a_state_that_is_no_more_is_kept_as_such(depot: Depot, presenter: RegisteringPresenter) -> None:
    saved = presenter.save(entry(depot, country="SU"))
    with depot.desk.look() as work:
        standing = work.standing(saved.weapon)
    assert standing is not None
    assert standing.text("historic_country_code") == "SU"
    assert standing.text("country_of_manufacture") == ""


def test_look_alikes_are_shown_before_anything_is_saved(depot: Depot, presenter: RegisteringPresenter) -> None:
    found = presenter.check(entry(depot, serial="EX-O0O001"))
    assert "W-0000001 has serial EX-000001" in str(found.near[0])
    assert found.duplicate is None


def test_a_duplicate_passes_with_a_second_person_and_a_reason_only(
    depot: Depot, presenter: RegisteringPresenter
) -> None:
    twin = entry(depot, serial="EX-000001")
    assert "W-0000001" in str(presenter.check(twin).duplicate)
    with pytest.raises(Refusal) as alone:
        presenter.save(twin)
    assert alone.value.rule == "duplicate_weapon"
    with pytest.raises(Refusal) as wrong:
        presenter.save(twin, "second", "wrong staple", "two of them")
    assert field_of(wrong.value) == "passphrase"
    with pytest.raises(Refusal) as silent:
        presenter.save(twin, "second", "battery staple", "")
    assert field_of(silent.value) == "reason"
    saved = presenter.save(twin, "second", "battery staple", "two of them")
    with depot.desk.look() as work:
        (line,) = history(work, saved.weapon)
    assert (line.reason, line.second) == ("two of them", "Cpl Example Second")


def test_a_code_that_is_taken_stops_before_the_weapon_is_written(depot: Depot, presenter: RegisteringPresenter) -> None:
    bind_code(depot.desk, depot.by_officer(), "TAG-9", depot.pistol)
    with depot.desk.look() as work:
        before = work.head().size
    with pytest.raises(Refusal) as refusal:
        presenter.save(entry(depot, code="TAG-9"))
    assert field_of(refusal.value) == "code"
    with depot.desk.look() as work:
        assert work.head().size == before


def test_one_of_a_line_begins_with_what_the_line_says_and_lowers_it(depot: Depot) -> None:
    fields = {
        "item_name": "RIFLE",
        "taxonomy_code": "SA-40",
        "calibres": [{"text": "5.56x45mm", "code": "5.56x45", "primary": True}],
    }
    line = register_quantity(depot.desk, depot.by_officer(), fields, 2, depot.rack).about
    assert line is not None
    presenter = RegisteringPresenter(depot.desk, depot.by_officer().officer, line)
    offers = presenter.offers()
    assert (offers.entry.type_code, offers.entry.calibre, offers.left) == ("SA-40", "5.56x45mm", 2)
    saved = presenter.save(replace(offers.entry, serial="EX-L-1", again="EX-L-1"))
    assert saved.left == 1
    with depot.desk.look() as work:
        kinds = [told.kind for told, _ in work.facts_of(line)]
    assert kinds == [Deed.LINE_REGISTERED, Deed.LINE_WORKED_OFF]


@pytest.mark.parametrize(
    ("typed", "said"),
    [("5.56 x 45", "Recognised: 5.56"), ("7.62", "Could be"), ("odd", "Not in the catalogue"), ("  ", "")],
)
def test_a_calibre_is_recognised_while_it_is_typed(typed: str, said: str) -> None:
    assert str(calibre_words(typed)).startswith(said)


def in_catalogue(depot: Depot, name: str = "Model A", *aliases: str) -> None:
    model = model_written(ModelName("Example Works", name), "SA-40", ["5.56x45mm"], "FR", aliases=aliases)
    add_model(depot.desk, depot.by_officer(), model)


def test_the_catalogue_is_offered_and_fills_the_fields(depot: Depot, presenter: RegisteringPresenter) -> None:
    assert presenter.offers().catalogue == ()
    in_catalogue(depot)
    (offered,) = presenter.offers().catalogue
    assert (offered.type_code, offered.make, offered.model) == ("SA-40", "Example Works", "Model A")
    assert (offered.calibre, offered.country) == ("5.56x45mm", "FR")


def test_an_entry_near_to_what_was_typed_is_offered_before_it_is_saved(
    depot: Depot, presenter: RegisteringPresenter
) -> None:
    in_catalogue(depot, "Model A", "Old A")
    for typed in ("model a", "Modle A", "Old A"):
        checked = presenter.check(entry(depot, model=typed))
        assert checked.to_compare
        assert not checked.stops
        assert [one.model for one in checked.beside.near] == ["Model A"]
    assert not presenter.check(entry(depot)).to_compare


def test_a_model_in_no_entry_is_saved_and_said_to_be_so(depot: Depot, presenter: RegisteringPresenter) -> None:
    in_catalogue(depot)
    new = entry(depot, model="Quite Other")
    assert not presenter.check(new).to_compare
    assert "“Example Works Quite Other” is not in the catalogue." in str(presenter.save(new).says)


def test_a_depot_that_takes_its_catalogue_only_needs_a_second_person(
    depot: Depot, presenter: RegisteringPresenter
) -> None:
    in_catalogue(depot)
    said = Deposition(depot.administrator_signed_in(), reason="order 7")
    change_policy(depot.desk, said, {"catalogue_only": True})
    new = entry(depot, model="Quite Other")
    assert presenter.check(new).stops
    with pytest.raises(Refusal):
        presenter.save(new)
    saved = presenter.save(new, "second", "battery staple", "from the museum")
    assert depot.card(saved.weapon).model == "Quite Other"
