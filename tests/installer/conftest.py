"""The installer's modules stand beside each other in a folder that is no package."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2] / "installer"))
