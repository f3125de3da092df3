"""Asking for a calendar: politely, by a checked address, and no more than it may cost."""

import contextlib
import gzip
import shutil
import subprocess
import zlib

import httpcore
import pytest

from sync.server.web.calendars import fetch as fetching
from sync.server.web.calendars.events import LARGEST_BYTES
from sync.server.web.calendars.fetch import AGENT, MOST_HOPS, Marks, fetch
from sync.server.web.calendars.trouble import (
    Gone,
    NoAnswer,
    NotACalendar,
    NotAnAddress,
    NotForUs,
    OffLimits,
    TooMuch,
)
from tests.sync.server.web.calendars.elsewhere import PUBLIC, elsewhere
from tests.sync.server.web.calendars.shapes import SHAPES

FILE = SHAPES["weekly by count"]
AT = "http://calendar.example/x.ics"


@pytest.fixture
def there():
    with elsewhere() as server:
        yield server


def test_a_calendar_comes_with_what_tells_that_it_changed(there):
    there.says("/x.ics", FILE, ETag='"one"', Last_Modified="Mon, 23 Nov 2026 09:00:00 GMT")
    found = fetch(AT, network=there.network)
    assert found.data == FILE
    assert found.marks == Marks('"one"', "Mon, 23 Nov 2026 09:00:00 GMT")
    assert there.dialled == [PUBLIC]


@pytest.mark.parametrize("mark", ["caf\u00e9", "x" * 201, "a\tb"])
def test_a_mark_that_could_not_be_sent_back_is_not_kept(there, mark):
    there.says("/x.ics", FILE, ETag=mark)
    assert fetch(AT, network=there.network).marks.etag == ""


def test_what_did_not_change_is_not_sent_again(there):
    there.says("/x.ics", status=304)
    known = Marks('"one"', "Mon, 23 Nov 2026 09:00:00 GMT")
    found = fetch(AT, known, there.network)
    assert (found.data, found.marks) == (None, known)
    asked = there.asked[0].headers
    assert asked["If-None-Match"] == '"one"'
    assert asked["If-Modified-Since"] == "Mon, 23 Nov 2026 09:00:00 GMT"


def test_who_asks_says_who_it_is_and_nothing_of_itself(there, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    there.says("/x.ics", FILE, Set_Cookie="a=b")
    for _ in range(2):
        fetch("http://calendar.example/x.ics", network=there.network)
    asked = dict(there.asked[1].headers)
    assert asked.pop("User-Agent") == AGENT
    assert sorted(asked) == ["Accept", "Accept-Encoding", "Host"]
    assert asked["Host"] == "calendar.example"


def test_what_is_packed_is_unpacked(there):
    there.says("/x.ics", gzip.compress(FILE), Content_Encoding="gzip")
    assert fetch(AT, network=there.network).data == FILE
    assert there.asked[0].headers["Accept-Encoding"] == "gzip"


def a_bomb(size):
    """Size bytes of a calendar that never ends, packed."""
    pack = zlib.compressobj(9, wbits=31)
    parts = [pack.compress(b"BEGIN:VCALENDAR\r\n")]
    parts += [pack.compress(b"a" * 1_000_000) for _ in range(size // 1_000_000)]
    return b"".join((*parts, pack.flush()))


@pytest.mark.parametrize(
    ("body", "packed", "trouble"),
    [
        (b"a" * (LARGEST_BYTES + 1), "", TooMuch),
        (a_bomb(300_000_000), "gzip", TooMuch),
        (gzip.compress(a_bomb(300_000_000)), "gzip", None),  # of a bomb only the first layer
        (FILE, "gzip", NotACalendar),
        (gzip.compress(FILE)[:-10], "gzip", NoAnswer),
        (FILE, "br", NotACalendar),
        (FILE, "gzip, gzip", NotACalendar),
    ],
)
def test_what_unpacks_to_too_much_or_nothing_is_not_read(there, body, packed, trouble):
    there.says("/x.ics", body, **({"Content_Encoding": packed} if packed else {}))
    if trouble is None:
        assert len(fetch(AT, network=there.network).data) < LARGEST_BYTES
        return
    with pytest.raises(trouble):
        fetch(AT, network=there.network)


def test_an_answer_without_end_ends_where_a_calendar_may_be_no_larger(there):
    sent = []

    def answer(request):
        request.send_response(200)
        request.send_header("Transfer-Encoding", "chunked")
        request.end_headers()
        with contextlib.suppress(OSError):
            while len(sent) < 10_000:
                request.wfile.write(b"10000\r\n" + b"a" * 0x10000 + b"\r\n")
                sent.append(0x10000)

    there.answers["/x.ics"] = answer
    with pytest.raises(TooMuch):
        fetch(AT, network=there.network)
    assert sum(sent) < 30 * LARGEST_BYTES  # what lay in the sockets


def test_an_answer_that_drips_ends_after_half_a_minute(there):
    there.says("/x.ics", FILE)
    there.step_s = fetching.WHOLE_S + 1
    with pytest.raises(NoAnswer):
        fetch(AT, network=there.network)


def test_a_header_without_end_is_no_answer(there):
    def answer(request):
        with contextlib.suppress(OSError):
            request.wfile.write(b"HTTP/1.1 200 OK\r\nX: " + b"a" * 1_000_000)

    there.answers["/x.ics"] = answer
    with pytest.raises(NoAnswer):
        fetch(AT, network=there.network)


@pytest.mark.parametrize(
    ("status", "trouble"),
    [(401, NotForUs), (403, NotForUs), (404, Gone), (410, Gone), (500, NoAnswer), (204, NoAnswer)],
)
def test_an_answer_that_is_no_calendar_says_why(there, status, trouble):
    there.says("/x.ics", status=status)
    with pytest.raises(trouble):
        fetch(AT, network=there.network)


@pytest.mark.parametrize(
    ("status", "later", "seconds"),
    [(429, "3600", 3600), (503, "60", 60), (503, "soon", 0), (500, "60", 0), (503, "-1", 0)],
)
def test_who_asks_us_to_wait_is_heard(there, status, later, seconds):
    there.says("/x.ics", status=status, Retry_After=later)
    with pytest.raises(NoAnswer) as why:
        fetch(AT, network=there.network)
    assert why.value.retry_s == seconds


def test_an_answer_may_send_us_on_three_times(there):
    for n in range(MOST_HOPS):
        there.says(f"/{n}", status=302, Location=f"/{n + 1}")
    there.says(f"/{MOST_HOPS}", FILE)
    assert fetch("http://calendar.example/0", network=there.network).data == FILE
    there.says(f"/{MOST_HOPS}", status=302, Location="/last")
    there.says("/last", FILE)
    with pytest.raises(NoAnswer):
        fetch("http://calendar.example/0", network=there.network)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_way_on_that_leads_nearby_is_not_taken(there, status):
    there.names["router.example"] = [["192.168.1.1"]]
    there.says("/x.ics", status=status, Location="http://router.example/admin")
    with pytest.raises(OffLimits):
        fetch(AT, network=there.network)
    assert (there.dialled, len(there.asked)) == ([PUBLIC], 1)


@pytest.mark.parametrize("location", ["file:///etc/passwd", "http://calendar.example:25/"])
def test_a_way_on_that_is_no_address_is_not_taken(there, location):
    there.says("/x.ics", status=302, Location=location)
    with pytest.raises(NotAnAddress):
        fetch(AT, network=there.network)


@pytest.mark.parametrize(
    "addresses", [["127.0.0.1"], [PUBLIC, "10.0.0.1"], ["::ffff:127.0.0.1"], []]
)
def test_nobody_is_connected_to_before_every_address_was_looked_at(there, addresses):
    there.names["calendar.example"] = [addresses]
    there.says("/x.ics", FILE)
    with pytest.raises(OffLimits):
        fetch(AT, network=there.network)
    assert (there.dialled, there.asked) == ([], [])


def test_a_name_that_changes_its_mind_leads_nowhere_else(there):
    """DNS rebinding: who was looked at is who is connected to; asked again, it is looked at again."""
    there.names["calendar.example"] = [[PUBLIC], ["127.0.0.1"]]
    there.says("/x.ics", status=302, Location="/again", Connection="close")
    there.says("/again", FILE, Connection="close")
    with pytest.raises(OffLimits):
        fetch(AT, network=there.network)
    assert there.dialled == [PUBLIC]


def test_where_one_machine_of_a_name_is_away_the_next_one_is_asked(there):
    there.names["calendar.example"] = [["8.8.4.4", PUBLIC]]
    there.says("/x.ics", FILE)
    network, there_is = there.network, []

    def dial(address, port, timeout_s):
        there_is.append(address)
        if address == "8.8.4.4":
            raise httpcore.ConnectError
        return network.dial(address, port, timeout_s)

    found = fetch(AT, network=fetching.Network(network.resolve, dial, network.now_s))
    assert (found.data, there_is) == (FILE, ["8.8.4.4", PUBLIC])


def test_a_name_that_nobody_has_is_no_answer(there):
    def resolve(host, port):
        raise OSError("no such name")

    with pytest.raises(NoAnswer):
        fetch(AT, network=fetching.Network(resolve=resolve))


def test_who_hangs_up_or_talks_nonsense_gives_no_answer(there):
    there.answers["/x.ics"] = lambda request: request.wfile.write(b"220 mail.example ESMTP\r\n")
    with pytest.raises(NoAnswer):
        fetch(AT, network=there.network)
    there.answers["/x.ics"] = lambda request: None
    with pytest.raises(NoAnswer):
        fetch(AT, network=there.network)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """Of calendar.example, signed by itself."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is not here: no certificate can be made")
    folder = tmp_path_factory.mktemp("certificate")
    key, made, both = (folder / name for name in ("key.pem", "made.pem", "both.pem"))
    words = [
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        "2",
    ]
    subject = ["-subj", "/CN=calendar.example", "-addext", "subjectAltName=DNS:calendar.example"]
    subprocess.run(
        ["openssl", *words, *subject, "-keyout", key, "-out", made], check=True, capture_output=True
    )
    both.write_bytes(key.read_bytes() + made.read_bytes())
    return both


def test_by_https_the_name_has_to_have_a_certificate(certificate, monkeypatch):
    """The connection goes to an IP address that was looked at; the certificate is of the name."""
    with elsewhere(certificate) as there:
        there.says("/x.ics", FILE)
        with pytest.raises(NoAnswer):  # nobody has signed it yet
            fetch("https://calendar.example/x.ics", network=there.network)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        with pytest.raises(NoAnswer):
            fetch("https://other.example/x.ics", network=there.network)
        assert there.asked == []
        assert fetch("https://calendar.example/x.ics", network=there.network).data == FILE
    assert there.dialled == [PUBLIC] * 3
