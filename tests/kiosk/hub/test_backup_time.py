"""The day's backup is made while nobody is served, or at last anyway."""

from datetime import timedelta

import pytest

from kiosk.hub.backup_time import backup_is_due
from tests.kiosk.hub.house import at

NOW = at("23:00")


@pytest.mark.parametrize(
    ("hours_ago", "is_open", "due"),
    [
        (19, False, False),
        (20, False, True),
        (20, True, False),
        (35, True, False),
        (36, True, True),
        (0, False, False),
        (-1, True, True),
    ],
)
def test_a_backup_is_due_by_its_age_and_the_hour(hours_ago, is_open, due):
    assert backup_is_due(NOW - timedelta(hours=hours_ago), NOW, is_open=is_open) is due


def test_the_first_one_is_made_at_once():
    assert backup_is_due(None, NOW, is_open=True)
