"""A hub's row says its last commit whole; the index by commits is only for who asks for commits.

Of a hub that it had not counted yet PostgreSQL took it to find records by their ids.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the last commit's tag, and make the index anew, of rows with a commit: of all."""
    op.add_column("hub", sa.Column("tag", sa.String(16), server_default="", nullable=False))
    say_last_tags()
    committed = sa.text("seq > 0")
    op.drop_index("ix_record_hub_id_seq", "record")
    op.create_index(
        "ix_record_hub_id_seq",
        "record",
        ["hub_id", "seq"],
        sqlite_where=committed,
        postgresql_where=committed,
    )


def say_last_tags() -> None:
    """Say of every hub its last commit's tag."""
    op.execute(
        "UPDATE hub SET tag = coalesce((SELECT commit_tag.tag FROM commit_tag"
        " WHERE commit_tag.hub_id = hub.hub_id AND commit_tag.seq = hub.seq), '')"
    )
