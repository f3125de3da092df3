"""The shell against a real server on this machine: cut, slow, somebody else's, and well."""

import socket
import zlib

import pytest

from kiosk.store.errors import StoreFull, StoreHeld
from tests.sync.client.served import Door

RECORD = {
    "kind": "notice",
    "id": "from_home",
    "fields": {"title.en": "Soup at eight"},
    "stamps": {"*": "l0199c7a1b2c3-0000-9f3a61c2"},
}


def asks(server):
    return [path for command, path, _ in server.seen if command == "POST"]


def test_what_was_written_before_the_start_arrives(server, door):
    door.writes("a", "b")
    door.shell.start()
    door.until_all_sent()
    assert {record_id for _, record_id in server.hub.rows} == {"a", "b"}


def test_who_never_heard_of_this_server_offers_all_that_another_one_held(server, door):
    door.store.merge([RECORD])  # as sent as can be, to nobody here
    door.shell.start()
    door.until(lambda _: ("notice", "from_home") in server.hub.rows).until_all_sent()


def test_a_write_is_sent_in_one_exchange(server, door):
    door.shell.start()
    door.until_all_sent()
    before = len(asks(server))
    door.writes("a")
    door.until(lambda status: ("notice", "a") in server.hub.rows).until_all_sent()
    assert len(asks(server)) == before + 1


def test_what_others_wrote_comes_without_being_asked_for(server, door):
    door.shell.start()
    door.until_all_sent()
    server.news(RECORD)
    door.until(lambda _: "from_home" in door.store.tables()["notice"])
    assert door.store.note("cursor") == server.hub.cursor
    assert not door.store.waiting


def test_the_clock_of_the_device_is_the_servers_then(server, door):
    door.shell.start()
    door.until_all_sent()
    assert door.clock.wall_ms() == 1_795_430_000_000


def test_the_token_the_node_and_what_waits_are_told(server, door):
    door.writes("a", "b")
    door.shell.start()
    door.until_all_sent()
    said = server.seen[0][2]
    assert said["Authorization"] == "Bearer t"
    assert (said["Kiosk-Node"], said["Kiosk-Waiting"]) == (door.store.node, "2")


def test_the_word_is_on_the_disk_when_the_server_hears_it(server, door):
    on_disk = []

    def look(handler):
        on_disk.append(door.store.note("word"))
        return "and_answers"

    server.faults = [look]
    door.shell.start()
    door.until_all_sent()
    shown = server.hub.asks[0].word
    assert on_disk == [[shown.number, shown.known, shown.next]]


def test_what_can_be_undone_is_not_sent(server, door):
    door.shell.start()
    door.until_all_sent()
    receipt = door.writes("a", undo_s=10)
    door.until(lambda status: status.waiting == 1)
    door.store.undo(receipt.undo)
    door.shell.changed()
    door.until_all_sent()
    assert not server.hub.rows


# Faults: each happens to the first exchange, and all goes well after it -------------------------


def cut(handler):
    """Half of an answer, then nothing."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"\x1f\x8b half")
    handler.close_connection = True


def cut_at_once(handler):
    handler.close_connection = True
    handler.connection.shutdown(socket.SHUT_RDWR)


def portal(handler):
    handler.say(200, b"<html>Welcome to the station</html>", Content_Type="text/html")


def portal_that_sends_elsewhere(handler):
    handler.say(302, b"", Location="http://wifi.invalid/login")


def portal_that_wants_a_login(handler):
    handler.say(401, b"<html>Who are you?</html>")


def busy(handler):
    handler.say(503, b"", Retry_After="0")


def proxy_without_a_server(handler):
    handler.say(502, b"<html>Bad gateway</html>")


def bomb(handler):
    packer = zlib.compressobj(1, wbits=31)
    handler.say(200, packer.compress(bytes(80_000_000)) + packer.flush())


FAULTS = {
    cut: "no_network",
    cut_at_once: "no_network",
    portal: "not_the_server",
    portal_that_sends_elsewhere: "not_the_server",
    portal_that_wants_a_login: "not_the_server",
    busy: "server_busy",
    proxy_without_a_server: "not_the_server",
    bomb: "not_the_server",
}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
@pytest.mark.parametrize("nth", [0, 1])
def test_whatever_was_answered_the_light_knows_and_the_record_arrives(server, door, fault, nth):
    door.writes("a")
    server.faults = [lambda _: "and_answers"] * nth + [fault, fault]
    door.shell.start()
    door.until_all_sent()
    assert ("notice", "a") in server.hub.rows
    assert {status.trouble for status, _ in door.said} == {"", FAULTS[fault]}


def test_an_answer_that_was_lost_after_the_server_took_it_does_no_harm(server, door):
    def lost(handler):
        handler.say = lambda *_, **__: cut_at_once(handler)
        return "and_answers"

    door.writes("a")
    server.faults = [lambda _: "and_answers", lost]
    door.shell.start()
    door.until_all_sent()
    words = [ask.word for ask in server.hub.asks]
    assert words[1] == words[2]
    assert [name for _, name in server.hub.rows] == ["a"]


def test_a_server_that_never_answers_is_given_up(server):
    door = Door(server, read_s=0.05)
    server.faults = [lambda _silent: None]
    door.shell.start()
    door.until(lambda status: status.trouble == "no_network" or len(asks(server)) > 1)
    server.close_waits()
    door.close()
    assert "no_network" in {status.trouble for status, _ in door.said}


def test_the_light_says_that_the_network_answers_and_the_server_does_not(server, door):
    server.faults = [portal]
    door.shell.start()
    door.until_all_sent()
    assert "not_the_server" in {status.trouble for status, _ in door.said}


def test_a_device_that_was_revoked_stops_and_keeps_what_it_has(server, door):
    def revoked(handler):
        handler.say(403, b'{"error": "forbidden"}')

    door.writes("a")
    server.faults = [revoked]
    door.shell.start()
    door.until(lambda status: status.light == "not_paired" and status.waiting == 1)
    assert door.store.waiting == 1


def test_a_copied_card_becomes_a_device_of_its_own(server, door):
    old = door.store.node

    def copied(handler):
        handler.say(409, b'{"error": "fork", "token": "t2"}')

    door.writes("a")
    server.faults = [copied]
    server.hub.heard = {}
    door.shell.start()
    door.until_all_sent()
    assert (door.token.token, door.store.node != old) == ("t2", True)
    assert ("notice", "a") in server.hub.rows


def test_a_device_away_too_long_keeps_only_what_was_never_sent(server, door):
    door.shell.start()
    server.news(RECORD)
    door.until(lambda _: "from_home" in door.store.tables()["notice"]).until_all_sent()
    server.hub.rows.clear()
    server.hub.seqs.clear()
    server.faults = [lambda handler: handler.say(409, b'{"error": "expired"}')]
    door.writes("a")
    door.until(lambda _: ("notice", "a") in server.hub.rows).until_all_sent()
    assert list(door.store.tables()["notice"]) == ["a"]


def test_a_server_restored_from_yesterday_gets_everything_back(server, door):
    yesterday = server.hub.copy()
    door.writes("a", "b")
    door.shell.start()
    door.until_all_sent()
    server.hub.restore(yesterday)
    door.writes("c")
    door.until(lambda _: len(server.hub.rows) == 3).until_all_sent()
    assert {name for _, name in server.hub.rows} == {"a", "b", "c"}


def test_one_record_that_breaks_the_server_stops_no_other(server, door):
    server.hub.breaks_on = {"n3"}
    door.writes(*(f"n{nth}" for nth in range(8)))
    door.shell.start()
    door.until(lambda status: status.set_aside == 1 and status.waiting == 1)
    assert len(server.hub.rows) == 7


def test_a_refused_record_is_kept_and_seen(server, door):
    server.hub.refuses = {"a"}
    door.writes("a", "b")
    door.shell.start()
    door.until(lambda status: status.light == "refused" and door.store.note("refused"))
    assert [name for _, name in server.hub.rows] == ["b"]
    assert door.store.note("refused")[0]["reason"] == "scope"


def test_a_device_that_starts_again_goes_on_where_it_was(server, tmp_path):
    first = Door(server, tmp_path / "hub.db")
    first.writes("a")
    first.shell.start()
    first.until_all_sent()
    server.close_waits()
    first.close()
    second = Door(server, tmp_path / "hub.db")
    second.shell.start()
    second.until_all_sent()
    server.close_waits()
    second.close()
    assert server.hub.asks[-1].cursor == server.hub.cursor
    assert server.hub.asks[-1].push == []


@pytest.mark.parametrize("why", [StoreFull("full"), StoreHeld(path="the store"), MemoryError()])
def test_a_disk_that_refuses_or_no_memory_loses_nothing(server, door, why):
    refusals, take_in = [1, 1], door.store.take_in

    def full(*said, **more):
        if refusals:
            refusals.pop()
            raise why
        return take_in(*said, **more)

    door.store.take_in = full
    server.news(RECORD)
    door.shell.start()
    door.until(lambda _: "from_home" in door.store.tables()["notice"]).until_all_sent()
    assert "disk" in {status.trouble for status, _ in door.said}
