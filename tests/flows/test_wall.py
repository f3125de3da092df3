"""The wall: pages that take turns, 12 seconds each; nothing personal, and nothing else moves."""

import pytest

from tests.flows.people import was_told

KINDS = ("rooms", "notices", "events", "who")


@pytest.fixture(autouse=True)
def big_or_for_a_demonstration(form):
    if not form.wall and form.name != "1280x800-en":
        pytest.skip("walls are 1920x1080, or 1280x800 for a demonstration")


@pytest.fixture
def wall(open_door):
    """The sample hub's wall on Monday at 10:42."""
    return open_door(mode="wall", large=False)


def kind(wall) -> str:
    """Which page shows."""
    return wall.shell.screen.turn.kind


def turned_to(wall, wanted: str):
    """Let the wall turn its pages until one of this kind shows."""
    for _ in range(20):
        if kind(wall) == wanted:
            return wall
        wall.pass_(seconds=12)
    raise AssertionError(f"no page of {wanted} in 20 turns")


def say_yes(wall, *names: str):
    """Sign people in by name; each says yes to the wall."""
    from kiosk.hub.sign_in import ComeVisiting, come_visiting
    from kiosk.hub.who_is_here import AnswerWall, answer_wall

    for name in names:
        done = wall.app.desk.ask(come_visiting, ComeVisiting(name=name)).result(10)
        wall.app.desk.ask(answer_wall, AnswerWall(done.result.visit, yes=True)).result(10)
    return wall.settle()


@pytest.mark.parametrize("which", KINDS)
def test_every_page_can_be_read_from_across_the_room(wall, which):
    turned_to(wall, which).picture(f"wall-{which}-day").audit()
    assert wall.reads("La Ronda Commons")


@pytest.mark.parametrize("which", KINDS)
def test_every_page_can_be_read_at_night(open_door, which):
    wall = open_door(mode="wall", large=False)
    wall.shell.look(night=True)
    wall.settle()
    turned_to(wall, which).picture(f"wall-{which}-night").audit()


def test_pages_turn_every_twelve_seconds_and_not_before(wall):
    wall.pass_(seconds=11)
    assert kind(wall) == "rooms"
    wall.pass_(seconds=1)
    assert kind(wall) == "notices"


def test_every_kind_of_page_has_its_turn_within_two_minutes(wall):
    seen = {kind(wall) for _ in range(10) if wall.pass_(seconds=12)}
    assert seen == set(KINDS)


def test_a_touch_turns_the_page_and_leaves_it_for_twelve_seconds(wall):
    wall.pass_(seconds=10)
    wall.touch_at(400, 300)
    assert kind(wall) == "notices"
    wall.pass_(seconds=11)
    assert kind(wall) == "notices" and wall.shell.screen.turn.part == 0


def test_only_who_said_yes_is_named_and_everybody_counts(wall):
    from kiosk.hub.presence import heads_at

    say_yes(wall, "Olena Kovalenko", "Олена Коваленко", "Nguyễn Thu Hà", "محمد علي")
    turned_to(wall, "who").picture("wall-who-many-day").audit()
    assert wall.reads("Olena K.") and wall.reads("Олена К.")
    assert wall.reads(str(heads_at(wall.hub, wall.app.time.now())))


def test_who_leaves_is_gone_from_the_page_at_once(wall):
    say_yes(wall, "Olena Kovalenko")
    turned_to(wall, "who")
    from kiosk.hub.sign_out import LeaveVisit, leave_visit

    visit = next(v for v in wall.hub.visits_open if v.name == "Olena Kovalenko")
    wall.app.desk.ask(leave_visit, LeaveVisit(visit.id)).result(10)
    wall.settle()
    assert kind(wall) == "who" and not wall.reads("Olena")


def test_the_welcomer_is_called_on_every_page_for_two_minutes(wall):
    from kiosk.hub.sign_in import ComeByTile, ComeVisiting, come_by_tile, come_visiting

    ana = next(p for p in wall.hub.people if p.name == "Ana Guerra")
    wall.app.desk.ask(come_by_tile, ComeByTile(ana.id, said="not_now")).result(10)
    wall.app.desk.ask(come_visiting, ComeVisiting(first_time=True)).result(10)
    wall.settle()
    assert wall.reads("Ana G., somebody new is at the door")
    for which in KINDS:
        turned_to(wall, which).picture(f"wall-{which}-call").audit()
    wall.pass_(seconds=90)
    assert not wall.reads("somebody new is at the door")


def test_a_card_at_a_wall_signs_nobody_in(wall):
    before = len(list(wall.hub.visits_open))
    wall.tap_card("04B39E62072BD4")
    assert wall.at == "wall" and len(list(wall.hub.visits_open)) == before


def test_long_and_many_notices_in_many_scripts_stay_in_their_cards(wall):
    from kiosk.hub.actor import VOLUNTEER, Actor
    from kiosk.hub.notices import Publish, publish

    titles = (
        "Donaudampfschifffahrtsgesellschaft sucht einen Kapitän für die Fahrt am Sonntag",
        "Спільна вечеря для всіх сусідів і друзів у великій залі",
        "عشاء مشترك لجميع الجيران والأصدقاء في القاعة الكبيرة",
        "共同晚餐，欢迎所有邻居和朋友来大厅",
        "Nước sẽ bị cắt trong tuần này, xin vui lòng chuẩn bị sẵn",
    )
    for title in titles:
        ask = Publish(title={"en": title}, body={"en": "Words upon words. " * 16},
                      kind="news", pin=1, by=Actor(VOLUNTEER, "v"))  # fmt: skip
        wall.app.desk.ask(publish, ask).result(10)
    wall.settle()
    turned_to(wall, "notices").picture("wall-notices-long").audit()
    wall.pass_(seconds=12).picture("wall-notices-long2").audit()


def test_two_urgent_notices_stand_above_each_other(wall):
    from kiosk.hub.actor import VOLUNTEER, Actor
    from kiosk.hub.notices import Publish, publish

    ask = Publish(title={"en": "Water off until evening", "es": "Sin agua hasta la noche"},
                  body={"en": "Fill a jug now, and please tell everybody you meet on the stairs; "
                              "the toilets by the Workshop still work all day today."},
                  kind="urgent", by=Actor(VOLUNTEER, "v"))  # fmt: skip
    wall.app.desk.ask(publish, ask).result(10)
    wall.settle()
    for which in KINDS:
        turned_to(wall, which).picture(f"wall-{which}-urgent2").audit()


def test_a_house_of_many_rooms_with_long_names_has_two_pages_of_them(wall):
    from kiosk.hub.writes import new
    from kiosk.store.changes import Changes
    from sync.records.room import Room

    names = ["Sala de reuniones Federica Montseny y Clara Campoamor", "Зал зустрічей", "会议室"]
    names += [f"Room {n}" for n in range(5)]
    rooms = [Room(name={"en": name}, order=90) for name in names]
    wall.app.desk.ask(lambda hub, _, at: Changes.of(*(new(hub, r, at) for r in rooms)), None)
    wall.settle().picture("wall-rooms-many").audit()
    assert wall.reads("1 of 2")
    wall.pass_(seconds=12).picture("wall-rooms-many2").audit()
    assert kind(wall) == "rooms" and wall.reads("2 of 2")


def test_on_a_day_the_house_is_shut_the_board_says_why(open_door):
    wall = open_door(mode="wall", large=False, at="2026-11-29 10:42")
    wall.picture("wall-rooms-shut").audit()
    assert wall.reads("Rest day")


def test_the_time_goes_on_while_a_page_stands(wall):
    wall.pass_(minutes=1)
    assert wall.reads("10:43")


def test_a_wall_of_an_empty_house_says_so_calmly(open_door):
    wall = open_door(mode="wall", sample=True, at="2026-11-23 05:30", large=False)
    turned_to(wall, "who").picture("wall-who-nobody").audit()
    assert wall.reads("Names show only of those who said yes.")


def joined_as_a_wall(place):
    from kiosk.store import open_store
    from kiosk.store.mirror import ROLE, WALL

    with open_store(place.store) as store:
        store.keep_notes(**{ROLE: WALL})


def test_what_was_joined_as_a_wall_is_one_whatever_its_settings_say(open_door):
    wall = open_door(mode="door", large=False, spoil=joined_as_a_wall)
    assert wall.at == "wall"
    assert was_told(
        wall,
        "This screen was joined as a wall, so it is one."
        " To make it a door, it has to be joined again as a door.",
    )
