"""Presence: somebody, nobody, or nothing known; a sensor that died says nothing."""

import pytest

from kiosk.hardware.facts import CardRead, Presence
from kiosk.hardware.nearness import Nearness
from kiosk.hardware.news import PortNews, Tell

THERE = Presence(True, False, 80, 50, 0, 0, 80)
NOBODY = Presence(False, False, 0, 0, 0, 0, 0)


def heard(*tells):
    near = Nearness()
    return [near.somebody for path, news in tells if near.changed(Tell(path, news))]


def test_only_a_change_is_news():
    assert heard(("a", THERE), ("a", THERE), ("a", NOBODY), ("a", NOBODY)) == [True, False]


def test_somebody_at_either_of_two_sensors_is_somebody():
    assert heard(("a", THERE), ("b", NOBODY), ("a", NOBODY)) == [True, False]


@pytest.mark.parametrize("what", ["gone", "silent", "away", "busy", "denied"])
def test_a_sensor_that_fell_silent_sends_nobody_home(what):
    assert heard(("a", NOBODY), ("a", PortNews(what, "ld2410"))) == [False, None]


def test_cards_and_other_ports_say_nothing_of_presence():
    assert heard(("a", CardRead("04A1B2C3")), ("b", PortNews("gone", "rdm6300"))) == []
