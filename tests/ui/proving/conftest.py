"""The page of proof on the example depot."""

from __future__ import annotations

from fakes.pages import counter, depot, plain_look

__all__ = ["counter", "depot", "plain_look"]
