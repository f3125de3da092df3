"""Texts that another one replaced: which, once, and whose."""

from __future__ import annotations

import pytest

from sync.ids import pair_id
from sync.old_texts import author_of, lost_texts, old_text

HUB = "4c6fbbb8-1466-5524-82a5-67ef5ec0266e"
EARLY, LATE, LATEST = (f"l0199c7a1b2c{n}-0000-9f3a61c2" for n in (1, 2, 3))


def notice(stamp: str, kind: str = "notice", **fields):
    return {"kind": kind, "id": "n", "fields": fields, "stamps": {"*": stamp}}


def texts(mine, theirs):
    return [(one.field, one.text, one.by) for one in lost_texts(mine, theirs, HUB)]


@pytest.mark.acceptance(8)
def test_the_earlier_of_two_edits_is_kept_with_its_author():
    mine = notice(EARLY, **{"title.en": "Friday", "edited_by.title.en": "luis"})
    theirs = notice(LATE, **{"title.en": "Saturday", "edited_by.title.en": "ines"})
    assert texts(mine, theirs) == texts(theirs, mine) == [("title.en", "Friday", "luis")]


@pytest.mark.acceptance(4, 8)
def test_every_node_that_sees_the_loss_makes_the_same_record():
    mine, theirs = notice(EARLY, **{"title.en": "a"}), notice(LATE, **{"title.en": "b"})
    assert lost_texts(mine, theirs, HUB)[0].id == old_text(mine, "title.en", HUB).id


def test_another_field_or_stamp_is_another_record():
    ids = {
        old_text(notice(EARLY, **{"title.en": "a"}), "title.en", HUB).id,
        old_text(notice(LATE, **{"title.en": "a"}), "title.en", HUB).id,
        old_text(notice(EARLY, **{"body.en": "a"}), "body.en", HUB).id,
        old_text(notice(EARLY, **{"title.en": "a"}) | {"id": "m"}, "title.en", HUB).id,
    }
    assert len(ids) == 4


def test_the_id_is_made_in_every_version_as_it_was_in_the_first():
    old = old_text(notice(EARLY, **{"title.en": "a"}), "title.en", HUB)
    assert old.id == pair_id(HUB, "old_text", "n", "title.en", EARLY[1:])


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (notice(EARLY, **{"title.en": "a"}), notice(LATE, **{"title.en": "a"})),
        (notice(EARLY, **{"title.en": ""}), notice(LATE, **{"title.en": "b"})),
        (notice(EARLY, **{"title.en": None}), notice(LATE, **{"title.en": "b"})),
        (notice(EARLY, **{"title.en": "a"}), notice(LATE, **{"body.en": "b"})),
        (notice(EARLY, **{"title.en": "a"}), notice(EARLY, **{"title.en": "b"})),
        (notice(EARLY, contact="a"), notice(LATE, contact="b")),
        (notice(EARLY, pin=1), notice(LATE, pin=2)),
        (notice(EARLY, **{"edited_by.title.en": "a"}), notice(LATE, **{"edited_by.title.en": "b"})),
        (notice(EARLY, "room", **{"name.en": "a"}), notice(LATE, "room", **{"name.en": "b"})),
        (notice(EARLY, **{"title.en": "a"}), {"kind": "notice", "id": "n", "erased": LATE[1:]}),
    ],
)
def test_nothing_is_kept_where_no_text_of_people_was_lost(mine, theirs):
    assert lost_texts(mine, theirs, HUB) == ()
    assert lost_texts(theirs, mine, HUB) == ()


@pytest.mark.parametrize(
    ("fields", "who"),
    [
        ({"edited_by.title.en": "a", "owner": "b"}, "a"),
        ({"edited_by.body.en": "a", "owner": "b"}, "b"),
        ({"host": "c"}, "c"),
        ({"owner": None, "host": 7}, ""),
    ],
)
def test_an_author_is_who_edited_last_or_else_the_owner(fields, who):
    assert author_of(notice(EARLY, **fields), "title.en") == who


def test_a_field_that_is_not_there_has_no_old_text():
    assert old_text(notice(EARLY), "title.en", HUB) is None


def test_a_field_that_is_no_text_has_no_old_text():
    assert old_text(notice(EARLY, pin=1), "pin", HUB) is None
