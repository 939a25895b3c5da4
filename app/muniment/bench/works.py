"""The works that are measured, each beside its raw limit in the same run."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

from muniment.bench import raw
from muniment.bench.filling import fill
from muniment.bench.listing import import_list_of_weapons
from muniment.bench.reading import partial_serial, register_screen
from muniment.desk.desk import Deposition, Officer
from muniment.desk.hatch import Wanted, issue_item, return_item
from muniment.desk.register import Register, Registers
from muniment.desk.signing import sign_in
from muniment.domain.basics.text import say
from muniment.ports.work import StoreFault
from muniment.training.demonstration import CHARTER, OFFICER, PASSPHRASE, furnish

MOVEMENTS = 600
ROUNDS = 4


@dataclass(frozen=True, slots=True)
class Measured:
    """What a work took and what the least is: `ratio` is ours to the limit. `goal` says what must be reached."""

    what: str
    ours: float
    limit: float
    ratio: float
    unit: str
    goal: str
    met: bool
    note: str = ""


def measure(
    registers: Registers,
    works: Sequence[str],
    size: int,
    keep: Path | None,
    tell: Callable[[str], None],
    measured: Callable[[str, dict[str, object]], None],
) -> Mapping[str, dict[str, object]]:
    """Measure the named works, or all, on a register of `size` weapons made for it; `measured` hears of each at once.

    In the folder `keep` the register is left, and taken up again by the next run of the same size. Of a work that
    failed there is no figure but why, under the name `failed`; the others are measured all the same.

    Raises:
        KeyError: there is no work of that name; its arguments are the name and those that there are.
        StoreFault: nothing can be kept in that folder.

    """
    known = {name.casefold(): name for name in WORKS}
    for name in works:
        if name.casefold() not in known:
            raise KeyError(name, tuple(WORKS))
    chosen = [known[name.casefold()] for name in works] or list(WORKS)
    if keep is not None:
        _may_write(keep)
    found: dict[str, dict[str, object]] = {}
    with (
        tempfile.TemporaryDirectory(prefix="muniment-bench-") as folder,
        closing(Bench(registers, Path(folder), size, tell, keep)) as bench,
    ):
        for name in chosen:
            tell(f"{name} …")
            try:
                found[name] = asdict(WORKS[name](bench))
            except Exception as error:  # told, and the figures of the others are not lost by it
                found[name] = {"failed": _why(error)}
            measured(name, found[name])
    return found


def _forget(half: Path) -> None:
    for left in half.parent.glob(f"{half.name}*"):
        left.unlink()


def _may_write(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise StoreFault(
            say("Nothing can be kept in {path}: {why}.", path=str(folder), why=error.strerror or "?"),
            say("Nothing was measured."),
            say("Name a folder in which you may write with --keep, or leave it out."),
        ) from error


def _why(error: Exception) -> str:
    """Why a work failed; of a program that failed, its last words."""
    said = error.stderr.strip().splitlines() if isinstance(error, subprocess.CalledProcessError) else []
    return said[-1] if said else f"{type(error).__name__}: {error}"


class Bench:
    """A register of a given size, made once and used by every work that needs one."""

    def __init__(
        self, registers: Registers, folder: Path, size: int, tell: Callable[[str], None], keep: Path | None = None
    ) -> None:
        self.registers, self.folder, self.size, self._tell = registers, folder, size, tell
        self._register: Register | None = None
        self.path = (keep or folder) / f"bench-{size}.muniment"

    @property
    def register(self) -> Register:
        """The register, made at the first asking where none is kept."""
        if self._register is None:
            self._register = self._kept() or self._made()
        return self._register

    def _kept(self) -> Register | None:
        """The one an earlier run left, unless another version of the program made it."""
        if not self.path.exists():
            return None
        try:
            return self.registers.join(str(self.path))
        except StoreFault as fault:
            self._tell(str(fault.says))
            return None

    def _made(self) -> Register:
        self._tell(f"making a register of {self.size} weapons")
        self.path.parent.mkdir(parents=True, exist_ok=True)
        half = self.path.with_suffix(".half")
        try:
            _forget(half)
            with closing(self.registers.create(str(half), CHARTER)) as made:
                furnish(made)
                fill(made, self.size)
            half.replace(self.path)  # last, so that a run that was cut off leaves nothing that looks whole
        finally:
            _forget(half)
        return self.registers.join(str(self.path))

    @property
    def officer(self) -> Officer:
        """Somebody who may do everything that is measured."""
        return sign_in(self.register.desk, OFFICER, PASSPHRASE)

    def close(self) -> None:
        """Let go of the register."""
        if self._register is not None:
            self._register.close()


def scan_and_move(bench: Bench) -> Measured:
    """W1: scan, identify, check authority, append durably, update what screens read, answer."""
    desk = bench.register.desk
    said = Deposition(bench.officer)
    limit = raw.Movements(bench.folder / "raw-movements.db", min(bench.size, 100_000))
    with desk.look() as work:
        person = work.person_by("D-101")
    if person is None:
        raise LookupError("the demonstration depot lacks a soldier")
    ours: list[float] = []
    least: list[float] = []
    for lap in range(ROUNDS):
        for nth in range(MOVEMENTS // ROUNDS):
            code = f"BENCH-{(lap * 7919 + nth * 104_729) % bench.size:08d}"
            began = time.perf_counter()
            with desk.look() as work:
                item = work.bound_to(code)
            if item is None:
                raise LookupError(code)
            issue_item(desk, said, item, Wanted(person))
            ours.append(time.perf_counter() - began)
            return_item(desk, said, item)
            began = time.perf_counter()
            limit.move(lap * MOVEMENTS + nth)
            least.append(time.perf_counter() - began)
    limit.close()
    ours.sort()
    p99_ms = ours[int(len(ours) * 0.99)] * 1000
    return measured(
        "scan, identify, check, append durably, answer",
        statistics.median(ours) * 1000,
        statistics.median(least) * 1000,
        "ms",
        "<= 5 x one raw commit, p99 < 10 ms",
        lambda ratio: ratio <= 5 and p99_ms < 10,
        f"p99 {p99_ms:.2f} ms",
    )


def verify_all(bench: Bench) -> Measured:
    """W8: canonical form, chain, fold and comparison of every row."""
    audit = bench.register.audit
    began = time.perf_counter()
    verdict = audit.verify(lambda _done, _count: True)
    ours = time.perf_counter() - began
    if verdict.breaks:
        raise AssertionError(verdict.breaks[:3])
    began = time.perf_counter()
    raw.read_and_hash(bench.path)
    least = time.perf_counter() - began
    per_million = ours / verdict.facts * 1_000_000
    return measured(
        f"verify {verdict.facts} facts",
        ours,
        least,
        "s",
        "< 15 s for a million facts",
        lambda _ratio: per_million < 15,
        f"{per_million:.1f} s a million, {peak_mib():.0f} MiB at most so far",
    )


def start(bench: Bench) -> Measured:
    """W10: from the start of the program to the first paint, and on until an officer can scan."""
    where = str(bench.path)
    bench.register.desk  # noqa: B018 - made before the clock starts
    bare, paint, usable, memory = [], [], [], 0.0
    for lap in range(4):
        least = float(run_module(bench, "muniment.bench.bare_window"))
        told = run_module(bench, "muniment.bench.first_paint", where).split()
        if not told:
            raise TimeoutError("no officer could scan in the end")
        first, ready, memory = map(float, told)
        if lap:  # the first lap warms the caches
            bare.append(least)
            paint.append(first)
            usable.append(ready - first)
    ready_ms = statistics.median(usable)
    return measured(
        "first paint of the desktop",
        statistics.median(paint),
        statistics.median(bare),
        "ms",
        "<= 2 x a bare window; usable < 1000 ms after it; < 250 MiB",
        lambda ratio: ratio <= 2 and ready_ms < 1000 and memory < 250,
        f"usable {ready_ms:.0f} ms later, {memory:.0f} MiB",
    )


WORKS: Mapping[str, Callable[[Bench], Measured]] = {
    "W1": scan_and_move,
    "W2": import_list_of_weapons,
    "W4": partial_serial,
    "W4b": register_screen,
    "W8": verify_all,
    "W10": start,
}


def run_module(bench: Bench, module: str, *words: str) -> str:
    """Run a module by itself; both it and Qt's are compiled by the first lap, as they are where they are installed."""
    compiled = {**os.environ, "PYTHONPYCACHEPREFIX": str(bench.folder / "compiled")}
    if not _has_display():
        compiled.setdefault("QT_QPA_PLATFORM", "offscreen")
    compiled.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(  # noqa: S603 - our own modules
        [sys.executable, "-m", module, *words], capture_output=True, text=True, check=True, env=compiled
    )
    return done.stdout


def _has_display() -> bool:
    """Whether a window can be opened; a desktop is taken for granted outside Linux."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def measured(
    what: str, ours: float, limit: float, unit: str, goal: str, met: Callable[[float], bool], note: str
) -> Measured:
    """What a work took beside its limit; `met` is given the ratio."""
    ratio = ours / limit
    return Measured(what, round(ours, 3), round(limit, 3), round(ratio, 2), unit, goal, met(ratio), note)


def peak_mib() -> float:
    """The most memory this process has held so far."""
    try:
        import resource
    except ImportError:  # Windows has no such book-keeping here
        return 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
