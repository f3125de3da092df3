"""Every page as it opens, usual and in low reach, in the text size of this process."""

from dataclasses import replace

import pytest

from sync.errors import HubError
from tests.flows import audit
from tests.flows.conftest import Doors
from tests.flows.people import MARTA_CARD, at_work, person_of
from tests.flows.volunteer_pages import VOLUNTEER_LETTERS, VOLUNTEER_PAGES

LETTERS = (
    *("here_name", "leaving_name", "visiting, a name", "putting_up typed", "putting_up name"),
    *("whose_card", *VOLUNTEER_LETTERS),
)
"""Pages of letters: they need more than the lower half of a small screen, or of large words."""


def _open(name, **facts):
    return lambda door: door.shell.go(name, **facts)


def _then(name, *acts, **facts):
    """Open a page, then do what each act says to its screen."""

    def do(door):
        door.shell.go(name, **facts)
        for act in acts:
            door.settle()
            act(door.shell.screen)

    return do


def _room(door):
    return next(one for one in door.hub.rooms if one.name["en"] == "Workshop").id


def _clash(door):
    willow = next(one for one in door.hub.rooms if one.name["en"] == "Willow Room")
    door.shell.session.person = person_of(door.hub, "Nuria Campos").id
    door.shell.session.by_card = True
    door.shell.go("room", room=willow.id)
    door.settle()
    screen = door.shell.screen
    screen.choose(next(row for row in screen.view.rows if row.status == "clashing"))


def _all_said(door):
    """Whoever comes for the first time, with a name too long for any button."""
    door.shell.go("visiting", first_time=True)
    screen = door.shell.screen
    screen.writing.name = "Maximiliana de los Ángeles"
    screen._kept()


def _draft(step, **facts):
    from kiosk.screens.putting_up.view import Draft

    return Draft(step=step, **facts)


PAGES = {
    "here": _open("here"),
    "here_name": _then("here_name", lambda s: s._type("m"), lambda s: s._type("ma")),
    "visiting": _open("visiting"),
    "visiting, next": _then("visiting", lambda s: s._turn()),
    "visiting, a name": _then("visiting", lambda s: s._write()),
    "visiting, all said": lambda d: (_all_said(d), d.settle()),
    "new_card": _open("new_card"),
    "whose_card": lambda d: (at_work(d, then="whose_card"), d.shell.screen._type("m")),
    "group": _open("group"),
    "visiting as a group": _open("visiting", grown_ups=2, children=1),
    "leaving": _open("leaving"),
    "leaving_name": _then("leaving_name", lambda s: s._type("m")),
    "leaving_some": _open("leaving_some"),
    "visiting as a group, all said": lambda d: d.shell.go(
        "visiting", grown_ups=2, agreed=True, first_time=True
    ),
    "rollcall": _open("rollcall"),
    "rollcall 2": _then("rollcall", lambda s: s._turn()),
    "rollcall 3": _then("rollcall", lambda s: s._turn(), lambda s: s._turn()),
    "rollcall 4": _then("rollcall", *[lambda s: s._turn()] * 3),
    "rollcall_names": _then("rollcall", lambda s: s._everybody_out()),
    "light": _open("light"),
    "rooms": _open("rooms"),
    "room": lambda door: door.shell.go("room", room=_room(door)),
    "clash": _clash,
    "notices": _open("notices"),
    "notice": lambda door: door.shell.go("notice", notice=next(iter(door.hub.notices)).id),
    "putting_up": _open("putting_up"),
    "putting_up words": lambda d: d.shell.go("putting_up", draft=_draft("words")),
    "putting_up need": lambda d: d.shell.go("putting_up", draft=_draft("words", kind="need")),
    "putting_up typed": lambda d: d.shell.go("putting_up", draft=_draft("typed", title="Ab")),
    "putting_up name": lambda d: d.shell.go("putting_up", draft=_draft("name", name="Ab")),
    "whats on": _open("whats_on"),
    "an event": _then("whats_on", lambda s: s._open(s._rows[0])),
    "saved": lambda door: door.shell.card(MARTA_CARD),
    "still there": lambda door: (door.shell.go("here"), door.settle(), door.pass_(seconds=33)),
    "sentence": lambda door: door.shell.sentence("roll.for_volunteers"),
    **VOLUNTEER_PAGES,
}


class OneDoor:
    """A door for page after page; another one where a page changed the hub."""

    def __init__(self, doors) -> None:
        self._doors, self._low = doors, False
        self._door = self._hub = None

    def ready(self, low):
        """The door at rest, as nobody has touched it."""
        door = self._door
        if door is None or self._low != low or door.hub is not self._hub:
            self._doors.close()
            self._door = door = self._doors.open(low=low)
            self._low, self._hub = low, door.hub
        door.shell.leave_page()
        assert door.settle().at == "rest"
        return door


@pytest.fixture(scope="module")
def one_door(form, sample_folder, tmp_path_factory):
    if form.wall:
        pytest.skip("a door; this process is a wall")
    doors = Doors(form, sample_folder, tmp_path_factory.mktemp("pages"))
    yield OneDoor(doors)
    doors.close()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("low", [False, True], ids=["usual", "low"])
def test_a_page_is_read_and_reached(one_door, page, low):
    if low and page == "visiting, a name":
        pytest.skip("in low reach nobody is asked to write a name")
    door = one_door.ready(low)
    PAGES[page](door)
    door.settle()
    door.picture(f"{'low-' if low else ''}{page.replace(' ', '_')}").audit()
    assert not list(audit.under_buttons(door.shell))
    if door.shell.theme.low and (door.shell.theme.roomy or page not in LETTERS):
        assert door.highest_touch() <= door.shell.theme.height_px / 2 + 1


USUAL_FACTS = {
    "most": 200,
    "capacity": 120,
    "opens": "09:00",
    "most_min": 240,
    "step_min": 30,
    "digits": 6,
    "number": 1200,
    "longest": 300,
    "name": "Marta R.",
}
"""What the sentences of refusals speak of, as long as it gets in a hub."""


def refusals():
    """Every sentence with which a door refuses something or says what went wrong."""
    kinds = [HubError]
    for kind in kinds:
        kinds += [one for one in kind.__subclasses__() if ".server." not in one.__module__]
    return sorted({kind.say for kind in kinds if isinstance(getattr(kind, "say", None), str)})


@pytest.mark.parametrize("low", [False, True], ids=["usual", "low"])
def test_every_refusal_is_read_whole(one_door, low):
    door, cut = one_door.ready(low), []
    for key in refusals():
        door.shell.sentence(key, **USUAL_FACTS)
        cut += [f"{key}: {problem}" for problem in audit.problems(door.settle().shell)]
        door.shell.dialog.close()
    assert not cut, "\n".join(cut)


FIRST_DAY = (
    "language",
    "network",
    "hub",
    "name",
    "about",
    "mode",
    "kiosk",
    "colour",
    "attached",
    "ready",
)


@pytest.mark.parametrize("side", ["", "zone", "kiosk_name"])
def test_every_question_of_the_first_day_is_read_and_reached(open_door, form, side):
    from kiosk.hardware.discovery import Found
    from kiosk.screens.setup.view import DOOR, NEW, Choices

    if form.wall:
        pytest.skip("the first day is walked at a door")
    door = open_door(sample=False)
    there = [Found("/dev/a", "ttyUSB0", "pn532"), Found("/dev/b", "ttyUSB1", "ld2410")]
    there += [Found("/dev/c", "ttyACM0"), Found("/dev/d", "ttyUSB2", "scanner", heard=True)]
    door.shell.around.set_up.discovery._by_path = {one.path: one for one in there}
    for step in FIRST_DAY if not side else ("about",):
        asked = Choices(step, form.lang, NEW, "La Ronda", ("en", "es"), "Europe/Madrid", DOOR)
        asked = replace(asked, attached=step == "attached", offline=step == "network")
        door.shell.screen.on_open(choices=asked, side=side)
        door.settle().picture(f"setup_{side or step}").audit()


def test_all_that_is_connected_is_read_on_the_first_day(open_door, form):
    from kiosk.hardware.discovery import Found
    from kiosk.screens.setup.view import DOOR, NEW, Choices

    if form.wall:
        pytest.skip("the first day is walked at a door")
    door = open_door(sample=False)
    kinds = {"pn532": "Card reader", "ld2410": "Presence sensor", "scanner": "Scanner"}
    there = {f"/dev/{kind}": Found(f"/dev/{kind}", "ttyUSB0", kind) for kind in kinds}
    door.shell.around.set_up.discovery._by_path = there
    asked = Choices("attached", form.lang, NEW, "La Ronda", ("en", "es"), "Europe/Madrid", DOOR)
    door.shell.screen.on_open(choices=replace(asked, attached=True))
    read = set[str]()
    for _page in kinds:
        door.settle().audit()
        read |= {what for what in kinds.values() if door.reads(what)}
        if door.can("More"):
            door.tap("More")
    assert read == set(kinds.values())
