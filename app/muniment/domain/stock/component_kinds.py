"""The kinds of component that are followed on their own."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from muniment.domain.basics.text import Text, say


class ComponentKind(StrEnum):
    """Parts of a weapon that may carry a mark of their own.

    `FRAME` is the grip frame; `BOLT` includes the bolt carrier; `EXCHANGE_SYSTEM` is a set that changes the calibre
    and brings its own barrel; `OTHER` is the tube, base plate, sight or main body for which there is no own word.
    """

    FRAME = "frame"
    RECEIVER = "receiver"
    UPPER = "upper"
    BARREL = "barrel"
    SLIDE = "slide"
    CYLINDER = "cylinder"
    BOLT = "bolt"
    BREECH_BLOCK = "breech_block"
    EXCHANGE_SYSTEM = "exchange_system"
    GRIPSTOCK = "gripstock"
    OTHER = "other"


COMPONENT_NAMES: Mapping[ComponentKind, Text] = MappingProxyType(
    {
        ComponentKind.FRAME: say("frame"),
        ComponentKind.RECEIVER: say("receiver"),
        ComponentKind.UPPER: say("upper receiver"),
        ComponentKind.BARREL: say("barrel"),
        ComponentKind.SLIDE: say("slide"),
        ComponentKind.CYLINDER: say("cylinder"),
        ComponentKind.BOLT: say("bolt"),
        ComponentKind.BREECH_BLOCK: say("breech block"),
        ComponentKind.EXCHANGE_SYSTEM: say("exchange system"),
        ComponentKind.GRIPSTOCK: say("gripstock"),
        ComponentKind.OTHER: say("other component"),
    }
)
