"""A pytest plugin for changed code: what a test before it has cached would hide the change."""

from __future__ import annotations

import sys


def pytest_runtest_setup() -> None:
    """Empty every cache of the rooms before each test."""
    for name, module in list(sys.modules.items()):
        if name.startswith(("sync.", "kiosk.")):
            for value in list(vars(module).values()):
                if hasattr(value, "cache_clear"):
                    value.cache_clear()
