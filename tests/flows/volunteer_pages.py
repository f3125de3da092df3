"""Pages of volunteer mode, as rows of ``test_every_page``: how each of them is opened."""

import dataclasses
import datetime as dt

from tests.flows.people import INES, at_work, person_of

VOLUNTEER_LETTERS = (
    *("volunteer_enter", "volunteer_enter, letters", "volunteer_pin", "volunteer_notice title"),
    *("volunteer_find", "volunteer_people new", "volunteer_person name"),
    "volunteer_person pin",
)


def _entering(door, *typed):
    door.shell.go("volunteer_enter")
    for letters in typed:
        door.settle().shell.screen._type(letters)


def _pin(door):
    door.shell.go("volunteer_pin", person=person_of(door.hub, INES).id)
    door.settle().shell.screen.pin.type("123")


def _work(screen="volunteer", **facts):
    """A page of volunteer mode."""
    return lambda door: at_work(door, then=screen, **facts)


def _visit(door):
    return next(one for one in door.hub.visits_open if one.person).id


def _somebody(asked):
    def do(door):
        marta = person_of(door.hub, "Marta Ruiz").id
        at_work(door, then="volunteer_person", person=marta, asked=asked)

    return do


NOTICE_STEPS = (
    *("phrases", "title", "preview", "change", "words", "kind", "last_day", "weekdays"),
    *("from_", "pin"),
)


def _written(step):
    from kiosk.screens.volunteer_notice.view import Draft

    day = dt.date(2026, 11, 23)
    soon = day + dt.timedelta(days=4)
    title, body = {"es": "Vuelve el tendedero"}, {"es": "Seis cuerdas, pinzas en la lata."}
    seen = step not in ("phrases", "title")
    draft = Draft(step, "", "news", title, body, "es", day, soon, ("mon", "fri"), "10:00", "12:00")
    return _work("volunteer_notice", draft=dataclasses.replace(draft, lang="es", seen=seen))


def _known_notice(door):
    notice = next(one for one in door.hub.notices if one.kind == "news")
    at_work(door, then="volunteer_notice", notice=notice.id)


VOLUNTEER_PAGES = {
    "volunteer_enter": _entering,
    "volunteer_enter, letters": lambda door: _entering(door, "in"),
    "volunteer_pin": _pin,
    "volunteer": _work(),
    "volunteer, done": _work(said="It is up."),
    "volunteer, names": _work("rollcall_names"),
    "volunteer_notices": _work("volunteer_notices"),
    **{f"volunteer_notice {step}": _written(step) for step in NOTICE_STEPS},
    "volunteer_notice known": _known_notice,
    "volunteer_device": _work("volunteer_device"),
    "volunteer_device 2": _work("volunteer_device", page=1),
    "volunteer_visits": _work("volunteer_visits"),
    "volunteer_visit": lambda door: at_work(door, then="volunteer_visit", visit=_visit(door)),
    "volunteer_visit left": lambda door: at_work(
        door, then="volunteer_visit", visit=_visit(door), asked="left"
    ),
    "volunteer_visit heads": _work("volunteer_visit"),
    "volunteer_visit came": _work("volunteer_visit", asked="came"),
    "volunteer_people": _work("volunteer_people"),
    "volunteer_people new": _work("volunteer_people", typed="Ad"),
    "volunteer_find": _work("volunteer_find", typed="ma"),
    "volunteer_person": _somebody(""),
    "volunteer_person card": _somebody("card"),
    "volunteer_person name": _somebody("name"),
    "volunteer_person pin": _somebody("pin"),
}
