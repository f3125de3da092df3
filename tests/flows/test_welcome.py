"""After coming in: the tag, the wall, three things to do; it goes back to rest by itself."""

import pytest

from kiosk.hub.tags import ANIMALS
from tests.flows.people import person_of

ANA = "04B39E62072BD4"  # welcomes until 14:00; her yes to the wall stands; not here yet
INES = "0463A4D8046B21"  # has no standing yes; not here yet


def guest(door, **facts):
    """Somebody has just come in as a visitor."""
    from kiosk.hub.sign_in import ComeVisiting, come_visiting

    return came(door, come_visiting, ComeVisiting(**facts))


def came(door, use_case, ask):
    """Show what the door shows after somebody came in."""
    done = door.app.desk.ask(use_case, ask).result(10)
    door.shell.undo.offer(done)
    door.shell.go("welcome", result=done.result)
    return door.settle()


def every_page(door, name: str):
    """Look at each page of it, by the way a person takes."""
    door.picture(f"{name}-1").audit()
    if door.shell.theme.portrait and "Back" not in said(door) and rows(door):
        for nth, words in enumerate(rows(door)):
            door.tap(words).picture(f"{name}-{nth + 2}").audit().tap("Back")
        return door
    for nth in range(5):
        if not any(word in door.offers() for word in door.tongue.of("More")):
            break
        door.tap("More").picture(f"{name}-{nth + 2}").audit()
    return door


def rows(door) -> list[str]:
    """The things to do that stand as rows."""
    from kiosk.screens.welcome.pieces import ThingRow
    from tests.flows.seeing import words_on

    found = [w for w in door.shell.screen.children if isinstance(w, ThingRow)]
    return [words_on(row) for row in reversed(found)]


def said(door) -> set[str]:
    return set(door.offers())


def to(door, act: str):
    """Turn to the page that has this act, where there is more than one page."""
    from kiosk.screens.welcome.forms import YOU

    for page in (YOU, "wall", "0", "1", "2"):
        if any(act.casefold() in words.casefold() for words in _english(door, act)):
            return door
        door.shell.screen.open(page)
        door.settle()
    return door


def _english(door, act):
    wanted = {words.casefold() for words in door.tongue.of(act)}
    return [act for words in door.offers() if words.casefold() in wanted]


def visit_of(door, person: str):
    """The open visit of somebody."""
    one = next(p for p in door.hub.people if p.name == person)
    return next((v for v in door.hub.visits_open if v.person == one.id), None)


# What it looks like


def test_a_guest_reads_the_tag_and_what_there_is_to_do(door):
    guest(door).picture("here-welcome")
    assert door.reads("Welcome")
    if not door.shell.theme.large:  # there a long tag takes the place of since when
        assert door.reads("You’re in since 10:42.")
    every_page(door, "welcome-guest")


def test_who_has_a_card_needs_no_tap_and_is_asked_for_the_wall(door):
    door.tap_card(INES)
    assert (door.at, door.taps) == ("welcome", 0)
    every_page(door, "welcome-card")


def test_a_standing_yes_is_said_on_every_form(door):
    every_page(door.tap_card(ANA), "welcome-standing")


def test_a_long_name_and_a_first_visit_have_room(door):
    guest(door, name="Maximiliana Etxeberria", first_time=True)
    every_page(door, "welcome-named")


def test_within_low_reach_everything_pressed_is_in_the_lower_half(door):
    door.shell.look(low=True)
    door.tap_card(INES).picture("welcome-low").audit()
    from tests.flows.seeing import box_of

    middle = door.shell.height / 2
    tops = [box_of(w)[1] + box_of(w)[3] for w in door._pressed()]
    assert max(tops) <= middle + door.shell.theme.mm(4)


# What can be done


def test_yes_to_the_wall_is_written_for_this_visit(door):
    to(door.tap_card(INES), "Yes").tap("Yes")
    assert visit_of(door, "Inés Valverde").wall_ok is True
    to(door, "No").tap("No")
    assert visit_of(door, "Inés Valverde").wall_ok is False


def test_who_touches_nothing_has_said_nothing(door):
    door.tap_card(INES).pass_(seconds=45)
    assert visit_of(door, "Inés Valverde").wall_ok is None


def test_not_today_leaves_the_standing_yes_as_it_is(door):
    to(door.tap_card(ANA), "Not today").tap("Not today")
    assert visit_of(door, "Ana Guerra").wall_ok is False
    assert next(p for p in door.hub.people if p.name == "Ana Guerra").wall_ok is True


def test_undo_takes_the_visit_back_and_goes_to_rest(door):
    door.tap_card(INES)
    door.tap(next(w for w in door.offers() if "10" in w))
    assert door.at == "rest" and visit_of(door, "Inés Valverde") is None


def test_undo_counts_down_and_is_gone_after_ten_seconds(door):
    door.tap_card(INES)
    door.pass_(seconds=4)
    assert any(words.endswith("· 6") for words in door.offers())
    door.pass_(seconds=7).audit()
    assert not any("·" in words for words in door.offers())


def test_ill_come_counts_everybody_of_a_group(door):
    from kiosk.hub.sign_in import ComeTogether, come_together

    came(door, come_together, ComeTogether(grown_ups=2, children=1))
    to(door, "I'll come").tap("I'll come")
    event = next(e for e in door.hub.events if e.title["en"] == "Spanish conversation")
    assert [j.heads for j in door.hub.joins_of(event.id) if not j.person] == [3]
    door.audit()


def test_the_welcomer_is_called_and_it_says_so(door):
    door.tap_card(ANA).shell.rest()
    guest(door)
    to(door, "Call Ana").tap("Call Ana")
    assert door.reads("Called")
    from kiosk.hub.welcomers import welcome_call

    assert welcome_call(door.hub, door.app.time.now()).names == ("Ana G.",)
    door.audit()


@pytest.mark.parametrize("name", ["Concepción Guerra", "Margarita Guerra"])
def test_whoever_is_called_is_named_in_full_on_the_button(door, name):
    from kiosk.hub.actor import VOLUNTEER, Actor
    from kiosk.hub.people import ChangePerson, change_person

    ana = person_of(door.hub, "Ana Guerra").id
    ask = ChangePerson(ana, name=name, by=Actor(VOLUNTEER, ana))
    door.app.desk.ask(change_person, ask).result(10)
    door.tap_card(ANA).shell.rest()
    first = name.split()[0]
    to(guest(door), f"Call {first}").picture(f"welcome-{first}").audit().tap(
        f"Call {first}"
    ).audit()


def test_tell_me_more_opens_the_notice(door):
    guest(door)
    to(door, "Tell me more").tap("Tell me more")
    assert door.at == "notice"


@pytest.mark.one_form
def test_who_comes_back_from_a_notice_is_counted_once_and_undoes_that(door):
    event = next(e for e in door.hub.events if e.title["en"] == "Spanish conversation")
    before = len(door.hub.joins_of(event.id))
    to(guest(door), "I'll come").tap("I'll come").tap("Tell me more").tap("Back")
    assert not door.can("I'll come") and door.reads("Noted")
    assert len(door.hub.joins_of(event.id)) == before + 1
    door.tap_text(undo_of(door))
    assert len(door.hub.joins_of(event.id)) == before
    assert door.at == "welcome" and door.can("I'll come")


def test_the_question_about_the_wall_is_never_cut(door):
    door.tap_card(INES)
    for _ in range(3):
        if door.reads("Your name on the wall?"):
            return
        door.tap("More")
    raise AssertionError(f"the question is on no page: {door.texts()}")


def test_the_same_card_again_offers_to_leave(door):
    door.tap_card(INES)
    door.pass_(seconds=12)
    door.tap_card(INES).audit()
    door.tap("I'm leaving")
    assert door.at == "saved" and visit_of(door, "Inés Valverde") is None


def undo_of(door):
    """What offers to undo, None where nothing does."""
    return next((words for words in door.offers() if "·" in words), None)


@pytest.mark.one_form
def test_who_called_the_welcomer_is_offered_no_undo_that_would_take_their_visit(door):
    door.tap_card(ANA).shell.rest()
    guest(door)
    assert undo_of(door)
    to(door, "Call Ana").tap("Call Ana")
    door.picture("welcome-called").audit()
    assert undo_of(door) is None  # a call is heard at once, and "Undo" says nothing else now


@pytest.mark.one_form
def test_undo_is_never_that_of_somebody_elses_coming_in(door):
    door.tap_card(INES).pass_(seconds=3).tap_card(ANA).pass_(seconds=3)
    door.tap_card(INES)
    assert door.at == "welcome"
    assert undo_of(door) is None
    assert visit_of(door, "Ana Guerra")


@pytest.mark.one_form
def test_the_same_card_at_once_leaves_the_undo_of_their_own_coming_in(door):
    door.tap_card(INES).pass_(seconds=2).tap_card(INES)
    door.tap(undo_of(door))
    assert visit_of(door, "Inés Valverde") is None


# How it ends


def test_done_goes_to_rest(door):
    guest(door).tap("Done")
    assert door.at == "rest"


def test_it_goes_back_to_rest_by_itself_and_nothing_of_them_stays(door):
    door.tap_card(INES).pass_(seconds=41)
    assert door.at == "rest"
    assert not any("Inés" in words for words in door.texts())


@pytest.mark.parametrize("act", ["switch_language", "toggle_large", "toggle_low"])
def test_another_look_shows_the_same_visit_again(door, act):
    door.tap_card(INES)
    getattr(door.shell.screen, act)()
    door.settle().audit()
    assert door.at == "welcome" and any("10:42" in words for words in door.texts())


@pytest.mark.parametrize("animal", ANIMALS)
def test_every_tag_is_read_whole(door, monkeypatch, animal):
    monkeypatch.setattr("kiosk.hub.sign_in.free_tag", lambda *_: f"purple {animal} 66")
    guest(door).audit()
