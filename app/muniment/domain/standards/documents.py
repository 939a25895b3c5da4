"""The documents Muniment cites for weapons. MOSAIC and the instruments are cited as a whole only.

Titles say what a document is about; they are names, and not translated here.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from muniment.domain.standards.clause import Clause, Document, Standing

_UN = "United Nations"


def _mosaic(number: str, title: str) -> Document:
    return Document(f"MOSAIC {number}", title, _UN, "", Standing.NAMED)


MOSAIC_05_20 = _mosaic("05.20", "Stockpile management: weapons")
MOSAIC_05_30 = _mosaic("05.30", "Marking and recordkeeping")
MOSAIC_05_31 = _mosaic("05.31", "Tracing")
MOSAIC_05_50 = _mosaic("05.50", "Destruction: weapons")

ITI = Document(
    "ITI",
    "International Instrument to Enable States to Identify and Trace, in a Timely and Reliable Manner, "
    "Illicit Small Arms and Light Weapons",
    _UN,
    "",
    Standing.NAMED,
)
POA = Document(
    "PoA",
    "Programme of Action to Prevent, Combat and Eradicate the Illicit Trade in Small Arms and Light Weapons "
    "in All Its Aspects",
    _UN,
    "",
    Standing.NAMED,
)
SDG_16_4_2 = Document("SDG 16.4.2", "Metadata of indicator 16.4.2", _UN, "", Standing.NAMED)
REPORT_2016 = Document(
    "UN report 2016",
    "The illicit trade in small arms and light weapons in all its aspects, report of the Secretary-General",
    _UN,
    "27 May 2016",
    Standing.READ,
)
ISO_3166 = Document(
    "ISO 3166", "Codes for the representation of names of countries and their subdivisions", "ISO", "", Standing.NAMED
)
IATG_02_20 = Document("IATG 02.20", "Quantity and separation distances", _UN, "2021, third edition", Standing.READ)

CATALOGUE: Mapping[str, Document] = MappingProxyType(
    {
        document.name: document
        for document in (
            MOSAIC_05_20,
            MOSAIC_05_30,
            MOSAIC_05_31,
            MOSAIC_05_50,
            ITI,
            POA,
            SDG_16_4_2,
            REPORT_2016,
            ISO_3166,
            IATG_02_20,
        )
    }
)
"""All of them, by short name."""

MARKING = Clause(MOSAIC_05_30)
TRACING = Clause(MOSAIC_05_31)
STOCKPILE = Clause(MOSAIC_05_20)
DESTRUCTION = Clause(MOSAIC_05_50)
MODULAR_WEAPONS = Clause(REPORT_2016, "paragraphs 53-56")
POLYMER_FRAMES = Clause(REPORT_2016, "paragraphs 50-52")
