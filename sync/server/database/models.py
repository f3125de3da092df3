"""The tables. ``hub_id`` is the first column of every key, constraint and index, and of every
query, so that one hub's rows lie together wherever they are distributed (docs/server.md).

Times are milliseconds since 1970 (``*_ms``), 0 = never. Bodies are records as JSON text.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, MetaData, String, Text, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NO_HUB = ""
"""The ``hub_id`` of a device that asks to be paired: nobody has said yet whose it will be."""


class Base(DeclarativeBase):
    """All tables; constraints have names, so that migrations can speak of them."""

    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(referred_table_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        }
    )


def _hub() -> Mapped[str]:
    return mapped_column(String(36), ForeignKey("hub.hub_id"), primary_key=True)


def _long() -> Mapped[int]:
    return mapped_column(BigInteger, default=0, server_default="0")


def _short(length: int = 120) -> Mapped[str]:
    return mapped_column(String(length), default="", server_default="")


class HubRow(Base):
    """A hub, the counter of its commits, and what its server last knew of the time.

    seq: the last commit. cursor: the same with its tag, as devices are told it; of another commit
    where a server of before that wrote last. arrived: the last order number given to a booking or a
    place. top: the highest reading in any stamp. last_ms: the server's time when it last wrote
    here. recovering_ms: when a backup was restored; 0 = all is as it was.
    """

    __tablename__ = "hub"

    hub_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    name: Mapped[str] = _short()
    seq: Mapped[int] = _long()
    cursor: Mapped[str] = _short(40)
    arrived: Mapped[int] = _long()
    top: Mapped[str] = _short(32)
    last_ms: Mapped[int] = _long()
    recovering_ms: Mapped[int] = _long()
    made_ms: Mapped[int] = _long()


class CommitTag(Base):
    """The 64 random bits of a commit: a cursor of another life of this database is not known."""

    __tablename__ = "commit_tag"

    hub_id: Mapped[str] = _hub()
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    tag: Mapped[str] = mapped_column(String(16))


def _of_rows(rows: str, name: str, *columns: str) -> Index:
    """Return an index of some rows; a query takes it only where it says the same of them.

    Every index begins with the hub, and PostgreSQL takes a hub that it has not counted yet for one
    with a row or none: then each looks as good to it as the key, and it read all of the hub for
    each of 500 ids. So none but the key is there for a query by ids.
    """
    return Index(name, *columns, sqlite_where=text(rows), postgresql_where=text(rows))


class RecordRow(Base):
    """A record as it stands. seq: the commit that wrote it last. is_erased: only a tombstone.

    day, room: what it is found by (found_by.py).
    """

    __tablename__ = "record"
    __table_args__ = (
        _of_rows("seq > 0", "ix_record_hub_id_seq", "hub_id", "seq"),
        _of_rows("day > 0", "ix_record_hub_id_kind_day_room", "hub_id", "kind", "day", "room"),
    )

    hub_id: Mapped[str] = _hub()
    kind: Mapped[str] = mapped_column(String(60), primary_key=True)
    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    body: Mapped[str] = mapped_column(Text)
    seq: Mapped[int] = mapped_column(BigInteger)
    is_erased: Mapped[int] = mapped_column(default=0, server_default="0")
    written_ms: Mapped[int] = _long()
    day: Mapped[int] = _long()
    room: Mapped[str] = _short(80)


class Timer(Base):
    """When a record wants to be decided again."""

    __tablename__ = "timer"
    __table_args__ = (Index("ix_timer_hub_id_due_ms", "hub_id", "due_ms"),)

    hub_id: Mapped[str] = _hub()
    kind: Mapped[str] = mapped_column(String(60), primary_key=True)
    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    due_ms: Mapped[int] = mapped_column(BigInteger)


class Erased(Base):
    """An id that was erased, for good: whatever comes later for it is dropped."""

    __tablename__ = "erased"

    hub_id: Mapped[str] = _hub()
    kind: Mapped[str] = mapped_column(String(60), primary_key=True)
    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    stamp: Mapped[str] = mapped_column(String(40))


class Device(Base):
    """A paired machine; of its token only a hash is kept.

    word_*: the numbered ratchet. seen_ms: its last exchange. reported_ms: since when it has told
    everything. fresh_seq: up to this commit it had nothing, so tombstones are none of its business.
    is_expired: it was told that it had been away too long, and has not begun anew yet. refused: how
    many rows ``refused`` has of it.
    """

    __tablename__ = "device"

    hub_id: Mapped[str] = _hub()
    device_id: Mapped[str] = mapped_column(String(16), primary_key=True)
    name: Mapped[str] = _short()
    role: Mapped[str] = mapped_column(String(8))
    node: Mapped[str] = _short(8)
    token_hash: Mapped[str] = mapped_column(String(64))
    copy_of: Mapped[str] = _short(16)
    version: Mapped[str] = _short()
    waiting: Mapped[int] = _long()
    word_number: Mapped[int] = _long()
    word_before: Mapped[str] = _short(64)
    word_known: Mapped[str] = _short(64)
    fresh_seq: Mapped[int] = _long()
    made_ms: Mapped[int] = _long()
    seen_ms: Mapped[int] = _long()
    reported_ms: Mapped[int] = _long()
    is_expired: Mapped[int] = mapped_column(default=0, server_default="0")
    revoked_ms: Mapped[int] = _long()
    refused: Mapped[int] = _long()


class RefusedRow(Base):
    """A record that a device offered and the server did not take: which and why, never its values.

    kind, id: empty where the device said none that a record could have.
    """

    __tablename__ = "refused"

    hub_id: Mapped[str] = _hub()
    device_id: Mapped[str] = mapped_column(String(16), primary_key=True)
    kind: Mapped[str] = mapped_column(String(60), primary_key=True)
    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    reason: Mapped[str] = _short(20)
    at_ms: Mapped[int] = _long()


class Activity(Base):
    """That something was changed, kept 90 days (``sync.server.activity`` says what of it).

    entry: counts on from 1 in each hub. person: whose hand it was, empty once they are forgotten.
    node: the device's, or "web". fields: the stamp of the change by field, as JSON. before: what was
    there, kept 14 days as every overwritten text is; not of fields that are not for everybody.
    """

    __tablename__ = "activity"
    __table_args__ = (
        Index("ix_activity_hub_id_at_ms", "hub_id", "at_ms"),
        Index("ix_activity_hub_id_kind_record_id", "hub_id", "kind", "record_id"),
        Index("ix_activity_hub_id_person", "hub_id", "person"),
    )

    hub_id: Mapped[str] = _hub()
    entry: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    at_ms: Mapped[int] = _long()
    kind: Mapped[str] = mapped_column(String(60))
    record_id: Mapped[str] = _short(80)
    act: Mapped[str] = _short(12)
    person: Mapped[str] = _short(80)
    node: Mapped[str] = _short(8)
    fields: Mapped[str] = mapped_column(Text, default="", server_default="")
    before: Mapped[str] = mapped_column(Text, default="", server_default="")


class Pairing(Base):
    """A device that waits for somebody's yes (RFC 8628); its ``hub_id`` is NO_HUB.

    for_hub, role: what a volunteer picked; empty until then. asked_ms: its last question.
    """

    __tablename__ = "pairing"
    __table_args__ = (Index("ix_pairing_hub_id_user_code", "hub_id", "user_code", unique=True),)

    hub_id: Mapped[str] = mapped_column(String(36), primary_key=True, default=NO_HUB)
    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_code: Mapped[str] = mapped_column(String(9))
    name: Mapped[str] = _short()
    node: Mapped[str] = _short(8)
    for_hub: Mapped[str] = _short(36)
    role: Mapped[str] = _short(8)
    is_denied: Mapped[int] = mapped_column(default=0, server_default="0")
    made_ms: Mapped[int] = _long()
    asked_ms: Mapped[int] = _long()


class File(Base):
    """A picture of a notice, under the hash of what was sent; its metadata is gone."""

    __tablename__ = "file"

    hub_id: Mapped[str] = _hub()
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    media: Mapped[str] = mapped_column(String(40))
    data: Mapped[bytes] = mapped_column(LargeBinary)
    made_ms: Mapped[int] = _long()


class Account(Base):
    """Somebody who looks after a hub on the server's pages; of the password only a hash is kept.

    name_key: the name as it is compared. person: their record in the hub. role: steward, volunteer.
    """

    __tablename__ = "account"
    __table_args__ = (Index("ix_account_hub_id_name_key", "hub_id", "name_key", unique=True),)

    hub_id: Mapped[str] = _hub()
    account_id: Mapped[str] = mapped_column(String(16), primary_key=True)
    name: Mapped[str] = _short()
    name_key: Mapped[str] = _short(240)
    person: Mapped[str] = _short(80)
    role: Mapped[str] = _short(10)
    password_hash: Mapped[str] = _short(200)
    lang: Mapped[str] = _short(12)
    made_ms: Mapped[int] = _long()


class Session(Base):
    """A browser in which somebody is signed in, a node of its own; ended = the row is gone.

    about: what the browser called itself, for the list of sessions.
    """

    __tablename__ = "session"

    hub_id: Mapped[str] = _hub()
    session_id: Mapped[str] = mapped_column(String(16), primary_key=True)
    account_id: Mapped[str] = mapped_column(String(16))
    secret_hash: Mapped[str] = mapped_column(String(64))
    node: Mapped[str] = _short(8)
    about: Mapped[str] = _short()
    made_ms: Mapped[int] = _long()
    seen_ms: Mapped[int] = _long()


class Invitation(Base):
    """A link by which somebody becomes a volunteer, or one who is one gets a new password."""

    __tablename__ = "invitation"

    hub_id: Mapped[str] = _hub()
    invitation_id: Mapped[str] = mapped_column(String(16), primary_key=True)
    secret_hash: Mapped[str] = mapped_column(String(64))
    role: Mapped[str] = _short(10)
    name: Mapped[str] = _short()
    account_id: Mapped[str] = _short(16)
    made_ms: Mapped[int] = _long()


class Feed(Base):
    """The secret in the addresses of a hub's calendars; renewing it ends the old addresses."""

    __tablename__ = "feed"

    hub_id: Mapped[str] = _hub()
    secret: Mapped[str] = mapped_column(String(40))
    made_ms: Mapped[int] = _long()
