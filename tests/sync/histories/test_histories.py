"""The thirteen invariants, searched with random histories.

The same few in every run, so that only a change of the code turns them red. ``HISTORIES=1000``
searches as many others, each time from a new seed; with ``NOSHRINK=1`` it stops at the first one
that fails and prints its steps as they are.
"""

import os

from hypothesis import Phase, settings

from tests.sync.histories.machine import Histories

IS_WIDE = "HISTORIES" in os.environ

TestHistories = Histories.TestCase
TestHistories.settings = settings(
    max_examples=int(os.environ.get("HISTORIES", "20")),
    stateful_step_count=50,
    deadline=None,
    derandomize=not IS_WIDE,
    print_blob=IS_WIDE,
    phases=[Phase.generate] if os.environ.get("NOSHRINK") else tuple(Phase),
)
