"""A notice on one line."""

from sync.records.notice_lines import ended, first_sentence, one_line


def test_breaks_and_runs_of_spaces_are_one_space():
    assert one_line(" Soup\n at   one ") == "Soup at one"


def test_a_title_that_ends_in_a_question_gets_no_stop():
    assert [ended("Soup"), ended("Soup?"), ended("")] == ["Soup.", "Soup?", ""]
    assert ended("Plan X") == "Plan X."


def test_a_number_with_a_point_does_not_end_a_sentence():
    assert first_sentence("Bring 2.50 euros.\nOr nothing.") == "Bring 2.50 euros."
    assert first_sentence("Room X is free. Come in!") == "Room X is free."
    assert first_sentence("Come in!") == "Come in!"
    assert first_sentence("Come") == "Come"
