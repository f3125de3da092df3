"""Thirty days in an hour: what a month does to a door, and whether it shows a wrong screen."""

import os
import shutil

import pytest

from tests.flows.surroundings import start_display
from tests.soak.watching import KEPT

pytestmark = [pytest.mark.slow, pytest.mark.display]
MOST_GROWN = 1.02
"""Of memory, the last day to the second."""
MOST_MORE = 2
"""Files or threads: a wait may just be under way."""
COLUMNS = (
    ("day", "day", "{:d}"), ("visits", "visits", "{:d}"), ("resident_mb", "MB", "{:.1f}"),
    ("files", "files", "{:d}"), ("threads", "threads", "{:d}"), ("store_mb", "store MB", "{:.2f}"),
    ("server_mb", "server MB", "{:.0f}"), ("answers", "answers", "{:d}"),
    ("paint_ms", "paint ms", "{:.0f}"), ("paint_p99_ms", "p99 ms", "{:.0f}"),
    ("looked", "looked", "{:d}"), ("wrong", "wrong", "{:d}"), ("took_s", "took s", "{:.0f}"),
    ("worked_s", "worked s", "{:.0f}"),
)  # fmt: skip


def told(row):
    """A day in one line."""
    return "  ".join(f"{form.format(row[key])} {name}" for key, name, form in COLUMNS)


def test_a_month_leaves_a_door_as_it_was_and_no_screen_is_wrong(asked, bugs, tmp_path, capsys):
    if shutil.which("Xvfb") is None:
        pytest.skip("there is no Xvfb (deploy/test installs it)")
    shutil.rmtree(KEPT, ignore_errors=True)
    os.environ["SDL_NO_SIGNAL_HANDLERS"] = "1"  # else who ends the test only asks a window to close
    start_display("x", *map(int, asked["size"].split("x")))
    from tests.soak.month import Month  # Kivy may be imported only once there is a display

    month = Month(tmp_path, asked["size"], asked["days"], asked["visits"], asked["seed"])
    rows = []
    with capsys.disabled():
        for _ in range(asked["days"]):
            rows.append(month.a_day())
            print(told(rows[-1]), flush=True)
    month.life.close()
    broke = [line for line in month.life.told_by_servers() if " where=" in line]
    second, last = rows[min(1, len(rows) - 1)], rows[-1]
    assert not month.wrongs.found
    assert not bugs
    assert not broke
    assert last["resident_mb"] <= second["resident_mb"] * MOST_GROWN, (second, last)
    assert last["files"] <= second["files"] + MOST_MORE, (second, last)
    assert last["threads"] <= second["threads"] + MOST_MORE, (second, last)
