"""From an invitation to a notice on a kiosk, on a phone with a slow 3G: taps, bytes, milliseconds.

    python -m tests.bench.phone                    five times; needs what ``deploy/test web`` installs

The phone is Debian's Chromium at 390x844 with 400 ms to and fro and 400 kbit/s both ways, the server
a process of its own, the kiosk real but for its screen. Answers 1 where a bar is missed.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import sync_playwright

from sync.server.web.accounts import invite
from tests.bench.figures import figure, now_ms
from tests.bench.kiosk import Door
from tests.bench.served import Served, a_server
from tests.web.thumb import PHONE, Thumb, Wire

BENCH = "phone"
SLOW_3G = {"latency_ms": 400.0, "bytes_a_second": 50_000.0}
BARS = {"taps": 8.0, "largest page": 60_000.0, "first paint": 1_500.0, "tapped to kiosk": 2_000.0}
UNITS = {"taps": "taps", "largest page": "bytes", "first paint": "ms", "tapped to kiosk": "ms"}
FIRST_PAINT = """() => performance.getEntriesByType("paint")
  .find(one => one.name === "first-contentful-paint")?.startTime"""


def walk(browser: Any, served: Served, hub: str, kiosk: Door, nth: int) -> dict[str, float]:
    """Walk it once. browser: Playwright's, without types."""
    with served.database.writing() as connection:
        code = invite(connection, hub, "volunteer", now_ms())
    context = browser.new_context(**PHONE)
    page = context.new_page()
    thumb, wire = Thumb(page), Wire(page)
    wire.is_slow(**SLOW_3G)
    thumb.comes_in(f"{served.address}/welcome/{code}", f"Tomás {nth}")
    paint_ms = page.evaluate(FIRST_PAINT)
    thumb.writes(f"Soup at one {nth}")
    tapped_s = time.perf_counter()
    thumb.taps_on(".foot button.primary")
    kiosk.waits_for("notice", "title.en", f"Soup at one {nth}")
    late_ms = 1000 * (time.perf_counter() - tapped_s)
    page.wait_for_url("**/notices?said=published")
    context.close()
    largest = max(size for _url, size in wire.pages)
    return {
        "taps": thumb.taps,
        "largest page": largest,
        "first paint": paint_ms,
        "tapped to kiosk": late_ms,
    }


def main() -> int:
    """Measure, print, and answer 0 where the bars hold."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    found: dict[str, list[float]] = {name: [] for name in BARS}
    with TemporaryDirectory() as home, sync_playwright() as play:
        folder = Path(home)
        chromium = {"executable_path": shutil.which("chromium"), "args": ["--no-sandbox"]}
        browser = play.chromium.launch(**chromium)
        with a_server(folder, f"sqlite:///{folder / 'server.db'}") as served:
            hub = served.hub()
            kiosk = Door(served, hub, folder / "kiosk.db")
            kiosk.shell.start()
            kiosk.syncs()
            for nth in range(asked.rounds):
                for name, value in walk(browser, served, hub, kiosk, nth).items():
                    found[name].append(value)
            kiosk.close()
        browser.close()
    for name, values in found.items():
        figure(BENCH, "phone", f"{name} (at most {BARS[name]:g})", UNITS[name], values)
    return 0 if all(max(values) <= BARS[name] for name, values in found.items()) else 1


if __name__ == "__main__":
    sys.exit(main())
