"""A card printed at home, from the server's page to the scanner at the door."""

import contextlib

import pytest

from sync.qr_codes import home_card
from sync.server.database.engine import Database
from sync.server.database.migrate import migrate
from tests.flows.people import is_here, person_of
from tests.sync.server.village import Village
from tests.sync.server.web.browser import browsers

OLGA = "Olga Prieto"


@pytest.fixture
def village(tmp_path):
    (tmp_path / "server").mkdir()
    database = Database(f"sqlite:///{tmp_path / 'server' / 'server.db'}")
    migrate(database)
    yield Village(database, tmp_path / "server" / "erased.txt")
    database.close()


class Line:
    """The door's way to the server: what it has goes there, what is new there comes here."""

    def __init__(self, door, village):
        self.door, self.village = door, village
        self.hub = door.hub.hub.id
        village.ms = round(door.app.time.now().timestamp() * 1000)
        village.add(self.hub)
        self.far = village.door(hub=self.hub, node=door.app.store.node)
        person = person_of(door.hub, OLGA).id
        tables = door.app.store.tables()
        self.far.asks(tables["hub"][self.hub].body, tables["person"][person].body)

    def syncs(self):
        """Have the door hear what the server knows."""
        self.village.ms += 60_000
        self.far.catches_up()
        bodies = [dict(body) for body in self.far.holds.values()]
        self.door.app.desk.do(lambda: self.door.app.store.merge(bodies, "1.a")).result(10)
        self.door.settle()


def scans(door, sockets, text):
    """Hold a code to the scanner until its port was found and it is read."""
    seen, reading = [], door.app.devices.read

    def held():
        with contextlib.suppress(BlockingIOError):
            sockets.says("scanner", f"{text}\r\n".encode())
        return seen

    door.app.devices.read = lambda got: (seen.append(got), reading(got))
    door.frames.until(held, "the code to be read")
    door.app.devices.read = reading
    door.settle()


@pytest.mark.one_form
def test_the_server_makes_it_the_door_knows_it_and_taken_back_it_opens_nothing(
    open_door, village, sockets
):
    door = open_door(ports={"scanner": sockets.path("scanner")})
    line = Line(door, village)
    olga = person_of(door.hub, OLGA).id
    with browsers(village) as another:
        volunteer = another().joins("steward", hub=line.hub)
        volunteer.get(f"/people/{olga}")
        volunteer.send(f"/people/{olga}/home-card")
        assert OLGA in volunteer.page
        line.syncs()
        text = home_card(door.hub.hub.card_key, line.hub, olga, 1)
        sockets.plug("scanner")
        scans(door, sockets, text)
        assert door.at == "welcome"
        assert is_here(door.hub, OLGA, door.app.time.now())
        door.shell.rest()
        door.pass_(minutes=5)
        scans(door, sockets, text)
        assert not is_here(door.hub, OLGA, door.app.time.now())

        volunteer.get(f"/people/{olga}")
        volunteer.send(f"/people/{olga}/card-lost")
        line.syncs()
        door.shell.rest()
        door.pass_(minutes=5)
        scans(door, sockets, text)
        assert door.reads("This card was reported lost")
        assert not is_here(door.hub, OLGA, door.app.time.now())
