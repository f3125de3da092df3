"""Two kiosks and a server: the boxes of the rules, and the same hour booked twice."""

import pytest

from kiosk.hub.actor import KNOWN, Actor
from kiosk.hub.book import Book, book
from kiosk.hub.booking_errors import RoomTaken
from kiosk.hub.extend import Extend, extend, longest_extension_min
from kiosk.hub.give_up import OfBooking, cancel, take_it
from sync.merge import Version, merge, record
from sync.records import read, rule_of
from sync.records.booking import Booking
from sync.records.booking_decide import decide, decide_days, needs_deciding
from sync.records.booking_diary import is_confirmed, taken
from tests.kiosk.hub.house import K2, TODAY, House, at, day, id_of, person, room

ANA = Actor(level=KNOWN, person=id_of("Ana"))
LUIS = Actor(level=KNOWN, person=id_of("Luis"))


class Server(House):
    """A third node that answers bookings as they reach it."""

    def __init__(self) -> None:
        super().__init__()
        self.arrived: dict[str, Booking] = {}

    def exchanges_with(self, kiosk, now):
        self.meets(kiosk)
        hub = self.snapshot
        for one in sorted(hub.all(Booking), key=lambda b: b.id):
            before = self.arrived.get(one.id)
            if needs_deciding(before, one):
                number = {} if before else {"arrived": len(self.arrived) + 1}
                self._says("booking", one.id, number | decide(one, self.snapshot.diary, now))
                for when, fields in decide_days(one, self.snapshot.diary, now).items():
                    key = {"booking": one.id, "date": when.isoformat()}
                    self._says("booking_day", f"{one.id} {when}", key | fields)
            self.arrived[one.id] = one
        self.meets(kiosk)

    def _says(self, kind, record_id, fields):
        stamp = f"0199ffffffff-{len(self.arrived):04x}-00000001"
        versions = {n: Version(rule_of(kind, n), stamp, v) for n, v in fields.items()}
        self._put(record(kind, record_id, versions))


@pytest.fixture
def k1(hub):
    return hub.has(
        person("Ana"),
        person("Luis"),
        room("Willow", buffer_min=15, capacity=18, order=1),
        room("Quiet", buffer_min=10, capacity=8, order=2),
    )


@pytest.fixture
def k2(k1):
    other = House(K2)
    other.tables = {kind: dict(rows) for kind, rows in k1.tables.items()}
    return other


@pytest.fixture
def server():
    return Server()


def willow(starts, by, minutes=60, on=0, **fields):
    local = at(starts, on).astimezone(House().snapshot.zone).replace(tzinfo=None)
    return Book(id_of("Willow"), local, minutes, by, **fields)


def states(house, room_name="Willow"):
    there = taken(house.snapshot.diary, id_of(room_name))
    return {one.booking.person: one.state for one in there}


@pytest.mark.acceptance(33)
@pytest.mark.acceptance(34)
@pytest.mark.acceptance(35)
@pytest.mark.acceptance(70)
def test_the_same_hour_booked_at_two_kiosks_goes_to_who_reached_the_server_first(k1, k2, server):
    b1 = k1.do(book, willow("18:00", ANA), at("10:05"))
    b2 = k2.do(book, willow("18:00", LUIS), at("10:20"))
    server.exchanges_with(k2, at("10:20"))
    assert states(k2) == {LUIS.person: "confirmed"}
    assert states(k1) == {ANA.person: "pencilled"}

    server.exchanges_with(k1, at("11:00"))
    server.exchanges_with(k2, at("11:00"))
    for node in (k1, k2, server):
        assert states(node) == {ANA.person: "clashing", LUIS.person: "confirmed"}
        (clash,) = node.snapshot.booking(b1.id).clash_now
        assert (clash.date, clash.with_) == (TODAY, b2.id)
    with pytest.raises(RoomTaken) as offered:
        k1.ask(take_it, OfBooking(b1.id, ANA), at("11:01"))
    assert (offered.value.rooms[0].room, offered.value.rooms[0].span.start) == (
        id_of("Quiet"),
        at("18:00"),
    )
    assert offered.value.times[0].span.start == at("19:15")

    k1.do(cancel, OfBooking(b2.id, LUIS), at("11:30"))
    server.exchanges_with(k1, at("11:30"))
    server.exchanges_with(k2, at("11:30"))
    assert states(k2) == {ANA.person: "clashing"}
    assert k2.snapshot.booking(b2.id).cancelled

    k2.do(take_it, OfBooking(b1.id, ANA), at("11:40"))
    server.exchanges_with(k2, at("11:40"))
    server.exchanges_with(k1, at("11:40"))
    for node in (k1, k2, server):
        assert states(node) == {ANA.person: "confirmed"}
        assert node.snapshot.booking(b1.id).clash == ()
        assert node.snapshot.booking(b1.id).clash_now == ()


@pytest.mark.acceptance(36)
@pytest.mark.acceptance(70)
def test_a_series_is_confirmed_but_for_one_week_and_gets_that_with_one_tap(k1, k2, server):
    b2 = k2.do(book, willow("10:00", LUIS, on=21), at("08:59"))
    b1 = k1.do(book, willow("10:00", ANA, on=7, rule="FREQ=WEEKLY;COUNT=8"), at("09:00"))
    server.exchanges_with(k2, at("09:10"))
    server.exchanges_with(k1, at("09:20"))
    series = k1.snapshot.booking(b1.id)
    assert series.confirmed
    assert [(one.date, one.with_) for one in series.clash] == [(day(21), b2.id)]

    k1.do(cancel, OfBooking(b2.id, LUIS), at("09:30", 8))
    k1.do(take_it, OfBooking(b1.id, ANA), at("09:31", 8))
    server.exchanges_with(k1, at("09:32", 8))
    assert is_confirmed(k1.snapshot.diary, k1.snapshot.booking(b1.id), day(21))


@pytest.mark.acceptance(37)
@pytest.mark.acceptance(70)
def test_an_hour_that_runs_is_extended_up_to_the_buffer_and_stays_confirmed(k1, k2, server):
    first = k1.do(book, willow("18:00", ANA), at("10:00"))
    k1.do(book, willow("20:00", LUIS), at("10:00"))
    server.exchanges_with(k1, at("10:01"))
    running = next(t for t in taken(k1.snapshot.diary, id_of("Willow")) if t.booking.id == first.id)
    assert longest_extension_min(k1.snapshot, running) == 45
    with pytest.raises(RoomTaken):
        k1.ask(extend, Extend(first.id, TODAY, 60, ANA), at("18:30"))

    longer = k1.do(extend, Extend(first.id, TODAY, 45, ANA), at("18:30"))
    assert not k1.snapshot.booking(longer.id).confirmed
    server.exchanges_with(k1, at("18:31"))
    assert k1.snapshot.booking(longer.id).confirmed
    assert k1.snapshot.booking(first.id).confirmed


@pytest.mark.acceptance(5)
def test_what_is_confirmed_is_the_same_after_any_number_of_exchanges(k1, k2, server):
    made = k1.do(book, willow("18:00", ANA), at("10:00"))
    server.exchanges_with(k1, at("10:01"))
    confirmed = k1.body(made)
    for kiosk in (k2, k1, k2, k1):
        server.exchanges_with(kiosk, at("10:02"))
    assert k1.body(made) == k2.body(made) == server.body(made) == confirmed
    assert merge(confirmed, confirmed) == confirmed
    assert read(Booking, made.id, confirmed["fields"]).confirmed
