"""Whose a weapon is, and what it is kept for."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from muniment.domain.basics.text import Text, say


class LegalStatus(StrEnum):
    """By which right a weapon lies in the store."""

    SERVICE = "service"
    RESERVE = "reserve"
    TRAINING = "training"
    EVIDENCE = "evidence"
    SEIZED = "seized"
    FOUND = "found"
    SURRENDERED = "surrendered"
    CONFISCATED = "confiscated"
    PRIVATE_DEPOSIT = "private_deposit"
    MUSEUM = "museum"
    ON_LOAN = "on_loan"


class StockCategory(StrEnum):
    """What own stock is kept for."""

    OPERATIONAL = "operational"
    WAR_RESERVE = "war_reserve"
    TRAINING = "training"
    EXPERIMENTAL = "experimental"
    AWAITING_DISPOSAL = "awaiting_disposal"


_FOR_USE = frozenset({LegalStatus.SERVICE, LegalStatus.RESERVE, LegalStatus.TRAINING})
_TAKEN = frozenset({LegalStatus.SEIZED, LegalStatus.FOUND, LegalStatus.SURRENDERED})


def own_stock(status: LegalStatus) -> bool:
    """Whether the state may dispose of it: its stock in use, and what was confiscated for good.

    Exhibits, what was seized, found or surrendered, deposits, museum pieces and loans are kept, not owned.
    """
    return status in _FOR_USE or status is LegalStatus.CONFISCATED


def meets_need(status: LegalStatus) -> bool:
    """Whether it counts towards what the units need; confiscated weapons are owned, but are disposed of."""
    return status in _FOR_USE


def taken_in(status: LegalStatus) -> bool:
    """Whether it was seized, found or surrendered: the three ways that indicator 16.4.2 counts."""
    return status in _TAKEN


LEGAL_STATUS_NAMES: Mapping[LegalStatus, Text] = MappingProxyType(
    {
        LegalStatus.SERVICE: say("state-owned, in service"),
        LegalStatus.RESERVE: say("reserve"),
        LegalStatus.TRAINING: say("training"),
        LegalStatus.EVIDENCE: say("evidence"),
        LegalStatus.SEIZED: say("seized"),
        LegalStatus.FOUND: say("found"),
        LegalStatus.SURRENDERED: say("surrendered"),
        LegalStatus.CONFISCATED: say("confiscated to the state"),
        LegalStatus.PRIVATE_DEPOSIT: say("private deposit"),
        LegalStatus.MUSEUM: say("museum"),
        LegalStatus.ON_LOAN: say("on loan"),
    }
)

STOCK_CATEGORY_NAMES: Mapping[StockCategory, Text] = MappingProxyType(
    {
        StockCategory.OPERATIONAL: say("operational"),
        StockCategory.WAR_RESERVE: say("war reserve"),
        StockCategory.TRAINING: say("training"),
        StockCategory.EXPERIMENTAL: say("experimental"),
        StockCategory.AWAITING_DISPOSAL: say("awaiting disposal"),
    }
)
