"""What the light and its page say of a kiosk with a server, from what the engine says."""

from zoneinfo import ZoneInfo

import pytest

from kiosk.screens.light.now import light_now
from kiosk.screens.light.refused import refused_lines
from kiosk.screens.light.view import explained, light_line, light_of
from kiosk.ui.words import Words
from sync.client.status import Status
from sync.protocol import Refusal
from tests.kiosk.hub.house import at

EN, ES = Words("en"), Words("es")
MADRID = ZoneInfo("Europe/Madrid")
NOW = at("10:42")
MINUTE_MS = 60_000
UP_MS = 100 * MINUTE_MS
"""The monotonic clock now."""


def local(instant):
    return instant.astimezone(MADRID)


def ms(instant):
    return int(instant.timestamp() * 1_000)


def status(light="all_sent", **facts):
    return Status(light, last_ok_ms=UP_MS - MINUTE_MS, next="listen", **facts)


def waiting(trouble="", **facts):
    shown = dict(waiting=12, since_ms=ms(at("09:10")), trouble=trouble, next="sync")
    return Status("waiting", **{"last_ok_ms": UP_MS - 92 * MINUTE_MS, **shown, **facts})


def page(found, words=EN):
    return explained(light_of(found, now=NOW, now_ms=UP_MS), words, local)


def tool(found, words=EN):
    return light_line(light_of(found, now=NOW, now_ms=UP_MS), words, local)


STATES = {
    "all_sent": status(),
    "waiting": waiting(),
    "refused": status("refused", refused=2),
    "not_paired": Status("not_paired", next="pair"),
    "clock_not_sure": Status("clock_not_sure", waiting=3),
}


@pytest.mark.parametrize("words", [EN, ES], ids=["en", "es"])
@pytest.mark.parametrize("state", STATES)
def test_each_state_is_one_word_and_a_sentence_in_both_languages(state, words):
    line, said = tool(STATES[state], words), page(STATES[state], words)
    assert line.state == said.state == state
    assert not [text for text in (line.word, said.title, said.why) if "light." in text or not text]
    assert state in said.rows and len(said.rows) == 3


@pytest.mark.parametrize(
    ("state", "word", "mode"),
    [
        ("all_sent", "All sent", "normal"),
        ("waiting", "12 waiting", "waiting"),
        ("refused", "2 refused", "refused"),
        ("not_paired", "Not joined", "waiting"),
        ("clock_not_sure", "Time?", "waiting"),
    ],
)
def test_the_tool_says_it_in_a_word(state, word, mode):
    line = tool(STATES[state])
    assert (line.word, line.mode) == (word, mode)


def test_no_two_states_have_the_same_sign():
    assert len({tool(one).icon for one in STATES.values()}) == len(STATES)


def test_what_waits_says_since_when_by_the_wall_clock():
    assert page(waiting()).title == "12 waiting since 09:10"


def test_what_waits_since_another_day_says_the_day():
    old = waiting(since_ms=ms(at("09:10")) - 3 * 24 * 60 * MINUTE_MS)
    assert tool(old).since == "since 20 Nov"


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        ("", "All is saved here and is being sent."),
        ("no_network", "The internet is away. All is saved here and will be sent later."),
        (
            "not_the_server",
            "The network answers, the server does not. All is saved here and will be sent later.",
        ),
        ("server_busy", "The server is busy. All is saved here and will be sent later."),
    ],
)
def test_what_waits_says_what_stands_in_the_way_and_that_all_is_safe(trouble, said):
    assert page(waiting(trouble)).why == said


@pytest.mark.parametrize("words", [EN, ES], ids=["en", "es"])
@pytest.mark.parametrize(
    "trouble", ["no_network", "not_the_server", "server_busy", "server_broken", "disk"]
)
def test_every_trouble_has_words(trouble, words):
    assert "light." not in page(waiting(trouble), words).why


def test_with_all_sent_a_network_that_is_away_is_said_too():
    assert page(status(trouble="no_network")).why.endswith("The internet is away.")


def test_the_page_says_when_it_was_last_sent_and_when_it_is_tried_again():
    again = waiting("no_network", next_ms=UP_MS + 4 * MINUTE_MS)
    assert page(again).facts == "Last sent 09:10 · tries again at 10:46"


def test_a_try_that_is_near_is_in_a_moment():
    again = waiting("no_network", next_ms=UP_MS + MINUTE_MS)
    assert page(again).facts.endswith("tries again in a moment")


def test_a_quiet_kiosk_promises_no_next_try():
    assert page(status(next_ms=UP_MS + MINUTE_MS)).facts == "Last sent 10:41"


def test_a_kiosk_that_never_reached_anybody_says_so():
    assert "no answer yet" in page(waiting(last_ok_ms=None)).facts


def test_where_something_matters_more_than_what_waits_the_number_is_a_fact():
    asleep = Status("clock_not_sure", waiting=3, since_ms=ms(at("10:40")))
    assert page(asleep).facts.startswith("3 waiting since 10:40 · ")


ID = f"{ms(at('09:12')):012x}"
VISIT = f"{ID[:8]}-{ID[8:]}-7000-8000-000000000001"


def lines(*refusals, words=EN):
    return refused_lines(refusals, words, local, NOW)


def test_what_was_refused_is_said_with_its_kind_its_time_and_the_reason():
    found = lines(Refusal("visit", VISIT, "future"))[0]
    assert (found.what, found.why) == ("Visit · 09:12", "dated in the future")


def test_a_record_of_another_day_says_the_day():
    found = refused_lines([Refusal("visit", VISIT, "future")], EN, local, at("10:42", 2))
    assert found[0].what == "Visit · 23 Nov"


@pytest.mark.parametrize("record", ["", "nonsense", "5c1e7a52-2f0a-5d0e-9a3b-0123456789ab"])
def test_an_id_that_says_no_time_leaves_the_kind(record):
    assert lines(Refusal("notice", record, "scope"))[0].what == "Notice"


def test_kinds_and_reasons_of_later_versions_have_words():
    found = lines(Refusal("loom", VISIT, "unheard_of"))[0]
    assert (found.what, found.why) == ("Entry · 09:12", "not taken")


@pytest.mark.parametrize("words", [EN, ES], ids=["en", "es"])
def test_every_reason_of_the_wire_has_words(words):
    from kiosk.screens.light.refused import KINDS_SAID, REASONS

    every = [Refusal(kind, VISIT, why) for kind in KINDS_SAID for why in REASONS]
    said = [text for line in lines(*every, words=words) for text in (line.what, line.why)]
    assert not [text for text in said if "light." in text]


class Server:
    """What the app gives to screens of a kiosk with a server."""

    def status(self):
        return waiting()

    def now_ms(self):
        return UP_MS


def test_with_a_server_the_engine_is_asked_and_not_the_desk():
    from types import SimpleNamespace

    shell = SimpleNamespace(around=SimpleNamespace(sync=Server()))
    assert light_now(shell, NOW).waiting == 12
    assert light_now(shell, NOW).since == at("09:10")
