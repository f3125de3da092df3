"""A device is un-paired, wiped or paired anew only where nothing is lost by it."""

import pytest

from sync.client.leaving import StillUnsent, Unsent, may_leave


@pytest.mark.parametrize(
    ("unsent", "number"),
    [
        (Unsent(waiting=12), 12),
        (Unsent(refused=1), 1),
        (Unsent(set_aside=1), 1),
        (Unsent(waiting=12, refused=2, exported=10), 4),
    ],
)
def test_a_device_that_holds_unsent_records_is_refused_with_their_number(unsent, number):
    with pytest.raises(StillUnsent) as why:
        may_leave(unsent)
    assert why.value.number == number


@pytest.mark.parametrize(
    "unsent",
    [
        Unsent(),
        Unsent(waiting=12, refused=2, exported=14),
        Unsent(waiting=12, given_up_by="0199b1c0-0000-7000-8000-000000000001"),
    ],
)
def test_once_all_is_sent_exported_or_given_up_it_may_leave(unsent):
    may_leave(unsent)


def test_the_refusal_names_nobody():
    assert str(StillUnsent(number=3)) == "3 records are nowhere else"
    assert StillUnsent(number=3).facts() == {"number": 3}
