"""The other end of the wire: bytes as a scanner sends them, with faults on order.

On a system with pseudo-terminals the wire is one, so the driver opens a device file; over TCP it is a socket,
which works everywhere.
"""

from __future__ import annotations

import os
import secrets
import select
import socket
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Faults:
    """What goes wrong with the next codes.

    `drop` bytes are lost from each code's end, terminator included. `corrupt` is added to each byte of the
    code, modulo 256. `split` cuts what is sent into pieces of that many bytes, `delay_s` apart. `flood` sends
    that many bytes without a terminator in front of the code.
    """

    drop: int = 0
    corrupt: int = 0
    split: int = 0
    delay_s: float = 0.0
    flood: int = 0


NONE = Faults()


class Wire(Protocol):
    """One kind of cord. `url` is what the driver is told to open; it stays the same across unplugging."""

    @property
    def url(self) -> str:
        """The driver's `port` setting."""

    def plug(self) -> None:
        """Make the port appear."""

    def unplug(self) -> None:
        """Make it vanish, with whoever has it open."""

    def send(self, data: bytes) -> None:
        """Put bytes on the wire; dropped when nobody can have them."""


class ScannerEmulator:
    """A scanner at the far end of a wire. Also a `ScannerStage`."""

    def __init__(self, wire: Wire, *, terminator: bytes = b"\r\n") -> None:
        self._wire = wire
        self._terminator = terminator
        self._pause = threading.Event()
        self.faults = NONE
        self.sent = bytearray()
        wire.plug()

    @property
    def url(self) -> str:
        """What the driver is told to open."""
        return self._wire.url

    def present(self, code: bytes | str) -> None:
        """Read a code aloud, subject to the faults on order; see `ScannerStage.present`."""
        faults = self.faults
        raw = code.encode() if isinstance(code, str) else code
        if faults.corrupt:
            raw = bytes((byte + faults.corrupt) % 256 for byte in raw)
        data = raw + self._terminator
        if faults.drop:
            data = data[: -faults.drop]
        self._send(b"#" * faults.flood + data, faults)

    def send(self, data: bytes) -> None:
        """Put bytes on the wire as they are."""
        self._send(data, NONE)

    def unplug(self) -> None:
        """Pull the cord; see `ScannerStage.unplug`."""
        self._wire.unplug()

    def replug(self) -> None:
        """Plug the cord in; see `ScannerStage.replug`."""
        self._wire.plug()

    def stop(self) -> None:
        """End for good."""
        self._pause.set()
        self._wire.unplug()

    def _send(self, data: bytes, faults: Faults) -> None:
        step = faults.split or len(data) or 1
        for start in range(0, len(data), step):
            self._wire.send(data[start : start + step])
            self.sent += data[start : start + step]
            if faults.delay_s and self._pause.wait(faults.delay_s):
                return


class PtyWire:
    """A pseudo-terminal behind a link in `folder`, as udev would name a port. POSIX only."""

    def __init__(self, folder: Path) -> None:
        self._link = folder / "scanner"
        self._ends: tuple[int, int] | None = None

    @property
    def url(self) -> str:
        """The path of the link."""
        return str(self._link)

    def plug(self) -> None:
        """Make a new pseudo-terminal and point the link at it."""
        if self._ends is not None:
            return
        import tty

        near, far = os.openpty()
        tty.setraw(near)
        tty.setraw(far)
        self._ends = near, far
        self._link.symlink_to(os.ttyname(far))

    def unplug(self) -> None:
        """Take the link away and hang up."""
        if self._ends is None:
            return
        self._link.unlink()
        near, far = self._ends
        self._ends = None
        os.close(near)
        os.close(far)

    def send(self, data: bytes) -> None:
        """Write all of it, for at most 5 s if the reader is slow."""
        while data and self._ends is not None:
            near = self._ends[0]
            _, writable, _ = select.select([], [near], [], 5.0)
            if not writable:
                return
            data = data[os.write(near, data[:1024]) :]


_LOWEST_PORT, _PORTS = 20_000, 10_000
LET_GO_S = 5.0


class TcpWire:
    """A listening socket on this computer that serves one reader at a time."""

    def __init__(self) -> None:
        self._port = 0
        self._listening: socket.socket | None = None
        self._peer: socket.socket | None = None
        self._accepting: threading.Thread | None = None
        self._arrived = threading.Condition()

    @property
    def url(self) -> str:
        """The address in the way the serial library writes it."""
        return f"socket://127.0.0.1:{self._port}"

    def plug(self) -> None:
        """Listen, on the same number each time."""
        if self._listening is not None:
            return
        listening = self._bound()
        listening.listen(1)
        self._port = listening.getsockname()[1]
        self._listening = listening
        self._accepting = threading.Thread(target=self._accept, args=(listening,), name="emulator", daemon=True)
        self._accepting.start()

    def _bound(self) -> socket.socket:
        """A socket on the number of before, or on a free one below those that a system gives to callers.

        A caller that is given the very number it calls, while nobody listens there, reaches itself and takes that for
        the device.
        """
        give_up = time.monotonic() + LET_GO_S
        while True:
            port = self._port or _LOWEST_PORT + secrets.randbelow(_PORTS)
            made = socket.socket()
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                made.bind(("127.0.0.1", port))
            except OSError:
                made.close()
                if self._port and time.monotonic() >= give_up:
                    raise
                # The system may take a moment to let go of the socket of before.
                time.sleep(0.01)
            else:
                return made

    def unplug(self) -> None:
        """Stop listening and hang up."""
        with self._arrived:
            listening, self._listening = self._listening, None
            peer, self._peer = self._peer, None
        if listening is not None:
            # A blocked accept is not ended by close alone on every system.
            with socket.socket() as knock:
                knock.settimeout(1)
                knock.connect_ex(("127.0.0.1", self._port))
            listening.close()
            if self._accepting is not None:
                self._accepting.join(1)
        if peer is not None:
            peer.close()

    def send(self, data: bytes) -> None:
        """Send to whoever is connected, waiting at most 2 s for somebody to be."""
        with self._arrived:
            self._arrived.wait_for(self._has_reader, 2.0)
            peer = self._peer
        if peer is not None:
            try:
                peer.sendall(data)
            except OSError:
                self._peer = None

    def _has_reader(self) -> bool:
        return self._peer is not None and not _hung_up(self._peer)

    def _accept(self, listening: socket.socket) -> None:
        while self._listening is listening:
            try:
                peer, _ = listening.accept()
            except OSError:
                return
            with self._arrived:
                if self._listening is not listening:
                    peer.close()
                    return
                peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                previous, self._peer = self._peer, peer
                self._arrived.notify_all()
            if previous is not None:
                previous.close()


def _hung_up(peer: socket.socket) -> bool:
    readable, _, _ = select.select([peer], [], [], 0)
    try:
        return bool(readable) and not peer.recv(1, socket.MSG_PEEK)
    except OSError:
        return True
