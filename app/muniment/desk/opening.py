"""Opening a register: the genesis fact, the depot, and the first people."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum

from muniment.desk.desk import Answer, Desk
from muniment.desk.people import neat
from muniment.desk.signing import long_enough
from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.facts import Deed, Fact
from muniment.domain.custody.policy import Policy
from muniment.domain.custody.record import SUITE
from muniment.domain.custody.signing_keys import enrol
from muniment.domain.custody.standing import Standing
from muniment.domain.people.authority import Status
from muniment.domain.people.person import PersonRecord, Role
from muniment.domain.places.place import PlaceKind
from muniment.domain.stock.countries import country
from muniment.domain.stock.free_text import tidy
from muniment.ports.keys import Signer
from muniment.ports.work import Work

UNNAMED = "XX"
"""A country for training: ISO 3166-1 leaves this code to its users."""


class Realm(StrEnum):
    """Whether a register is about real weapons. It is said in the first fact and never changes."""

    LIVE = "live"
    TRAINING = "training"


@dataclass(frozen=True, slots=True)
class FirstOfficer:
    """Somebody who can work from the first minute: who, in which roles, with which passphrase."""

    record: PersonRecord
    roles: frozenset[Role]
    passphrase: str


@dataclass(frozen=True, slots=True)
class Charter:
    """What a register is opened with. `country` is the ISO 3166-1 code of two letters; `act` names the first act."""

    depot: str
    country: str
    realm: Realm
    officers: tuple[FirstOfficer, ...]
    policy: Policy = field(default_factory=Policy)
    act: str = ""


def log_name(charter: Charter, random: str) -> str:
    """The name of the log: country, depot, something of its own, and the realm, in plain ASCII.

    >>> log_name(Charter("Depot Nord", "XX", Realm.TRAINING, ()), "abcdefgh")
    'muniment/xx/depot-nord-abcdefgh/training'
    """
    plain = unicodedata.normalize("NFKD", charter.depot).encode("ascii", "ignore").decode().lower()
    depot = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:30] or "depot"
    return f"muniment/{charter.country.lower()}/{depot}-{random}/{charter.realm}"


def may_open(charter: Charter) -> None:
    """Decide whether a register may be opened with this charter.

    Raises:
        Refusal: the depot has no name, the country is none, nobody could work in the register, two officers would sign
            in by one name, or a passphrase is too short.

    """
    if not charter.depot.strip():
        raise Refusal("depot_missing", say("The depot needs a name."), do_now=say("Write the name of the depot."))
    if charter.country != UNNAMED:
        country(charter.country)
    if not any(Role.ARMOURY_OFFICER in officer.roles for officer in charter.officers):
        raise Refusal(
            "no_officer",
            say("A register needs an armoury officer from the start."),
            do_now=say("Name at least one officer with a passphrase."),
        )
    names = [officer.record.sign_in.strip().casefold() for officer in charter.officers]
    if "" in names or len(set(names)) < len(names):
        raise Refusal(
            "sign_in_taken",
            say("Each officer needs a sign-in name of his own."),
            do_now=say("Choose another name for one of them."),
        )
    tidy(charter.depot.strip(), say("The name of the depot"))
    for officer in charter.officers:
        neat(officer.record)
        long_enough("passphrase", officer.passphrase)


def open_register(desk: Desk, charter: Charter, signer: Signer) -> Answer:
    """Tell the first facts of a register: that it was opened, by whose key it is signed, its places, policy, officers.

    Raises:
        Refusal: the register is open already, or the charter is not in order; see `may_open`.

    """
    may_open(charter)
    stored = [desk.passphrases.stored_form(officer.passphrase) for officer in charter.officers]
    with desk.work() as work:
        head = work.head()
        if head.size:
            raise Refusal("already_open", say("This register is open already."), do_now=say("Sign in."))
        people = [desk.fresh(Kind.PERSON) for _ in charter.officers]
        acting = Acting(actor=people[0], at=desk.clock.now())
        facts: list[Fact] = [
            acting.states(
                Deed.REGISTER_OPENED,
                Standing(desk.fresh(Kind.REGISTER)),
                sets={
                    "realm": charter.realm,
                    "depot": charter.depot.strip(),
                    "country": charter.country,
                    "origin": head.log,
                    "suite": SUITE,
                },
            ),
            enrol(desk.fresh(Kind.SIGNING_KEY), signer.suite, signer.public, desk.workstation, acting),
            acting.states(Deed.POLICY_SET, Standing(desk.fresh(Kind.POLICY)), sets=charter.policy.to_fields()),
            *_places(desk, charter, acting),
        ]
        for person, officer, secret in zip(people, charter.officers, stored, strict=True):
            facts += first_facts_of(desk, work, acting, person, officer, secret)
        told = desk.tell(work, charter.act or desk.ids.ordered(), facts)
        return Answer(tuple(told), about=told[0].subject)


def _places(desk: Desk, charter: Charter, acting: Acting) -> list[Fact]:
    depot = desk.fresh(Kind.PLACE)
    beside = {
        PlaceKind.IN_TRANSIT: ("TRANSIT", "In transit"),
        PlaceKind.UNACCOUNTED: ("UNACCOUNTED", "Unaccounted for"),
        PlaceKind.OUTSIDE: ("OUTSIDE", "Outside this register"),
    }
    return [
        acting.states(
            Deed.PLACE_REGISTERED,
            Standing(depot),
            sets={"place_kind": PlaceKind.DEPOT, "code": "DEPOT", "name": charter.depot},
        ),
        acting.states(
            Deed.PLACE_REGISTERED,
            Standing(desk.fresh(Kind.PLACE)),
            sets={"place_kind": PlaceKind.QUARANTINE, "code": "Q", "name": "Quarantine", "parent": depot},
        ),
        *(
            acting.states(
                Deed.PLACE_REGISTERED,
                Standing(desk.fresh(Kind.PLACE)),
                sets={"place_kind": kind, "code": code, "name": name},
            )
            for kind, (code, name) in beside.items()
        ),
    ]


def first_facts_of(
    desk: Desk, work: Work, acting: Acting, person: Subject, officer: FirstOfficer, stored: str
) -> list[Fact]:
    """The facts that make somebody an officer: a person, a passphrase, the roles."""
    commit = work.keep_person(person, neat(officer.record), desk.ids.secret())
    work.keep_credential(person, "passphrase", stored)
    return [
        acting.states(
            Deed.PERSON_REGISTERED,
            Standing(person),
            sets={
                "status": Status.SERVING,
                "roles": [str(role) for role in sorted(officer.roles)],
                "passphrase_sha256": hashlib.sha256(stored.encode()).hexdigest(),
            },
            person_commit=commit,
        )
    ]
