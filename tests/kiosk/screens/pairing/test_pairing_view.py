"""What the page of pairing says at each step, in both languages."""

from dataclasses import replace

import pytest

from kiosk.screens.pairing.view import address, broken_after, good_for, grouped, pairing_view
from kiosk.ui.qr import QUIET, module_px, qr_rows, runs
from kiosk.ui.words import Words
from sync.client.pairing import Code, Holding, Paired, Phase, State

EN, ES = Words("en"), Words("es")
CODE = Code(
    "dev", "741906", "https://hub.example/screens/", "https://hub.example/?c=741906", 600, 5
)
WAITING = State(Phase.WAITING, code=CODE, good_until_ms=600_000)
NOTHING = Holding()


def view(state, *, holding=NOTHING, words=EN, now_ms=0):
    return pairing_view(state, holding, words, now_ms)


STATES = {
    "off": State(),
    "asking": State(Phase.ASKING),
    "waiting": WAITING,
    "keeping": State(Phase.KEEPING, paired=Paired("t", "h")),
    "approved": State(Phase.APPROVED, paired=Paired("t", "h", "La Ronda")),
    "denied": State(Phase.DENIED),
    "ended": State(Phase.ENDED),
    "not kept": State(Phase.ENDED, trouble="disk"),
    "held": State(Phase.HELD, unsent=12),
    **{
        trouble: State(Phase.ASKING, trouble=trouble)
        for trouble in ("no_network", "not_the_server", "server_busy", "server_broken")
    },
}


@pytest.mark.parametrize("words", [EN, ES], ids=["en", "es"])
@pytest.mark.parametrize("state", STATES)
def test_every_step_has_a_heading_and_a_sentence(state, words):
    page = view(STATES[state], words=words)
    said = [page.heading, page.heading_short, *page.before, page.after, page.good, page.waiting]
    assert page.heading and page.before
    assert not [text for text in said if "pairing." in text]


def test_a_code_is_said_in_three_sentences_and_can_be_scanned():
    page = view(WAITING)
    assert [*page.before, page.after] == [
        "A volunteer opens hub.example/screens",
        "There they type this code:",
        "There they pick this screen and say yes.",
    ]
    assert (page.code, page.scan) == ("741 906", "https://hub.example/?c=741906")


def test_without_a_whole_address_the_plain_one_is_scanned():
    bare = replace(WAITING, code=replace(CODE, uri_complete=""))
    assert view(bare).scan == "https://hub.example/screens/"


@pytest.mark.parametrize(
    ("code", "shown"),
    [("741906", "741 906"), ("WDJBMJHT", "WDJB MJHT"), ("WDJB-MJHT", "WDJB-MJHT"), ("12", "12")],
)
def test_a_code_is_shown_in_groups(code, shown):
    assert grouped(code) == shown


def test_a_long_address_goes_on_in_another_line_after_a_dot_or_a_stroke():
    found = broken_after("tools.lavapies-commons.example/pair", lambda part: len(part) <= 16)
    assert found == "tools.lavapies-\ncommons.example/\npair"
    assert broken_after("hub.example/pair", lambda part: len(part) <= 16) == "hub.example/pair"


def test_an_address_without_a_lock_says_so():
    assert address("http://192.168.1.5:8080/") == "http://192.168.1.5:8080"


@pytest.mark.parametrize(
    ("left_ms", "said"),
    [
        (600_000, "Good for 10 minutes"),
        (599_999, "Good for 9 minutes"),
        (60_000, "Good for 1 minute"),
        (59_999, "Good for less than a minute"),
        (-1, "Good for less than a minute"),
    ],
)
def test_it_counts_down_in_whole_minutes(left_ms, said):
    assert good_for(left_ms, EN) == said


def test_counting_down_moves_nothing_else_on_the_page():
    assert view(WAITING).shape == view(WAITING, now_ms=120_000).shape
    assert view(WAITING).good != view(WAITING, now_ms=120_000).good


def test_a_network_that_went_away_is_said_beside_the_code():
    assert view(replace(WAITING, trouble="no_network")).waiting.startswith("The internet is away")


def test_a_device_that_holds_unsent_records_warns_with_their_number_before_and_after():
    holding = Holding("ours", 12)
    assert view(WAITING, holding=holding).note.startswith("12 entries are not sent yet")
    assert view(STATES["held"]).before[0].startswith("12 entries of the house before lie only here")


def test_who_was_approved_is_told_for_which_house():
    assert "La Ronda" in view(STATES["approved"]).before[0]
    assert view(STATES["approved"]).acts == "done"


@pytest.mark.parametrize(
    ("state", "acts"),
    [("waiting", "new_code"), ("ended", "new_code"), ("no_network", "try_now"), ("asking", "")],
)
def test_there_is_always_a_way_on_but_while_it_is_being_asked(state, acts):
    assert view(STATES[state]).acts == acts


def test_the_code_to_scan_holds_the_address():
    rows = qr_rows("https://hub.example/?c=741906")
    assert len(rows) == len(rows[0]) and (len(rows) - 17) % 4 == 0
    assert rows[0][:8] == bytes([1, 1, 1, 1, 1, 1, 1, 0])


def test_dark_modules_side_by_side_are_drawn_at_once():
    assert runs(bytes([1, 1, 0, 0, 1, 0, 1])) == [(0, 2), (4, 1), (6, 1)]


def test_a_code_and_its_quiet_zone_fit_in_whole_pixels():
    assert module_px(29, 420) * (29 + 2 * QUIET) <= 420
    assert module_px(29, 30) == 0
