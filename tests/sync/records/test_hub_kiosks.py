"""No two kiosks of a hub share a colour, whatever was wished for, lost or restored."""

from hypothesis import given
from hypothesis import strategies as st

from sync.records.hub import KioskFacts
from sync.records.hub_kiosks import COLOURS, PairedDoor, kiosks_due, own_colour

NODES = st.lists(st.sampled_from([f"{n:08x}" for n in range(20)]), unique=True)
SAID = st.dictionaries(st.sampled_from([f"{n:08x}" for n in range(20)]), st.builds(KioskFacts, colour=st.sampled_from(COLOURS[:4])))  # fmt: skip


def after(said, due):
    return {node: one for node, one in {**said, **due}.items() if one}


@given(said=SAID, nodes=NODES, wish=st.sampled_from(["", *COLOURS[:3]]))
def test_no_two_share_one_and_a_second_look_changes_nothing(said, nodes, wish):
    doors = [PairedDoor(node, "A door", wish) for node in nodes]
    now = after(said, kiosks_due(said, doors, named=frozenset(nodes)))
    assert now.keys() == set(nodes)
    assert len({one.colour for one in now.values()}) == len(nodes)
    assert kiosks_due(now, doors, named=frozenset(nodes)) == {}


def test_a_wish_is_fulfilled_where_it_can_be_and_who_has_a_colour_keeps_it():
    said = {"a": KioskFacts("Front", "green")}
    doors = [PairedDoor("b", "Garden", "green"), PairedDoor("a", "Front", "blue"), PairedDoor("c", "Side", "teal")]  # fmt: skip
    due = kiosks_due(said, doors, named=frozenset("bc"))
    assert due == {"b": KioskFacts("Garden", "blue"), "c": KioskFacts("Side", "teal")}


def test_only_who_asks_is_named_and_who_is_paired_no_more_goes():
    doors = [PairedDoor("a", "Front"), PairedDoor("b", "Garden")]
    due = kiosks_due({"z": KioskFacts("Old", "blue")}, doors, named=frozenset("a"))
    assert due == {"z": None, "a": KioskFacts("Front", "blue")}


def test_a_kiosk_has_the_servers_colour_else_one_that_no_other_has():
    said = {"a": KioskFacts("Front", "green"), "b": KioskFacts("Garden", "blue")}
    assert own_colour(said, "a", "teal") == "green"
    assert own_colour({}, "c", "teal") == "teal"
    assert own_colour(said, "c", "teal") == "teal"
    assert own_colour(said, "c", "blue") not in {"green", "blue"}


def test_where_all_colours_are_taken_they_begin_again_with_a_number():
    said = {str(n): KioskFacts(f"Door {n}", colour) for n, colour in enumerate(COLOURS)}
    assert own_colour(said, "new", COLOURS[0]) == f"{COLOURS[0]}-2"
