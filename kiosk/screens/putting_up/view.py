"""Putting up an offer or a need at the door: the steps, ready words, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from kiosk.hub.actor import KNOWN, NAMED, Actor
from kiosk.hub.notices import Publish
from kiosk.ui.words import Words

Kind = Literal["offer", "need"]
DAYS_UP = 14
"""How long what is put up in passing stays: two weeks, then it goes by itself."""
READY = {
    "offer": ("lift", "forms", "mending", "company", "giveaway"),
    "need": ("lift", "forms", "mending", "company", "borrow"),
}


@dataclass(frozen=True, slots=True)
class Draft:
    """What was said so far. step: kind, words, typed (own words) or name.

    person: whose card said the name, "" where it was typed.
    """

    step: str = "kind"
    kind: Kind = "offer"
    title: str = ""
    name: str = ""
    person: str = ""


def with_kind(draft: Draft, kind: Kind) -> Draft:
    """Return the draft as an offer or a need; its words are next."""
    return replace(draft, kind=kind, step="words")


def with_title(draft: Draft, title: str, *, known: bool) -> Draft:
    """Return the draft with its words. known: a card was held, so nobody asks for a name."""
    return replace(draft, title=title, step="ready" if known else "name")


def backward(draft: Draft) -> Draft | None:
    """Return the draft one step back, None before the first."""
    before = {"words": "kind", "typed": "words", "name": "words", "ready": "words"}
    step = before.get(draft.step)
    return replace(draft, step=step) if step else None


def ready_words(draft: Draft, words: Words) -> tuple[str, ...]:
    """Return titles to tap instead of typing."""
    return tuple(words.say(f"putting_up.{draft.kind}_{key}") for key in READY[draft.kind])


def publish_of(draft: Draft, words: Words, today: date, who: Actor) -> Publish:
    """Return what is asked of the hub: signed by whom a card shows, or by the name as typed."""
    typed = Actor(KNOWN, draft.person) if draft.person else Actor(NAMED, name=draft.name)
    by = who if who.level >= KNOWN else typed
    return Publish(
        title={words.lang: draft.title},
        kind=draft.kind,
        first_lang=words.lang,
        first_day=today,
        last_day=today + timedelta(days=DAYS_UP),
        by=by,
    )


def said_when_up(words: Words, today: date, *, large: bool = False) -> tuple[str, str]:
    """Return title and sentence once it is up; large words leave room for a shorter one."""
    day = words.day(today + timedelta(days=DAYS_UP))
    key = "putting_up.is_up_short" if large else "putting_up.is_up_until"
    return words.say("putting_up.is_up"), words.say(key, day=day)
