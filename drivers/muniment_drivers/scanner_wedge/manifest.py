"""What the keyboard-mode scanner driver says of itself."""

from __future__ import annotations

from muniment.ports.devices.manifest import DeviceKind, Manifest, Setting, Tier

MANIFEST = Manifest(
    name="scanner_wedge",
    kind=DeviceKind.SCANNER,
    title="Scanner in keyboard mode",
    summary="For scanners that can only act as a keyboard. Serial mode is safer wherever the scanner has it.",
    settings=(
        Setting(
            "prefix",
            "Keys before each code",
            "Ctrl+B",
            "Program the scanner to send STX. Leave empty to tell scans from typing by speed alone.",
            most=60,
        ),
        Setting(
            "suffix",
            "Keys after each code",
            "Enter",
            "Several keys are parted by spaces: Ctrl+C Enter.",
            least=1,
            most=60,
        ),
        Setting("longest", "Longest code", 1024, "Characters.", least=16, most=8192),
        Setting(
            "pause_ms",
            "Longest pause inside a code (ms)",
            300,
            "After a longer pause the code is thrown away.",
            least=50,
            most=2000,
        ),
        Setting("aim_ids", "The scanner sends symbology identifiers", True),
    ),
    libraries=(),
    tier=Tier.PRACTICE,
)
