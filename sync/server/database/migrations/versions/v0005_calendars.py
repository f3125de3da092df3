"""Calendars of others that rooms are taken by."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
_TEXTS = {"name": 120, "lang": 12, "account": 16, "trouble": 20, "etag": 200, "modified": 200}
_TIMES = ("made_ms", "next_ms", "tried_ms", "read_ms", "whole_ms")
_COUNTS = ("failures", "found", "left_out", "meets", "made_day", "made")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "calendar",
        sa.Column("hub_id", sa.String(36), nullable=False),
        sa.Column("calendar_id", sa.String(16), nullable=False),
        sa.Column("room", sa.String(80), nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        *(
            sa.Column(name, sa.String(length), server_default="", nullable=False)
            for name, length in _TEXTS.items()
        ),
        *(
            sa.Column(name, sa.BigInteger, server_default="0", nullable=False)
            for name in (*_TIMES, *_COUNTS)
        ),
        sa.ForeignKeyConstraint(["hub_id"], ["hub.hub_id"], name="fk_calendar_hub"),
        sa.PrimaryKeyConstraint("hub_id", "calendar_id", name="pk_calendar"),
    )
