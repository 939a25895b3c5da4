"""A real CUPS for tests, on the loopback and out of the machine's own way, with trays that can be looked into.

Needs the packages cups and cups-client, and root: `apt-get install -y --no-install-recommends cups cups-client`.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BACKEND = """#!/bin/sh
# job user title copies options [file]: what is printed lies in the tray; files in it make the printer misbehave
[ $# -eq 0 ] && exit 0
tray=${DEVICE_URI#tray:}
[ -e "$tray/jam" ] && { echo "STATE: +media-jam-error" >&2; exit 4; }
while [ -e "$tray/empty" ]; do echo "STATE: +media-empty-error" >&2; sleep 0.1; done
echo "STATE: -media-empty-error" >&2
cat "${6:--}" > "$tray/$1.pdf" && echo "$3|$4" >> "$tray/out"
"""
SETTINGS = """Listen 127.0.0.1:{port}
Browsing Off
WebInterface No
DefaultErrorPolicy stop-printer
<Location />
  Order allow,deny
  Allow localhost
</Location>
<Policy default>
  <Limit Cancel-Job>
    Require user @OWNER @SYSTEM
    Order deny,allow
  </Limit>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""
FILES = """ServerRoot {home}/etc
RequestRoot {home}/spool
TempDir {home}/spool/tmp
CacheDir {home}/cache
StateDir {home}/run
ServerBin {home}/lib
DataDir /usr/share/cups
ErrorLog {home}/error.log
AccessLog /dev/null
PageLog /dev/null
SystemGroup root
"""


def missing() -> str:
    """Why no CUPS can be had here; empty where one can."""
    if os.name != "posix" or os.geteuid() != 0:
        return "NO CUPS HERE: only root can start one"
    absent = [name for name in ("cupsd", "lpadmin", "cupsdisable", "cupsenable", "cancel", "lpstat") if not _path(name)]
    if absent:
        return f"NO CUPS HERE ({', '.join(absent)}): apt-get install -y --no-install-recommends cups cups-client"
    return ""


class Tray:
    """One print queue of CUPS, and what came out of it."""

    def __init__(self, name: str, folder: Path, server: str) -> None:
        self.name, self._folder, self._server = name, folder, server

    def out(self) -> list[str]:
        """Name of each attempt that came out, once for each copy."""
        file = self._folder / "out"
        lines = file.read_text().splitlines() if file.exists() else []
        return [line.rpartition("|")[0] for line in lines for _ in range(int(line.rpartition("|")[2]))]

    def starve(self) -> None:
        (self._folder / "empty").touch()

    def feed(self) -> None:
        (self._folder / "empty").unlink(missing_ok=True)

    def jam(self) -> None:
        (self._folder / "jam").touch()

    def clear_jam(self) -> None:
        (self._folder / "jam").unlink(missing_ok=True)

    def disable(self) -> None:
        self.run("cupsdisable", self.name)

    def enable(self) -> None:
        self.run("cupsenable", self.name)

    def cancel_all(self) -> None:
        self.run("cancel", "-a", self.name)

    def pending(self) -> int:
        return len(self.run("lpstat", "-W", "not-completed", "-o", self.name).splitlines())

    def run(self, program: str, *words: str) -> str:
        environment = os.environ | {"CUPS_SERVER": self._server}
        found = _path(program)
        assert found is not None
        return subprocess.run([found, *words], env=environment, check=True, capture_output=True, text=True).stdout


class Cups:
    """A running print system."""

    def __init__(self, home: Path, port: int) -> None:
        self._home, self.server = home, f"127.0.0.1:{port}"
        self._count = 0

    def tray(self) -> Tray:
        """A new printer."""
        self._count += 1
        folder = self._home / f"tray{self._count}"
        folder.mkdir()
        folder.chmod(0o777)
        made = Tray(f"Tray{self._count}", folder, self.server)
        made.run("lpadmin", "-p", made.name, "-E", "-v", f"tray:{folder}", "-m", "raw")
        return made


@contextmanager
def running() -> Iterator[Cups]:
    """Start CUPS and stop it again."""
    with tempfile.TemporaryDirectory(prefix="cups", dir="/tmp") as name, socket.socket() as free:
        home = Path(name)
        home.chmod(0o755)
        for folder in ("etc/ppd", "spool/tmp", "cache", "run", "lib/backend"):
            (home / folder).mkdir(parents=True)
        for part in Path("/usr/lib/cups").iterdir():
            if part.name != "backend":
                (home / "lib" / part.name).symlink_to(part)
        backend = home / "lib/backend/tray"
        backend.write_text(BACKEND)
        backend.chmod(0o755)
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        (home / "cupsd.conf").write_text(SETTINGS.format(port=port))
        (home / "cups-files.conf").write_text(FILES.format(home=home))
        words = [str(_path("cupsd")), "-f", "-c", str(home / "cupsd.conf"), "-s", str(home / "cups-files.conf")]
        daemon = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            _await(port)
            yield Cups(home, port)
        finally:
            daemon.terminate()
            daemon.wait(10)


def _await(port: int) -> None:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("CUPS does not listen")


def _path(name: str) -> str | None:
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
