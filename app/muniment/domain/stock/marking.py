"""The words for marks: what they are, where and how they are struck, and what carries them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from muniment.domain.basics.text import Text, say


class MarkKind(StrEnum):
    """What a mark says."""

    MAKER = "maker"
    FACTORY = "factory"
    COUNTRY = "country"
    YEAR = "year"
    MODEL = "model"
    IMPORT = "import"
    NATIONAL = "national"
    STATE = "state"
    AGENCY = "agency"
    PROOF = "proof"
    ASSEMBLY = "assembly"
    DEACTIVATION = "deactivation"
    ASSIGNED = "assigned"
    OTHER = "other"


class MarkPlace(StrEnum):
    """The part that carries a mark."""

    FRAME = "frame"
    RECEIVER = "receiver"
    TRUNNION = "trunnion"
    BARREL = "barrel"
    SLIDE = "slide"
    CYLINDER = "cylinder"
    BOLT = "bolt"
    STOCK = "stock"
    TUBE = "tube"
    OTHER = "other"


class Side(StrEnum):
    """The side of the part, seen by the firer."""

    LEFT = "left"
    RIGHT = "right"
    TOP = "top"
    UNDERSIDE = "underside"
    FRONT = "front"
    REAR = "rear"
    INSIDE = "inside"


class MarkingMethod(StrEnum):
    """How a mark was made; `DOT_PEEN` is micro-percussion."""

    STAMP = "stamp"
    ROLL = "roll"
    DOT_PEEN = "dot_peen"
    LASER = "laser"
    ENGRAVING = "engraving"
    CAST = "cast"


class FrameMaterial(StrEnum):
    """What frame or receiver are made of."""

    STEEL = "steel"
    ALLOY = "alloy"
    POLYMER_WITH_INSERT = "polymer_with_insert"
    POLYMER_WITHOUT_INSERT = "polymer_without_insert"
    PRINTED_POLYMER = "printed_polymer"
    UNKNOWN = "unknown"

    @property
    def is_bare_polymer(self) -> bool:
        """Whether there is polymer only, without a metal plate for the marks."""
        return self in {FrameMaterial.POLYMER_WITHOUT_INSERT, FrameMaterial.PRINTED_POLYMER}


class MetalInsert(StrEnum):
    """Whether the metal plate that carries the marks of a polymer frame is there."""

    YES = "yes"
    NO = "no"
    REMOVED = "removed"


class ProductionKind(StrEnum):
    """Where a weapon comes from."""

    INDUSTRIAL = "industrial"
    LICENSED_COPY = "licensed_copy"
    CRAFT = "craft"
    IMPROVISED = "improvised"
    PRINTED = "printed"
    CONVERTED = "converted"
    REACTIVATED = "reactivated"
    UNKNOWN = "unknown"


class Microstamp(StrEnum):
    """Whether the weapon leaves a code on the cartridge case."""

    PRESENT = "present"
    ABSENT = "absent"
    UNKNOWN = "unknown"


MARK_KIND_NAMES: Mapping[MarkKind, Text] = MappingProxyType(
    {
        MarkKind.MAKER: say("maker's mark"),
        MarkKind.FACTORY: say("factory mark"),
        MarkKind.COUNTRY: say("country of manufacture"),
        MarkKind.YEAR: say("year of manufacture"),
        MarkKind.MODEL: say("model or type"),
        MarkKind.IMPORT: say("import mark"),
        MarkKind.NATIONAL: say("national mark"),
        MarkKind.STATE: say("mark of state ownership"),
        MarkKind.AGENCY: say("agency mark"),
        MarkKind.PROOF: say("proof mark"),
        MarkKind.ASSEMBLY: say("assembly number"),
        MarkKind.DEACTIVATION: say("deactivation mark"),
        MarkKind.ASSIGNED: say("number assigned in place of the serial"),
        MarkKind.OTHER: say("other mark"),
    }
)

MARK_PLACE_NAMES: Mapping[MarkPlace, Text] = MappingProxyType(
    {
        MarkPlace.FRAME: say("frame"),
        MarkPlace.RECEIVER: say("receiver"),
        MarkPlace.TRUNNION: say("trunnion"),
        MarkPlace.BARREL: say("barrel"),
        MarkPlace.SLIDE: say("slide"),
        MarkPlace.CYLINDER: say("cylinder"),
        MarkPlace.BOLT: say("bolt"),
        MarkPlace.STOCK: say("stock of the weapon"),
        MarkPlace.TUBE: say("tube"),
        MarkPlace.OTHER: say("another part"),
    }
)

SIDE_NAMES: Mapping[Side, Text] = MappingProxyType(
    {
        Side.LEFT: say("left side"),
        Side.RIGHT: say("right side"),
        Side.TOP: say("top"),
        Side.UNDERSIDE: say("underside"),
        Side.FRONT: say("front"),
        Side.REAR: say("rear"),
        Side.INSIDE: say("inside"),
    }
)

MARKING_METHOD_NAMES: Mapping[MarkingMethod, Text] = MappingProxyType(
    {
        MarkingMethod.STAMP: say("stamped"),
        MarkingMethod.ROLL: say("rolled"),
        MarkingMethod.DOT_PEEN: say("dot-peened"),
        MarkingMethod.LASER: say("by laser"),
        MarkingMethod.ENGRAVING: say("engraved"),
        MarkingMethod.CAST: say("cast"),
    }
)

FRAME_MATERIAL_NAMES: Mapping[FrameMaterial, Text] = MappingProxyType(
    {
        FrameMaterial.STEEL: say("steel"),
        FrameMaterial.ALLOY: say("alloy"),
        FrameMaterial.POLYMER_WITH_INSERT: say("polymer with metal insert"),
        FrameMaterial.POLYMER_WITHOUT_INSERT: say("polymer without insert"),
        FrameMaterial.PRINTED_POLYMER: say("printed polymer"),
        FrameMaterial.UNKNOWN: say("not known"),
    }
)

METAL_INSERT_NAMES: Mapping[MetalInsert, Text] = MappingProxyType(
    {
        MetalInsert.YES: say("insert present"),
        MetalInsert.NO: say("no insert"),
        MetalInsert.REMOVED: say("insert removed"),
    }
)

PRODUCTION_KIND_NAMES: Mapping[ProductionKind, Text] = MappingProxyType(
    {
        ProductionKind.INDUSTRIAL: say("industrial"),
        ProductionKind.LICENSED_COPY: say("licensed copy"),
        ProductionKind.CRAFT: say("craft"),
        ProductionKind.IMPROVISED: say("improvised"),
        ProductionKind.PRINTED: say("3-D-printed"),
        ProductionKind.CONVERTED: say("converted"),
        ProductionKind.REACTIVATED: say("reactivated"),
        ProductionKind.UNKNOWN: say("not known"),
    }
)

MICROSTAMP_NAMES: Mapping[Microstamp, Text] = MappingProxyType(
    {
        Microstamp.PRESENT: say("microstamp present"),
        Microstamp.ABSENT: say("no microstamp"),
        Microstamp.UNKNOWN: say("not known"),
    }
)
