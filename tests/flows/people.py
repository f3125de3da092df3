"""Who the flows are about: people of the sample hub by what only the tests know of them."""

ANA, ANA_CARD = "Ana Guerra", "04B39E62072BD4"  # not here yet at 10:42; a volunteer
MARTA, MARTA_CARD = "Marta Ruiz", "04A22356550BFA"  # here since the morning, by card
LOST = "00000000000000"


def person_of(hub, name):
    """The person of that name."""
    return next(one for one in hub.people if one.name == name)


def is_here(hub, name, now):
    """Whether somebody of that name is at the hub."""
    from kiosk.hub.presence import is_present

    return is_present(hub, person_of(hub, name).id, now)


INES, INES_CARD, INES_PIN = "Inés Valverde", "0463A4D8046B21", "147446"  # a volunteer


def at_work(door, who=INES, then="volunteer", **facts):
    """A volunteer is in volunteer mode; how they came there is another test's."""
    door.shell.volunteering.begin(person_of(door.hub, who).id, then, **facts)
    return door.settle()


def was_told(door, words):
    """Whether this was announced at the lower edge and can still be read."""
    from tests.flows import seeing

    told = [seeing.words_on(widget) for widget in seeing.wordy(door.shell.told)]
    return any(one in door.tongue.of(words) for one in told)
