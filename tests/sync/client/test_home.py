"""What the engine's effects come to on the device itself."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from kiosk.store import Changes, Write, open_store
from sync.client.effects import Redate
from sync.client.home import Home
from tests.sync.client.served import HereAndNow, KeptToken, SetClock


def ms(said):
    return int(datetime.fromisoformat(said).replace(tzinfo=UTC).timestamp() * 1000)


def test_what_comes_back_from_the_future_has_the_hubs_own_day():
    """It is past midnight in Madrid, and not yet in Greenwich."""
    store, clock = open_store(":memory:"), SetClock()
    store.commit(
        Changes.of(Write("closed_day", "c1", {"date": "2026-12-20"})),
        now_ms=ms("2026-12-20T12:00:00"),
    )
    clock.offset += ms("2026-11-23T23:30:00") - clock.wall_ms()
    home = Home(
        store, HereAndNow(), clock, KeptToken(), "1", zone=lambda: ZoneInfo("Europe/Madrid")
    )
    home.do(Redate((("closed_day", "c1", 1),), {}))
    assert store.tables()["closed_day"]["c1"].body["fields"]["date"] == "2026-11-24"
    store.close()
