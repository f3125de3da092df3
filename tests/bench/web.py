"""How long the server's pages, feeds and a booking take in a busy hub, beside a bare server's empty answer.

    python -m tests.bench.web                      200 rooms, 2,000 people, 200,000 visits
    python -m tests.bench.web --on sqlite --rooms 20 --visits 20000 --rounds 5

The server is a process of its own, each page is asked for over HTTP by somebody who is signed in;
before every round something is written, so that no feed is one that was made before. Answers 1 where
a page's p95 is 300 ms or more.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from statistics import quantiles
from tempfile import TemporaryDirectory

import requests
from sqlalchemy import Connection

from sync.server.commit import Commits
from sync.server.settings import open_settings
from sync.server.web.accounts import add_account, invite
from sync.server.web.feeds.secret import renew
from sync.server.web.sessions import open_session
from sync.server.web.shield import form_token
from tests.bench.busy import Busy, Size, move_in
from tests.bench.figures import figure, now_ms, timed_s
from tests.bench.floor import Floor, a_floor
from tests.bench.served import Served, a_server
from tests.bench.sync import DATABASES, databases
from tests.web.looks import NO_PAGE, PAGES

BENCH, MOST_MS = "web", 300.0
MORE = {
    "/here": ("?days=30", "?days=90"),
    "/people": ("?find=ma",),
    "/notices": ("?show=ended",),
    "/people/{person}": ("?merge=ana",),
    "/here/counts.csv": ("?first={year_ago}",),
}
"""What some pages are asked for besides."""
BOOK, CLASH = "book a room", "book a room that is taken"
ONLY = {"/here/names.ods": "?first={lately}"}
"""What has a limit is asked for within it."""
NOT_ASKED = {"/", "/pictures/{name}"}
"""It leads on; it is one row by its key, and a busy hub has no more of it."""


@dataclass
class Asker:
    """Somebody who is signed in. things: what stands in the place of ``{room}`` and the like.

    cpu_ms: what each page has taken of the server's processor, all rounds together.
    """

    served: Served
    session: requests.Session
    things: dict[str, str]
    cpu_ms: dict[str, float] = field(default_factory=dict)

    def ask(self, path: str) -> int:
        """Ask for a page; return how many bytes it has."""
        answer = self.session.get(f"{self.served.address}{path.format(**self.things)}", timeout=60)
        assert answer.status_code == 200, (path, answer.status_code)
        return len(answer.content)

    def book(self, room: str, day: dt.date, status: int) -> None:
        """Book half an hour of a room, and see it answered."""
        token = form_token(self.session.cookies["session"])
        form = {"token": token, "title": "Bread", "from": "21:00", "minutes": "30", "day": str(day)}
        answer = self.session.post(
            f"{self.served.address}/rooms/{room}/book",
            data=form,
            headers={"Origin": self.served.address},
            allow_redirects=False,
            timeout=60,
        )
        assert answer.status_code == status, (room, day, answer.status_code)


def paths() -> list[str]:
    """Return what is asked for: every page and feed that the server has."""
    plain = [path for path in (*PAGES, *NO_PAGE) if path not in NOT_ASKED]
    return [
        *(path + ONLY.get(path, "") for path in plain),
        *(path + more for path in plain for more in MORE.get(path, ())),
    ]


def somebody(served: Served, busy: Busy) -> Asker:
    """Sign a steward in, and return them."""
    with served.database.writing() as connection:
        cookie = _cookie(connection, busy)
        things = {
            "hub": busy.hub,
            "secret": renew(connection, busy.hub, now_ms()),
            "code": invite(connection, busy.hub, "volunteer", now_ms()),
            "name": "pages.css",
            "room": busy.rooms[0],
            "booking": busy.series[0],
            "day": busy.closed[-1],
            "change": "1",
            "person": busy.people[0],
            "notice": busy.notices[0],
            "lately": str(busy.today - dt.timedelta(days=5)),
            "year_ago": str(busy.today - dt.timedelta(days=365)),
        }
    session = requests.Session()
    session.cookies.set("session", cookie)
    return Asker(served, session, things)


def _cookie(connection: Connection, busy: Busy) -> str:
    about = {"person": busy.people[0], "password_hash": "", "lang": "en", "now_ms": now_ms()}
    account = add_account(connection, busy.hub, "Inés", "steward", **about)
    return open_session(connection, busy.hub, account, "bench", now_ms())


def rounds(asker: Asker, busy: Busy, floor: Floor, number: int) -> dict[str, list[float]]:
    """Ask for everything, each time in another order; return milliseconds by path."""
    times: dict[str, list[float]] = {"": []}
    dice = Random(3)
    for nth in range(-1, number):  # the first one compiles the templates
        move_in(asker.served.database, busy.hub, busy.one_more(), now_ms())
        for path, job in [*_asks(asker, dice), *_bookings(asker, busy, nth)]:
            cpu_s = asker.served.cpu_s()
            took_ms = 1000 * timed_s(job)
            if nth >= 0:
                times.setdefault(path, []).append(took_ms)
                cpu_ms = asker.cpu_ms.get(path, 0.0) + 1000 * (asker.served.cpu_s() - cpu_s)
                asker.cpu_ms[path] = cpu_ms
        times[""].append(1000 * timed_s(lambda: floor.ask("GET", "/nothing")))
    return times


def _asks(asker: Asker, dice: Random) -> list[tuple[str, Callable[[], object]]]:
    every = paths()
    return [(path, partial(asker.ask, path)) for path in dice.sample(every, len(every))]


def _bookings(asker: Asker, busy: Busy, nth: int) -> list[tuple[str, Callable[[], object]]]:
    # Days that no round before took, and none of those on which the house is closed.
    room, day = busy.rooms[nth % len(busy.rooms)], busy.today + dt.timedelta(days=3 + nth % 20)
    return [
        (BOOK, partial(asker.book, room, day, 303)),
        (CLASH, partial(asker.book, room, day, 409)),
    ]


def judge(name: str, times: dict[str, list[float]], cpu_ms: dict[str, float]) -> bool:
    """Print what everything took, the slowest last; say whether the bar holds.

    Beside what a page is judged by stands what it took of the processor: on a machine that is busy
    with other things a page waits for longer than it works.
    """
    good = True
    figure(BENCH, f"floor, {name}", "nothing", "ms", times.pop(""))
    for path, found in sorted(times.items(), key=lambda one: p95(one[1])):
        said = f"{path} (p95 below {MOST_MS:g})"
        more = {"judged": p95(found), "processor": cpu_ms[path] / len(found)}
        figure(BENCH, f"server, {name}", said, "ms", found, **more)
        good = good and p95(found) < MOST_MS
    return good


def p95(values: list[float]) -> float:
    """Return what 19 of 20 are below."""
    return quantiles(values, n=20)[-1] if len(values) > 1 else values[0]


def measure(name: str, url: str, folder: Path, size: Size, number: int) -> bool:
    """Measure one database; say whether the bar holds."""
    with a_floor(folder) as floor, a_server(folder, url) as served:
        notary = open_settings(folder / "server.toml").notary
        busy = Busy(served.hub(), size, now_ms(), notary)
        began = time.perf_counter()
        count = move_in(served.database, busy.hub, busy.bodies(), now_ms())
        with served.database.writing() as connection:  # what the server does each day
            Commits(served.database, notary, now_ms).look_after(connection, busy.hub)
        figure(BENCH, f"server, {name}", "records", "records", [count])
        figure(BENCH, f"server, {name}", "written in", "s", [time.perf_counter() - began])
        if not served.database.is_sqlite:  # what PostgreSQL does by itself within minutes
            with served.database.at_once() as connection:
                connection.exec_driver_sql("VACUUM ANALYZE")
                connection.exec_driver_sql("CHECKPOINT")
        asker = somebody(served, busy)
        asker.book(busy.rooms[-1], busy.today + dt.timedelta(days=2), 303)  # the first change
        return judge(name, rounds(asker, busy, floor, number), asker.cpu_ms)


def main() -> int:
    """Measure, print, and answer 0 where the bar holds."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--on", nargs="+", choices=DATABASES, default=list(DATABASES))
    parser.add_argument("--rounds", type=int, default=20)
    for name, default in asdict(Size()).items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=int, default=default)
    asked = parser.parse_args()
    size = Size(**{name: getattr(asked, name) for name in asdict(Size())})
    with TemporaryDirectory() as home, databases(Path(home), asked.on) as found:
        good = []
        for name, url in found.items():
            folder = Path(home) / name
            folder.mkdir()
            good.append(measure(name, url, folder, size, asked.rounds))
        return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
