"""Notices: the list as the boards show them, writing, looking, changing, withdrawing, restoring."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from litestar import get, post
from litestar.params import FromPath
from sqlalchemy import Connection

from sync.errors import Refused
from sync.merge import WireRecord
from sync.records import read
from sync.records.masked import masked
from sync.records.notice import Notice
from sync.records.old_text import OldText
from sync.records.person import Person
from sync.server import devices
from sync.server.web import notices
from sync.server.web.activity import last_change
from sync.server.web.doorkeeper import NotThere
from sync.server.web.notice_form import Clash, said, texts_of, was_of
from sync.server.web.notice_lists import LISTS, SIGNS, lists, missing_in, only_in, weeks
from sync.server.web.phrases import PHRASES, phrase_texts
from sync.server.web.preview.stands import draft, stands, window
from sync.server.web.reading import body_of, every, one
from sync.server.web.screens import Screens, counted, screens_of
from sync.server.web.visit import Asked, Page, Visit, visit_of
from sync.server.web.writing import Write, fresh_id


@get("/notices", needs="volunteer", sync_to_thread=True)
def notices_page(request: Asked) -> Page:
    """What hangs, what will, what has."""
    visit = visit_of(request)
    with visit.database.reading() as connection:
        everything = every(connection, visit.me.hub, Notice)
    found = lists(everything, visit.house.local, visit.house.languages)
    shown = next((name for name in LISTS if name == visit.asked("show")), "showing")
    return visit.page(
        "notices.html",
        lists=LISTS,
        found=found,
        shown=shown,
        signs=SIGNS,
        only_in=only_in,
        screens=_screens(visit),
    )


def _screens(visit: Visit) -> Screens:
    with visit.database.reading() as connection:
        return counted(screens_of(devices.listed(connection, visit.me.hub), visit.now_ms))


@get("/notices/new", needs="volunteer", sync_to_thread=True)
def new_page(request: Asked) -> Page:
    """An empty notice, or one that a ready phrase has begun."""
    visit = visit_of(request)
    phrase = visit.asked("phrase")
    begun: dict[str, Any] = dict(phrase_texts(phrase, visit.house.languages))
    begun["kind"] = PHRASES.get(phrase, "news")
    begun["phrase"] = phrase if phrase in PHRASES else ""  # by which its draft is another one's
    begun["first_day"] = visit.house.today.isoformat()
    begun["last_day"] = (visit.house.today + dt.timedelta(days=7)).isoformat()
    return _editor(visit, None, begun, new_id=fresh_id(visit.now_ms))


@get("/notices/{notice:str}", needs="volunteer", sync_to_thread=True)
def notice_page(request: Asked, notice: FromPath[str]) -> Page:
    """One notice, to change it."""
    visit = visit_of(request)
    with visit.database.reading() as connection:
        _found, body = notices.the_notice(connection, visit.me.hub, notice)
    return _editor(visit, body, body["fields"])


def _editor(
    visit: Visit,
    body: WireRecord | None,
    fields: dict[str, Any],
    *,
    new_id: str = "",
    status: int = 200,
    sentence: str = "",
    was: str = "",
) -> Page:
    languages = notices.languages_of(body, visit.house)
    notice = read(Notice, body["id"] if body else "", body["fields"] if body else {})
    with visit.database.reading() as connection:
        old = notices.old_texts(connection, visit.house, visit.me, body) if body else []
        key = (Notice.KIND, notice.id)
        last = last_change(visit.logbook(connection), key, visit.house, visit.words)
    names = (*texts_of(languages), *notices.EDITED)
    return visit.page(
        "notice.html",
        status,
        **_stands(visit, body, fields),
        notice=notice if body else None,
        new_id=new_id,
        fields=defaultdict(lambda: None, fields),
        languages=languages,
        first=_first_shown(visit, languages, fields),
        missing=missing_in(notice, languages) if body else (),
        was=was or was_of(body, names),
        old_texts=old,
        last=last,
        weeks=weeks(notice, visit.house.today),
        signs=SIGNS,
        phrases=() if body else tuple(PHRASES),
        screens=_screens(visit),
        sentence=sentence,
    )


def _stands(visit: Visit, body: WireRecord | None, fields: dict[str, Any]) -> dict[str, Any]:
    """Return what the preview says: how a notice with these fields would stand."""
    house, there = visit.house, body["fields"] if body else {}
    notice = draft(there, fields, notices.languages_of(body, house))
    owner = there.get("owner", "") if body else visit.me.person
    with visit.database.reading() as connection:
        person = one(connection, visit.me.hub, Person, owner) if owner else None
    by = masked(person.name, person.known_as) if person else masked(notice.by_name)
    return {
        "stands": stands(notice, house.hub, house.languages, by, house.today),
        "window": window(notice, visit.words),
        "picture": notice.picture,
    }


def _first_shown(visit: Visit, languages: Sequence[str], fields: dict[str, Any]) -> str:
    written = [lang for lang in languages if fields.get(f"title.{lang}")]
    wanted = (visit.words.lang, *written, *languages)
    return next(lang for lang in wanted if lang in languages)


@post("/notices", status_code=200, needs="volunteer", sync_to_thread=True)
def publish(request: Asked) -> Page:
    """Put a notice up; sent twice, it hangs once."""
    visit = visit_of(request)
    return _save(visit, said(visit.form, "id"), is_new=True)


@post("/notices/{notice:str}", status_code=200, needs="volunteer", sync_to_thread=True)
def change(request: Asked, notice: FromPath[str]) -> Page:
    """Write what was changed; where somebody else changed the same text, ask."""
    return _save(visit_of(request), notice, is_new=False)


@post("/notices/preview", status_code=200, needs="volunteer", sync_to_thread=True)
def preview_new(request: Asked) -> Page:
    """How a notice that nobody has put up yet would stand. Nothing is written."""
    visit = visit_of(request)
    return _preview(visit, None)


@post("/notices/{notice:str}/preview", status_code=200, needs="volunteer", sync_to_thread=True)
def preview(request: Asked, notice: FromPath[str]) -> Page:
    """How a notice would stand with what was typed. Nothing is written."""
    visit = visit_of(request)
    with visit.database.reading() as connection:
        _found, body = notices.the_notice(connection, visit.me.hub, notice)
    return _preview(visit, body)


def _preview(visit: Visit, body: WireRecord | None) -> Page:
    """Only the drawings where a page of ours asks for them; else the whole page, with its form."""
    if visit.request.headers.get("hx-request"):
        return visit.page("notice_stands.html", **_stands(visit, body, _typed(visit)))
    new_id, was = said(visit.form, "id"), said(visit.form, "was")
    return _editor(visit, body, _typed(visit), new_id=new_id, was=was)


def _typed(visit: Visit) -> dict[str, Any]:
    typed: dict[str, Any] = {name: next(iter(values), "") for name, values in visit.form.items()}
    return typed | {"weekdays": list(visit.form.get("weekdays", ()))}


def _save(visit: Visit, notice: str, *, is_new: bool) -> Page:
    clashes: tuple[Clash, ...] = ()
    body: WireRecord | None = None

    def decide(connection: Connection) -> Sequence[Write]:
        nonlocal clashes, body
        body = body_of(connection, visit.me.hub, Notice.KIND, notice)
        if body is None and not is_new:
            raise NotThere
        decided = notices.save(body, visit.form, visit.house, visit.me, visit.now_ms)
        clashes = decided.clashes
        return decided.writes

    try:
        visit.within(decide)
    except Refused as why:
        if isinstance(why, NotThere):
            raise
        was = said(visit.form, "was")
        sorry = visit.sorry(why)
        return _editor(
            visit, body, _typed(visit), new_id=notice, status=400, sentence=sorry, was=was
        )
    if clashes:
        return _clash_page(visit, notice, clashes)
    return visit.go("/notices", said="published" if is_new else "saved")


def _clash_page(visit: Visit, notice: str, clashes: tuple[Clash, ...]) -> Page:
    """Show both texts; all that was typed travels along."""
    asked = {f"{how}.{clash.field}" for clash in clashes for how in ("pick", "both")}
    kept = [
        (name, value)
        for name, values in visit.form.items()
        for value in values
        if name not in {*asked, "token"}
    ]
    return visit.page("notice_clash.html", 409, notice_id=notice, clashes=clashes, kept=kept)


@post("/notices/{notice:str}/withdraw", status_code=200, needs="volunteer", sync_to_thread=True)
def withdraw(request: Asked, notice: FromPath[str]) -> Page:
    """Take it from every screen; it can be put back."""
    visit = visit_of(request)

    def decide(connection: Connection) -> Sequence[Write]:
        notices.the_notice(connection, visit.me.hub, notice)
        return (notices.withdraw(notice, visit.me, visit.now_ms),)

    visit.within(decide)
    return visit.go("/notices", said="withdrawn")


@post("/notices/{notice:str}/restore", status_code=200, needs="volunteer", sync_to_thread=True)
def restore(request: Asked, notice: FromPath[str]) -> Page:
    """Put it back as it was."""
    visit = visit_of(request)

    def decide(connection: Connection) -> Sequence[Write]:
        notices.the_notice(connection, visit.me.hub, notice)
        return (notices.restore(notice),)

    visit.within(decide)
    return visit.go(f"/notices/{notice}", said="restored")


@post("/notices/{notice:str}/put-back", status_code=200, needs="volunteer", sync_to_thread=True)
def put_back(request: Asked, notice: FromPath[str]) -> Page:
    """Write an earlier text again; the present one is kept in its place."""
    visit = visit_of(request)

    def decide(connection: Connection) -> Sequence[Write]:
        notices.the_notice(connection, visit.me.hub, notice)
        old = one(connection, visit.me.hub, OldText, said(visit.form, "old_text"))
        if old is None or old.record != notice:
            raise NotThere
        return (notices.put_back(old, visit.me),)

    visit.within(decide)
    return visit.go(f"/notices/{notice}", said="put_back")


HANDLERS = (
    notices_page,
    new_page,
    notice_page,
    preview_new,
    preview,
    publish,
    change,
    withdraw,
    restore,
    put_back,
)
