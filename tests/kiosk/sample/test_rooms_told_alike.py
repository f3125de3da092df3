"""A door and the hub's own web site say the same of every room, all day long."""

from datetime import timedelta

from kiosk.hub.room_day import room_now
from sync.records.room_state import SHUT, room_state
from tests.kiosk.sample.house import A_MONDAY, loaded, snapshot, without_pins


def test_a_room_is_told_alike_at_the_door_and_on_the_web_site():
    hub = snapshot(loaded(without_pins()))
    for minutes in range(-120, 840, 45):
        now = A_MONDAY + timedelta(minutes=minutes)
        for room in hub.rooms_on(hub.today(now)):
            here, (state, until) = room_now(hub, room, now), room_state(hub.diary, room, now)
            assert (here.state, state == SHUT or here.until) == (state, state == SHUT or until)
