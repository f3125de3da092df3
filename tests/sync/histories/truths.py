"""What must be true of a server and its kiosks, whatever went before."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence

from sync.client.state import Phase
from sync.clock import Reading
from sync.merge import WireRecord, is_erased, merge, versions
from sync.records import KINDS, read
from sync.records.hours import Hours
from sync.records.hub import Hub
from sync.records.retention import is_over
from sync.server.landing import calendar_of
from sync.server.projection import project
from sync.server.recovery import LONGEST_MS
from sync.washing import Calendar
from tests.sync.histories.kiosk import Kiosk
from tests.sync.histories.world import Key, World
from tests.sync.server.village import HUB

Held = dict[Key, WireRecord]
PROMISES = (("booking", "confirmed"), ("hours", "settled"))
MOST_NOTES = 40


def top(body: WireRecord) -> str:
    """The latest reading in a record's stamps."""
    stamps = body.get("stamps") or {"erased": f"x{body['erased']}"}
    return max((stamp[1:].partition("~")[0] for stamp in stamps.values()), default="")


def promised(held: Held) -> dict[Key, object]:
    """What was promised, and what exactly."""
    return {
        key: body["fields"][name]
        for kind, name in PROMISES
        for key, body in held.items()
        if key[0] == kind and not is_erased(body) and body["fields"].get(name)
    }


def no_room_is_promised_twice(held: Held, restored_ms: Sequence[int]) -> None:
    """4: no two confirmed bookings of a room overlap.

    Unless a backup was put back in between and a day went by before the door came back that had
    the first yes: then both stand, and are shown (docs/sync.md).
    """
    standing = sorted(
        (body["fields"]["room"], body["fields"]["starts"], _promised_ms(body))
        for key, body in held.items()
        if key[0] == "booking" and body["fields"].get("confirmed") and not body["fields"].get("cancelled")
    )  # fmt: skip
    for (room, first, a_ms), (other, then, b_ms) in itertools.combinations(standing, 2):
        early_ms, late_ms = sorted((a_ms, b_ms))
        if not any(early_ms < one and one + LONGEST_MS <= late_ms for one in restored_ms):
            assert room != other or then >= f"{first[:11]}{int(first[11:13]) + 1}{first[13:]}"


def _promised_ms(body: WireRecord) -> int:
    return Reading.parse(versions(body)["confirmed"].stamp.partition("~")[0]).ms


def hours_are_in_balance(held: Held) -> None:
    """4: each settled record counts once, none takes a balance below its floor."""
    balances: Counter[str] = Counter()
    for (kind, one), body in held.items():
        if kind == "hours":
            said = read(Hours, one, body["fields"])
            balances[said.giver] += said.settled
            balances[said.receiver] -= said.settled
    assert not balances.total()
    assert all(balance >= -600 for balance in balances.values()), balances


def no_two_kiosks_share_a_colour(held: Held) -> None:
    body = held.get(("hub", HUB))
    colours = [one.colour for one in read(Hub, HUB, body["fields"]).kiosks.values()] if body else []
    assert len(colours) == len(set(colours)), colours


def no_word_is_left(names: dict[Key, str], gone: set[Key], held: Held) -> None:
    """7: neither a name nor who it was about."""
    said = str([body.get("fields") for body in held.values()]) if gone else ""
    for key in gone:
        assert names[key] not in said, key
        assert key[1] not in said, key


def no_byte_is_left(world: World, names: dict[Key, str]) -> None:
    """6: not in a database file, its log, or a backup that is made now."""
    world.backs_up_kiosks()
    for path in world.folder.rglob("*"):
        if path.is_file() and path != world.backup and path.name != "erased":
            found = path.read_bytes()
            for key in world.erased:
                assert names[key].encode() not in found, (key, path)


def everything_is_there(world: World, held: Held, too_large: set[Key]) -> None:
    """3, 8, 9, 11: the server holds what everybody was told is saved, but for what is over."""
    days = calendar_of(held.get(("hub", HUB)), world.ms, lambda _one: False)
    for key, body in world.written.items():
        if key not in too_large and not (key not in held and _is_over(body, days)):
            assert merge(held[key], body) == held[key], key


def _is_over(body: WireRecord, days: Calendar) -> bool:
    """Whether its days have passed by the hub's calendar: retention asks nobody (old texts: 14)."""
    cls = None if is_erased(body) else KINDS.get(body["kind"])
    said = cls and read(cls, body["id"], body["fields"])
    return bool(said and is_over(said, days.today, days.settings, days.zone))


def holds_the_same(kiosk: Kiosk, held: Held, too_large: set[Key]) -> None:
    """1, 5, 12: a door holds what the server holds, nothing else, and owes nothing.

    What is over goes on each node when it next looks at its own calendar, not with an exchange.
    """
    days = calendar_of(held.get(("hub", HUB)), kiosk.world.ms, lambda _one: False)
    here = kiosk.everything()
    assert (kiosk.store.waiting, kiosk.state.phase) == (0, Phase.IDLE)
    for key, body in held.items():
        may_lack = is_erased(body) or _is_over(body, days)
        mine = here.get(key, body if may_lack else None)
        assert mine == body, (key, mine, body, kiosk.store.node)
    lasting = {key for key, one in here.items() if not (is_erased(one) or _is_over(one, days))}
    more = lasting - held.keys() - too_large
    assert not more, more
    assert not kiosk.store.undated
    assert len(kiosk.store.notes) <= MOST_NOTES, sorted(kiosk.store.notes)


def shows_what_it_may(wall: Kiosk, held: Held) -> None:
    """1, 10: a wall holds what the server's records come to for it, and not a field more."""
    people = {one: body for (kind, one), body in held.items() if kind == "person"}
    there = _values({key: project(body, people) for key, body in held.items()})
    here = _values(wall.everything())
    odd = {key for key in here.keys() | there.keys() if here.get(key) != there.get(key)}
    assert not odd, [(key, here.get(key), there.get(key)) for key in odd]


def _values(held: Held) -> dict[Key, dict[str, object]]:
    """What there is to be seen: not what a wall says by itself of names and of who has left."""
    said = {
        key: {
            name: one
            for name, one in versions(body).items()
            if one.rule != "x" and name != "assumed_at"
        }
        for key, body in held.items()
    }
    return {key: values for key, values in said.items() if values}


def no_clock_was_dragged(held: Held, latest_ms: int) -> None:
    """8: nothing is later than the server ever took it for."""
    latest, of = max(((top(body), str(body)) for body in held.values()), default=("", ""))
    assert latest <= str(Reading(latest_ms + 300_000, 0xFFFF, "ffffffff")), of


def is_quiet(world: World) -> None:
    """13: with nothing to say nobody asks for anything but whether there are news."""
    assert [kiosk.wakes() for kiosk in (*world.kiosks, *world.walls)].count(0) == len(
        (*world.kiosks, *world.walls)
    )


def is_tidy(world: World, held: Held) -> None:
    """12: however many exchanges failed, no row is left of them."""
    rows = world.rows_of("timer", "pairing", "commit_tag")
    bookings = sum(key[0] == "booking" for key in held)
    assert rows["timer"] <= bookings
    assert rows["pairing"] == 0
    assert rows["commit_tag"] <= world.village.seq() + 10
