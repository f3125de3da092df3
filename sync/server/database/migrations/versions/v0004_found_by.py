"""Bookings, visits and what is particular to days are found by their day, bookings by their room."""

import msgspec
import sqlalchemy as sa
from alembic import op

from sync.server.database.found_by import found_by

revision = "0004"
down_revision = "0003"
_AT_ONCE = 2_000
_RECORD = sa.table(
    "record",
    *(sa.column(name) for name in ("hub_id", "kind", "id", "body", "day", "room")),
)


def upgrade() -> None:
    """Add the two columns and their index, and fill them in."""
    op.add_column("record", sa.Column("day", sa.BigInteger, server_default="0", nullable=False))
    op.add_column("record", sa.Column("room", sa.String(80), server_default="", nullable=False))
    fill_in()
    dated = sa.text("day > 0")
    op.create_index(
        "ix_record_hub_id_kind_day_room",
        "record",
        ["hub_id", "kind", "day", "room"],
        sqlite_where=dated,
        postgresql_where=dated,
    )


def fill_in() -> None:
    """Say of every row that has a day by what it is found."""
    for kind in ("booking", "booking_day", "visit"):
        _fill(kind)


def _fill(kind: str) -> None:
    connection = op.get_bind()
    after = ("", "")
    keys = sa.tuple_(_RECORD.c.hub_id, _RECORD.c.id)
    columns = (_RECORD.c.hub_id, _RECORD.c.id, _RECORD.c.body)
    while True:
        here = (_RECORD.c.kind == kind) & (keys > sa.tuple_(*after))
        wanted = sa.select(*columns).where(here).order_by(*columns[:2]).limit(_AT_ONCE)
        rows = connection.execute(wanted).all()
        if not rows:
            return
        for hub, record_id, body in rows:
            day, room = found_by(kind, msgspec.json.decode(body))
            this = (
                (_RECORD.c.hub_id == hub) & (_RECORD.c.kind == kind) & (_RECORD.c.id == record_id)
            )
            connection.execute(sa.update(_RECORD).where(this).values(day=day, room=room))
        after = (rows[-1][0], rows[-1][1])
