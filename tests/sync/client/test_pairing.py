"""Pairing by RFC 8628, as a list of what is heard: no server, no clock, no thread."""

from dataclasses import replace

import pytest

from sync.client.pairing import (
    MOST_RENEWALS,
    Approved,
    AskCode,
    AskToken,
    Begin,
    Code,
    CodeGiven,
    End,
    Failed,
    Holding,
    Keep,
    Kept,
    Paired,
    Phase,
    Said,
    State,
    Tick,
    Wait,
    step,
)

OURS = "0199b1c0-0000-7000-8000-000000000001"
OTHER = "0199b1c0-0000-7000-8000-000000000002"
PENDING = Said("authorization_pending")


def code(*, expires_in_s=600, interval_s=5):
    return Code("dev", "741906", "https://hub.example", "", expires_in_s, interval_s)


def token(hub=OURS):
    return Paired("a.b.c", hub, "La Ronda")


class Pairing:
    def __init__(self):
        self.state, self.now_ms, self.does = State(), 0, []

    def told(self, event):
        self.state, self.does = step(self.state, event, self.now_ms)
        return self

    def waiting(self, **facts):
        return self.told(Begin()).told(CodeGiven(code(**facts)))

    def ticks(self):
        """Time goes by until the pairing wants to be looked at."""
        self.now_ms = self.does[-1].until_ms
        return self.told(Tick())

    def asks_again_after_s(self):
        was = self.now_ms
        while not isinstance(self.ticks().does[-1], AskToken | AskCode):
            pass
        return (self.now_ms - was) / 1_000

    @property
    def phase(self):
        return self.state.phase


@pytest.fixture
def pairing():
    return Pairing()


def test_a_code_is_asked_for_at_once(pairing):
    assert pairing.told(Begin()).does == [AskCode()]


def test_a_code_is_shown_and_the_first_ask_for_a_token_waits_the_interval(pairing):
    pairing.waiting(interval_s=7)
    assert pairing.phase is Phase.WAITING
    assert pairing.does == [Wait(7_000)]
    assert pairing.ticks().does == [AskToken("dev")]


def test_while_nobody_has_approved_it_is_asked_every_interval(pairing):
    pairing.waiting().ticks().told(PENDING)
    assert pairing.asks_again_after_s() == 5
    assert pairing.told(PENDING).asks_again_after_s() == 5


def test_each_slow_down_makes_all_later_asks_five_seconds_slower(pairing):
    pairing.waiting().ticks().told(Said("slow_down"))
    assert pairing.asks_again_after_s() == 10
    assert pairing.told(PENDING).asks_again_after_s() == 10
    assert pairing.told(Said("slow_down")).asks_again_after_s() == 15


def test_an_early_tick_asks_nothing(pairing):
    pairing.waiting().now_ms = 100
    assert pairing.told(Tick()).does == [Wait(5_000)]


def test_a_token_is_kept_before_anybody_is_told(pairing):
    pairing.waiting().ticks().told(Approved(token(), Holding()))
    assert pairing.does == [Keep(token())]
    assert pairing.phase is Phase.KEEPING
    assert pairing.told(Kept()).phase is Phase.APPROVED


def test_a_token_that_could_not_be_kept_is_not_said_to_be_approved(pairing):
    pairing.waiting().ticks().told(Approved(token(), Holding())).told(Failed("disk"))
    assert (pairing.phase, pairing.state.trouble) == (Phase.ENDED, "disk")


def test_who_was_turned_down_is_told_and_nothing_is_asked_any_more(pairing):
    pairing.waiting().ticks().told(Said("access_denied"))
    assert (pairing.phase, pairing.does) == (Phase.DENIED, [])
    assert pairing.told(Tick()).does == []


@pytest.mark.parametrize("why", ["expired_token", "invalid_grant", "a word of a later server"])
def test_a_code_that_the_server_no_longer_takes_is_followed_by_another(pairing, why):
    pairing.waiting().ticks().told(Said(why))
    assert (pairing.phase, pairing.does) == (Phase.ASKING, [AskCode()])


def test_a_code_that_ran_out_is_renewed_without_asking_for_its_token(pairing):
    pairing.waiting(expires_in_s=12).ticks().told(PENDING).ticks().told(PENDING)
    assert pairing.ticks().does == [AskCode()]
    assert pairing.now_ms == 12_000


def test_after_some_codes_that_nobody_used_somebody_has_to_want_another(pairing):
    pairing.waiting()
    for _ in range(MOST_RENEWALS):
        pairing.told(Said("expired_token")).told(CodeGiven(code()))
    assert pairing.told(Said("expired_token")).phase is Phase.ENDED
    assert pairing.told(Begin()).does == [AskCode()]
    assert pairing.state.renewals == 0


@pytest.mark.parametrize("trouble", ["no_network", "not_the_server", "server_busy"])
def test_a_server_that_cannot_be_reached_is_said_and_tried_again_ever_more_rarely(pairing, trouble):
    pairing.told(Begin())
    pauses = [pairing.told(Failed(trouble)).asks_again_after_s() for _ in range(6)]
    assert pauses == [5, 10, 20, 40, 60, 60]
    assert (pairing.phase, pairing.state.trouble) == (Phase.ASKING, trouble)


def test_a_code_stays_on_the_screen_while_the_network_is_away(pairing):
    pairing.waiting().ticks().told(Failed("no_network"))
    assert pairing.state.code == code()
    assert pairing.asks_again_after_s() == 5
    assert pairing.told(PENDING).state.trouble == ""


def test_a_busy_server_is_left_alone_as_long_as_it_says(pairing):
    pairing.waiting().ticks().told(Failed("server_busy", retry_after_s=30))
    assert pairing.asks_again_after_s() == 30


def test_a_code_is_not_asked_beyond_its_end_however_long_the_pause(pairing):
    pairing.waiting(expires_in_s=20).ticks().told(Failed("no_network", retry_after_s=60))
    assert pairing.ticks().does == [AskCode()]
    assert pairing.now_ms == 20_000


def test_records_that_no_server_has_never_go_to_another_house(pairing):
    pairing.waiting().ticks().told(Approved(token(OTHER), Holding(OURS, unsent=12)))
    assert (pairing.phase, pairing.does) == (Phase.HELD, [])
    assert pairing.state.unsent == 12
    assert pairing.state.paired == Paired("", OTHER, "La Ronda")


def test_what_somebody_writes_while_it_is_kept_keeps_it_where_it_is(pairing):
    pairing.waiting().ticks().told(Approved(token(OTHER), Holding(OURS)))
    pairing.told(Approved(token(OTHER), Holding(OURS, unsent=1)))
    assert (pairing.phase, pairing.state.unsent) == (Phase.HELD, 1)


def test_what_is_not_sent_yet_keeps_a_door_from_becoming_a_wall(pairing):
    wall = replace(token(OURS), role="wall")
    pairing.waiting().ticks().told(Approved(wall, Holding(OURS, unsent=12)))
    assert (pairing.phase, pairing.does) == (Phase.HELD, [])
    pairing.told(Begin())
    pairing.waiting().ticks().told(Approved(wall, Holding(OURS, unsent=0)))
    assert pairing.phase is Phase.KEEPING


@pytest.mark.parametrize(
    "holding", [Holding(OURS, unsent=12), Holding(OTHER, unsent=0), Holding("", unsent=3)]
)
def test_the_same_house_again_or_a_device_with_all_sent_is_paired(pairing, holding):
    pairing.waiting().ticks().told(Approved(token(OURS), holding))
    assert pairing.phase is Phase.KEEPING


def test_who_leaves_ends_it_and_what_is_heard_later_changes_nothing(pairing):
    pairing.waiting().told(End())
    assert (pairing.state, pairing.does) == (State(), [])
    for late in (CodeGiven(code()), PENDING, Approved(token(), Holding()), Kept(), Failed("disk")):
        assert pairing.told(late).state == State()


def test_another_code_may_be_wanted_at_any_time(pairing):
    pairing.waiting().told(Begin())
    assert (pairing.phase, pairing.state.code, pairing.does) == (Phase.ASKING, None, [AskCode()])
