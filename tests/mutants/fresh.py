"""A pytest plugin for changed code: nothing is left of a test before, and a failure is not explained."""

from __future__ import annotations

import sys

from hypothesis import Phase, settings


def pytest_sessionstart() -> None:
    """A failing example is enough: the smallest one takes most of the time."""
    phases = (Phase.explicit, Phase.generate)
    settings.register_profile("mutants", settings.get_profile("ci"), phases=phases)
    settings.load_profile("mutants")


def pytest_runtest_setup() -> None:
    """Empty every cache of the rooms: what was worked out before would hide a change."""
    for name, module in list(sys.modules.items()):
        if name.startswith(("sync.", "kiosk.")):
            for value in list(vars(module).values()):
                if hasattr(value, "cache_clear"):
                    value.cache_clear()
