"""Passkeys: signing in to the pages without a password, and the challenges that were answered."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "passkey",
        _text("hub_id", 36),
        _text("passkey_id", 43),
        _text("account_id", 16),
        sa.Column("name", sa.String(120), server_default="", nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
        *(_zero(name) for name in ("counter", "made_ms", "used_ms")),
        *_keys("passkey", "passkey_id"),
    )
    op.create_index("ix_passkey_hub_id_account_id", "passkey", ["hub_id", "account_id"])
    op.create_table(
        "answered_challenge",
        _text("hub_id", 36),
        _text("challenge", 64),
        _zero("at_ms"),
        *_keys("answered_challenge", "challenge"),
    )


def _keys(table: str, *columns: str) -> tuple[sa.Constraint, ...]:
    return (
        sa.ForeignKeyConstraint(["hub_id"], ["hub.hub_id"], name=f"fk_{table}_hub"),
        sa.PrimaryKeyConstraint("hub_id", *columns, name=f"pk_{table}"),
    )


def _text(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=False)


def _zero(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, server_default="0", nullable=False)
