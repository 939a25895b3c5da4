"""What the first start offers, decided without a screen. Runs on the desk's thread."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from muniment.desk.opening import UNNAMED, Charter, FirstOfficer, Realm, may_open
from muniment.desk.register import Register, Registers
from muniment.desk.signing import long_enough
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.people.person import PersonRecord, Role
from muniment.domain.stock.countries import countries

SUFFIX = ".muniment"

REALMS: tuple[tuple[str, Text], ...] = (
    (Realm.LIVE.value, say("Real weapons")),
    (Realm.TRAINING.value, say("Training, nothing in it is real")),
)

_FIELDS = {
    "depot_missing": "depot",
    "country_unknown": "country",
    "country_missing": "country",
    "no_officer": "name",
    "sign_in_taken": "second_sign_in",
    "secret_too_short": "passphrase",
    "secrets_differ": "again",
    "second_secrets_differ": "second_again",
    "second_secret_too_short": "second_passphrase",
    "second_missing": "second_name",
    "name_missing": "name",
    "path_missing": "path",
}


class WelcomePresenter:
    """Makes or opens a register. `default` is where one is put unless another place is named."""

    def __init__(self, registers: Registers, default: Path) -> None:
        self._registers, self.default = registers, default

    def country_offers(self) -> tuple[tuple[str, str], ...]:
        """Nothing chosen, today's countries in order of name, and last the code that no country has, for training."""
        known = sorted((one.name, one.alpha2) for one in countries() if not one.is_historic)
        return (("", "–"), *((code, f"{name} ({code})") for name, code in known), (UNNAMED, f"– ({UNNAMED})"))

    def make(self, given: Mapping[str, str]) -> Register:
        """Make a register and answer it, open.

        Two persons are named from the start, because what gives rights back or lets a weapon leave the book takes two.

        Raises:
            Refusal: something is missing or not in order; see `field_of` for where.
            StoreFault: there is a file of that name, or it cannot be written.

        """
        if not given["country"]:
            raise Refusal("country_missing", say("No country is chosen."), do_now=say("Choose the depot's country."))
        charter = Charter(given["depot"].strip(), given["country"], Realm(given["realm"]), _officers(given))
        may_open(charter)
        path = _path(given["path"])
        path.parent.mkdir(parents=True, exist_ok=True)
        return self._registers.create(str(path), charter)

    def open(self, path: str) -> Register:
        """Open a register that is there.

        Raises:
            Refusal: no file is named.
            StoreFault: there is none, or it cannot be opened safely.

        """
        return self._registers.join(str(_path(path)))


def field_of(refusal: Refusal) -> str:
    """The field that a refusal is about; empty where it is about the whole."""
    return _FIELDS.get(refusal.rule, "")


def _officers(given: Mapping[str, str]) -> tuple[FirstOfficer, ...]:
    first, second = given["name"].strip(), given["second_name"].strip()
    if not first:
        raise Refusal("name_missing", say("The officer needs a name."), do_now=say("Write the name."))
    if not second:
        raise Refusal(
            "second_missing",
            say("A second officer is missing."),
            do_now=say("Name one: some acts take two persons from the first day."),
        )
    if given["passphrase"] != given["again"]:
        raise Refusal("secrets_differ", say("The two passphrases differ."), do_now=say("Type it once more."))
    if given["second_passphrase"] != given["second_again"]:
        raise Refusal("second_secrets_differ", say("The two passphrases differ."), do_now=say("Type it once more."))
    long_enough("passphrase", given["passphrase"])
    try:
        long_enough("passphrase", given["second_passphrase"])
    except Refusal as refusal:
        raise Refusal("second_secret_too_short", refusal.says, do_now=refusal.do_now) from None
    return (
        FirstOfficer(
            PersonRecord(name=first, sign_in=given["sign_in"].strip()),
            frozenset({Role.ADMINISTRATOR, Role.ARMOURY_OFFICER}),
            given["passphrase"],
        ),
        FirstOfficer(
            PersonRecord(name=second, sign_in=given["second_sign_in"].strip()),
            frozenset({Role.SECOND_OFFICER}),
            given["second_passphrase"],
        ),
    )


def _path(written: str) -> Path:
    if not written.strip():
        raise Refusal("path_missing", say("No file is named."), do_now=say("Name a file, or keep the one proposed."))
    path = Path(written.strip()).expanduser()
    return path if path.suffix else path.with_suffix(SUFFIX)
