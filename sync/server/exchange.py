"""One exchange: judge the device, take its push in one commit, give it a page of what is new."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection

from sync.protocol import MAX_RECORDS, PROTOCOL, Refusal, SyncAnswer, SyncAsk
from sync.server.admission import is_key, named
from sync.server.commit import ASK_AGAIN_S, Commits, Committed
from sync.server.database import refusals
from sync.server.database.ledger import HubNow, Ledger
from sync.server.database.pages import Cursor, knows, page
from sync.server.database.refusals import RefusedLine
from sync.server.devices import Asker, Known, copy_token, known
from sync.server.errors import Answered
from sync.server.projection import PROJECTION, wall_page
from sync.server.ratchet import Heard, judge

HORIZON_MS = 400 * 24 * 3600 * 1000
"""A device that was away for longer pushes only what was never accepted."""
LONGEST_WORD = 64


@dataclass(frozen=True, slots=True)
class About:
    """What a device says of itself beside the ask; empty and -1: it said nothing.

    colour: the one that its guest tags were to have when it was set up.
    """

    node: str = ""
    version: str = ""
    waiting: int = -1
    colour: str = ""


def sync(commits: Commits, who: Asker, ask: SyncAsk, about: About = About()) -> SyncAnswer:
    """Answer an ask; what it pushed is durable before this returns. Raises Answered."""
    cursor = _readable(ask)
    now_ms = commits.now_ms()
    with commits.database.writing() as connection:
        ledger = Ledger(connection, who.hub)
        # The hub before the device: whoever waits for a hub holds nothing that others wait for, but
        # for a copy's first word under its own node.
        may_commit = who.role != "wall" and (ask.push or not ask.cursor)
        locked = ledger.lock() if may_commit else None
        counters = locked or ledger.look()
        if counters is None:
            raise Answered("forbidden")
        device = known(connection, who)
        problem = _judge(ledger, commits, who, device, ask, cursor, counters, now_ms)
        if problem is None:
            _remember(ledger, who, device, ask, about, counters, now_ms)
            asks = _asks(who, ask, about, device)
            done = _push(commits, connection, who, ask, asks, locked)
            _note_refused(connection, who, device, ask, done, now_ms)
    if problem is not None:
        raise problem
    commits.announce(who.hub, done)
    heard = cursor or Cursor()
    until = _has_all(who, heard, counters.cursor, done)
    if until is not None:
        return SyncAnswer(now_ms, str(until), more=False, records=done.back, refused=done.refused)
    fresh = device.fresh_seq if ask.cursor else counters.seq
    records, reached, more = _pull(commits, who, ask, heard, done, fresh)
    back = [*done.back, *records]
    return SyncAnswer(now_ms, reached, more, back, done.refused)  # type: ignore[arg-type]  # raw


def _has_all(who: Asker, heard: Cursor, last: Cursor, done: Committed) -> Cursor | None:
    """Return the cursor of a device that has all there is, as nearly always; None: look for more.

    last: the hub's last commit before this exchange.
    """
    if who.role == "wall":
        return None
    if not done.seq:
        return last if last.seq == heard.seq else None
    is_next = done.seq == heard.seq + 1 and not done.news
    return Cursor(done.seq, done.tag) if is_next else None


def _readable(ask: SyncAsk) -> Cursor | None:
    if ask.protocol != PROTOCOL:
        raise Answered("protocol")
    if len(ask.push) > MAX_RECORDS:
        raise Answered("too_large")
    word = ask.word
    if not (_is_word(word.known) and _is_word(word.next) and 0 < word.number < 1 << 53):
        raise Answered("bad_message")
    return Cursor.parse(ask.cursor)


def _is_word(said: str) -> bool:
    # It is kept as it comes, and PostgreSQL keeps no NUL.
    return len(said) <= LONGEST_WORD and said.isascii() and said.isprintable()


def _judge(
    ledger: Ledger,
    commits: Commits,
    who: Asker,
    device: Known,
    ask: SyncAsk,
    cursor: Cursor | None,
    counters: HubNow,
    now_ms: int,
) -> Answered | None:
    """Return what stands in the way of an exchange; what it makes the server remember is written."""
    if counters.has_jumped(now_ms):
        return Answered("clock", retry_s=ASK_AGAIN_S)  # it would tell a wrong time, or expire all
    away = bool(device.seen_ms) and now_ms - device.seen_ms > HORIZON_MS
    begins_anew = device.is_expired and not ask.cursor
    if (away or device.is_expired) and not begins_anew:
        ledger.set_device(who.device, is_expired=1)
        return Answered("expired")
    verdict, heard = judge(device.heard, ask.word)
    if verdict == "reset":
        ledger.set_device(who.device, **_columns(heard))
        return Answered("reset")
    plain = cursor and plain_cursor(who, cursor)
    if plain is None or not (plain == counters.cursor or knows(ledger.connection, who.hub, plain)):
        return Answered("reset")
    if verdict == "fork":
        secret = commits.notary.derived(
            who.hub, who.device, *map(str, msgspec.to_builtins(ask.word))
        )
        token = copy_token(ledger.connection, who, secret, device.name, now_ms)
        return Answered("fork", token=token)
    return None


def plain_cursor(who: Asker, cursor: Cursor) -> Cursor:
    """Return the cursor without what a wall's says besides: which projection it has."""
    if who.role != "wall" or not cursor.seq:
        return cursor
    tag, _, version = cursor.tag.partition("w")
    return Cursor(cursor.seq, tag if version == PROJECTION else "")


def _columns(heard: Heard) -> dict[str, str | int]:
    return {
        "word_number": heard.number,
        "word_before": heard.before,
        "word_known": heard.known,
    }


def _remember(
    ledger: Ledger,
    who: Asker,
    device: Known,
    ask: SyncAsk,
    about: About,
    counters: HubNow,
    now_ms: int,
) -> None:
    _verdict, heard = judge(device.heard, ask.word)
    said: dict[str, str | int] = {**_columns(heard), "seen_ms": now_ms, "is_expired": 0}
    if not ask.cursor:
        said["fresh_seq"] = counters.seq
    if about.node:
        said["node"] = about.node
    if about.version:
        said["version"] = about.version
    if about.waiting >= 0:
        said["waiting"] = about.waiting
    ledger.set_device(who.device, **said)


def _asks(who: Asker, ask: SyncAsk, about: About, device: Known) -> dict[str, str]:
    """Return the door that may have to be named: it is new here, or the hub's record may come."""
    is_new = about.node != device.node or not ask.cursor
    if who.role != "door" or not about.node or not (ask.push or is_new):
        return {}
    return {about.node: about.colour}


def _push(
    commits: Commits,
    connection: Connection,
    who: Asker,
    ask: SyncAsk,
    asks: dict[str, str],
    locked: HubNow | None,
) -> Committed:
    if not (ask.push or asks):
        return Committed()
    if who.role == "wall":
        refused = [_not_yours(given) for given in ask.push]
        return Committed(refused=refused)
    return commits.commit(connection, who.hub, ask.push, asks=asks, counters=locked)


def _note_refused(
    connection: Connection,
    who: Asker,
    device: Known,
    ask: SyncAsk,
    done: Committed,
    now_ms: int,
) -> None:
    """Remember what was not taken, and let go of what was after all; as a rule there is neither."""
    if device.refused:
        refused = {(one.kind, one.id) for one in done.refused}
        keys = [key for key in map(named, ask.push) if key not in refused and is_key(key)]
        refusals.taken(connection, who.hub, who.device, keys)
    if done.refused:
        lines = [
            RefusedLine(who.device, *(key if is_key(key) else ("", "")), one.reason, now_ms)
            for one in done.refused
            for key in ((one.kind, one.id),)
        ]
        refusals.keep(connection, who.hub, who.device, lines, now_ms)


def _not_yours(given: dict[str, object]) -> Refusal:
    return Refusal(*named(given), "scope", "light.reason_scope")


def _pull(
    commits: Commits, who: Asker, ask: SyncAsk, cursor: Cursor, done: Committed, fresh: int
) -> tuple[list[msgspec.Raw], str, bool]:
    limit = min(max(ask.limit, 1), MAX_RECORDS)
    with commits.database.reading() as connection:
        if who.role == "wall":
            return wall_page(connection, who.hub, cursor.seq, limit)
        found = page(
            connection,
            who.hub,
            cursor.seq,
            limit,
            own=done.seq,
            news=done.news,
            fresh=fresh,
        )
    return found.records, str(found.cursor), found.more
