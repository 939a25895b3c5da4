"""From a list and its mapping to a plan: what would become of every row. Nothing is written here."""

from __future__ import annotations

from muniment.exchange.importing.planning import ListReading, plan_list, read_list
from muniment.exchange.importing.preview import preview_json, preview_lines, problems_json

__all__ = ["ListReading", "plan_list", "preview_json", "preview_lines", "problems_json", "read_list"]
