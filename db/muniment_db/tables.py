"""The tables of a register.

`event` is the ledger and the truth. The tables `p_…` say what the facts add up to and can be thrown away and made
anew; each row holds a subject, how many of its facts it covers, the fields that are searched or sorted by as columns,
and all other fields as canonical text in `more`. The rest lies outside the ledger: who a person is, passphrases,
files.
"""

from __future__ import annotations

import sqlalchemy as sa

from muniment.domain.basics.identity import Kind

metadata = sa.MetaData()

# Byte order everywhere, so that both engines sort and compare subjects as the ledger does.
Name = sa.String().with_variant(sa.String(collation="C"), "postgresql")

meta = sa.Table(
    "meta",
    metadata,
    sa.Column("key", Name, primary_key=True),
    sa.Column("value", Name, nullable=False),
)

event = sa.Table(
    "event",
    metadata,
    sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True, autoincrement=False),
    sa.Column("subject", Name, nullable=False),
    sa.Column("act", Name, nullable=False),
    sa.Column("nth", sa.Integer, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Column("leaf", sa.LargeBinary, nullable=False),
    sa.Index("event_subject", "subject", "seq"),
    sa.Index("event_act", "act", "nth", unique=True),
)

person_vault = sa.Table(
    "person_vault",
    metadata,
    sa.Column("person", Name, primary_key=True),
    sa.Column("key", sa.LargeBinary, nullable=False),
    sa.Column("record", sa.LargeBinary, nullable=False),
)

person_key = sa.Table(
    "person_key",
    metadata,
    sa.Column("digest", Name, primary_key=True),
    sa.Column("person", Name, nullable=False, index=True),
)

credential = sa.Table(
    "credential",
    metadata,
    sa.Column("person", Name, primary_key=True),
    sa.Column("use", Name, primary_key=True),
    sa.Column("stored", Name, nullable=False),
)

blob = sa.Table(
    "blob",
    metadata,
    sa.Column("sha256", Name, primary_key=True),
    sa.Column("media_type", Name, nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False),
)


def _projection(kind: Kind, *columns: sa.Column[str] | sa.Column[int], indexes: tuple[str, ...] = ()) -> sa.Table:
    name = f"p_{kind}"
    return sa.Table(
        name,
        metadata,
        sa.Column("subject", Name, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        *columns,
        sa.Column("more", Name, nullable=False),
        *(sa.Index(f"{name}_{index}", index) for index in indexes),
    )


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, Name, nullable=False, default="", server_default="")


def _whole(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=False, default=0, server_default="0")


projections: dict[Kind, sa.Table] = {
    Kind.WEAPON: _projection(
        Kind.WEAPON,
        _whole("number"),
        _text("register_no"),
        _text("taxonomy_code"),
        _text("make"),
        _text("model"),
        _text("calibre"),
        _text("serial_raw"),
        _text("serial_key"),
        _text("look_alike_key"),
        _text("where"),
        _text("home"),
        _text("condition"),
        _text("quarantine"),
        _text("legal_status"),
        _text("held_as"),
        _text("issued_at"),
        _text("due_at"),
        indexes=("number", "serial_key", "look_alike_key", "where", "issued_at", "due_at", "taxonomy_code"),
    ),
    Kind.COMPONENT: _projection(
        Kind.COMPONENT,
        _whole("number"),
        _text("register_no"),
        _text("component_kind"),
        _text("serial_raw"),
        _text("serial_key"),
        _text("look_alike_key"),
        _text("where"),
        indexes=("number", "serial_key", "look_alike_key", "where"),
    ),
    Kind.LINE: _projection(
        Kind.LINE,
        _whole("number"),
        _text("register_no"),
        _text("taxonomy_code"),
        _text("calibre"),
        _text("item_name"),
        _whole("quantity"),
        _text("where"),
        indexes=("number", "where"),
    ),
    Kind.CODE: _projection(Kind.CODE, _text("code"), _text("bound"), indexes=("code", "bound")),
    Kind.PERSON: _projection(Kind.PERSON, _text("unit"), _text("status")),
    Kind.PLACE: _projection(Kind.PLACE, _text("code"), _text("name"), _text("place_kind"), _text("parent")),
    Kind.UNIT: _projection(Kind.UNIT, _text("name")),
    Kind.MODEL: _projection(Kind.MODEL, _text("make"), _text("model"), _text("taxonomy_code")),
    Kind.CASE: _projection(Kind.CASE, _text("state"), _text("concerns"), indexes=("state", "concerns")),
    Kind.RECEIPT: _projection(Kind.RECEIPT, _whole("number"), _text("state"), indexes=("number", "state")),
} | {
    kind: _projection(kind)
    for kind in (Kind.REGISTER, Kind.KIT, Kind.BATCH, Kind.POLICY, Kind.SHIPMENT, Kind.UNDECIDED)
}
"""What screens read, one table a kind of thing."""
