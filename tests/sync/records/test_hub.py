"""What a hub says of itself, read as it is meant."""

import pytest

from sync.records.hub import WALL_PAGES, Hub, wall_pages


@pytest.mark.parametrize(
    ("named", "shown"),
    [
        ((), WALL_PAGES),
        (("who", "rooms"), ("rooms", "who")),
        (("who", "of_a_later_version"), ("who",)),
        (("of_a_later_version",), WALL_PAGES),
    ],
)
def test_walls_show_the_pages_that_are_named_in_their_order_or_all(named, shown):
    assert wall_pages(Hub(wall_pages=named)) == shown
