"""The tables of a register.

`event` is the ledger and the truth, `checkpoint` what workstations signed of it, `node` a part of the tree over it that
can be made anew. The tables `p_…` say what the facts add up to and can be thrown away and made
anew; each row holds a subject, how many of its facts it covers, the fields that are searched or sorted by as columns,
and all other fields as canonical text in `more`. The rest lies outside the ledger: who a person is, passphrases,
files.
"""

from __future__ import annotations

import hashlib

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

node = sa.Table(
    "node",
    metadata,
    sa.Column("level", sa.Integer, primary_key=True),
    sa.Column("index", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True),
    sa.Column("hash", sa.LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

checkpoint = sa.Table(
    "checkpoint",
    metadata,
    sa.Column("size", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True, autoincrement=False),
    sa.Column("note", Name, nullable=False),
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


MARKED = sa.text("(quarantine <> '' or withdrawn <> '')")
"""Weapons in quarantine or withdrawn: so few that they have an index of their own, and this its exact words."""


AWAITED = sa.text("due_at <> ''")
"""Weapons that somebody must bring back: few beside those in store, with an index of their own by these exact words."""

_MARKED_COLUMNS = ("number", "where", "due_at", "withdrawn")
_AWAITED_COLUMNS = ("due_at", "number", "where", "quarantine", "withdrawn")


def _projection(
    kind: Kind,
    *columns: sa.Column[str] | sa.Column[int],
    indexes: tuple[str, ...] = (),
    by_number: tuple[str, ...] = (),
    few: bool = False,
    where_given: tuple[str, ...] = (),
) -> sa.Table:
    """Make a table.

    An index in `by_number` lists its column in order of number; one in `where_given` holds only rows in which its
    column is not empty; `few` are those of the few that are marked or awaited, told from these indexes alone.
    """
    name = f"p_{kind}"
    return sa.Table(
        name,
        metadata,
        sa.Column("subject", Name, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        *columns,
        sa.Column("more", Name, nullable=False),
        *(sa.Index(f"{name}_{index}", index) for index in indexes),
        *(sa.Index(f"{name}_{index}", index, "number") for index in by_number),
        *(
            sa.Index(f"{name}_{called}", *columns, sqlite_where=which, postgresql_where=which)
            for called, columns, which in (
                ("marked", _MARKED_COLUMNS, MARKED),
                ("due_at", _AWAITED_COLUMNS, AWAITED),
            )
            if few
        ),
        *(
            sa.Index(f"{name}_{index}", index, sqlite_where=given, postgresql_where=given)
            for index in where_given
            for given in [sa.text(f"{index} <> ''")]
        ),
    )


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, Name, nullable=False, default="", server_default="")


def _whole(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=False, default=0, server_default="0")


projections: dict[Kind, sa.Table] = (
    {
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
            _text("withdrawn"),
            _text("import_key"),
            _text("book_no"),
            indexes=("number", "look_alike_key", "issued_at"),
            by_number=("serial_key", "where", "taxonomy_code"),
            few=True,
            where_given=("import_key", "book_no"),
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
            _text("condition"),
            _text("quarantine"),
            _text("held_as"),
            _text("issued_at"),
            _text("due_at"),
            indexes=("number", "serial_key", "look_alike_key", "where", "issued_at", "due_at"),
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
            _text("withdrawn"),
            _text("import_key"),
            indexes=("number", "where"),
            where_given=("import_key",),
        ),
        Kind.CODE: _projection(Kind.CODE, _text("code"), _text("bound"), indexes=("code", "bound")),
        Kind.PERSON: _projection(Kind.PERSON, _text("unit"), _text("status"), _text("withdrawn")),
        Kind.PLACE: _projection(
            Kind.PLACE,
            _text("code"),
            _text("code_key"),
            _text("name"),
            _text("place_kind"),
            _text("parent"),
            _text("withdrawn"),
            indexes=("code_key", "place_kind", "parent"),
        ),
        Kind.UNIT: _projection(Kind.UNIT, _text("name")),
        Kind.MODEL: _projection(
            Kind.MODEL,
            _whole("number"),
            _text("register_no"),
            _text("make"),
            _text("model"),
            _text("taxonomy_code"),
            indexes=("number",),
        ),
        Kind.KIT: _projection(
            Kind.KIT,
            _whole("number"),
            _text("register_no"),
            _text("item_name"),
            _text("where"),
            indexes=("number", "where"),
        ),
        Kind.CASE: _projection(
            Kind.CASE,
            _whole("number"),
            _text("register_no"),
            _text("state"),
            _text("concerns"),
            indexes=("number", "state", "concerns"),
        ),
        Kind.SHIPMENT: _projection(
            Kind.SHIPMENT,
            _whole("number"),
            _text("register_no"),
            _text("state"),
            _text("due_at"),
            indexes=("number", "state"),
        ),
        Kind.ARRIVAL: _projection(
            Kind.ARRIVAL, _whole("number"), _text("register_no"), _text("state"), indexes=("number", "state")
        ),
        Kind.RECEIPT: _projection(
            Kind.RECEIPT, _whole("number"), _text("state"), _text("withdrawn"), indexes=("number", "state")
        ),
        Kind.UNDECIDED: _projection(
            Kind.UNDECIDED,
            _whole("number"),
            _text("register_no"),
            _text("item_name"),
            _whole("quantity"),
            _text("state"),
            _text("where"),
            _text("import_key"),
            indexes=("number", "where"),
            where_given=("import_key",),
        ),
    }
    | {kind: _projection(kind) for kind in (Kind.REGISTER, Kind.BATCH, Kind.POLICY, Kind.OWN_FIELD, Kind.STATE_AXIS)}
    | {Kind.SIGNING_KEY: _projection(Kind.SIGNING_KEY, _text("public"), _text("state"))}
)
"""What screens read, one table a kind of thing."""


def layout() -> str:
    """A name for the layout of the tables: the same for registers that this program can work on as they are."""
    written = "\n".join(
        f"{table.name}({', '.join(column.name for column in table.columns)})" for table in metadata.sorted_tables
    )
    return hashlib.sha256(written.encode()).hexdigest()[:16]
