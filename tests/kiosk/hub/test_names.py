"""How a name is written where others read it."""

from __future__ import annotations

import pytest

from kiosk.hub.names import apart, finds, name_of
from kiosk.hub.typed import TextTooLong, line, lines, name
from sync.records.masked import first_letters, masked
from sync.records.person import Person
from tests.kiosk.hub.house import id_of, person


@pytest.mark.parametrize(
    ("full", "shown"),
    [
        ("Tomás Herrero", "Tomás H."),
        ("Koldo", "Koldo"),
        ("María de los Ángeles Fernández de la Vega", "María V."),
        ("Fátima el Idrissi", "Fátima I."),
        ("Олена Коваль", "Олена К."),
        ("李小明", "李小明"),
        ("Dev  Anand\tRao", "Dev R."),
        ("Bruno Li", "Bruno L."),
        ("Ana X", "Ana X"),
        ("", ""),
        ("   ", ""),
        ("देव कुमार", "देव कु."),
        ("Zoe E\u0301lan", "Zoe E\u0301."),
        ("a" * 10_000, "a" * 40),
        ("b" * 10_000 + " Gil", "b" * 40 + " G."),
    ],
)
def test_a_name_is_masked_to_its_first_and_one_letter(full, shown):
    assert masked(full) == shown


def test_what_somebody_is_called_goes_before_their_first_name():
    assert masked("Francisco Gil", "Paco") == "Paco G."
    assert masked("Francisco", "Paco") == "Paco"


def test_a_family_of_emoji_is_one_letter():
    assert first_letters("👩\u200d👧x", 1) == "👩\u200d👧"


@pytest.mark.acceptance(18)
def test_people_alike_get_as_many_letters_as_it_takes():
    people = [Person(name=n) for n in ("Tomás Herrero", "Tomás Hernando", "Ana Gil")]
    assert apart(people) == ("Tomás Herr.", "Tomás Hern.", "Ana G.")


def test_two_people_of_one_name_stay_alike():
    people = [Person(name="Ana Gil"), Person(name="Ana Gil")]
    assert apart(people) == ("Ana Gil", "Ana Gil")
    assert apart([]) == ()


def test_the_name_of_who_is_gone_is_empty(hub):
    hub.has(person("Ana Guerra"))
    assert name_of(hub.snapshot, id_of("Ana Guerra")) == "Ana G."
    assert name_of(hub.snapshot, id_of("Nobody")) == name_of(hub.snapshot, "") == ""


def test_nothing_typed_finds_nothing():
    assert finds("", ("Ana",)) == finds("an", ()) == 0


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  two   words\n", "two words"),
        ("a\x00b\x07", "ab"),
        ("x\u202ey\u200fz", "xyz"),
        ("half \ud800 pair", "half pair"),
        ("e\u0301", "é"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d👧", "👩\u200d👧"),
        ("\u2028", ""),
    ],
)
def test_one_line_is_cleaned(typed, kept):
    assert line(typed) == kept


def test_several_lines_keep_one_empty_line_at_most():
    assert lines("\n a \n\n\n\nb\x00  c\n\n") == "a\n\nb c"


@pytest.mark.parametrize(("clean", "most"), [(line, 120), (lines, 2000), (name, 80)])
def test_what_fits_is_kept_and_one_sign_more_is_not(clean, most):
    assert len(clean("a" * most)) == most
    with pytest.raises(TextTooLong) as refused:
        clean("a" * (most + 1))
    assert refused.value.longest == most
