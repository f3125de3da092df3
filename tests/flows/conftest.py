"""One screen, one language, one text size a process: ``pytest tests/flows --screen 800x480``."""

import datetime as dt
import gc
import itertools
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.flows.surroundings import FakeTime, Frames, start_display

DIAGONALS_MM = {"800x480": 179.6, "720x1280": 179.5, "1280x800": 256.1, "1920x1080": 1092.3}
NOW = dt.datetime(2026, 11, 23, 10, 42, 0, tzinfo=ZoneInfo("Europe/Madrid"))
KEY = bytes(range(32))


def pytest_addoption(parser):
    group = parser.getgroup("door")
    group.addoption("--screen", default="1280x800", choices=sorted(DIAGONALS_MM))
    group.addoption("--lang", default="en")
    group.addoption("--large", action="store_true")
    group.addoption("--gl", default="mock", choices=("mock", "x"))


@dataclass(frozen=True)
class Form:
    """What the door of this process is like."""

    screen: str
    lang: str
    large: bool
    gl: str

    @property
    def wall(self) -> bool:
        return self.screen == "1920x1080"

    @property
    def name(self) -> str:
        """As the pictures are named: "large-1280x800-en"."""
        return f"{'large-' if self.large else ''}{self.screen}-{self.lang}"


@pytest.fixture(scope="session")
def form(request) -> Form:
    asked = request.config.getoption
    found = Form(
        asked("--screen", "1280x800"),
        asked("--lang", "en"),
        asked("--large", default=False),
        asked("--gl", "mock"),
    )
    start_display(found.gl, *map(int, found.screen.split("x")))
    return found


openings = itertools.count(1)
TIDIED_EVERY = 10


@pytest.fixture(scope="session", autouse=True)
def seldom_tidied() -> Iterator[None]:
    """Looking through every object of the process takes as long as a test: a door that closes
    leaves its own where they are, until ``seldom_collecting`` has its turn."""
    unfreeze = gc.unfreeze
    gc.unfreeze = lambda: None
    yield
    gc.unfreeze = unfreeze


@contextmanager
def seldom_collecting(unfreeze=gc.unfreeze, collect=gc.collect) -> Iterator[None]:
    """While a door opens: collect all that ten doors have left, or nothing."""
    if next(openings) % TIDIED_EVERY == 0:
        unfreeze()
        collect()
    gc.collect = lambda *_generation: 0
    yield
    gc.collect = collect


@pytest.fixture(autouse=True)
def one_form(request, form):
    """What is the same on every screen, in every language and text size, is tried on one."""
    if request.node.get_closest_marker("one_form") and form.name != "1280x800-en":
        pytest.skip("the same on every door: tried on that of 1280x800 in English")


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory) -> Path:
    """The sample hub on the day of the tests, made once and copied for each."""
    from kiosk.config import Place
    from kiosk.sample import loader
    from kiosk.store import open_store

    place = Place(tmp_path_factory.mktemp("sample") / "data").make()
    place.key.write_text(KEY.hex())
    with open_store(place.store) as store:
        loader.load(store, loader.read_file(loader.LA_RONDA), NOW, KEY)
    return place.data


class Doors:
    """Opens doors and walls, each on a copy of the sample, and closes them all."""

    def __init__(self, form: Form, sample: Path, folder: Path) -> None:
        self._form, self._sample, self._folder = form, sample, folder
        self._apps, self._fingers, self._numbers = [], [], itertools.count()

    def open(
        self,
        *,
        at=None,
        mode=None,
        sample=True,
        large=None,
        lang=None,
        spoil=None,
        low=False,
        open_=None,
        nmcli=None,
        **facts,
    ):
        """Open one: ``open(at="2026-11-23 21:50", mode="door", sample=True)``.

        open_: what opens its printer. nmcli: what asks about its Wi-Fi. Other facts are those of its settings.
        """
        from kiosk.app import KioskApp
        from kiosk.config import Config, Place
        from kiosk.devices import Devices

        form, data = self._form, self._folder / f"data{next(self._numbers)}"
        if sample:
            shutil.copytree(self._sample, data)
        if spoil:
            spoil(Place(data))
        local = dt.datetime.fromisoformat(at).replace(tzinfo=NOW.tzinfo) if at else NOW
        clock = FakeTime(local.astimezone(dt.UTC))
        config = Config(
            mode=mode or ("wall" if form.wall else "door"),
            size=form.screen,
            diagonal_mm=DIAGONALS_MM[form.screen],
            lang=lang or form.lang,
            name="Front door",
            colour="blue",
            **facts,
        )
        place, tones = Place(data).make(), []
        lights = self._folder / "lights"  # none, but where a test puts one there
        its = {"play": tones.append, "open_": open_, "lights": lights, "nmcli": lambda: nmcli}
        devices = Devices(config, place, **its)
        # Drawing by software is slow: what moves is tried where nothing is drawn.
        app = KioskApp(config, place, time=clock, reduced=form.gl == "x", devices=devices)
        app.prepare()
        frames = Frames(clock)  # before anything waits for Kivy's clock
        with seldom_collecting():
            app.open()
        self._apps.append(app)
        from tests.flows.door import Door  # Kivy may be imported only after the app prepared it

        door = Door(app, frames, gl=form.gl, form=form.name)
        door.tones = tones
        self._fingers.append(door.finger)
        large = form.large if large is None else large
        if large or low:
            door.shell.look(large=large, low=low)
            door.shell.own_look = (door.shell.theme, door.shell.words)
            door.settle()
        return door

    def close(self) -> None:
        """Close all that were opened."""
        for finger in self._fingers:
            finger.away()
        for app in self._apps:
            app.close()
        self._apps, self._fingers = [], []


@pytest.fixture
def sockets(tmp_path):
    """Where readers and scanners are plugged in."""
    from tests.kiosk.hardware.sockets import Sockets

    folder = tmp_path / "sockets"
    folder.mkdir()
    made = Sockets(folder)
    yield made
    made.close()


@pytest.fixture
def open_door(form, sample_folder, tmp_path):
    """Open a door for this test: see ``Doors.open``."""
    doors = Doors(form, sample_folder, tmp_path)
    yield doors.open
    doors.close()


@pytest.fixture
def door(open_door, form):
    """The sample hub's front door on Monday 23 November 2026 at 10:42."""
    if form.wall:
        pytest.skip("a door; this process is a wall")
    return open_door()


@pytest.fixture
def wall(open_door, form):
    """The sample hub's wall screen at the same time."""
    if not form.wall:
        pytest.skip("a wall; this process is a door")
    return open_door()


@pytest.fixture
def short(form):
    """A word for the form: "roomy" (10\"), "landscape", "portrait" or "large"."""
    if form.large:
        return "large"
    return {"800x480": "landscape", "720x1280": "portrait"}.get(form.screen, "roomy")
