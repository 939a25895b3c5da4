"""What the serial scanner driver says of itself."""

from __future__ import annotations

from muniment.ports.devices.manifest import DeviceKind, Manifest, Setting, Tier

MANIFEST = Manifest(
    name="scanner_serial",
    kind=DeviceKind.SCANNER,
    title="Scanner on a serial port",
    summary="Scanners with a serial cable, USB scanners set to serial (CDC) mode, and scanners behind a socket.",
    settings=(
        Setting(
            "port",
            "Port",
            "",
            "COM3, /dev/ttyACM0, or socket://host:port",
            least=1,
            most=200,
        ),
        Setting(
            "baud",
            "Speed",
            9600,
            "As set in the scanner; has no effect on USB and sockets.",
            choices=(1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200),
        ),
        Setting("parity", "Parity", "none", choices=("none", "even", "odd")),
        Setting(
            "aim_ids",
            "The scanner sends symbology identifiers",
            True,
            "Switch off only if codes of your own begin with a closing bracket.",
        ),
        Setting(
            "flush_after_ms",
            "End a code after a pause of (ms)",
            0,
            "0 is off: a code ends with CR or LF. For scanners that cannot send a terminator.",
            least=0,
            most=1000,
        ),
    ),
    libraries=("serial",),
    tier=Tier.BENCH,
)
