"""A hub's row says its last commit whole; the index by commits is only for who asks for commits.

Of a hub that it had not counted yet PostgreSQL took it to find records by their ids.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the column, empty until the next commit, and make the index anew: of all rows, as before."""
    op.add_column("hub", sa.Column("cursor", sa.String(40), server_default="", nullable=False))
    committed = sa.text("seq > 0")
    op.drop_index("ix_record_hub_id_seq", "record")
    op.create_index(
        "ix_record_hub_id_seq",
        "record",
        ["hub_id", "seq"],
        sqlite_where=committed,
        postgresql_where=committed,
    )
