"""What the light says, and what the page behind it explains."""

import pytest

from kiosk.screens.light.now import light_now, oldest
from kiosk.screens.light.view import Light, explained, light_line
from kiosk.ui.around import NO_SERVER
from kiosk.ui.words import Words
from tests.kiosk.hub.house import at

EN, ES = Words("en"), Words("es")


def local(instant):
    from zoneinfo import ZoneInfo

    return instant.astimezone(ZoneInfo("Europe/Madrid"))


WAITING = Light(12, at("09:10"))


def test_nothing_waits_and_all_is_sent():
    line = light_line(Light(), EN, local)
    assert (line.word, line.since, line.mode) == ("All sent", "", "normal")


def test_what_waits_is_counted_and_says_since_when():
    line = light_line(WAITING, EN, local)
    assert (line.word, line.since, line.mode) == ("12 waiting", "since 09:10", "waiting")


def test_what_was_refused_matters_more_than_what_waits():
    line = light_line(Light(12, at("09:10"), refused=1), EN, local)
    assert (line.word, line.state, line.icon) == ("1 refused", "refused", "alert-octagon")


def test_a_number_that_does_not_fit_is_said_to_be_more_and_told_on_the_page():
    many = Light(163, at("09:10"))
    assert light_line(many, EN, local).word == "99+ waiting"
    assert explained(many, EN, local).title == "163 waiting since 09:10"


def test_without_a_time_only_the_number_is_said():
    assert light_line(Light(3), EN, local).since == ""


@pytest.mark.parametrize("light", [Light(), WAITING, Light(refused=2)])
@pytest.mark.parametrize("words", [EN, ES])
def test_each_state_has_another_sign_and_colour_and_an_explanation(light, words):
    line, page = light_line(light, words, local), explained(light, words, local)
    assert line.icon and line.ink and page.state == line.state
    assert page.why and not page.why.startswith("light.")


def test_the_explanation_of_what_waits_has_number_and_time_in_its_title():
    page = explained(WAITING, EN, local)
    assert page.title == "12 waiting since 09:10"
    assert "saved here" in page.why


class Desk:
    """Something waits: how much, and the record that waits longest."""

    def __init__(self, waiting, at_ms):
        self.waiting, self.at_ms, self.asked = waiting, at_ms, 0

    def next_waiting(self, now):
        self.asked += 1
        return {"stamps": {"title": f"l{self.at_ms:012x}-0000-0000aaaa"}}


class Shell:
    def __init__(self, desk):
        from types import SimpleNamespace

        self.around = SimpleNamespace(desk=desk, sync=NO_SERVER)


def test_since_when_is_read_from_the_stamps_of_the_oldest():
    shell = Shell(Desk(2, int(at("09:10").timestamp() * 1000)))
    assert light_now(shell, at("10:42")) == Light(2, at("09:10"))


def test_since_when_is_asked_once_while_more_comes_to_wait():
    desk = Desk(2, int(at("09:10").timestamp() * 1000))
    shell = Shell(desk)
    light_now(shell, at("10:42"))
    desk.waiting = 3
    assert light_now(shell, at("10:43")).since == at("09:10") and desk.asked == 1


def test_when_less_waits_it_is_asked_again():
    desk = Desk(2, int(at("09:10").timestamp() * 1000))
    shell = Shell(desk)
    light_now(shell, at("10:42"))
    desk.waiting, desk.at_ms = 1, int(at("10:00").timestamp() * 1000)
    assert light_now(shell, at("10:44")).since == at("10:00")


@pytest.mark.parametrize("body", [None, {}, {"stamps": {"title": "nonsense"}}])
def test_a_record_without_a_readable_stamp_gives_no_time(body):
    assert oldest(body) is None
