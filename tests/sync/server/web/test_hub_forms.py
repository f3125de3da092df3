"""Forms over a record: hours as people type them, and what a form that was sent back comes to."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.clock import Reading
from sync.errors import Refused
from sync.merge import Version, record
from sync.records import read, rule_of
from sync.records.hub import WEEKDAYS, Hub
from sync.records.room import Room
from sync.server.web.hub import rooms, sections
from sync.server.web.hub.hours_text import HoursOverlap, NotHours, hours
from sync.server.web.hub.hours_text import words as hours_words
from sync.server.web.hub.parts import NotANumber, number, shown, taken, was_of
from sync.server.web.words import Words

LANGS = ("en", "es")
EN = Words("en")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("9-14, 16:00-22:00", [["09:00", "14:00"], ["16:00", "22:00"]]),
        (" 16.30 – 24   09:00—14:00 ", [["09:00", "14:00"], ["16:30", "24:00"]]),
        ("9‑14", [["09:00", "14:00"]]),
        ("from 9 to 14 and 16h to 20h30", [["09:00", "14:00"], ["16:00", "20:30"]]),
        ("de 9 a 14 y de 16 hasta 20", [["09:00", "14:00"], ["16:00", "20:00"]]),
        ("20-2", [["20:00", "02:00"]]),
        ("12-0", [["12:00", "24:00"]]),
        ("0-24", [["00:00", "24:00"]]),
        ("9-12,12-15", [["09:00", "12:00"], ["12:00", "15:00"]]),
        ("", None),
        ("   ", None),
    ],
)
def test_hours_are_read_as_people_type_them(typed, kept):
    assert hours(typed) == kept


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("nine to five", NotHours),
        ("9", NotHours),
        ("9-14-16", NotHours),
        ("9-14 shut", NotHours),
        ("25-26", NotHours),
        ("9:60-10", NotHours),
        ("9-9", NotHours),
        ("24-3", NotHours),
        ("٩-١٤", NotHours),
        ("1-2," * 7, NotHours),
        ("9-" * 60_000, NotHours),
        ("9-12, 11-13", HoursOverlap),
        ("22-3, 23-24", HoursOverlap),
    ],
)
def test_what_cannot_be_hours_is_not_taken_for_some(typed, why):
    with pytest.raises(why):
        hours(typed)


@given(st.lists(st.integers(0, 24 * 60), min_size=2, max_size=8, unique=True))
def test_hours_that_were_kept_are_typed_back_the_same(minutes):
    minutes = sorted(minutes)[: len(minutes) // 2 * 2]
    clock = ["24:00" if m == 1440 else f"{m // 60:02d}:{m % 60:02d}" for m in minutes]
    kept = [list(pair) for pair in zip(clock[::2], clock[1::2], strict=True)]
    assert hours(hours_words(kept)) == kept


@pytest.mark.parametrize("typed", ["-1", "+5", "1.5", "5e2", "٥", "1" * 5000, "241", "four", "1_0"])
def test_only_a_whole_number_within_its_bounds_is_one(typed):
    with pytest.raises(NotANumber):
        number(typed, 0, 240)


def body_of(kind, fields, ms=1_700_000_000_000):
    stamp = str(Reading(ms, 0, "0000aaaa"))
    said = {name: Version(rule_of(kind.KIND, name), stamp, value) for name, value in fields.items()}
    return record(kind.KIND, "0199b1aa", said)


TEXT = st.text(max_size=200) | st.sampled_from(["a\r\nb", " a  b ", "<b>&amp;", "\n\nx", "\x1b[0m"])
SPANS = st.lists(st.lists(st.sampled_from(["9:0", "09:00", "24:00", "x"]), max_size=3), max_size=3)
ANY = st.none() | TEXT | st.integers(-(2**40), 2**40) | SPANS | st.booleans()
HUB_FIELDS = st.dictionaries(
    st.sampled_from(["name.en", "short.es", "timezone", "languages", "reasons.x", "reasons.a.b"])
    | st.sampled_from([f"open.{day}" for day in WEEKDAYS])
    | st.sampled_from([f"settings.{key}" for key in (*sections.LIMITS, "stay_hours", "own_code")]),
    ANY | st.dictionaries(st.sampled_from(LANGS), TEXT) | st.lists(TEXT, max_size=3),
)
ROOM_FIELDS = st.dictionaries(
    st.sampled_from(["name.en", "note.es", "capacity", "buffer_min", "order", "colour", "bookable"])
    | st.sampled_from([f"open.{day}" for day in WEEKDAYS]),
    ANY,
)


def of_hub(hub, form):
    return [
        *sections.names(hub, LANGS, EN),
        *sections.opening(hub, EN),
        *sections.reasons(hub, LANGS, EN, form),
        *sections.rules(hub, EN, {"r": "Kitchen"}),
        *sections.keeping(hub, EN, 366),
    ]


def sent_back(parts, body):
    """What a browser sends of a form that nobody touched."""
    as_sent = {
        name: [
            text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n") for text in some
        ]
        for name, some in shown(parts).items()
    }
    return {**as_sent, "was": [was_of(body, parts)]}


@given(HUB_FIELDS)
def test_a_form_of_the_hub_that_nobody_touched_writes_nothing_whatever_is_kept(fields):
    body = body_of(Hub, fields)
    hub = read(Hub, "0199b1aa", body["fields"])
    form = sent_back(of_hub(hub, {}), body)
    found = taken(body, of_hub(hub, form), form)
    assert (found.fields, found.wrong, found.clashes) == ({}, {}, ())


@given(ROOM_FIELDS)
def test_a_form_of_a_room_that_nobody_touched_writes_nothing_whatever_is_kept(fields):
    body = body_of(Room, fields)
    parts = rooms.parts(read(Room, "0199b1aa", body["fields"]), LANGS, EN)
    found = taken(body, parts, sent_back(parts, body))
    assert (found.fields, found.wrong, found.clashes) == ({}, {}, ())


@given(st.dictionaries(st.text(max_size=20) | st.just("name.en"), st.lists(st.text(max_size=300))))
def test_whatever_is_sent_is_taken_or_refused_in_words(form):
    body = body_of(Hub, {"name.en": "La Ronda"})
    found = taken(body, of_hub(read(Hub, "0199b1aa", body["fields"]), form), form)
    assert all(isinstance(why, Refused) and EN.has(why.say) for why in found.wrong.values())
    msgspec.json.encode(found.fields)


def test_who_saves_last_is_asked_again_if_a_third_one_saved_meanwhile():
    first = body_of(Hub, {"name.en": "One"})
    hub = read(Hub, "0199b1aa", first["fields"])
    parts = sections.names(hub, LANGS, EN)
    form = sent_back(parts, first) | {"name.en": ["Mine"]}
    second, third = (
        body_of(Hub, {"name.en": n}, 1_700_000_000_000 + len(n)) for n in ("Two", "Third")
    )
    asked = taken(second, parts, form)
    assert [(one.mine, one.theirs) for one in asked.clashes] == [("Mine", "Two")]
    chosen = form | {"was": [asked.was], "asked": ["name.en"], "pick.name.en": ["mine"]}
    assert taken(second, parts, chosen).fields == {"name.en": "Mine"}
    assert [one.theirs for one in taken(third, parts, chosen).clashes] == ["Third"]


def test_who_was_asked_and_chose_nothing_is_asked_again():
    first = body_of(Hub, {"name.en": "One"})
    parts = sections.names(read(Hub, "0199b1aa", first["fields"]), LANGS, EN)
    second = body_of(Hub, {"name.en": "Two"}, 1_800_000_000_000)
    form = sent_back(parts, first) | {"name.en": ["Mine"]}
    form |= {"was": [taken(second, parts, form).was], "asked": ["name.en"]}
    found = taken(second, parts, form)
    assert (found.fields, len(found.clashes)) == ({}, 1)
