"""The rest screen: what a person sees from three steps away, and what its tools do."""

import datetime as dt

import pytest

ANA = "04B39E62072BD4"  # welcomes until 14:00; not here yet


def other_language(door):
    return "Español" if door.shell.words.lang == "en" else "English"


def test_the_rest_screen_reads_well(door):
    door.picture("door-rest").audit()
    assert door.reads("I'm here")
    assert door.reads("I'm leaving")


def test_the_language_is_one_tap_away(door):
    was = door.shell.words.lang
    door.tap_text(other_language(door)).audit()
    assert door.taps == 1
    assert door.shell.words.lang != was


def test_a_language_left_behind_is_forgotten_in_a_minute(door):
    was = door.shell.words.lang
    door.tap_text(other_language(door)).pass_(seconds=75)
    assert door.shell.words.lang == was


def test_text_grows_with_one_tap_and_everything_still_fits(door, form):
    if not form.large:
        door.tap("Bigger")
        assert door.shell.theme.large
    door.audit()


def test_low_reach_puts_everything_to_press_in_the_lower_half(door, form):
    if form.large and form.screen != "1280x800":
        pytest.skip("large words on a 7-inch screen need all of it")
    door.shell.look(low=True)
    door.settle().audit().picture("door-rest-low")
    assert door.highest_touch() <= door.shell.theme.height_px / 2 + 1


def test_the_clock_goes_on_where_nobody_touches(door):
    assert any("10:42" in words for words in door.texts())
    door.pass_(minutes=2)
    shown = " ".join(door.texts())
    assert "10:44" in shown
    assert "10:42" not in shown


def test_an_urgent_notice_takes_the_top_at_once(open_door, form):
    from kiosk.hub.actor import VOLUNTEER, Actor
    from kiosk.hub.notices import Publish, publish
    from tests.flows.people import person_of

    door = open_door(at="2026-11-27 10:42")
    ana = Actor(VOLUNTEER, person_of(door.hub, "Ana Guerra").id)
    water = Publish(by=ana, kind="urgent", title={"en": "Water off"}, first_lang="en")
    door.app.desk.ask(publish, water).result(10)
    door.settle().audit()
    assert door.reads("Water off")
    assert any("10:42" in words for words in door.texts())
    assert form.wall or any(door.reads(words) for words in ("All sent", "99+ waiting", "99+"))


def test_what_is_urgent_is_read_in_low_reach_too(door, form):
    if form.large and form.screen != "1280x800":
        pytest.skip("large words on a 7-inch screen need all of it")
    door.shell.look(low=True)
    door.settle().audit()
    assert door.reads("Side door lock is stiff")


def test_a_call_is_read_in_low_reach_too(door):
    from kiosk.hub.sign_in import ComeVisiting, come_visiting

    door.tap_card(ANA)
    door.shell.rest()
    door.shell.look(low=True)
    door.app.desk.ask(come_visiting, ComeVisiting(first_time=True)).result(10)
    door.settle().audit()
    assert any("Ana G." in words for words in door.texts())


def test_whats_on_is_one_tap_away_and_an_event_two(open_door, form):
    if form.wall:
        pytest.skip("a door")
    door = open_door(at="2026-11-27 10:42")
    door.tap_any("11:00 Spanish conversation", "What's on").audit().picture("whats-on")
    assert (door.at, door.taps) == ("whats_on", 1)
    door.turn_to("World Café").tap("World Café").audit()
    assert (door.at, door.taps) == ("event", 2)


def test_whats_on_stays_one_tap_away_under_an_urgent_notice(door, form):
    if form.large and form.screen == "720x1280":
        pytest.skip("upright with large words the urgent notice stands in its place")
    door.tap_any("What's on")
    assert door.at == "whats_on"


def test_whats_on_is_one_tap_away_in_low_reach_too(door, form):
    if form.large and form.screen != "1280x800":
        pytest.skip("large words on a 7-inch screen need all of it")
    door.shell.look(low=True)
    door.settle().tap("What's on")
    assert (door.at, door.taps) == ("whats_on", 1)


def test_a_house_name_too_long_for_its_place_gives_way_to_the_short_one(door, form):
    if form.large:
        pytest.skip("large words show the short name alone")
    names = {door.shell.words.picked(name) for name in (door.hub.hub.name, door.hub.hub.short)}
    assert names & {words.split("\n")[0] for words in door.texts()}


@pytest.mark.parametrize("hour", [9, 14, 20])
@pytest.mark.parametrize("date", ["2026-09-30", "2026-12-30"])
def test_every_greeting_and_every_day_stands_in_one_line(door, date, hour):
    """The longest weekday of the longest month, at the widest digits."""
    from kiosk.screens.rest.in_a_line import DayAndTime, Greeting
    from tests.flows.seeing import shown

    now = dt.datetime.fromisoformat(f"{date} {hour:02}:58:00").astimezone(door.hub.zone)
    door.shell.screen.on_snapshot(door.hub, now)
    door.settle().picture(f"rest-{date}-{hour}").audit()
    lines = [w for w in shown(door.shell.stage) if isinstance(w, DayAndTime | Greeting)]
    assert all(line.text_height < 1.5 * line.font_size for line in lines)
    assert all(line.lines_width() <= line.width for line in lines)


def test_somebody_new_is_called_out_at_the_door_until_somebody_comes(door):
    from kiosk.hub.sign_in import ComeVisiting, come_visiting
    from kiosk.hub.welcomers import welcome_call

    door.tap_card(ANA)
    door.shell.rest()
    door.app.desk.ask(come_visiting, ComeVisiting(first_time=True)).result(10)
    door.settle().picture("door-rest-call").audit()
    door.tap_text("Ana G.")
    assert welcome_call(door.hub, door.app.time.now()) is None
    assert not any("Ana G." in words for words in door.offers())


def boxes(widget) -> list[tuple]:
    """Where everything stands that is drawn, and what it says, to compare two pages."""
    from tests.flows.seeing import shown, words_on

    return sorted(
        (type(w).__name__, *(round(n) for n in (*w.to_window(*w.pos), *w.size)), words_on(w))
        for w in shown(widget)
    )


CHANGES = {
    "an urgent notice": lambda view: {"urgent": (view.notice, view.notice)},
    "nothing urgent": lambda view: {"urgent": ()},
    "much waits": lambda view: {"light": waiting(view)},
    "no event": lambda view: {"event": None},
    "no notice": lambda view: {"notice": None, "notices": 0},
    "one room": lambda view: {"rooms": view.rooms[:1], "rooms_read": view.rooms_read[:1]},
    "another time": lambda view: {"clock": "23:58"},
}


def waiting(view):
    """The light while much waits to be sent."""
    from dataclasses import replace

    return replace(view.light, state="waiting", word="12 waiting", since="since 09:10")


@pytest.mark.parametrize("low", [False, True])
@pytest.mark.parametrize("change", sorted(CHANGES))
def test_what_changes_stands_as_on_a_page_built_anew(door, change, low):
    from dataclasses import replace

    door.shell.look(low=low)
    door.settle()
    screen = door.shell.screen
    screen.page.view = replace(screen.view, **CHANGES[change](screen.view))
    changed = boxes(door.settle().shell.stage)
    screen.build(screen.page.view)
    assert changed == boxes(door.settle().shell.stage)
