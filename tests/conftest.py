"""What all tests share: random tests are slow on a busy machine, and that is not a failure."""

import os

from hypothesis import settings

# In CI the same examples every time; at home new ones, and what fails is tried first the next time.
settings.register_profile("home", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None)
settings.register_profile("fast", deadline=None, max_examples=15)
settings.load_profile(
    "fast" if os.environ.get("TESTS_FAST") else "ci" if os.environ.get("CI") else "home"
)


def pytest_addoption(parser):
    parser.addoption(
        "--long", action="store_true", help="hostile requests: a hundred times as many of them"
    )
