"""A name as others may read it."""

import pytest

from sync.records.masked import masked


@pytest.mark.parametrize(
    ("name", "known_as", "letters", "shown"),
    [
        ("Tomás Herrero", "", 1, "Tomás H."),
        ("Ana María Gil Soler", "", 1, "Ana S."),
        ("Ana Gil Soler", "", 9, "Ana Soler"),
        ("Ana Gil", "  Ani  Mari ", 2, "Ani Mari Gi."),
        ("Ana", "", 1, "Ana"),
        ("", "", 1, ""),
    ],
)
def test_others_read_the_first_name_and_a_letter_of_the_last(name, known_as, letters, shown):
    assert masked(name, known_as, letters) == shown
