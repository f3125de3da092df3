"""Volunteers: their accounts, the browsers they are signed in with, invitations, feeds."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables of the server's pages."""
    _accounts()
    _sessions()
    _invitations()
    op.create_table(
        "feed",
        _text("hub_id", 36),
        _text("secret", 40),
        _zero("made_ms"),
        *_keys("feed"),
    )


def _accounts() -> None:
    op.create_table(
        "account",
        _text("hub_id", 36),
        _text("account_id", 16),
        _empty("name"),
        _empty("name_key", 240),
        _empty("person", 80),
        _empty("role", 10),
        _empty("password_hash", 200),
        _empty("lang", 12),
        _zero("made_ms"),
        *_keys("account", "account_id"),
    )
    op.create_index("ix_account_hub_id_name_key", "account", ["hub_id", "name_key"], unique=True)


def _sessions() -> None:
    op.create_table(
        "session",
        _text("hub_id", 36),
        _text("session_id", 16),
        _text("account_id", 16),
        _text("secret_hash", 64),
        _empty("node", 8),
        _empty("about"),
        *(_zero(name) for name in ("made_ms", "seen_ms")),
        *_keys("session", "session_id"),
    )


def _invitations() -> None:
    op.create_table(
        "invitation",
        _text("hub_id", 36),
        _text("invitation_id", 16),
        _text("secret_hash", 64),
        _empty("role", 10),
        _empty("name"),
        _empty("account_id", 16),
        _zero("made_ms"),
        *_keys("invitation", "invitation_id"),
    )


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
