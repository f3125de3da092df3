"""The picture of a notice: what is written of the form that sends it. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from sync.errors import Refused
from sync.merge import WireRecord
from sync.records.notice import Notice
from sync.server.web.notice_form import Fields, Form, said
from sync.server.web.writing import Write
from sync.typed import line


class NotShown(Refused):
    """What was sent is no picture that a board can show."""

    say = "picture.not_one"


class NotDescribed(Refused):
    """Who does not see a picture reads what is on it: in one language at least."""

    say = "picture.not_described"


class NoPicture(Refused):
    """There is none, and none was sent."""

    say = "picture.none_sent"


def in_words(form: Form, languages: Sequence[str]) -> Fields:
    """Return the picture in words. Raises NotDescribed, TextTooLong."""
    fields: Fields = {
        f"picture_alt.{lang}": line(said(form, f"picture_alt.{lang}")) or None for lang in languages
    }
    if not any(fields.values()):
        raise NotDescribed
    return fields


def put(body: WireRecord, picture: str, words: Fields) -> tuple[Write, ...]:
    """Write a picture and its words; what stays as it is is not written. Raises NoPicture."""
    now = body["fields"]
    if not (picture or now.get("picture")):
        raise NoPicture
    wanted = words | ({"picture": picture} if picture else {})
    return _write(body, {name: value for name, value in wanted.items() if now.get(name) != value})


def take_off(body: WireRecord) -> tuple[Write, ...]:
    """Take the picture off, and its words."""
    names = [
        name for name in body["fields"] if name.partition(".")[0] in ("picture", "picture_alt")
    ]
    return _write(body, {name: None for name in names if body["fields"][name]})


def _write(body: WireRecord, fields: Fields) -> tuple[Write, ...]:
    return (Write(Notice.KIND, body["id"], fields),) if fields else ()
