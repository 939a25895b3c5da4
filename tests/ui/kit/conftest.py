from __future__ import annotations

from fakes.pages import plain_look

__all__ = ["plain_look"]
