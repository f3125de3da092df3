"""The house agreement: what is in force, its versions, and publishing the next one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from litestar import get, post
from sqlalchemy import Connection

from sync.errors import Refused
from sync.records.agreement import Agreement
from sync.server.web.hub import agreements
from sync.server.web.hub.agreements import Draft
from sync.server.web.hub.parts import Typed
from sync.server.web.notice_form import said
from sync.server.web.notices import sound_id
from sync.server.web.reading import people_of
from sync.server.web.visit import Asked, Page, Visit, visit_of
from sync.server.web.writing import Write, fresh_id


@get("/hub/agreement", needs="volunteer", sync_to_thread=True)
def agreement_page(request: Asked) -> Page:
    """What holds in this house, in each language, and what held before."""
    return _page(visit_of(request), {}, {})


def _page(visit: Visit, typed: Typed, wrong: Mapping[str, Refused], sentence: str = "") -> Page:
    versions = _versions(visit)
    latest = versions[0] if versions else Agreement()
    begun = {f"text.{lang}": [latest.text.get(lang, "")] for lang in visit.house.languages}
    begun["since"] = [visit.house.today.isoformat()]
    with visit.database.reading() as connection:
        said_yes = agreements.accepted(
            connection, visit.me.hub, people_of(connection, visit.me.hub)
        )
    return visit.page(
        "agreement.html",
        400 if wrong or sentence else 200,
        versions=versions,
        force=agreements.in_force(versions, visit.house.today),
        accepted=said_yes,
        langs=visit.house.languages,
        typed=typed or begun,
        wrong={name: visit.sorry(why) for name, why in wrong.items()},
        sentence=sentence,
        new_id=said(typed, "id") or fresh_id(visit.now_ms),
        # Somebody who has just been told of a newer version has seen it.
        was=latest.id,
    )


def _versions(visit: Visit) -> list[Agreement]:
    with visit.database.reading() as connection:
        return agreements.versions_of(connection, visit.me.hub)


@post("/hub/agreement", status_code=200, needs="steward", sync_to_thread=True)
def publish(request: Asked) -> Page:
    """Show the next version as it will be asked about; published once somebody has said so."""
    visit = visit_of(request)
    draft, wrong = agreements.drafted(visit.form, visit.house.languages, visit.house.today)
    if draft is None or visit.said("back"):
        return _page(visit, visit.form, wrong)
    if visit.said("sure") != "yes":
        return _preview(visit, draft)
    new_id = sound_id(visit.said("id"), visit.now_ms)

    def decide(connection: Connection) -> Sequence[Write]:
        versions = agreements.versions_of(connection, visit.me.hub)
        seen = visit.said("was")
        return agreements.published(versions, draft, seen, new_id, visit.me, visit.now_ms)

    try:
        visit.within(decide)
    except Refused as why:
        return _page(visit, visit.form, {}, visit.sorry(why))
    return visit.go("/hub/agreement", said="agreement")


def _preview(visit: Visit, draft: Draft) -> Page:
    versions = _versions(visit)
    force = agreements.in_force(versions, visit.house.today)
    with visit.database.reading() as connection:
        people = people_of(connection, visit.me.hub)
        said_yes = agreements.accepted(connection, visit.me.hub, people)
    return visit.page(
        "agreement_preview.html",
        draft=draft,
        number=1 + max((one.version for one in versions), default=0),
        asked_again=said_yes[force.id] if force else 0,
        missing=[lang for lang in visit.house.languages if lang not in draft.text],
        kept=[(name, visit.said(name)) for name in ("was", "id", "since")],
    )


HANDLERS = (agreement_page, publish)
