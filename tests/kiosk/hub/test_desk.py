"""The desk runs use cases one after another and answers when the disk has what they wrote."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from kiosk.hub.desk import Desk
from kiosk.hub.errors import NotKnown, OnlyShows
from kiosk.hub.snapshot import Device
from kiosk.hub.writes import edit, new
from kiosk.store import open_store
from kiosk.store.changes import Changes, Note
from kiosk.store.errors import UndoTooLate
from kiosk.store.mirror import ROLE, WALL
from sync.device_time import Undated
from sync.records.notice import Notice
from sync.records.room import Room

WAIT_S = 10


class Time:
    """A clock that is moved by hand."""

    sure = date_ok = True

    def __init__(self):
        self.instant = datetime(2026, 11, 23, 9, 42, tzinfo=UTC)

    def now(self):
        return self.instant

    def look(self):
        """Nobody tells it anything."""

    def pass_(self, **by):
        self.instant += timedelta(**by)


@pytest.fixture
def time():
    return Time()


@pytest.fixture
def store():
    with open_store(":memory:") as opened:
        yield opened


@pytest.fixture
def desk(store, time):
    made = Desk(store, Device(), time, dice=Random(1))
    yield made
    made.close()


def publish(hub, title, at):
    write = new(hub, Notice(title={"en": title}), at)
    return Changes.of(write, undo_s=10, result=write.id)


def retitle(hub, ask, at):
    notice_id, title = ask
    return Changes.of(edit(hub.get(Notice, notice_id), title={"en": title}), undo_s=10)


def look(hub, ask, at):
    return Changes.of(result=len(list(hub.notices)))


def is_sure(hub, ask, at):
    return Changes.of(result=at.sure)


def fail(hub, ask, at):
    raise NotKnown(kind="notice")


def done(future):
    return future.result(WAIT_S)


def titles(hub):
    return [notice.title["en"] for notice in hub.notices]


def test_what_was_asked_is_in_the_snapshot_when_the_future_is_done(desk):
    done(desk.ask(publish, "Soup"))
    assert titles(desk.snapshot) == ["Soup"]


def test_what_was_answered_is_in_the_store(desk, store):
    notice = done(desk.ask(publish, "Soup")).result
    assert store.tables()["notice"][notice].body["fields"]["title.en"] == "Soup"


def test_each_use_case_sees_what_the_one_before_it_wrote(desk):
    desk.ask(publish, "Soup")
    desk.ask(publish, "Bread")
    assert done(desk.ask(look, None)).result == 2


def test_a_refusal_reaches_who_asked_and_the_desk_goes_on(desk):
    with pytest.raises(NotKnown):
        done(desk.ask(fail, None))
    assert done(desk.ask(look, None)).result == 0


def test_a_listener_hears_the_kinds_that_changed_with_the_snapshot_that_has_them(desk):
    heard = []
    desk.listen(lambda hub, kinds: heard.append((kinds, titles(hub))))
    done(desk.ask(publish, "Soup"))
    assert heard == [(frozenset({"notice"}), ["Soup"])]


def test_a_question_that_writes_nothing_wakes_nobody(desk):
    heard = []
    desk.listen(lambda hub, kinds: heard.append(kinds))
    done(desk.ask(look, None))
    assert heard == []


def test_an_undone_new_record_was_never_there(desk, store):
    act = done(desk.ask(publish, "Soup"))
    done(desk.undo(act))
    assert titles(desk.snapshot) == []
    assert act.result not in store.tables().get("notice", {})


def test_an_undone_edit_brings_the_old_words_back(desk, time):
    first = done(desk.ask(publish, "Soup"))
    time.pass_(minutes=5)
    second = done(desk.ask(retitle, (first.result, "Bread")))
    done(desk.undo(second))
    assert titles(desk.snapshot) == ["Soup"]


def test_after_its_ten_seconds_an_act_stays(desk, time):
    act = done(desk.ask(publish, "Soup"))
    time.pass_(seconds=11)
    with pytest.raises(UndoTooLate):
        done(desk.undo(act))
    assert titles(desk.snapshot) == ["Soup"]


def test_what_can_be_undone_waits_and_is_then_handed_to_sync(desk, store, time):
    act = done(desk.ask(publish, "Soup"))

    def waiting():
        now_ms = int(time.now().timestamp() * 1000)
        return [one.id for one in store.outbox(now_ms, 10)]

    assert waiting() == []
    assert desk.next_waiting(time.now()) is None
    time.pass_(seconds=11)
    assert waiting() == [act.result]


def test_what_waits_longest_for_the_server_is_the_next(desk, time):
    first = done(desk.ask(publish, "Soup"))
    time.pass_(seconds=9)
    done(desk.ask(publish, "Bread"))
    assert desk.next_waiting(time.now()) is None
    time.pass_(seconds=2)
    assert desk.next_waiting(time.now())["id"] == first.result
    time.pass_(seconds=9)
    assert desk.next_waiting(time.now())["id"] == first.result


def test_what_was_written_before_the_time_was_known_is_dated_when_it_is(desk, store, time):
    time.sure, time.undated = False, Undated("this boot", 5_000)
    assert done(desk.ask(publish, "Soup")).undo_until_mono_ms == 15_000
    assert store.undated
    assert done(desk.ask(is_sure, None)).result is False
    time.sure, time.boot, time.began_ms = True, "this boot", 1_795_430_000_000
    done(desk.date())
    assert not store.undated
    assert done(desk.ask(is_sure, None)).result is True
    (notice,) = desk.snapshot.notices
    assert notice.made_at == datetime.fromtimestamp(1_795_430_005, UTC)


def test_the_rules_of_time_run_one_after_another_at_each_tick(store, time):
    def add(hub, at):
        return Changes.of(new(hub, Room(order=len(hub.rooms)), at))

    desk = Desk(store, Device(), time, dice=Random(1), rules=(add, add))
    done(desk.tick())
    desk.close()
    assert [room.order for room in desk.snapshot.rooms] == [0, 1]


def test_a_rule_that_breaks_does_not_keep_the_others_from_running(store, time):
    def broken(hub, at):
        raise NotKnown(kind="room")

    def add(hub, at):
        return Changes.of(new(hub, Room(), at))

    desk = Desk(store, Device(), time, dice=Random(1), rules=(broken, add))
    with pytest.raises(NotKnown):
        done(desk.tick())
    desk.close()
    assert len(desk.snapshot.rooms) == 1


def test_a_listener_that_breaks_neither_loses_the_commit_nor_deafens_the_others(desk, caplog):
    heard = []
    desk.listen(lambda hub, kinds: 1 / 0)
    desk.listen(lambda hub, kinds: heard.append(kinds))
    assert done(desk.ask(publish, "Soup")).result
    assert heard == [frozenset({"notice"})]
    assert "listener.broke why=ZeroDivisionError" in caplog.text


def test_what_breaks_where_nobody_waits_is_in_the_journal(desk, caplog):
    with pytest.raises(ZeroDivisionError):
        done(desk.aside(lambda: 1 / 0))
    desk.close()
    assert "desk.broke why=ZeroDivisionError" in caplog.text


def test_what_a_full_disk_refuses_is_in_the_journal_as_no_bug(desk, caplog):
    def refused():
        raise NotKnown(kind="room")

    with pytest.raises(NotKnown):
        done(desk.aside(refused))
    desk.close()
    assert "desk.not_done reason=NotKnown" in caplog.text
    assert "desk.broke" not in caplog.text


def test_as_another_node_the_desk_signs_what_is_made_with_its_new_name(desk, store):
    desk.do(lambda: store.renew("0000beef")).result(WAIT_S)
    done = desk.ask(publish, "Soup").result(WAIT_S)
    assert desk.snapshot.get(Notice, done.result).made_on == "0000beef"


def test_where_there_is_no_memory_to_follow_a_commit_the_next_ask_reads_it_anew(
    desk, store, monkeypatch
):
    def no_memory(*_args):
        raise MemoryError

    with monkeypatch.context() as short:
        short.setattr("kiosk.hub.snapshot.Snapshot.after", no_memory)
        with pytest.raises(MemoryError):
            done(desk.ask(publish, "Soup"))
    assert len(store.tables()["notice"]) == 1
    assert done(desk.ask(look, None)).result == 1
    assert desk.snapshot.device == Device()


def a_note(hub, ask, at):
    return Changes.of(Note("tries", 1), result=len(list(hub.notices)))


def test_where_a_store_only_shows_nobody_is_told_that_something_is_kept(desk, store):
    """A wall's store sends nothing: what somebody did there would be gone without a word."""
    store.keep_notes(**{ROLE: WALL})
    with pytest.raises(OnlyShows):
        done(desk.ask(publish, "Soup"))
    assert "notice" not in store.tables()
    assert done(desk.ask(a_note, None)).result == 0


def test_what_time_brings_is_done_where_a_store_only_shows(store, time):
    store.keep_notes(**{ROLE: WALL})
    desk = Desk(
        store, Device(), time, dice=Random(1), rules=[lambda hub, at: publish(hub, "!", at)]
    )
    done(desk.tick())
    desk.close()
    assert len(store.tables()["notice"]) == 1
