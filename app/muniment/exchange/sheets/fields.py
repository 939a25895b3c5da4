"""The fields that a list can bring, and the headings under which lists of five languages keep them.

Only headings that mean the same everywhere are listed. `number`, `code` and their like are left out: a person
says what they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from muniment.domain.basics.text import Text, say


class FieldKind(StrEnum):
    """How a cell of the field is read."""

    TEXT = "text"
    SERIAL = "serial"
    DATE = "date"
    QUANTITY = "quantity"
    YEAR = "year"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind of list.

    `synonyms` are headings as written in English, French, Spanish, Portuguese and Russian; case, accents and
    punctuation do not count. `choices` are the words the register uses, for `CHOICE` only. Where a required
    value is absent, that of the field `instead` will do.
    """

    name: str
    kind: FieldKind
    help: Text
    synonyms: tuple[str, ...] = ()
    required: bool = False
    choices: tuple[str, ...] = ()
    instead: str = ""


_TYPE = Field(
    "type_code",
    FieldKind.TEXT,
    say("The type of weapon: its code here, or a word that is given a meaning once."),
    ("type code", "weapon type code", "code du type", "código de tipo", "código do tipo", "код типа"),
)
_CALIBRE = Field(
    "calibre",
    FieldKind.TEXT,
    say("The calibre, as the list names it."),
    ("calibre", "caliber", "cal", "cal.", "калибр"),
)
_PLACE = Field(
    "place",
    FieldKind.TEXT,
    say("Where it lies: the code of a place that the register knows."),
    (
        "place",
        "location",
        "storage location",
        "rack",
        "cabinet",
        "lieu",
        "emplacement",
        "lieu de stockage",
        "ubicación",
        "lugar",
        "localização",
        "место хранения",
        "местонахождение",
    ),
)
_REMARKS = Field(
    "remarks",
    FieldKind.TEXT,
    say("What else the list says."),
    (
        "remarks",
        "notes",
        "remarques",
        "observations",
        "observaciones",
        "observações",
        "примечание",
        "примечания",
    ),
)

_WEAPONS = (
    Field(
        "register_no",
        FieldKind.TEXT,
        say("The number of the weapon in the old book, where it had one."),
        (
            "register no",
            "register number",
            "registration number",
            "numéro d'enregistrement",
            "número de registro",
            "número de registo",
            "регистрационный номер",
        ),
    ),
    _TYPE,
    Field(
        "make",
        FieldKind.TEXT,
        say("Who made it, as the list says."),
        (
            "make",
            "manufacturer",
            "maker",
            "fabricant",
            "marque",
            "fabricante",
            "marca",
            "производитель",
            "изготовитель",
            "завод-изготовитель",
        ),
    ),
    Field(
        "model",
        FieldKind.TEXT,
        say("The model, as the list says."),
        ("model", "modèle", "modelo", "модель"),
        required=True,
    ),
    _CALIBRE,
    Field(
        "country",
        FieldKind.TEXT,
        say("The country of manufacture, in two letters where the list is in codes."),
        (
            "country",
            "country of manufacture",
            "country of origin",
            "pays",
            "pays de fabrication",
            "pays d'origine",
            "país",
            "país de fabricación",
            "país de fabrico",
            "país de fabricação",
            "país de origen",
            "país de origem",
            "страна",
            "страна изготовления",
            "страна производства",
        ),
    ),
    Field(
        "year",
        FieldKind.YEAR,
        say("The year of manufacture."),
        (
            "year",
            "year of manufacture",
            "année",
            "année de fabrication",
            "año",
            "año de fabricación",
            "ano de fabrico",
            "ano de fabricação",
            "год",
            "год выпуска",
            "год изготовления",
        ),
    ),
    Field(
        "serial",
        FieldKind.SERIAL,
        say("The serial number exactly as it stands on the metal; empty where there is none."),
        (
            "serial number",
            "serial no",
            "serial no.",
            "serial",
            "numéro de série",
            "n° de série",
            "no de série",
            "número de serie",
            "n.º de serie",
            "número de série",
            "n.º de série",
            "серийный номер",
            "заводской номер",
        ),
    ),
    Field(
        "serial_status",
        FieldKind.CHOICE,
        say("Why a serial number is missing or in part."),
        (
            "serial status",
            "état du numéro de série",
            "estado del número de serie",
            "estado do número de série",
        ),
        choices=("present", "partly legible", "illegible", "obliterated", "never marked", "unknown"),
    ),
    Field(
        "condition",
        FieldKind.CHOICE,
        say("The state the weapon is in."),
        ("condition", "état", "condición", "estado de conservación", "condição", "состояние"),
        choices=("new", "serviceable", "repairable", "beyond repair", "incomplete", "deactivated"),
    ),
    Field(
        "legal_status",
        FieldKind.CHOICE,
        say("By what right the depot keeps it."),
        ("legal status", "statut juridique", "situación jurídica", "situação jurídica", "правовой статус"),
        choices=(
            "service",
            "reserve",
            "training",
            "evidence",
            "seized",
            "found",
            "surrendered",
            "confiscated",
            "private deposit",
            "museum",
            "on loan",
        ),
    ),
    _PLACE,
    Field(
        "custodian",
        FieldKind.TEXT,
        say("The service number of the person who has it now; empty where it lies in its place."),
        ("custodian", "holder", "détenteur", "custodio", "depositário", "ответственный", "держатель"),
    ),
    Field(
        "owner",
        FieldKind.TEXT,
        say("The unit that answers for it."),
        ("owner", "unit", "unité", "unidad", "unidade", "подразделение"),
    ),
    Field(
        "acquired_on",
        FieldKind.DATE,
        say("The day it came into the stock."),
        (
            "date acquired",
            "acquisition date",
            "date d'acquisition",
            "fecha de adquisición",
            "data de aquisição",
        ),
    ),
    Field(
        "inspection_due",
        FieldKind.DATE,
        say("The last day on which it may be issued without its next inspection."),
        (
            "inspection due",
            "next inspection",
            "next inspection due",
            "maintenance due",
            "prochaine visite",
            "prochaine inspection",
            "próxima inspección",
            "próxima inspeção",
            "следующий осмотр",
            "дата следующего осмотра",
        ),
    ),
    _REMARKS,
)

_HOLDINGS = (
    Field(
        "item_name",
        FieldKind.TEXT,
        say("What the item is called."),
        (
            "item name",
            "item",
            "nomenclature",
            "designation",
            "désignation",
            "designación",
            "designação",
            "наименование",
        ),
        required=True,
        instead="nsn",
    ),
    Field(
        "nsn",
        FieldKind.TEXT,
        say("The NATO stock number, 13 digits with or without hyphens."),
        ("nsn", "nato stock number", "national stock number", "stock number", "numéro de nomenclature otan"),
    ),
    Field(
        "quantity",
        FieldKind.QUANTITY,
        say("How many, a whole number of at least 1."),
        ("quantity", "qty", "quantité", "cantidad", "quantidade", "количество", "кол-во"),
        required=True,
    ),
    Field(
        "unit_of_issue",
        FieldKind.CHOICE,
        say("What is counted."),
        (
            "unit of issue",
            "ui",
            "u/i",
            "unité de compte",
            "unidad de medida",
            "unidade de medida",
            "единица измерения",
        ),
        choices=("each", "assembly", "kit", "set", "pair", "box", "sheet"),
    ),
    _TYPE,
    _CALIBRE,
    _PLACE,
    Field(
        "ship_date",
        FieldKind.DATE,
        say("The day it was sent to the holder."),
        (
            "ship date",
            "date shipped",
            "date d'expédition",
            "fecha de envío",
            "data de envio",
            "дата отправки",
        ),
    ),
    Field(
        "condition",
        FieldKind.TEXT,
        say("The condition code of the list."),
        ("condition", "condition code", "demil code"),
    ),
    _REMARKS,
)

_PEOPLE = (
    Field(
        "service_no",
        FieldKind.SERIAL,
        say("The number by which the service knows the person."),
        (
            "service number",
            "service no",
            "matricule",
            "número de servicio",
            "número de identificación",
            "número mecanográfico",
            "личный номер",
            "табельный номер",
        ),
        required=True,
    ),
    Field(
        "name",
        FieldKind.TEXT,
        say("The person's full name."),
        (
            "name",
            "full name",
            "nom",
            "nom et prénom",
            "nombre",
            "nombre y apellidos",
            "nome",
            "nome completo",
            "фио",
            "имя",
        ),
        required=True,
    ),
    Field("rank", FieldKind.TEXT, say("The rank."), ("rank", "grade", "grado", "posto", "patente", "звание")),
    Field("unit", FieldKind.TEXT, say("The unit."), ("unit", "unité", "unidad", "unidade", "подразделение")),
    Field(
        "card_code",
        FieldKind.SERIAL,
        say("What the person's card says when it is read."),
        (
            "card code",
            "card number",
            "numéro de carte",
            "número de tarjeta",
            "número do cartão",
            "номер карты",
        ),
    ),
    Field(
        "certificate_kind",
        FieldKind.TEXT,
        say("What the person is certified for."),
        (
            *("certificate", "certificate kind", "certificate for", "certified for", "licence", "license"),
            *("licence for", "license for", "certificat", "permis", "certificado", "licencia", "свидетельство"),
        ),
    ),
    Field(
        "valid_until",
        FieldKind.DATE,
        say("The last day of the certificate."),
        (
            *("valid until", "certificate until", "certificate valid until", "certificate expires", "valid to"),
            *("certificate expiry", "certificate expiry date", "licence until", "licence valid until"),
            *("licence expires", "licence expiry", "licence expiry date", "license until", "license valid until"),
            *("license expires", "license expiry", "license expiry date", "expiry date", "expires", "expires on"),
            *("valable jusqu'au", "date d'expiration", "fin de validité", "permis valable jusqu'au"),
            *("válido hasta", "fecha de caducidad", "fecha de vencimiento", "válido até", "data de validade"),
            *("действительно до", "действителен до", "срок действия", "срок действия до"),
        ),
    ),
)

_PLACES = (
    Field(
        "code",
        FieldKind.TEXT,
        say("The short code of the place, as on its sign."),
        ("code", "place code", "code du lieu", "código", "код"),
        required=True,
    ),
    Field(
        "name",
        FieldKind.TEXT,
        say("What the place is called."),
        ("name", "nom", "nombre", "nome", "название"),
        True,
    ),
    Field(
        "kind",
        FieldKind.CHOICE,
        say("What kind of place it is."),
        ("kind", "type", "tipo", "тип"),
        choices=("depot", "building", "store house", "magazine", "room", "cabinet", "rack", "shelf", "slot"),
    ),
    Field(
        "parent_code",
        FieldKind.TEXT,
        say("The code of the place it is in; empty for the outermost."),
        ("parent", "parent code", "part of", "in", "lies in", "код родителя"),
    ),
)

FIELDS: Mapping[str, tuple[Field, ...]] = {
    "weapons": _WEAPONS,
    "holdings": _HOLDINGS,
    "people": _PEOPLE,
    "places": _PLACES,
}
"""The fields of each kind of list, in the order in which a person is asked about them."""
