"""Ways through the kiosk: the trail behind a person, five keys, pages of choices.

In a process of its own Kivy needs no window for these.
"""

import os
import subprocess
import sys
import textwrap

import pytest


def run(code, tmp_path):
    """Run code where Kivy may be imported without touching anybody's home."""
    env = {**os.environ, "KIVY_HOME": str(tmp_path), "KIVY_NO_ARGS": "1", "KIVY_LOG_MODE": "PYTHON",
           "SDL_VIDEODRIVER": "offscreen", "KIVY_GL_BACKEND": "mock"}  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]


TRAIL = """
from kiosk.ui.navigation import Place, Trail
home = Trail((Place("rest"),))
"""
CASES = {
    "back leads to the screen before": """
        there = home.to(Place("rooms")).to(Place("room", {"room": "kitchen"}))
        assert there.back().here.name == "rooms"
    """,
    "back at the first screen stays": """
        assert home.back() == home
    """,
    "a screen that is on the trail is gone back to": """
        there = home.to(Place("rooms")).to(Place("room")).to(Place("rooms"))
        assert [place.name for place in there.places] == ["rest", "rooms"]
    """,
    "the same screen with other facts is not stacked": """
        there = home.to(Place("room", {"room": "a"})).to(Place("room", {"room": "b"}))
        assert len(there.places) == 2 and there.here.facts == {"room": "b"}
    """,
    "home has nothing behind it and knows nothing": """
        there = home.to(Place("room", {"room": "a"})).home()
        assert there.places == (Place("rest"),)
    """,
}


@pytest.mark.parametrize("case", CASES)
def test_of_the_trail(case, tmp_path):
    run(TRAIL + textwrap.dedent(CASES[case]), tmp_path)


def test_a_spell_without_a_touch_warns_counts_and_ends(tmp_path):
    run(
        """
        from kiosk.ui.idle import quiet
        assert quiet(29.9, 30).left_s is None and not quiet(29.9, 30).over
        assert [quiet(30 + s, 30).left_s for s in (0, 0.5, 1, 9.5)] == [10, 10, 9, 1]
        assert quiet(40, 30).over
        """,
        tmp_path,
    )


def test_every_moment_of_a_spell_says_when_to_look_again(tmp_path):
    run(
        """
        from kiosk.ui.idle import quiet
        at_s, looks = 0.0, 0
        while not quiet(at_s, 30).over:
            at_s += quiet(at_s, 30).next_s
            looks += 1
        assert abs(at_s - 40) < 1e-6 and looks == 11
        """,
        tmp_path,
    )


def test_an_arrow_leads_to_the_nearest_thing_on_its_way(tmp_path):
    run(
        """
        from kiosk.ui.focus import next_index
        points = [(0, 100), (100, 100), (0, 0), (100, 0)]
        assert next_index(points, None, (0, -1)) == 0
        assert next_index(points, 0, (1, 0)) == 1
        assert next_index(points, 0, (0, -1)) == 2
        assert next_index(points, 1, (1, 0)) == 2
        assert next_index(points, 0, (-1, 0)) == 3
        assert next_index(points, 2, (0, -1)) == 2
        """,
        tmp_path,
    )


def test_too_many_choices_leave_a_place_for_more_and_go_round(tmp_path):
    run(
        """
        from kiosk.ui.choices import page_of
        assert page_of("abcd", 4, 0) == (list("abcd"), False)
        assert page_of("abcde", 4, 0) == (list("abc"), True)
        assert page_of("abcde", 4, 1) == (list("de"), True)
        assert page_of("abcde", 4, 2) == (list("abc"), True)
        """,
        tmp_path,
    )


def test_the_loop_sleeps_until_the_next_thing_and_no_animation_outruns_60_frames(tmp_path):
    run(
        """
        from kiosk.ui.loop import FRAME_S, LONGEST_WAIT_S, wait_s
        assert wait_s(100.0, 100.0, 105.0) == 5.0
        assert wait_s(103.0, 100.0, 105.0) == 2.0
        assert wait_s(109.0, 100.0, 105.0) == 0.0
        assert abs(wait_s(100.0, 100.0, 0.0) - FRAME_S) < 1e-9
        assert wait_s(100.0, 100.0, 1e300) == LONGEST_WAIT_S
        """,
        tmp_path,
    )


def test_what_is_due_in_a_moment_is_done_in_a_moment(tmp_path):
    run(
        """
        import time
        from kivy.core.window import Window
        from kivy.base import EventLoop, runTouchApp
        from kivy.clock import Clock
        from kivy.uix.widget import Widget
        from kiosk.ui.loop import Loop
        runTouchApp(Widget(), embedded=True)
        done = []
        Clock.schedule_once(lambda dt: done.append("soon"), 0.2)
        Clock.schedule_once(lambda dt: setattr(EventLoop, "quit", True), 0.4)
        began = time.monotonic()
        Loop().run()
        assert done == ["soon"] and time.monotonic() - began < 3
        """,
        tmp_path,
    )


def test_another_thread_wakes_the_loop(tmp_path):
    run(
        """
        import threading, time
        from kivy.core.window import Window
        from kivy.base import EventLoop, runTouchApp
        from kivy.uix.widget import Widget
        from kiosk.ui.loop import Loop
        runTouchApp(Widget(), embedded=True)
        loop = Loop()
        end = lambda: loop.call(lambda: setattr(EventLoop, "quit", True))
        threading.Timer(0.3, end).start()
        began = time.monotonic()
        loop.run()
        assert time.monotonic() - began < 3
        """,
        tmp_path,
    )


def test_kivy_is_started_with_one_pointer_no_home_and_no_way_out(tmp_path):
    run(
        """
        import os
        from pathlib import Path
        from kiosk.ui.start import WindowSetup, prepare
        prepare(WindowSetup(800, 480, 179.6, Path(os.environ["KIVY_HOME"]) / "kivy"))
        from kivy.config import Config
        assert dict(Config.items("input")) == {"mouse": "mouse,disable_multitouch"}
        assert not Config.items("modules")
        assert Config.get("kivy", "exit_on_escape") == "0"
        assert Config.get("graphics", "fullscreen") == "0"
        assert abs(float(os.environ["KIVY_DPI"]) - 131.9) < 0.2
        """,
        tmp_path,
    )
