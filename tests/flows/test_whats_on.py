"""One event, whatever it is called: its title leaves room for when, where and how many."""

import pytest

from tests.flows import seeing

TITLES = (
    "Taller de reparación de bicicletas y pequeños aparatos",
    "Conversación intergeneracional sobre la Constitución, con merienda, en el patio.",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
)
ABOUT = "Bring what is broken, and half an hour. There is tea. " * 6


def _called(door, title):
    """The conversation at 11:00 is called something else; its id and its day."""
    from kiosk.store import Changes, Write

    event = next(one for one in door.hub.events if one.title["en"] == "Spanish conversation")
    texts = {
        f"{name}.{lang}": text
        for name, text in (("title", title), ("about", ABOUT))
        for lang in ("en", "es")
    }
    write = Changes.of(Write("event", event.id, texts))
    door.app.desk.ask(lambda _hub, _ask, _at: write, None).result(10)
    door.settle()
    return event.id


@pytest.mark.parametrize("low", [False, True], ids=["usual", "low"])
@pytest.mark.parametrize("title", TITLES, ids=["long", "longest", "one word"])
def test_a_long_title_leaves_when_and_how_many_to_be_read(open_door, form, title, low):
    if form.wall:
        pytest.skip("a door; this process is a wall")
    door = open_door(low=low)
    event = _called(door, title)
    door.shell.go("event", event=event, day="2026-11-23")
    door.settle().picture(f"event-{title[:3]}{'-low' if low else ''}").audit()
    assert door.reads(title.split()[0][:8])
    assert any("11:00" in text for text in door.texts())
    assert door.can("I'll come")
    boxes = [seeing.box_of(w) for w in (door.shell.screen.title_text, door.shell.screen.facts_box)]
    assert boxes[0][1] >= boxes[1][1] + boxes[1][3] - 1
