"""What the server remembers of changes, and who they are of in these tests."""

from sqlalchemy import select

from sync.server.database.logbook import Logbook
from sync.server.database.models import Activity
from tests.sync.server.village import HUB

MARKED = "Evangelina Wolkenstein"
ANA, LUIS, INES = (f"0199b1aa-0000-7000-8000-00000000000{nth}" for nth in "abc")
EVERY = ("notice", "room", "booking", "booking_day", "event", "hub", "closed_day", "agreement")


def entries(village, hub=HUB):
    """What is remembered, the latest first."""
    with village.database.reading() as connection:
        return Logbook(connection, hub, village.now_ms()).listed(EVERY, most=1000)


def kept(village):
    with village.database.reading() as connection:
        return str(connection.execute(select(Activity).order_by(Activity.entry)).all())
