"""What the print system of this machine says: which printers there are, how they stand, what became of a job."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from muniment.paper.printers.ipp import NOT_FOUND, NOT_POSSIBLE, Address, Group, NoAnswer, NotDone, Operation, Tag, ask
from muniment.ports.paper import Cause, Condition, End, Outcome

_REASONS: Mapping[str, Cause] = {
    "media-empty": Cause.OUT_OF_PAPER,
    "media-needed": Cause.OUT_OF_PAPER,
    "media-jam": Cause.JAMMED,
    "cover-open": Cause.COVER_OPEN,
    "door-open": Cause.COVER_OPEN,
    "interlock-open": Cause.COVER_OPEN,
    "marker-supply-empty": Cause.NO_INK,
    "toner-empty": Cause.NO_INK,
    "offline": Cause.GONE,
    "shutdown": Cause.GONE,
    "timed-out": Cause.GONE,
    "connecting-to-device": Cause.GONE,
    "paused": Cause.STOPPED,
}
"""Reasons that keep a printer from printing. Source: RFC 8011, section 5.4.12; CUPS adds `offline`."""

_MILD = ("-report", "-warning")
_BUSY, _STOPPED = 4, 5
_HELD, _PROCESSING, _JOB_STOPPED, _CANCELED, _ABORTED, _COMPLETED = 4, 5, 6, 7, 8, 9
_SOCKETS = ("/run/cups/cups.sock", "/var/run/cups/cups.sock", "/private/var/run/cupsd")
_PRINTER = ("printer-name", "printer-state", "printer-state-reasons", "printer-state-message")


@dataclass(frozen=True, slots=True)
class Spooler:
    """A print system that can be asked."""

    address: Address
    user: str

    def printers(self) -> list[str]:
        """The names of all printers, the default first.

        Raises:
            NoAnswer: the print system cannot be reached.

        """
        wanted = ((Tag.KEYWORD, "requested-attributes", ("printer-name",)),)
        found: list[str] = []
        for operation in (Operation.GET_DEFAULT, Operation.GET_PRINTERS):
            try:
                groups = ask(self.address, operation, wanted)
            except NotDone:
                continue  # there is no default, or no printer
            found += sorted(str(name) for group in groups for name in group.get("printer-name", ()))
        return list(dict.fromkeys(found))

    def print(self, printer: str, name: str, copies: int, media: str, file: bytes) -> None:
        """Hand over a PDF as one job.

        Raises:
            NoAnswer: it was sent, at least in part, and nobody says whether it was taken.
            NotDone: it was not taken.

        """
        ask(
            self.address,
            Operation.PRINT_JOB,
            (
                (Tag.URI, "printer-uri", (_uri(printer),)),
                (Tag.NAME, "requesting-user-name", (self.user,)),
                (Tag.NAME, "job-name", (name,)),
                (Tag.MEDIA_TYPE, "document-format", ("application/pdf",)),
            ),
            ((Tag.INTEGER, "copies", (copies,)), (Tag.KEYWORD, "media", (media,))),
            file,
        )

    def condition(self, printer: str) -> Condition:
        """How a printer stands."""
        try:
            found = ask(
                self.address,
                Operation.GET_PRINTER,
                (
                    (Tag.URI, "printer-uri", (_uri(printer),)),
                    (Tag.KEYWORD, "requested-attributes", (*_PRINTER, "printer-is-accepting-jobs")),
                ),
            )
        except (NoAnswer, NotDone) as error:
            return Condition(Cause.GONE, str(error))
        return condition_of(found[0]) if found else Condition(Cause.GONE)

    def outcome(self, printer: str, name: str) -> Outcome:
        """What became of the job with a name that is used once only."""
        try:
            job = self._job(printer, name)
        except NoAnswer as error:
            return Outcome(End.UNDER_WAY, Cause.SILENT, str(error))
        except NotDone as error:
            return Outcome(End.UNKNOWN, Cause.GONE, str(error))
        if job is None:
            return Outcome(End.UNKNOWN, Cause.NOT_TOLD)
        said = " ".join(str(part) for part in job.get("job-printer-state-message", ()))
        state = _whole(job, "job-state")
        if state == _COMPLETED:
            return Outcome(End.PRINTED)
        if state in (_CANCELED, _ABORTED):
            return Outcome(End.FAILED, Cause.TAKEN_BACK if state == _CANCELED else Cause.GIVEN_UP, said)
        stands = self.condition(printer)
        if state in (_HELD, _JOB_STOPPED) or stands.stopped:
            return Outcome(End.FAILED, stands.cause or Cause.STOPPED, stands.detail or said)
        return Outcome(End.UNDER_WAY, stands.cause, stands.detail)

    def withdraw(self, printer: str, name: str) -> bool:
        """Cancel a job; whether nothing more of it will come out."""
        try:
            job = self._job(printer, name)
            if job is None or _whole(job, "job-state") in (_CANCELED, _ABORTED, _COMPLETED):
                return True
            ask(
                self.address,
                Operation.CANCEL_JOB,
                (
                    (Tag.URI, "printer-uri", (_uri(printer),)),
                    (Tag.INTEGER, "job-id", (_whole(job, "job-id"),)),
                    (Tag.NAME, "requesting-user-name", (self.user,)),
                ),
            )
        except NoAnswer:
            return False
        except NotDone as error:
            # Done or gone meanwhile: then there is nothing left to cancel.
            return error.status in (NOT_FOUND, NOT_POSSIBLE)
        return True

    def _job(self, printer: str, name: str) -> Group | None:
        for which in ("not-completed", "completed"):
            found = ask(
                self.address,
                Operation.GET_JOBS,
                (
                    (Tag.URI, "printer-uri", (_uri(printer),)),
                    (Tag.NAME, "requesting-user-name", (self.user,)),
                    (Tag.INTEGER, "limit", (500,)),
                    (Tag.KEYWORD, "which-jobs", (which,)),
                    (
                        Tag.KEYWORD,
                        "requested-attributes",
                        ("job-id", "job-name", "job-state", "job-printer-state-message"),
                    ),
                ),
            )
            for job in found:
                if name in job.get("job-name", ()):
                    return job
        return None


def this_machines_spooler() -> Spooler | None:
    """The print system of this machine, if it is one that can be asked (CUPS); it may be silent all the same."""
    if sys.platform == "win32":
        return None
    import pwd

    user = pwd.getpwuid(os.getuid()).pw_name
    named = os.environ.get("CUPS_SERVER") or _configured()
    if named:
        return Spooler(address_named(named), user)
    socket = next((path for path in _SOCKETS if Path(path).exists()), "")
    return Spooler(Address(path=socket), user)


def _configured() -> str:
    for file in (Path.home() / ".cups/client.conf", Path("/etc/cups/client.conf")):
        try:
            lines = file.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            continue
        for line in lines:
            word, _, rest = line.strip().partition(" ")
            if word.lower() == "servername" and rest.strip():
                return rest.strip()
    return ""


def address_named(named: str) -> Address:
    """Where a print system listens that is named as CUPS names it: a host, a host with a port, a path."""
    if named.startswith("/"):
        return Address(path=named)
    host, _, port = named.partition("/")[0].rpartition(":")
    if host and port.isdecimal():
        return Address(host.strip("[]"), int(port))
    return Address(named.partition("/")[0].strip("[]"))


def _uri(printer: str) -> str:
    return f"ipp://localhost/printers/{printer}"


def _whole(group: Group, name: str) -> int:
    value = next(iter(group.get(name, ())), 0)
    return value if isinstance(value, int) else 0


def condition_of(printer: Group) -> Condition:
    """How a printer stands.

    A printer at rest is ready whatever reasons it gives: they are those of its last job, and only the next one can
    tell that there is paper again.
    """
    said = " ".join(str(part) for part in printer.get("printer-state-message", ()) if part)
    state = _whole(printer, "printer-state")
    accepting = next(iter(printer.get("printer-is-accepting-jobs", (True,))))
    if accepting and state not in (_BUSY, _STOPPED):
        return Condition(None, said)
    for reason in map(str, printer.get("printer-state-reasons", ())):
        plain = reason
        for mild in (*_MILD, "-error"):
            plain = plain.removesuffix(mild)
        # CUPS tells of a printer that is switched off as a mere report.
        if plain in _REASONS and (not reason.endswith(_MILD) or plain == "offline"):
            return Condition(_REASONS[plain], said, stopped=state == _STOPPED)
    return Condition(Cause.STOPPED if state == _STOPPED or not accepting else None, said, stopped=state == _STOPPED)
