"""A text of one's own that somebody else replaced: told, read beside the other, put back."""

import pytest

from tests.flows.people import INES, person_of
from tests.flows.tongue import plain

LUIS = "Luis Ortega"
TITLE = "Taller de reparación de bicicletas, sábado"
BODY = "Tools are there, tea as well. Bring the bicycle and half an hour. Whoever has a pump brings it."
MOST_PAGES = 9


def _replaced(door):
    """Luis put up a notice, a volunteer changed its words; its id."""
    from kiosk.hub.actor import Actor
    from kiosk.hub.notices import EditNotice, Publish, edit_notice, publish

    luis, ines = (person_of(door.hub, name).id for name in (LUIS, INES))
    lang = door.shell.words.lang
    asked = Publish({lang: TITLE}, "offer", {lang: BODY}, first_lang=lang, by=Actor(2, luis))
    notice = door.app.desk.ask(publish, asked).result(10).result
    later = EditNotice(notice, {"body": {lang: f"{BODY} On Sunday."}}, Actor(3, ines))
    door.app.desk.ask(edit_notice, later).result(10)
    door.settle()
    return notice


def _luis_reads(door, notice):
    door.shell.rest()
    door.shell.session.person = person_of(door.hub, LUIS).id
    door.shell.session.by_card = True
    door.shell.go("notice", notice=notice)
    return door.settle()


def _all_pages(door, name):
    """What can be read on every page of a notice, one after the other."""
    said, screen = [], door.shell.screen
    for page in range(MOST_PAGES):
        door.picture(f"replaced-{name}-{page}").audit()
        said += door.texts()
        if screen._page + 1 >= screen._pages:
            return " ".join(said)
        door.tap_any("Read on", "More")
    raise AssertionError(f"more than {MOST_PAGES} pages: {said}")


@pytest.fixture(params=[False, True], ids=["usual", "low"])
def replaced(request, open_door, form):
    if form.wall:
        pytest.skip("a door; this process is a wall")
    door = open_door(low=request.param)
    return door, _replaced(door)


def test_whoever_was_replaced_is_told_and_reads_all_of_it(replaced):
    door, notice = replaced
    low = "low" if door.shell.theme.low else "usual"
    said = _all_pages(_luis_reads(door, notice), low)
    told = door.shell.words.say("notice.replaced", name="Inés V.", time="10:42", later="10:42")
    for word in f"{TITLE} {BODY} {told}".split():
        assert plain(word) in said
    if door.can("Read both"):
        said = _all_pages(door.tap("Read both"), f"{low}-both")
    assert door.shell.words.say("notice.mine") in said


def test_whoever_was_replaced_puts_it_back_with_one_tap(replaced):
    door, notice = replaced
    _luis_reads(door, notice).tap("Put mine back").audit()
    assert door.at == "saved"
    found = next(one for one in door.hub.notices if one.id == notice)
    assert list(found.body.values()) == [BODY]
