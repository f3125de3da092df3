"""Coming in: each way within its taps, at every size, in each language, in large text."""

from kiosk.hub.presence import heads_at, present


def visits_here(door):
    return present(door.hub, door.app.time.now())


def small(door):
    """Whether the ways come first and letters on a page of their own."""
    return not door.shell.theme.roomy


def to_letters(door):
    door.tap("I'm here")
    return door.tap("My name") if small(door) else door


def test_a_visitor_comes_in_with_four_taps(door):
    before = heads_at(door.hub, door.app.time.now())
    door.tap("I'm here").audit().tap("I'm visiting").audit()
    door.tap_text(reason(door)).audit().tap("Done")
    assert door.taps == 4 and door.at == "welcome"
    assert heads_at(door.hub, door.app.time.now()) == before + 1


def reason(door):
    words = {"en": "Visiting someone", "es": "A ver a alguien"}
    return words[door.shell.words.lang]


def test_somebody_known_comes_in_by_two_letters_and_their_tile(door):
    to_letters(door).type("NU").audit()
    door.tap_text("Nuria C.")
    assert door.taps == (3 if small(door) else 2)
    assert door.at in {"welcome", "agreement"}


def test_somebody_known_comes_in_by_their_tile_in_low_reach(door):
    door.shell.look(low=True)
    door.settle().tap("I'm here").tap("My name").type("NU").audit()
    door.tap_text("Nuria C.")
    assert door.at in {"welcome", "agreement"}


def test_a_name_in_another_script_is_found_by_its_latin_letters(door):
    to_letters(door).type("OL")
    assert any("Олена" in text for text in door.texts())
    door.audit()


def test_just_counting_takes_two_taps(door):
    before = heads_at(door.hub, door.app.time.now())
    door.tap("I'm here").tap("Just count me")
    assert door.taps == 2
    assert heads_at(door.hub, door.app.time.now()) == before + 1


def test_a_family_says_how_many_they_are_with_two_taps_more(door):
    before = heads_at(door.hub, door.app.time.now())
    door.tap("I'm here").tap("Family or group").audit()
    for stepper in steppers(door):
        door._touch(stepper._plus)
    door.tap_text(way_on(door)).audit().tap("Done")
    assert door.taps + 2 <= 6
    assert heads_at(door.hub, door.app.time.now()) == before + 4


def steppers(door):
    screen = door.shell.screen
    return [screen.grown_ups.stepper, screen.children_coming.stepper]


def way_on(door):
    return door.shell.screen.way_on.text


def test_a_visitor_may_write_a_name_and_it_is_kept_with_the_visit(door):
    door.tap("I'm here").tap("I'm visiting")
    while "add my name" not in said(door):
        door.tap("More")
    door.tap("Add my name").audit().type("ANA")
    door.tap("Use this name" if door.shell.theme.roomy else "Use it").tap("Done")
    assert [one.visit.name for one in visits_here(door)][-1].casefold() == "ana"


def said(door):
    from kiosk.ui.words import Words

    mine = Words(door.shell.words.lang).say("here.add_name").casefold()
    return "add my name" if mine in [text.casefold() for text in door.offers()] else ""


def test_what_was_typed_is_wiped_when_the_page_is_left(door):
    to_letters(door).type("MA").tap("Back")
    door.tap("My name" if small(door) else "I'm here")
    assert door.shell.screen.typed == ""


def test_an_agreement_of_one_long_paragraph_is_read_to_its_end(door, monkeypatch):
    from kiosk.screens.here import agreement
    from kiosk.screens.here.view import AgreementWords

    words = [f"word{n}" for n in range(220)]
    said = AgreementWords("a", " ".join(words), "")
    monkeypatch.setattr(agreement, "agreement_words", lambda *_: said)
    door.shell.go("agreement", group={"grown_ups": 2})
    read = []
    while not set(words) <= set(read):
        door.settle().audit()
        assert len(read) < len(words)
        read += door.shell.screen.text.text.split()
        if door.can("More"):
            door.tap("More")


def test_the_light_explains_itself_and_leads_back(door):
    door.shell.go("light")
    door.settle().audit().tap("All right")
    assert door.at == "rest"


def test_a_letter_too_many_can_be_erased(door):
    to_letters(door).type("MA").tap("Erase")
    assert door.shell.screen.typed == "M"
