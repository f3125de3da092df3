"""Activity: what was changed in the last 90 days, and what devices offered and was not taken."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make both tables, and count at each device what was not taken."""
    op.create_table(
        "activity",
        _text("hub_id", 36),
        sa.Column("entry", sa.BigInteger, nullable=False),
        _zero("at_ms"),
        _text("kind", 60),
        _empty("record_id", 80),
        _empty("act", 12),
        _empty("person", 80),
        _empty("node", 8),
        *(
            sa.Column(name, sa.Text, server_default="", nullable=False)
            for name in ("fields", "before")
        ),
        *_keys("activity", "entry"),
    )
    for columns in (["at_ms"], ["kind", "record_id"], ["person"]):
        name = f"ix_activity_hub_id_{'_'.join(columns)}"
        op.create_index(name, "activity", ["hub_id", *columns])
    op.create_table(
        "refused",
        _text("hub_id", 36),
        _text("device_id", 16),
        _text("kind", 60),
        _text("id", 80),
        _empty("reason", 20),
        _zero("at_ms"),
        *_keys("refused", "device_id", "kind", "id"),
    )
    op.add_column("device", _zero("refused"))


def _keys(table: str, *columns: str) -> tuple[sa.Constraint, ...]:
    return (
        sa.ForeignKeyConstraint(["hub_id"], ["hub.hub_id"], name=f"fk_{table}_hub"),
        sa.PrimaryKeyConstraint("hub_id", *columns, name=f"pk_{table}"),
    )


def _text(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=False)


def _empty(name: str, length: int = 120) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), server_default="", nullable=False)


def _zero(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, server_default="0", nullable=False)
