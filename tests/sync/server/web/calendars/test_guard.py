"""No calendar is asked for that is not of the public internet, however its address is written."""

import socket

import pytest

from sync.server.web.calendars.fetch import resolve
from sync.server.web.calendars.guard import LONGEST, allowed, is_public, sent_on, target
from sync.server.web.calendars.trouble import NotAnAddress, OffLimits

PUBLIC = ["93.184.215.14", "8.8.8.8", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::808:808"]
NOT_PUBLIC = [
    # this machine
    *("127.0.0.1", "127.8.8.8", "0.0.0.0", "0.1.2.3", "::1", "::"),
    # a network nearby
    *("10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1", "169.254.169.254"),
    *("fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "fec0::1", "198.18.0.1"),
    # several machines, none, for books only
    *("224.0.0.1", "239.255.255.250", "255.255.255.255", "240.0.0.1", "ff02::1", "ff0e::1"),
    *("192.0.2.1", "198.51.100.7", "203.0.113.9", "2001:db8::1", "3fff::1", "100::1"),
    # IPv4 in other clothes
    *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "::8.8.8.8"),
    *("64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::808:808"),
    *("2002:7f00:1::", "2002:808:808::1", "2001:0:7f00:1::"),
    # no IP addresses
    *("", "localhost", "127.1", "2130706433", "0x7f000001", "0177.0.0.1"),
]  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_a_machine_of_the_public_internet_may_be_asked(address):
    assert is_public(address)


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_no_other_machine_may_be_asked(address):
    assert not is_public(address)


@pytest.mark.parametrize("private", NOT_PUBLIC)
def test_a_name_with_one_address_that_is_not_public_is_off_limits(private):
    for found in ([private], [*PUBLIC, private], [private, *PUBLIC], []):
        with pytest.raises(OffLimits):
            allowed(found)
    assert allowed(PUBLIC) == PUBLIC


HERE = [
    "http://127.0.0.1/x.ics",
    "https://localhost/x.ics",
    "https://localhost./x.ics",
    "https://LOCALHOST/x.ics",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.1/",
    "http://0177.0.0.1/",
    "http://127.1/",
    "http://0/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[0:0:0:0:0:ffff:7f00:1]/",
    "http://\u2460\u2461\u2466.0.0.1/",
    "http://\uff11\uff12\uff17\u3002\uff10.0.1/",
    "http://127.0.0.1#@calendar.example/",
    "webcal://localhost/x.ics",
]


@pytest.mark.parametrize("address", HERE)
def test_this_machine_is_found_out_by_every_name_it_has(address):
    """By the machine's own resolver: it knows names and numbers that no list of ours would."""
    try:
        said = target(address)
    except NotAnAddress:
        return
    try:
        found = resolve(said.host, said.port)
    except (OSError, UnicodeError):
        return
    with pytest.raises(OffLimits):
        allowed(found)


NO_ADDRESS = [
    "",
    "calendar",
    "calendar.example/x.ics",
    "/etc/passwd",
    "file:///etc/passwd",
    "ftp://calendar.example/x.ics",
    "gopher://127.0.0.1:25/_HELO",
    "javascript:alert(1)",
    "data:text/calendar,BEGIN:VCALENDAR",
    "https://",
    "https:///x.ics",
    "https://calendar.example:22/x.ics",
    "https://calendar.example:80/x.ics",
    "http://calendar.example:443/x.ics",
    "http://calendar.example:8080/x.ics",
    "https://calendar.example:99999/",
    "https://calendar.example:x/",
    "https://name:word@calendar.example/x.ics",
    "https://name@calendar.example/x.ics",
    "https://calendar.example\\@127.0.0.1/",
    "https://calendar..example/",
    "https://a b.example/",
    "https://calendar.example/\r\nHost: other.example",
    "https://calendar.example\t/",
    "https://[::1/",
    "https://" + "a" * 64 + ".example/",
    "https://calendar.example/" + "a" * LONGEST,
    "https://calendar.example/" + "\u043f" * 400,
]


@pytest.mark.parametrize("address", NO_ADDRESS)
def test_what_is_no_address_of_a_calendar_is_refused(address):
    with pytest.raises(NotAnAddress):
        target(address)


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("https://calendar.example/x.ics?key=a%20b&c=1#top", "https://calendar.example/x.ics?key=a%20b&c=1"),
        (" webcal://calendar.example/x.ics ", "https://calendar.example/x.ics"),
        ("http://calendar.example:80", "http://calendar.example/"),
        ("https://CALENDAR.example.:443/x", "https://calendar.example/x"),
        ("https://b\u00fccher.example/k\u00e4.ics", "https://xn--bcher-kva.example/k%C3%A4.ics"),
        ("https://fa\u00df.example/x", "https://xn--fa-hia.example/x"),
        ("https://[2606:4700::1111]/x", "https://[2606:4700::1111]/x"),
    ],
)  # fmt: skip
def test_an_address_is_asked_as_it_was_meant(typed, asked):
    assert target(typed).address == asked


@pytest.mark.parametrize(
    ("here", "location", "there"),
    [
        ("https://a.example/x/y.ics", "/z.ics", "https://a.example/z.ics"),
        ("https://a.example/x/y.ics", "z.ics", "https://a.example/x/z.ics"),
        ("https://a.example/y.ics", "//b.example/z.ics", "https://b.example/z.ics"),
        ("http://a.example/y.ics", "https://a.example/y.ics", "https://a.example/y.ics"),
        ("https://a.example/y.ics", "http://a.example/y.ics", None),
        ("https://a.example/y.ics", "file:///etc/passwd", None),
        ("https://a.example/y.ics", "https://a.example:8443/y.ics", None),
        ("https://a.example/y.ics", "https://x:y@a.example/y.ics", None),
    ],
)
def test_an_answer_sends_us_on_only_to_what_may_be_asked(here, location, there):
    if there is None:
        with pytest.raises(NotAnAddress):
            sent_on(target(here), location)
    else:
        assert sent_on(target(here), location).address == there


def test_every_address_of_a_name_is_looked_at(monkeypatch):
    """What the resolver says of a name with several addresses comes whole to the guard."""
    answers = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.215.14", 443)),
        (socket.AF_INET6, socket.SOCK_STREAM, 6, "", ("fe80::1%2", 443, 0, 2)),
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answers)
    with pytest.raises(OffLimits):
        allowed(resolve("calendar.example", 443))
