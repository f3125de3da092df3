"""One screen, one language, one text size a process: ``pytest tests/flows --screen 800x480``."""

import datetime as dt
import gc
import itertools
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


@pytest.fixture(scope="session", autouse=True)
def seldom_unfrozen():
    """Looking through every object of the process takes as long as a test: do it once in ten."""
    unfreeze, ends = gc.unfreeze, itertools.count(1)
    gc.unfreeze = lambda: unfreeze() if next(ends) % 10 == 0 else None
    yield
    gc.unfreeze = unfreeze


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


@pytest.fixture
def open_door(request, form, tmp_path):
    """Open a door: ``open_door(at="2026-11-23 21:50", mode="door", sample=True)``."""
    import shutil

    from kiosk.app import KioskApp
    from kiosk.config import Config, Place

    opened, fingers = [], []

    def open_(*, at=None, mode=None, sample=True, large=None, lang=None, spoil=None):
        data = tmp_path / f"data{len(opened)}"
        if sample:
            shutil.copytree(request.getfixturevalue("sample_folder"), data)
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
        )
        # Drawing by software is slow: what moves is tried where nothing is drawn.
        app = KioskApp(config, Place(data).make(), time=clock, reduced=form.gl == "x")
        app.prepare()
        frames = Frames(clock)  # before anything waits for Kivy's clock
        app.open()
        opened.append(app)
        from tests.flows.door import Door  # Kivy may be imported only after the app prepared it

        door = Door(app, frames, gl=form.gl, form=form.name)
        fingers.append(door.finger)
        if form.large if large is None else large:
            door.shell.look(large=True)
            door.shell.own_look = (door.shell.theme, door.shell.words)
            door.settle()
        return door

    yield open_
    for finger in fingers:
        finger.away()
    for app in opened:
        app.close()


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
