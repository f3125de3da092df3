"""A text that a push replaces, or that comes too late, is kept for its author by the server."""

import pytest

from sync.ids import pair_id
from sync.merge import versions


def old_texts(answer):
    return [one["fields"]["text"] for one in answer.records if one["kind"] == "old_text"]


@pytest.fixture
def doors(village):
    """Two doors that know a notice; the second was away while the first changed it."""
    k1, k2 = village.door(), village.door(node="0000bbbb")
    soup = k1.wrote("notice", title__en="Soup", owner="luis")
    k1.asks(soup)
    k2.asks()
    village.pass_(minutes=10)
    return k1, k2, soup["id"]


def test_the_earlier_of_two_edits_comes_too_late_and_is_kept(village, doors):
    k1, k2, soup = doors
    early = k1.wrote("notice", soup, title__en="Soup at one")
    village.pass_(minutes=15)
    k2.asks(k2.wrote("notice", soup, title__en="Bread"))
    assert "Soup at one" in old_texts(k1.asks(early))
    assert "Soup at one" in old_texts(k2.asks())


def test_what_an_edit_replaces_without_having_known_it_is_kept(village, doors):
    k1, k2, soup = doors
    k1.asks(k1.wrote("notice", soup, title__en="Soup at one"))
    village.pass_(minutes=15)
    assert "Soup at one" in old_texts(k2.asks(k2.wrote("notice", soup, title__en="Bread")))


def test_a_loss_that_its_editor_has_kept_already_is_not_written_again(village, doors):
    k1, _k2, soup = doors
    stamp = versions(k1.holds["notice", soup])["title.en"].stamp
    bread = k1.wrote("notice", soup, title__en="Bread")
    key = pair_id(k1.who.hub, "old_text", soup, "title.en", stamp)
    old = k1.wrote("old_text", key, record=soup, field="title.en", stamp=stamp, text="Soup")
    for push in ((bread, old), (old, bread)):
        assert old_texts(k1.asks(*push)) == []
    assert k1.holds["old_text", key] == old


def test_who_wrote_it_is_not_said_of_somebody_erased(village):
    k1, k2 = village.door(), village.door(node="0000bbbb")
    luis = k1.wrote("person", name="Luis")
    soup = k1.wrote("notice", title__en="Soup", owner=luis["id"])
    k1.asks(luis, soup)
    k2.asks()
    k1.asks({"kind": "person", "id": luis["id"], "erased": str(k1.reading())})
    village.pass_(minutes=15)
    answer = k2.asks(k2.wrote("notice", soup["id"], title__en="Bread"))
    (kept,) = (one for one in answer.records if one["kind"] == "old_text")
    assert kept["fields"].get("by") is None
