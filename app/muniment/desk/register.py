"""An open register, as every face of the program holds it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from muniment.desk.desk import Desk
from muniment.desk.opening import Charter, Realm
from muniment.domain.custody.checkpoints import Checkpoint
from muniment.domain.custody.notes import Suite
from muniment.ports.audit import Audit
from muniment.ports.keys import Signer
from muniment.ports.views import Views


@dataclass(frozen=True, slots=True)
class Register:
    """The desk that works on it, the audit that checks it, what it is, how to let go of it, what screens ask of it.

    `workstation_key` is what this workstation signs it with, made when it is first asked for; `seen` the newest state
    that it remembers; `suites` are the kinds of signature that can be checked.
    """

    desk: Desk
    audit: Audit
    realm: Realm
    depot: str
    close: Callable[[], None]
    views: Views
    workstation_key: Callable[[], Signer]
    seen: Callable[[], Checkpoint | None]
    suites: Mapping[str, Suite]


@dataclass(frozen=True, slots=True)
class PutBack:
    """A register that lost what this workstation has seen of it, open for that to be declared; `forget` it then."""

    register: Register
    lost: Checkpoint | None
    forget: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Examined:
    """A register that is only checked, whether anybody could work in it or not: its audit, and how to let go of it.

    `seen` is what this workstation remembers of it.
    """

    audit: Audit
    close: Callable[[], None]
    seen: Checkpoint | None = None


class Registers(Protocol):
    """Makes and opens registers; a face is handed one and never puts a register together itself."""

    def create(self, where: str, charter: Charter) -> Register:
        """Make a new register in a file or an empty database.

        Raises:
            StoreFault: something is there already, or it cannot be written.
            Refusal: nobody could work in such a register.

        """

    def join(self, where: str) -> Register:
        """Open a register that exists.

        Raises:
            StoreFault: there is none, or it cannot be opened safely.

        """

    def put_back(self, where: str) -> PutBack:
        """Open a register although it may have lost what this workstation has seen of it.

        Raises:
            StoreFault: there is none, or it cannot be opened safely.

        """

    def examine(self, where: str) -> Examined:
        """Open a register to check it, even one in which nobody can work, because its beginning is gone.

        Raises:
            StoreFault: there is none, or it cannot be read.

        """
