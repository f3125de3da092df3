"""A notice on its way to the board: what was said so far, what can be chosen, what is asked. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from kiosk.hub.actor import Actor
from kiosk.hub.notices import EditNotice, Publish
from kiosk.ui.words import Words
from sync.records.base import Texts
from sync.records.hub import WEEKDAYS
from sync.records.notice import Notice, NoticeKind
from sync.records.notice_rules import longest_days

KINDS: tuple[NoticeKind, ...] = ("urgent", "news", "need", "offer", "lost_found", "decision")
USUAL_DAYS = 7
PHRASES: dict[str, tuple[NoticeKind, int]] = {
    "closing_early": ("urgent", 0),
    "side_door": ("urgent", 6),
    "no_water": ("urgent", 0),
    "tea_is_on": ("news", 0),
    "hands_needed": ("need", 7),
    "found": ("lost_found", 14),
}
"""Ready phrases: their kind, and for how many days after today they hang."""
FIELDS = ("kind", "title", "body", "first_day", "last_day", "weekdays", "from_", "to", "pin")
HOURS = tuple(f"{hour:02}:00" for hour in range(6, 24))
SHORT = 16
STEPS_OF_CHANGE = ("words", "kind", "first_day", "last_day", "weekdays", "from_", "pin")


@dataclass(frozen=True, slots=True)
class Draft:
    """What was said so far. step: what is asked now. notice: the one being changed, "" of a new one.

    lang: whose text is typed. seen: it was shown as it will look. opened: the notice as it was then.
    """

    step: str = "phrases"
    notice: str = ""
    kind: NoticeKind = "news"
    title: Texts = field(default_factory=dict)
    body: Texts = field(default_factory=dict)
    first_lang: str = ""
    first_day: date | None = None
    last_day: date | None = None
    weekdays: tuple[str, ...] = ()
    from_: str = ""
    to: str = ""
    pin: int = 0
    lang: str = ""
    seen: bool = False
    opened: Notice | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose: what it says, what it means, whether it is chosen now."""

    words: str
    value: Any
    chosen: bool = False
    sub: str = ""


def of_phrase(key: str, languages: Sequence[str], first: str, today: date) -> Draft:
    """Return the draft of a ready phrase, in every language of the hub that can say it."""
    kind, days = PHRASES[key]
    said = {lang: Words(lang).say(f"phrase.{key}") for lang in (*languages, first)}
    title = {lang: text for lang, text in said.items() if Words(lang).has(f"phrase.{key}")}
    last = today + timedelta(days=days)
    return Draft("preview", "", kind, title, {}, first, today, last, seen=True)


def own_words(lang: str, today: date) -> Draft:
    """Return the draft of what is typed: news for a week."""
    last = today + timedelta(days=USUAL_DAYS)
    return Draft("title", first_lang=lang, first_day=today, last_day=last, lang=lang)


def of_notice(notice: Notice) -> Draft:
    """Return a notice as it is, to be changed."""
    kept = {name: getattr(notice, name) for name in FIELDS}
    first = notice.first_lang or next(iter(notice.title), "")
    return Draft("preview", notice.id, first_lang=first, seen=True, opened=notice, **kept)


def backward(draft: Draft) -> Draft | None:
    """Return the draft one step back, None before the first."""
    if draft.step in ("title", "body"):
        return replace(draft, step="words" if draft.seen else "phrases")
    if draft.step == "preview":
        return None if draft.notice else replace(draft, step="phrases", seen=False)
    if draft.step == "change":
        return replace(draft, step="preview")
    if draft.step == "to":
        return replace(draft, step="from_")
    return replace(draft, step="change") if draft.step in STEPS_OF_CHANGE else None


def with_text(draft: Draft, text: str) -> Draft:
    """Return the draft with what was typed, in the language it is typed in."""
    part = "title" if draft.step == "title" else "body"
    return replace(draft, **{part: getattr(draft, part) | {draft.lang: text}})


def with_choice(draft: Draft, value: Any) -> Draft:
    """Return the draft with what was chosen, and what is asked next."""
    if draft.step == "change":
        return replace(draft, step=value)
    if draft.step == "words":
        part, lang = value
        return replace(draft, step=part, lang=lang)
    if draft.step == "weekdays":
        days = set(draft.weekdays) ^ {value}
        ordered = tuple(day for day in WEEKDAYS if day in days)
        return replace(draft, weekdays=() if len(ordered) == len(WEEKDAYS) else ordered)
    if draft.step == "from_":
        if not value:
            return replace(draft, from_="", to="", step="change")
        return replace(draft, from_=value, step="to")
    changed: Draft = replace(draft, **{draft.step: value}, step="change")
    return _sound_days(changed)


def _sound_days(draft: Draft) -> Draft:
    """Return the draft with a last day not before the first one, nor later than its kind may."""
    first, last = draft.first_day, draft.last_day
    if first is None or last is None:
        return draft
    most = longest_days(draft.kind)
    return replace(draft, last_day=min(max(first, last), first + timedelta(days=most)))


def options(
    draft: Draft, languages: Sequence[str], today: date, words: Words
) -> tuple[Option, ...]:
    """Return what can be chosen at this step."""
    match draft.step:
        case "phrases":
            return tuple(Option(words.say(f"phrase.{key}"), key) for key in PHRASES)
        case "change":
            return _changes(draft, words)
        case "words":
            return tuple(
                _text_option(draft, part, lang, words)
                for part in ("title", "body")
                for lang in languages
            )
        case "kind":
            return tuple(Option(words.say(f"kind.{k}"), k, k == draft.kind) for k in KINDS)
        case "first_day" | "last_day":
            return _days(draft, today, words)
        case "weekdays":
            return tuple(
                Option(weekday(day, words), day, not draft.weekdays or day in draft.weekdays)
                for day in WEEKDAYS
            )
        case "from_" | "to":
            return _hours(draft, words)
        case "pin":
            return tuple(Option(words.say(f"pin.{n}"), n, n == draft.pin) for n in range(3))
    return ()


def weekday(day: str, words: Words) -> str:
    """Return the name of a weekday ("mon")."""
    return words.weekday(date(2024, 1, 1) + timedelta(days=WEEKDAYS.index(day)))


def _changes(draft: Draft, words: Words) -> tuple[Option, ...]:
    values = {
        "words": short(words.pick(draft.title, draft.first_lang)[0], SHORT),
        "kind": words.say(f"kind.{draft.kind}"),
        "first_day": words.day(draft.first_day, "short") if draft.first_day else "",
        "last_day": words.day(draft.last_day, "short") if draft.last_day else "",
        "weekdays": _weekdays_said(draft, words),
        "from_": hours_said(draft, words),
        "pin": words.say(f"pin.{draft.pin}"),
    }
    return tuple(
        Option(words.say(f"notice.change_{step}"), step, sub=values[step])
        for step in STEPS_OF_CHANGE
    )


def _weekdays_said(draft: Draft, words: Words) -> str:
    if not draft.weekdays:
        return words.say("notice.every_day")
    return ", ".join(weekday(day, words)[:3] for day in draft.weekdays)


def hours_said(draft: Draft, words: Words) -> str:
    """Return between which hours it shows."""
    if not draft.from_:
        return words.say("notice.all_day")
    return words.say("notice.hours", start=draft.from_, end=draft.to or "24:00")


def _text_option(draft: Draft, part: str, lang: str, words: Words) -> Option:
    text = getattr(draft, part).get(lang, "")
    what = words.say(f"notice.{part}_in", language=words.language(lang))
    missing = "notice.missing" if part == "title" or any(draft.body.values()) else "notice.none"
    return Option(what, (part, lang), sub=short(text, SHORT) or words.say(missing))


def _days(draft: Draft, today: date, words: Words) -> tuple[Option, ...]:
    is_last = draft.step == "last_day"
    first = max(today, draft.first_day or today) if is_last else today
    most = longest_days(draft.kind if is_last else "news")
    known = draft.last_day if is_last else draft.first_day
    days = [first + timedelta(days=n) for n in range(most + 1)]
    return tuple(Option(capital(_day_said(day, today, words)), day, day == known) for day in days)


def _day_said(day: date, today: date, words: Words) -> str:
    near = (day - today).days in (0, 1)
    return words.near_day(day, today) if near else words.day(day, "short")


def short(text: str, longest: int) -> str:
    """Return a text as it begins, where it is whole elsewhere."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def capital(text: str) -> str:
    """Return a text that begins with a capital letter."""
    return text[:1].upper() + text[1:]


def _hours(draft: Draft, words: Words) -> tuple[Option, ...]:
    if draft.step == "from_":
        all_day = Option(words.say("notice.all_day"), "", not draft.from_)
        return (all_day, *(Option(hour, hour, hour == draft.from_) for hour in HOURS))
    later = [hour for hour in (*HOURS, "24:00") if hour > draft.from_]
    return tuple(Option(hour, hour, hour == draft.to) for hour in later)


def facts(draft: Draft, languages: Sequence[str], today: date, words: Words) -> tuple[str, ...]:
    """Return when it shows and in which languages, as it stands beside how it will look."""
    first, last = draft.first_day or today, draft.last_day or today
    until = _day_said(last, today, words)
    shown = (
        words.say("notice.shown_on", day=until)
        if first == last
        else words.say("notice.shown", first=_day_said(first, today, words), last=until)
    )
    there = [words.language(lang) for lang in languages if draft.title.get(lang)]
    gone = [words.language(lang) for lang in languages if not draft.title.get(lang)]
    missing = f" {words.say('notice.is_missing', language=words.list_(gone))}" if gone else ""
    said = [capital(shown), capital(f"{words.list_(there)}.{missing}")]
    if draft.from_ or draft.weekdays:
        said.append(f"{_weekdays_said(draft, words)}, {hours_said(draft, words)}")
    return tuple(said)


def missing_language(draft: Draft, languages: Sequence[str]) -> str:
    """Return the first of the hub's languages in which it says nothing yet, or ""."""
    return next((lang for lang in languages if not draft.title.get(lang, "").strip()), "")


def publish_of(draft: Draft, by: Actor) -> Publish:
    """Return what is asked for a new notice."""
    kept = {name: getattr(draft, name) for name in FIELDS if name not in ("title", "body")}
    return Publish(
        title=_said(draft.title),
        body=_said(draft.body),
        first_lang=draft.first_lang,
        by=by,
        **kept,
    )


def edit_of(draft: Draft, notice: Notice, by: Actor) -> EditNotice:
    """Return what is asked for a changed one: only what is another than when it was opened.

    What somebody else has changed in between is theirs.
    """
    changed, opened = dict[str, Any](), draft.opened or notice
    for name in FIELDS:
        was, now = getattr(opened, name), getattr(draft, name)
        if name in ("title", "body"):
            now = {lang: text for lang, text in now.items() if was.get(lang, "") != text.strip()}
            if now:
                changed[name] = now
        elif was != now:
            changed[name] = now
    return EditNotice(notice.id, changed, by)


def _said(texts: Texts) -> Texts:
    return {lang: text for lang, text in texts.items() if text.strip()}
