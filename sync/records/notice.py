"""What is on the board."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from sync.records.base import (
    BOARD,
    LATEST,
    NAMED,
    ONCE,
    OWNER,
    PERSONAL,
    VOL,
    VOLUNTEERS,
    Kept,
    Record,
    Texts,
)

NoticeKind = Literal["urgent", "news", "offer", "need", "lost_found", "decision"]


class Notice(Record, frozen=True, kw_only=True):
    """Words for everybody, in one or more languages, from a first day to a last one."""

    KIND: ClassVar[str] = "notice"
    KEPT: ClassVar[Kept] = Kept(days=730, since="last_day")
    NAMES_SINCE: ClassVar[str] = "last_day"
    NAMES: ClassVar[tuple[str, ...]] = ("by_name", "contact")

    kind: Annotated[NoticeKind, LATEST, BOARD, OWNER] = "news"
    title: Annotated[Texts, LATEST, BOARD, OWNER] = {}
    body: Annotated[Texts, LATEST, BOARD, OWNER] = {}
    first_lang: Annotated[str, LATEST, BOARD, OWNER] = ""
    edited_by: Annotated[dict[str, str], LATEST, VOLUNTEERS, OWNER, PERSONAL] = {}
    first_day: Annotated[date | None, LATEST, BOARD, OWNER] = None
    last_day: Annotated[date | None, LATEST, BOARD, OWNER] = None
    weekdays: Annotated[tuple[str, ...], LATEST, BOARD, OWNER] = ()
    from_: Annotated[str, LATEST, BOARD, OWNER] = ""
    to: Annotated[str, LATEST, BOARD, OWNER] = ""
    owner: Annotated[str, ONCE, BOARD, NAMED, PERSONAL] = ""
    by_name: Annotated[str, ONCE, BOARD, NAMED, PERSONAL] = ""
    contact: Annotated[str, LATEST, VOLUNTEERS, OWNER, PERSONAL] = ""
    picture: Annotated[str, LATEST, BOARD, OWNER] = ""
    picture_alt: Annotated[Texts, LATEST, BOARD, OWNER] = {}
    """The picture in words, for those who do not see it."""
    pin: Annotated[int, LATEST, BOARD, VOL] = 0
