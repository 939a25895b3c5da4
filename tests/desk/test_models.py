"""The catalogue of makes and models at work: entries, registering by it, and what the register bears."""

from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from fakes.depot import Depot, depot_in_memory, rifle_called
from fakes.workshop import refused, stands
from muniment.desk import describing
from muniment.desk.correcting import take_back_act
from muniment.desk.desk import Deposition
from muniment.desk.models import (
    Proposal,
    add_model,
    borne_as,
    catalogue_of,
    change_model,
    described_by,
    entry_named,
    listed_models,
    proposals,
    retire_model,
    take_models,
)
from muniment.desk.policy import change_policy
from muniment.desk.reading import history
from muniment.desk.stock import identify, register, register_quantity
from muniment.domain.basics.identity import Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.custody.facts import Deed
from muniment.domain.custody.models import Entry
from muniment.domain.stock.model import Model, ModelName, model_written

WHY = "order 7"


@pytest.fixture
def depot() -> Depot:
    return depot_in_memory()


def model(name: str = "Model A", *aliases: str, make: str = "Example Works", type_code: str = "SA-40") -> Model:
    return model_written(ModelName(make, name), type_code, ["5.56x45mm"], "BE", aliases=aliases)


def entered(depot: Depot, what: Model) -> Subject:
    about = add_model(depot.desk, depot.by_officer(), what).about
    assert about is not None
    return about


def entry(depot: Depot, name: str) -> Entry:
    with depot.desk.look() as work:
        return entry_named(work, name)


def lacking(depot: Depot) -> list[Proposal]:
    with depot.desk.look() as work:
        return proposals(work)


def only_the_catalogue(depot: Depot) -> None:
    change_policy(depot.desk, Deposition(depot.administrator_signed_in(), reason=WHY), {"catalogue_only": True})


def told(depot: Depot, serial: str, name: str) -> list[str]:
    answer = register(depot.desk, depot.by_officer(), rifle_called(serial, name), depot.rack)
    return [str(one) for one in answer.warnings]


class TestEntries:
    def test_each_has_its_own_number_and_its_history(self, depot: Depot) -> None:
        first, second = entered(depot, model()), entered(depot, model("Model B"))
        assert [stands(depot, one).text("register_no") for one in (first, second)] == ["M-0000001", "M-0000002"]
        with depot.desk.look() as work:
            assert [str(line.what) for line in history(work, first)] == ["Entered in the catalogue"]
        assert depot.breaks() == ()

    @pytest.mark.parametrize("name", ["Model A", "MODEL a", "ModelA"])
    def test_one_name_is_one_entry(self, depot: Depot, name: str) -> None:
        entered(depot, model())
        assert refused(depot, add_model, model(name)) == "model_known"

    def test_a_name_in_another_list_leads_to_one_entry_too(self, depot: Depot) -> None:
        entered(depot, model("Model A", "EW|A"))
        assert refused(depot, add_model, model("A", make="ew")) == "model_known"
        assert refused(depot, add_model, model("Model B", "EW|a")) == "model_known"
        assert entry(depot, "ew|A").number == "M-0000001"

    def test_a_name_that_changed_stays_an_alias(self, depot: Depot) -> None:
        about = entered(depot, model())
        change_model(depot.desk, depot.by_officer(reason=WHY), about, model("Model A1"))
        assert entry(depot, "Example Works|Model A").model.aliases == (ModelName("Example Works", "Model A"),)
        assert refused(depot, add_model, model()) == "model_known"

    def test_a_change_needs_a_reason_and_something_that_changes(self, depot: Depot) -> None:
        about = entered(depot, model())
        assert refused(depot, change_model, about, model(type_code="SA-20")) == "reason_missing"
        assert refused(depot, change_model, about, model()) == "nothing_changes"
        change_model(depot.desk, depot.by_officer(), about, model("Model A", "EW|A"))

    def test_a_retired_one_is_not_offered_and_its_name_is_free(self, depot: Depot) -> None:
        about = entered(depot, model())
        assert refused(depot, retire_model, about) == "reason_missing"
        retire_model(depot.desk, depot.by_officer(reason=WHY), about)
        assert refused(depot, retire_model, about) == "nothing_changes"
        with depot.desk.look() as work:
            assert listed_models(work) == []
            assert [one.weapons for one in listed_models(work, retired=True)] == [1]
        with pytest.raises(Refusal) as refusal:
            described_by(entry(depot, "M-0000001"), rifle_called("EX-9"), this_year=2026, calibre=False)
        assert refusal.value.rule == "model_retired"
        entered(depot, model())
        assert refused(depot, change_model, about, model()) == "model_known"

    def test_a_retired_one_is_taken_into_use_again(self, depot: Depot) -> None:
        about = entered(depot, model())
        retire_model(depot.desk, depot.by_officer(reason=WHY), about)
        change_model(depot.desk, depot.by_officer(reason="needed"), about, model())
        assert not entry(depot, "M-0000001").retired
        assert depot.breaks() == ()

    def test_an_entry_made_in_error_is_withdrawn_a_retirement_is_not_taken_back(self, depot: Depot) -> None:
        add_model(depot.desk, depot.by_officer(act="add"), model())
        take_back_act(depot.desk, depot.by_officer(reason=WHY), "add")
        again = entered(depot, model())
        retire_model(depot.desk, depot.by_officer(act="retire", reason=WHY), again)
        with pytest.raises(Refusal) as refusal:
            take_back_act(depot.desk, depot.by_officer(reason=WHY), "retire")
        assert refusal.value.rule == "never_taken_back"
        assert depot.breaks() == ()

    def test_done_twice_is_done_once(self, depot: Depot) -> None:
        first = add_model(depot.desk, depot.by_officer(act="add"), model())
        assert add_model(depot.desk, depot.by_officer(act="add"), model()).told == first.told

    def test_a_list_is_taken_in_whole(self, depot: Depot) -> None:
        entered(depot, model())
        listed = [model(), model("Model B"), model("Model C", "EW|C")]
        answer = take_models(depot.desk, depot.by_officer(), listed)
        assert [one.kind for one in answer.told] == [Deed.MODEL_REGISTERED] * 2
        assert refused(depot, take_models, listed) == "nothing_changes"
        assert refused(depot, take_models, [model("Model D"), model("model d")]) == "model_twice"
        assert refused(depot, take_models, [model("Model E"), model("Model F", "EW|C")]) == "model_known"
        with depot.desk.look() as work:
            assert len(catalogue_of(work).entries) == 3


class TestRegistering:
    def test_an_empty_catalogue_says_nothing(self, depot: Depot) -> None:
        assert told(depot, "EX-9", "Model Q") == []

    def test_what_is_spelled_like_an_entry_passes_in_silence(self, depot: Depot) -> None:
        entered(depot, model())
        assert told(depot, "EX-9", "Model A") == []

    @pytest.mark.parametrize(
        ("name", "says"),
        [
            (
                "MODEL A",
                "“Example Works MODEL A” is spelled otherwise in the catalogue: M-0000001 Example Works Model A.",
            ),
            ("Old A", "“Example Works Old A” is spelled otherwise in the catalogue: M-0000001 Example Works Model A."),
            ("Modle A", "“Example Works Modle A” is not in the catalogue. Near: M-0000001 Example Works Model A."),
            ("Quite Other", "“Example Works Quite Other” is not in the catalogue."),
        ],
    )
    def test_what_is_near_is_offered_and_never_merged(self, depot: Depot, name: str, says: str) -> None:
        entered(depot, model("Model A", "Old A"))
        answer = register(depot.desk, depot.by_officer(), rifle_called("EX-9", name), depot.rack)
        assert [str(one) for one in answer.warnings] == [says]
        assert answer.about is not None
        assert stands(depot, answer.about).text("model") == name

    def test_a_retired_entry_is_said_to_be_so(self, depot: Depot) -> None:
        about = entered(depot, model())
        entered(depot, model("Model Z"))
        retire_model(depot.desk, depot.by_officer(reason=WHY), about)
        assert told(depot, "EX-9", "Model A") == ["M-0000001 Example Works Model A was retired from the catalogue."]

    def test_another_type_or_calibre_than_the_catalogue_has_is_said(self, depot: Depot) -> None:
        what = model_written(ModelName("Example Works", "Model A"), "SA-20", ["7.62x39mm"])
        entered(depot, what)
        type_says, calibre_says = told(depot, "EX-9", "Model A")
        assert "another type" in type_says
        assert "another calibre: 7.62x39mm" in calibre_says

    def test_a_depot_may_take_its_catalogue_only(self, depot: Depot) -> None:
        entered(depot, model())
        only_the_catalogue(depot)
        new = rifle_called("EX-9", "Model Q")
        assert refused(depot, register, new, depot.rack) == "not_in_catalogue"
        by_two = depot.by_officer(second=True, reason=WHY, overrides={"not_in_catalogue"})
        seq = register(depot.desk, by_two, new, depot.rack).told[0].seq
        with depot.desk.look() as work:
            fact = work.fact(seq)
        assert fact is not None
        assert fact.about["overridden"] == "not_in_catalogue"
        register(depot.desk, depot.by_officer(), rifle_called("EX-10"), depot.rack)

    def test_so_may_it_when_a_weapon_is_identified_or_described_anew(self, depot: Depot) -> None:
        entered(depot, model())
        line = register_quantity(depot.desk, depot.by_officer(), {"item_name": "RIFLE"}, 2, depot.rack).about
        only_the_catalogue(depot)
        assert line is not None
        assert refused(depot, identify, line, rifle_called("EX-9", "Model Q")) == "not_in_catalogue"
        with pytest.raises(Refusal) as refusal:
            describing.describe(depot.desk, depot.by_officer(reason=WHY), depot.rifle, {"model": "Model Q"})
        assert refusal.value.rule == "not_in_catalogue"
        describing.describe(depot.desk, depot.by_officer(reason=WHY), depot.pistol, {"year_of_manufacture": 1990})

    def test_a_chosen_entry_gives_its_spelling(self, depot: Depot) -> None:
        entered(depot, model("Model A", type_code="SA-20"))
        made = described_by(entry(depot, "M-0000001"), rifle_called("EX-9", "x"), this_year=2026, calibre=False)
        assert (made.make, made.model, made.type_code, made.country) == ("Example Works", "Model A", "SA-20", "BE")
        assert [one.code for one in made.calibres] == ["5.56x45"]


class TestFromTheRegister:
    def test_what_weapons_bear_is_proposed_with_its_count(self, depot: Depot) -> None:
        for serial, name in (("EX-2", "Model A"), ("EX-3", "MODEL A"), ("EX-4", "Model B")):
            register(depot.desk, depot.by_officer(), rifle_called(serial, name), depot.rack)
        found = lacking(depot)
        assert [(str(one.model.name), one.weapons) for one in found] == [
            ("Example Works Model A", 3),
            ("Example Works Model B", 1),
            ("Example Works Model P", 1),
        ]
        assert (found[0].model.type_code, [one.code for one in found[0].model.calibres]) == ("SA-40", ["5.56x45"])
        entered(depot, found[0].model)
        assert [str(one.model.name) for one in lacking(depot)] == ["Example Works Model B", "Example Works Model P"]
        assert [str(one) for one in lacking(depot)[0].near] == ["M-0000001 Example Works Model A"]
        with depot.desk.look() as work:
            assert [one.weapons for one in listed_models(work)] == [3]

    def test_a_country_is_proposed_where_they_agree(self, depot: Depot) -> None:
        describing.describe(depot.desk, depot.by_officer(), depot.rifle, {"country_of_manufacture": "FR"})
        with depot.desk.look() as work:
            assert borne_as(work, ModelName("example works", "model a")).model.country == "FR"

    def test_a_name_that_no_weapon_bears_is_not_proposed(self, depot: Depot) -> None:
        with depot.desk.look() as work, pytest.raises(Refusal) as refusal:
            borne_as(work, ModelName("Example Works", "Model Q"))
        assert refusal.value.rule == "not_borne"

    def test_an_alias_settles_what_the_register_bears(self, depot: Depot) -> None:
        entered(depot, model("Pistol One", "Model P", type_code="SA-12"))
        assert "Example Works Model P" not in [str(one.model.name) for one in lacking(depot)]


NAMES = st.sampled_from(["A", "a", "A 1", "A1", "B", "B 2", "b2"])


class Keeping(RuleBasedStateMachine):
    """Officers add, change, retire and withdraw entries as they please; what a rule refuses does not happen."""

    def __init__(self) -> None:
        super().__init__()
        self.depot = depot_in_memory()
        self.acts: list[str] = []

    def _do(self, act: object, *given: object) -> None:
        name = f"act-{len(self.acts)}"
        try:
            act(self.depot.desk, self.depot.by_officer(act=name, reason=WHY), *given)  # type: ignore[operator]
        except Refusal:
            return
        self.acts.append(name)

    def _some(self, data: st.DataObject) -> Subject | None:
        with self.depot.desk.look() as work:
            known = [one.subject for one in catalogue_of(work).entries]
        return data.draw(st.sampled_from(known)) if known else None

    @rule(name=NAMES, alias=NAMES)
    def add(self, name: str, alias: str) -> None:
        self._do(add_model, model(name, alias))

    @rule(data=st.data(), name=NAMES, alias=NAMES)
    def change(self, data: st.DataObject, name: str, alias: str) -> None:
        if some := self._some(data):
            self._do(change_model, some, model(name, alias))

    @rule(data=st.data())
    def retire(self, data: st.DataObject) -> None:
        if some := self._some(data):
            self._do(retire_model, some)

    @rule(names=st.lists(NAMES, max_size=3), alias=NAMES)
    def take_in(self, names: list[str], alias: str) -> None:
        self._do(take_models, [model(name, alias) for name in names])

    @rule(data=st.data())
    def take_back(self, data: st.DataObject) -> None:
        if self.acts:
            self._do(take_back_act, data.draw(st.sampled_from(self.acts)))

    @invariant()
    def no_name_leads_to_two_entries_in_use(self) -> None:
        with self.depot.desk.look() as work:
            keys = [key for one in catalogue_of(work).in_use for key in one.model.keys]
        assert len(keys) == len(set(keys))

    def teardown(self) -> None:
        assert self.depot.breaks() == ()


TestKeeping = Keeping.TestCase
TestKeeping.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
