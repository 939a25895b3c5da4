"""Get Muniment going on a machine that has never seen it.

    python3 installer/start.py demo      set up, and open the demonstration depot
    python3 installer/start.py test      set up, and run the tests (more words are handed to pytest)
    python3 installer/start.py prove     set up, and try to break the promises; goes on where it was stopped
    python3 installer/start.py setup     set up only

On Windows say `py` instead of `python3`. Only the standard library is used. Every verb sets up what is
missing and leaves alone what is there. Exit status: 0 done, 1 stopped with advice, 2 wrong usage,
130 interrupted; `demo` and `test` otherwise end as Muniment and pytest do.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from environment import Environment
from stop import UNTOUCHED, Stop
from system_packages import ENVIRONMENT, TESTS, WINDOW, provide

TOP = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)
SIDE_BY_SIDE = 4
"""Processes the tests are spread over at most: more gain nothing and crowd out the timing ones."""


def main(arguments: Sequence[str]) -> int:
    """Do what the verb says and give the exit status."""
    chosen, rest = _words(arguments)
    try:
        check_python(sys.version_info[:2])
        wheels = chosen.wheels.resolve() if chosen.wheels else None
        if not chosen.without_packages:
            provide(ENVIRONMENT + WINDOW + (TESTS if chosen.verb in ("test", "prove") else ()), say)
        environment = Environment(TOP, say, wheels)
        changed = environment.make_current()
        if chosen.verb == "demo":
            return demo(environment, rest)
        if chosen.verb == "test":
            return test(environment, rest)
        if chosen.verb == "prove":
            return prove(environment, rest)
        say("Muniment is set up." if changed else "Muniment is set up already.")
        say(f"Start it with: {_shown(environment.python.with_name('muniment'))}")
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 1
    except OSError as error:
        advice = "see that this folder may be written and the disk is not full, then start again."
        print(Stop(f"the system refused: {error}.", safe=UNTOUCHED, now=advice), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        advice = "start again when you like; a half-made environment is rebuilt."
        print(Stop("you stopped it.", safe=UNTOUCHED, now=advice), file=sys.stderr)
        return 130
    return 0


def check_python(version: tuple[int, int]) -> None:
    """Refuse a Python that is too old, before anything is built with it.

    Raises:
        Stop: the version is older than `OLDEST`.

    """
    if version < OLDEST:
        raise Stop(
            f"this is Python {version[0]}.{version[1]}; Muniment needs {OLDEST[0]}.{OLDEST[1]} or newer.",
            safe="Nothing was changed.",
            now="install Python 3.11, 3.12 or 3.13 (Debian 12 has it) and start with that one,"
            " such as `python3.11 installer/start.py demo`, on Windows `py -3.11 installer/start.py demo`.",
        )


def demo(environment: Environment, rest: Sequence[str]) -> int:
    """Open the demonstration depot; without a screen, play its day in the terminal."""
    words = ["-m", "muniment", "demo", *rest]
    if not has_display() and "--headless" not in rest:
        say("There is no display here, so the demonstration runs in the terminal.")
        words.append("--headless")
    return environment.run(words, {})


def test(environment: Environment, rest: Sequence[str]) -> int:
    """Run the tests without opening a window, unless QT_QPA_PLATFORM asks for one."""
    # Tests of one file stay together: what a file sets up once (a database server) is set up once.
    spread = ["-n", str(min(os.cpu_count() or 1, SIDE_BY_SIDE)), "--dist", "loadfile"]
    variables = {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    return environment.run(["-m", "pytest", *(rest or spread)], variables)


def prove(environment: Environment, rest: Sequence[str]) -> int:
    """Try to break the promises; what came of it stands in docs/promises.md."""
    paths = os.pathsep.join(str(TOP / part) for part in ("app", "drivers", "db", "tests"))
    more = {"PYTHONPATH": paths, "QT_QPA_PLATFORM": "offscreen"}
    return environment.run(["-m", "promises.prove", *rest], more)


def has_display() -> bool:
    """Whether a window can be opened; a desktop is taken for granted outside Linux."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def say(line: str) -> None:
    """Tell the person at the keyboard, at once even into a pipe."""
    print(line, flush=True)


def _shown(path: Path) -> str:
    """Write a path as short as it can be typed from where the person is."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def _words(arguments: Sequence[str]) -> tuple[argparse.Namespace, list[str]]:
    lines = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="start.py", description=__doc__, formatter_class=lines, allow_abbrev=False)
    parser.add_argument("verb", choices=("setup", "demo", "test", "prove"))
    parser.add_argument("--wheels", type=Path, metavar="DIR", help="install from this folder, not the network")
    parser.add_argument("--without-packages", action="store_true", help="go on although system packages are missing")
    chosen, rest = parser.parse_known_args(arguments)
    if rest and chosen.verb == "setup":
        parser.error(f"setup does not know {' '.join(rest)}")
    return chosen, rest


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
