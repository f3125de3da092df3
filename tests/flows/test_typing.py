"""A page to write on moves with its keys: every page of keys, and back to the letters."""


def test_nothing_is_written_over_whatever_page_of_keys_is_open(door):
    door.shell.go("putting_up")
    door.settle().tap("I offer").turn_to("In my own words").tap("In my own words")
    writing = door.shell.screen.typing_page
    keys = writing._keys
    for page in ("accents", "letters", "numbers", "letters"):
        keys.page = page
        door.settle().audit()
        assert all(part.y >= keys.top - 1 for part in writing.children if part is not keys)
        writing.text += "a"
