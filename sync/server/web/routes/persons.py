"""People and cards: finding somebody, correcting, merging two records, a lost card, being forgotten."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from litestar import get, post
from litestar.params import FromPath
from sqlalchemy import Connection

from sync.errors import Refused
from sync.records.hub import Hub
from sync.records.person import PERSON_KINDS
from sync.server.web import home_cards, persons
from sync.server.web.doorkeeper import NotThere
from sync.server.web.home_cards import HomeCards
from sync.server.web.reading import people_of
from sync.server.web.visit import Asked, Page, Visit, visit_of
from sync.server.web.writing import Erase, Write

Decide = Callable[[Connection], Sequence[Write | Erase]]


@get("/people", needs="volunteer", sync_to_thread=True)
def people_page(request: Asked) -> Page:
    """Find somebody by some letters; nobody is listed before."""
    return _people_page(visit_of(request))


def _people_page(visit: Visit, status: int = 200, sentence: str = "") -> Page:
    letters = visit.asked("find")[:80]
    with visit.database.reading() as connection:
        people = people_of(connection, visit.me.hub)
    return visit.page(
        "people.html",
        status,
        letters=letters,
        found=people.found(letters),
        kinds=PERSON_KINDS,
        sentence=sentence,
        typed={name: visit.said(name) for name in ("name", "known_as", "kind", "contact")},
    )


@post("/people", status_code=200, needs="volunteer", sync_to_thread=True)
def enter(request: Asked) -> Page:
    """Enter somebody."""
    visit = visit_of(request)
    try:
        made = persons.entered(visit.form, visit.house, visit.me, visit.now_ms)
        visit.write(made)
    except Refused as why:
        return _people_page(visit, 400, visit.sorry(why))
    return visit.go(f"/people/{made.id}", said="saved")


@get("/people/{person:str}", needs="volunteer", sync_to_thread=True)
def person_page(request: Asked, person: FromPath[str]) -> Page:
    """One person: what the hub keeps of them, their cards, records that are of them too."""
    return _page(visit_of(request), person)


def _page(visit: Visit, person: str, status: int = 200, sentence: str = "") -> Page:
    letters = visit.asked("merge")[:80]
    with visit.database.reading() as connection:
        people = people_of(connection, visit.me.hub)
        found = persons.the_person(people, person)
        others = people.others(person)
        ids = [person, *(one.id for one in others)]
        cards = persons.cards_of(connection, visit.me.hub, ids)
    return visit.page(
        "person.html",
        status,
        person=found,
        counts_as=people.by_id.get(people.who(person)),
        others=others,
        cards=cards,
        kinds=PERSON_KINDS,
        letters=letters,
        candidates=[one for one in people.found(letters) if one.id not in ids],
        sentence=sentence,
    )


@post("/people/{person:str}", status_code=200, needs="volunteer", sync_to_thread=True)
def change(request: Asked, person: FromPath[str]) -> Page:
    """Correct what the hub keeps of somebody."""
    visit = visit_of(request)

    def decide(connection: Connection) -> Sequence[Write]:
        people = people_of(connection, visit.me.hub)
        write = persons.changed(persons.the_person(people, person), visit.form)
        return (write,) if write.fields else ()

    return _done(visit, person, decide, "saved")


@post("/people/{person:str}/merge", status_code=200, needs="volunteer", sync_to_thread=True)
def merge(request: Asked, person: FromPath[str]) -> Page:
    """Say that another record is of the same person: it counts as this one from now on."""
    visit = visit_of(request)

    def decide(connection: Connection) -> Sequence[Write]:
        people = people_of(connection, visit.me.hub)
        return (persons.merged(people, visit.said("other"), person),)

    return _done(visit, person, decide, "merged")


@post("/people/{person:str}/apart", status_code=200, needs="volunteer", sync_to_thread=True)
def apart(request: Asked, person: FromPath[str]) -> Page:
    """Say that they are two after all."""
    visit = visit_of(request)

    def decide(connection: Connection) -> Sequence[Write]:
        persons.the_person(people_of(connection, visit.me.hub), person)
        return (persons.apart(person),)

    return _done(visit, person, decide, "saved")


@post("/people/{person:str}/card-lost", status_code=200, needs="volunteer", sync_to_thread=True)
def card_lost(request: Asked, person: FromPath[str]) -> Page:
    """Report every card of a person lost."""
    visit = visit_of(request)

    def decide(connection: Connection) -> Sequence[Write]:
        people = people_of(connection, visit.me.hub)
        persons.the_person(people, person)
        ids = [person, *(one.id for one in people.others(person))]
        return persons.lost(persons.cards_of(connection, visit.me.hub, ids), visit.now_ms)

    return _done(visit, person, decide, "card_lost")


@post("/people/{person:str}/home-card", status_code=200, needs="volunteer", sync_to_thread=True)
def make_home_card(request: Asked, person: FromPath[str]) -> Page:
    """Make a card that a person prints at home, where they have none, and show it."""
    visit = visit_of(request)

    def decide(connection: Connection) -> Sequence[Write]:
        found = persons.the_person(people_of(connection, visit.me.hub), person)
        return home_cards.make(_cards(connection, visit), found, visit.me, visit.now_ms)

    try:
        visit.within(decide)
    except NotThere:
        raise
    except Refused as why:
        return _page(visit, person, 400, visit.sorry(why))
    return visit.go(f"/people/{person}/home-card")


@get("/people/{person:str}/home-card", needs="volunteer", sync_to_thread=True)
def home_card_page(request: Asked, person: FromPath[str]) -> Page:
    """The card, to be printed."""
    visit = visit_of(request)
    with visit.database.reading() as connection:
        found = persons.the_person(people_of(connection, visit.me.hub), person)
        text = _cards(connection, visit).text(person) if visit.house.hub.card_key else ""
    if not text:
        raise NotThere
    return visit.page("home_card.html", person=found, code=home_cards.drawn(text))


@post("/cards/new-key", status_code=200, needs="steward", sync_to_thread=True)
def new_card_key(request: Asked) -> Page:
    """Take back every card that was printed at home."""
    visit = visit_of(request)

    def decide(connection: Connection) -> Sequence[Write]:
        notary = visit.service.notary
        visit.note(connection, Hub.KIND, visit.me.hub, "card_key")
        return home_cards.take_all_back(_cards(connection, visit), notary, visit.now_ms)

    try:
        visit.within(decide)
    except Refused as why:
        return _people_page(visit, 400, visit.sorry(why))
    return visit.go("/people", said="card_key")


def _cards(connection: Connection, visit: Visit) -> HomeCards:
    """Raises NoKeyYet."""
    return HomeCards.of(connection, visit.house.hub)


@post("/people/{person:str}/erase", status_code=200, needs="volunteer", sync_to_thread=True)
def erase(request: Asked, person: FromPath[str]) -> Page:
    """Forget somebody for good, and show a receipt that says nothing of them."""
    visit, receipts = visit_of(request), []

    def decide(connection: Connection) -> Sequence[Erase]:
        erased, receipt = persons.erase(connection, visit.me, person, visit.form, visit.now_ms)
        receipts.append(receipt)
        return erased

    try:
        visit.within(decide)
    except NotThere:
        raise
    except Refused as why:
        return _page(visit, person, 400, visit.sorry(why))
    return visit.page("receipt.html", receipt=receipts[0])


def _done(visit: Visit, person: str, decide: Decide, sentence: str) -> Page:
    try:
        visit.within(decide)
    except NotThere:
        raise
    except Refused as why:
        return _page(visit, person, 400, visit.sorry(why))
    return visit.go(f"/people/{person}", said=sentence)


HANDLERS = (
    *(people_page, enter, person_page, change, merge, apart, card_lost, erase),
    *(make_home_card, home_card_page, new_card_key),
)
