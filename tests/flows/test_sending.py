"""What people see and do of sending: the light of a kiosk with a server, and joining a house."""

import pytest

from sync.client.pairing import Approved, Failed, Holding, Kept, Paired, Phase, Said
from sync.client.status import Status
from sync.protocol import Refusal
from tests.flows import audit, seeing
from tests.flows.server_far_away import NOT_PAIRED, SINCE_MS, UP_MS, FarServer, waiting

STATES = {
    "all_sent": Status("all_sent", last_ok_ms=UP_MS - 60_000, next="listen"),
    "waiting": waiting(trouble="no_network", next_ms=UP_MS + 240_000),
    "portal": waiting(trouble="not_the_server", next_ms=UP_MS + 20_000),
    "months": waiting(waiting=120, trouble="no_network"),
    "refused": Status("refused", refused=4, waiting=3, since_ms=SINCE_MS, next="listen"),
    "not_paired": NOT_PAIRED,
    "clock": Status("clock_not_sure", waiting=3, since_ms=SINCE_MS, trouble="no_network"),
}
TOOLS = {
    "all_sent": ("All sent",),
    "waiting": ("12 waiting",),
    "portal": ("12 waiting",),
    "months": ("99+ waiting", "99+"),
    "refused": ("4 refused",),
    "not_paired": ("Not joined",),
    "clock": ("Time?",),
}
ID = f"{SINCE_MS:012x}"
REFUSALS = [
    Refusal(kind, f"{ID[:8]}-{ID[8:]}-7000-8000-00000000000{nth}", reason)
    for nth, (kind, reason) in enumerate(
        [("visit", "future"), ("booking", "decided"), ("notice", "scope"), ("loom", "letter")]
    )
]


LOW = pytest.param(True, id="low", marks=pytest.mark.slow)


@pytest.fixture(params=[pytest.param(False, id="usual"), LOW])
def reaching(request, door):
    """A door, as usual and in low reach."""
    if request.param:
        door.shell.look(low=True)
        door.settle()
        if not door.shell.theme.low:
            pytest.skip("large words on a 7-inch screen need all of it")
    return door


def covered(door):
    """Words that stand under something to press."""
    stage = list(seeing.shown(door.shell.stage))
    pressed = [w for w in stage if seeing.is_pressed(w)]
    page = door.shell.screen
    return [
        (seeing.words_on(text), seeing.words_on(press))
        for text in (page.why, page.facts)
        if text.parent is not None
        for press in pressed
        if audit._cross(seeing.box_of(text), seeing.box_of(press))
    ]


def reached(door):
    """Nothing to press is out of reach."""
    return not door.shell.theme.low or door.highest_touch() <= door.shell.theme.height_px / 2 + 1


@pytest.mark.parametrize("state", STATES)
def test_the_rest_screen_says_how_it_stands_in_a_word(reaching, form, state):
    FarServer(reaching, STATES[state], refusals=REFUSALS)
    reaching.picture(f"rest-{state}").audit()
    assert reached(reaching)
    if not form.large:
        assert any(reaching.reads(words) for words in TOOLS[state])


@pytest.mark.parametrize("state", STATES)
def test_the_page_of_the_light_is_read_and_reached(reaching, state):
    FarServer(reaching, STATES[state], refusals=REFUSALS if state == "refused" else ())
    reaching.shell.go("light")
    reaching.settle().picture(f"light-{state}").audit()
    assert reached(reaching)
    assert reaching.shell.screen.why.text
    assert not covered(reaching)


def test_somebody_may_have_it_tried_at_once(door, form):
    server = FarServer(door, STATES["waiting"])
    if form.large:
        door.shell.go("light")
        door.settle()
    else:
        door.tap_any("12 waiting since 09:10", "12 waiting")
    door.tap("Try now").audit()
    assert server.tried == 1
    assert door.at == "light"


def test_the_page_follows_what_the_engine_says(door):
    server = FarServer(door, STATES["waiting"])
    door.shell.go("light")
    door.settle()
    server.says(STATES["all_sent"])
    door.shell.refresh()
    door.settle()
    assert door.reads("All is sent")


def test_what_was_refused_stands_there_with_its_reason_page_by_page(door, form):
    if form.large:
        pytest.skip("in large text the page says the sentence alone")
    FarServer(door, STATES["refused"], refusals=REFUSALS)
    door.shell.go("light")
    door.settle()
    seen = set(door.texts())
    for _ in range(3):
        door.tap("More").audit()
        seen |= set(door.texts())
    said = door.shell.words.say
    assert {said("light.reason_future"), said("light.reason_letter")} <= seen


def test_without_a_server_nothing_is_to_be_tried_or_joined(door):
    door.shell.go("light")
    door.settle()
    assert not door.can("Try now")
    assert not door.can("Join the house")


def test_to_open_the_page_asks_a_server_that_does_not_know_this_door_again(door):
    server = FarServer(door, NOT_PAIRED)
    door.shell.go("light")
    door.settle()
    assert server.tried == 1


# Joining ----------------------------------------------------------------------------------------


def joining(door, **facts):
    """The page of pairing, two taps from the rest screen where the light stands there."""
    server = FarServer(door, NOT_PAIRED, **facts)
    if door.shell.theme.large:
        door.shell.go("light")
        door.settle()
    else:
        door.tap("Not joined")
    door.tap("Join the house")
    return server


def test_a_screen_that_is_not_joined_shows_a_code_two_taps_away(door):
    joining(door)
    door.audit().picture("pairing")
    assert door.at == "pairing"
    assert "WDJB-MJHT" in door.texts()
    assert door.reads("Good for 9 minutes") or door.reads("Good: 9 min")


def test_the_code_counts_down_and_nobody_is_sent_home(door):
    joining(door)
    door.pass_(minutes=3)
    assert door.reads("Good for 6 minutes") or door.reads("Good: 6 min")
    assert door.at == "pairing"


@pytest.mark.one_form
def test_a_code_in_another_language_stays_too(door):
    joining(door)
    door.shell.switch_language("es" if door.shell.words.lang == "en" else "en")
    door.settle().pass_(minutes=3)
    assert door.at == "pairing"


def test_once_approved_it_says_for_which_house_and_leads_home(door):
    server = joining(door)
    server.pairing.told(Approved(Paired("t", "h", "La Ronda Commons"), Holding()))
    server.pairing.told(Kept())
    door.settle().audit().picture("pairing-approved")
    assert any("La Ronda Commons" in text for text in door.texts())
    door.tap("All right")
    assert door.at == "rest"


@pytest.mark.parametrize(
    "said",
    [Said("access_denied"), Approved(Paired("t", "other"), Holding("ours", 12))],
    ids=["denied", "held"],
)
def test_what_came_to_nothing_is_said_and_another_code_can_be_had(door, said):
    server = joining(door, holding=Holding("ours", 12))
    server.pairing.told(said)
    door.settle().audit().picture(f"pairing-{server.pairing.state.phase.value}")
    door.tap("New code")
    assert "WDJB-MJHT" in door.texts()
    assert server.pairing.begun == 2


@pytest.mark.parametrize("trouble", ["no_network", "not_the_server", "server_busy"])
def test_a_server_that_cannot_be_reached_is_said_with_what_to_do(reaching, trouble):
    server = FarServer(reaching, NOT_PAIRED, answer=Failed(trouble))
    reaching.shell.go("pairing")
    reaching.settle().audit().picture(f"pairing-{trouble}").tap("Try now")
    assert server.pairing.begun == 2
    assert reached(reaching)


def test_another_language_keeps_the_code(door):
    server = joining(door)
    door.shell.switch_language()
    door.settle().audit()
    assert "WDJB-MJHT" in door.texts()
    assert (server.pairing.begun, server.pairing.ended) == (1, 0)


def test_going_back_ends_it(door):
    server = joining(door)
    door.tap("Back")
    assert server.pairing.state.phase is Phase.OFF
    assert server.pairing.ended == 1


def test_a_page_that_came_to_an_end_goes_home_by_itself(door):
    server = joining(door)
    server.pairing.told(Said("access_denied"))
    door.pass_(seconds=45)
    assert door.at == "rest"


def test_unsent_records_are_told_before_somebody_picks_a_house(reaching):
    FarServer(reaching, NOT_PAIRED, holding=Holding("ours", 12))
    reaching.shell.go("pairing")
    reaching.settle().audit().picture("pairing-unsent")
    assert reached(reaching)
    assert "WDJB-MJHT" in reaching.texts()


# The first day -----------------------------------------------------------------------------------


def first_day(open_door, form, status):
    """A new kiosk that was told of a server, at the question which house it is."""
    if form.wall:
        pytest.skip("a door")
    door = open_door(sample=False)
    server = FarServer(door, status)
    door.tap("English" if door.shell.words.lang == "en" else "Español")
    return door, server


def test_a_new_kiosk_with_a_server_may_join_a_house_that_is_there(open_door, form):
    door, server = first_day(open_door, form, NOT_PAIRED)
    assert not [text for text in door.texts() if "setup." in text]
    door.audit().picture("setup-join").turn_to("A house that is there")
    door.tap("A house that is there").audit()
    assert "WDJB-MJHT" in door.texts()
    server.pairing.told(Approved(Paired("t", "h", "La Ronda"), Holding()))
    server.pairing.told(Kept())
    door.settle().tap("All right")
    assert door.at == "setup"


def test_while_the_house_is_on_its_way_no_other_is_made(open_door, form):
    door, _ = first_day(open_door, form, STATES["all_sent"])
    door.audit()
    assert door.reads("The house is on its way")
    assert not door.can("Our own house")


def test_once_the_house_has_come_the_questions_go_on(open_door, form, sample_folder):
    from kiosk.store import open_store

    door, _ = first_day(open_door, form, STATES["all_sent"])
    with open_store(sample_folder / "hub.db") as store:
        hubs = [row.body for row in store.tables()["hub"].values()]
    door.app.desk.do(lambda: door.app.store.merge(hubs, "1.a")).result()
    door.settle()
    assert door.can("Door")


def test_a_new_kiosk_without_a_server_is_not_asked_to_join(open_door, form):
    if form.wall:
        pytest.skip("a door")
    door = open_door(sample=False)
    door.tap("English" if door.shell.words.lang == "en" else "Español")
    assert not door.can("A house that is there")
