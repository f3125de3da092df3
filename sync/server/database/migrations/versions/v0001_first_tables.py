"""The first tables: hubs, their records and commits, their devices and pictures."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table."""
    _hubs()
    _records()
    _devices()
    _pairing()
    _files()


def _hubs() -> None:
    op.create_table(
        "hub",
        _text("hub_id", 36),
        _empty("name"),
        *(_zero(name) for name in ("seq", "arrived")),
        _empty("top", 32),
        *(_zero(name) for name in ("last_ms", "recovering_ms", "made_ms")),
        _key("hub", "hub_id"),
    )
    op.create_table(
        "commit_tag",
        _text("hub_id", 36),
        sa.Column("seq", sa.BigInteger, nullable=False),
        _text("tag", 16),
        _of_hub("commit_tag"),
        _key("commit_tag", "hub_id", "seq"),
    )


def _records() -> None:
    op.create_table(
        "record",
        *_name(),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        _no("is_erased"),
        _zero("written_ms"),
        *_keys("record"),
    )
    op.create_index("ix_record_hub_id_seq", "record", ["hub_id", "seq"])
    op.create_table(
        "timer", *_name(), sa.Column("due_ms", sa.BigInteger, nullable=False), *_keys("timer")
    )
    op.create_index("ix_timer_hub_id_due_ms", "timer", ["hub_id", "due_ms"])
    op.create_table("erased", *_name(), _text("stamp", 40), *_keys("erased"))


def _devices() -> None:
    op.create_table(
        "device",
        _text("hub_id", 36),
        _text("device_id", 16),
        _empty("name"),
        _text("role", 8),
        _empty("node", 8),
        _text("token_hash", 64),
        _empty("copy_of", 16),
        _empty("version"),
        *(_zero(name) for name in ("waiting", "word_number")),
        *(_empty(name, 64) for name in ("word_before", "word_known")),
        *(_zero(name) for name in ("fresh_seq", "made_ms", "seen_ms", "reported_ms")),
        _no("is_expired"),
        _zero("revoked_ms"),
        _of_hub("device"),
        _key("device", "hub_id", "device_id"),
    )


def _pairing() -> None:
    op.create_table(
        "pairing",
        _text("hub_id", 36),
        _text("code_hash", 64),
        _text("user_code", 9),
        _empty("name"),
        _empty("node", 8),
        _empty("for_hub", 36),
        _empty("role", 8),
        _no("is_denied"),
        *(_zero(name) for name in ("made_ms", "asked_ms")),
        _key("pairing", "hub_id", "code_hash"),
    )
    op.create_index("ix_pairing_hub_id_user_code", "pairing", ["hub_id", "user_code"], unique=True)


def _files() -> None:
    op.create_table(
        "file",
        _text("hub_id", 36),
        _text("sha256", 64),
        _text("media", 40),
        sa.Column("data", sa.LargeBinary, nullable=False),
        _zero("made_ms"),
        _of_hub("file"),
        _key("file", "hub_id", "sha256"),
    )


def _name() -> tuple[sa.Column[str], ...]:
    return _text("hub_id", 36), _text("kind", 60), _text("id", 80)


def _keys(table: str) -> tuple[sa.Constraint, ...]:
    return _of_hub(table), _key(table, "hub_id", "kind", "id")


def _text(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=False)


def _empty(name: str, length: int = 120) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), server_default="", nullable=False)


def _zero(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, server_default="0", nullable=False)


def _no(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, server_default="0", nullable=False)


def _key(table: str, *columns: str) -> sa.Constraint:
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{table}")


def _of_hub(table: str) -> sa.Constraint:
    return sa.ForeignKeyConstraint(["hub_id"], ["hub.hub_id"], name=f"fk_{table}_hub")
