"""The tables of passkeys, by the rules of ``models.py``."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from sync.server.database.models import Base


class Passkey(Base):
    """By what a volunteer signs in instead of the password; its private half never leaves a device.

    passkey_id: digest of the credential's id. data: that id and the public key (WebAuthn, attested
    credential data). counter: its uses as the device counts them, 0 where it does not.
    """

    __tablename__ = "passkey"
    __table_args__ = (Index("ix_passkey_hub_id_account_id", "hub_id", "account_id"),)

    hub_id: Mapped[str] = mapped_column(String(36), ForeignKey("hub.hub_id"), primary_key=True)
    passkey_id: Mapped[str] = mapped_column(String(43), primary_key=True)
    account_id: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(120), default="", server_default="")
    data: Mapped[bytes] = mapped_column(LargeBinary)
    counter: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    made_ms: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    used_ms: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")


class AnsweredChallenge(Base):
    """A challenge that a passkey has answered, kept as long as it could be answered again."""

    __tablename__ = "answered_challenge"

    hub_id: Mapped[str] = mapped_column(String(36), ForeignKey("hub.hub_id"), primary_key=True)
    challenge: Mapped[str] = mapped_column(String(64), primary_key=True)
    at_ms: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
