"""A pytest plugin for changed code: nothing is left of a test before, and a failure is not explained."""

from __future__ import annotations

import sys

from hypothesis import Phase, settings


def pytest_sessionstart() -> None:
    """Empty every cache of the rooms, and let a failing example be enough.

    mutmut forks from a process that has run all tests: what was worked out there would hide the
    change. To find the smallest example takes most of a failing test's time.
    """
    phases = (Phase.explicit, Phase.generate)
    settings.register_profile("mutants", settings.get_profile("ci"), phases=phases)
    settings.load_profile("mutants")
    for name, module in list(sys.modules.items()):
        if name.startswith(("sync.", "kiosk.")):
            for value in list(vars(module).values()):
                if hasattr(value, "cache_clear"):
                    value.cache_clear()
