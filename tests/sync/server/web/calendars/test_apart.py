"""A calendar is read in a process of its own, which ends whatever it meets."""

import datetime as dt
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from sync.server.web.calendars import apart
from sync.server.web.calendars.apart import MOST_SPANS, Apart, Ask, Found, read
from sync.server.web.calendars.events import LARGEST_BYTES
from sync.server.web.calendars.trouble import NoAnswer, OffLimits, TooMuch
from tests.sync.server.web.calendars.elsewhere import elsewhere
from tests.sync.server.web.calendars.shapes import SHAPES, WINDOW, event, ics

ASK = Ask("http://calendar.example/x.ics", "Europe/Madrid", WINDOW.start, WINDOW.end, WINDOW.start)


def test_what_is_read_is_when_it_is_busy_and_what_tells_that_it_changed():
    with elsewhere() as there:
        there.says("/x.ics", SHAPES["utc"], ETag='"one"')
        found = read(ASK, there.network)
        at = dt.datetime(2026, 12, 1, 17, tzinfo=dt.UTC)
        assert found == Found([(at, at + dt.timedelta(minutes=90))], '"one"')
        there.says("/x.ics", status=304)
        assert read(ASK, there.network) == Found(None)


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [(200, b"hello", "not_a_calendar"), (404, b"", "gone"), (401, b"", "not_for_us")],
)
def test_what_went_wrong_is_told_by_its_reason(status, body, reason):
    with elsewhere() as there:
        there.says("/x.ics", body, status)
        assert read(ASK, there.network).trouble == reason


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "0", "169.254.169.254"])
def test_the_process_that_reads_has_no_way_to_this_machine(host):
    with pytest.raises(OffLimits):
        Apart().read(
            Ask(f"http://{host}/x.ics", "Europe/Madrid", WINDOW.start, WINDOW.end, WINDOW.start)
        )


FROM_HERE = """
from sync.server.web.calendars import apart, fetch
network = fetch.Network(
    resolve=lambda host, port: ["93.184.215.14"],
    dial=lambda address, port, timeout_s: fetch.dial("127.0.0.1", {port}, timeout_s),
)
plain = apart.read
apart.read = lambda ask: plain(ask, network)
apart.main()
"""


def test_a_full_megabyte_is_read_by_another_process_within_its_limits(monkeypatch):
    first = dt.datetime(2026, 12, 1)
    starts = (first + dt.timedelta(hours=n) for n in range(8_700))
    events = [event(f"DTSTART:{at:%Y%m%dT%H%M%S}", "DURATION:PT30M", uid=f"{at}") for at in starts]
    with elsewhere() as there:
        there.says("/x.ics", ics(*events), ETag='"one"')
        command = (sys.executable, "-c", FROM_HERE.format(port=there.port))
        monkeypatch.setattr(apart, "_COMMAND", command)
        found = Apart().read(ASK)
    assert len(ics(*events)) > 0.9 * LARGEST_BYTES
    assert found.busy and (len(found.busy), found.etag) == (MOST_SPANS, '"one"')
    assert found.left_out > 0


INSTEAD = (
    "from sync.server.web.calendars import apart; apart.CPU_S = 1; apart.read = {}; apart.main()"
)


@pytest.mark.parametrize(
    "reads",
    [
        "lambda ask: [0 for _ in iter(int, 1)]",  # for ever
        "lambda ask: [bytes(1 << 30), apart.Found()][1]",  # too much memory
        "lambda ask: __import__('os').abort()",
        "lambda ask: 1 / 0",
    ],
)
def test_a_process_that_would_not_end_is_ended(monkeypatch, reads):
    monkeypatch.setattr(apart, "_COMMAND", (sys.executable, "-c", INSTEAD.format(reads)))
    with pytest.raises(TooMuch):
        Apart().read(ASK)


def test_a_process_that_only_waits_is_waited_for_no_longer_than_agreed(monkeypatch):
    waits = "lambda ask: __import__('signal').pause()"
    monkeypatch.setattr(apart, "_COMMAND", (sys.executable, "-c", INSTEAD.format(waits)))
    monkeypatch.setattr(apart, "WALL_S", 1)
    with pytest.raises(NoAnswer):
        Apart().read(ASK)


def test_a_server_that_stops_does_not_wait_for_others(monkeypatch):
    waits = "lambda ask: __import__('signal').pause()"
    monkeypatch.setattr(apart, "_COMMAND", (sys.executable, "-c", INSTEAD.format(waits)))
    reads = Apart()
    with ThreadPoolExecutor() as pool:
        reading = pool.submit(reads.read, ASK)
        reads.stop()
        assert isinstance(reading.exception(timeout=20), NoAnswer)


def test_a_server_that_reads_no_calendar_has_nothing_in_memory_for_it():
    said = "import sys, sync.server.app; print(*sorted(sys.modules))"
    ended = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in ended.stdout.split()}
    assert "litestar" in loaded
    assert not loaded & {"icalendar", "httpcore"}
