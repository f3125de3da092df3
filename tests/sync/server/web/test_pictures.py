"""The picture of a notice: sent from a phone, described, cropped, seen by its own hub alone."""

import io
import struct
import zlib

import pytest
from PIL import Image

from sync.server import files
from tests.sync.server.test_files import photo
from tests.sync.server.village import OTHER
from tests.sync.server.web.test_notices import only, put_up

WORDS = "Six wooden pegs on a line"


@pytest.fixture
def at(door, another):
    """A volunteer's browser, at the page of a notice's picture."""
    browser = put_up(another().joins("volunteer"))
    browser.notice = only(door)["id"]
    browser.get(f"/notices/{browser.notice}/picture")
    return browser


def sends(browser, data=None, name="a.jpg", **typed):
    browser.get(f"/notices/{browser.notice}/picture")
    sent = {"file": (name, data or b"", "application/octet-stream")}
    return browser.send(f"/notices/{browser.notice}/picture", files=sent, **typed)


def fields(door):
    return only(door)["fields"]


def thirds():
    """A tall picture: red above, green in the middle, blue below."""
    picture = Image.new("RGB", (30, 90), "red")
    picture.paste("lime", (0, 30, 30, 60))
    picture.paste("blue", (0, 60, 30, 90))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def test_a_picture_is_on_the_door_and_on_the_page_with_its_words(village, door, at):
    sends(at, photo((400, 300)), picture_alt__en=WORDS)
    assert at.status == 200
    said = fields(door)
    assert said["picture_alt.en"] == WORDS
    headers = {"Authorization": f"Bearer {door.token}"}
    kept = at.client.get(f"/v1/files/{said['picture']}", headers=headers)
    assert kept.headers["content-type"] == "image/jpeg"
    assert b"Marked" not in kept.content
    assert f'src="/pictures/{said["picture"]}" alt="{WORDS}"' in at.page
    assert at.client.get(f"/pictures/{said['picture']}").content == kept.content


def test_another_hub_has_no_such_picture(village, door, at, another):
    sends(at, photo(), picture_alt__en=WORDS)
    village.add(OTHER)
    stranger = another().joins("steward", hub=OTHER, name="Kim")
    assert stranger.get(f"/pictures/{fields(door)['picture']}").status_code == 404


def test_a_picture_that_nobody_described_is_not_hung_and_nothing_typed_is_lost(door, at):
    sends(at, photo())
    assert at.status == 400
    assert "not everybody sees it" in at.page
    assert "picture" not in fields(door)
    sends(at, b"<svg/>", picture_alt__es="Seis pinzas")
    assert at.status == 400
    assert "Seis pinzas" in at.page


def test_words_are_changed_without_sending_the_picture_again(door, at):
    sends(at, photo(), picture_alt__en=WORDS)
    before = fields(door)["picture"]
    sends(at, picture_alt__en="Seven pegs", picture_alt__es="Siete pinzas")
    assert (fields(door)["picture"], fields(door)["picture_alt.es"]) == (before, "Siete pinzas")


def test_what_was_not_changed_is_not_written(village, door, at):
    sends(at, photo(), picture_alt__en=WORDS)
    seq = village.seq()
    sends(at, photo(), picture_alt__en=WORDS)
    assert (at.status, village.seq()) == (200, seq)


def test_words_without_a_picture_are_asked_for_one(door, at):
    sends(at, picture_alt__en=WORDS)
    assert (at.status, "Choose a picture first" in at.page) == (400, True)


def test_a_picture_is_taken_off_with_its_words(door, at):
    sends(at, photo(), picture_alt__en=WORDS)
    at.get(f"/notices/{at.notice}/picture")
    at.send(f"/notices/{at.notice}/picture/remove")
    assert not fields(door).get("picture")
    assert not fields(door).get("picture_alt.en")


@pytest.mark.parametrize(
    ("part", "colour"), [("first", "red"), ("middle", "lime"), ("last", "blue")]
)
def test_a_part_is_four_to_three_of_where_it_was_asked(part, colour):
    _name, kept = files.drawn(thirds(), part)
    with Image.open(io.BytesIO(kept.data)) as picture:
        assert picture.size == (30, 22)
        middle = picture.convert("RGB").getpixel((15, 11))
        assert middle == Image.new("RGB", (1, 1), colour).getpixel((0, 0))


def test_a_part_that_nobody_offers_is_all_of_it(door, at):
    sends(at, thirds(), part="../../etc", picture_alt__en=WORDS)
    kept = at.client.get(f"/pictures/{fields(door)['picture']}").content
    with Image.open(io.BytesIO(kept)) as picture:
        assert picture.size == (30, 90)


def png(width, height, *chunks):
    def chunk(kind, data):
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [chunk(b"IHDR", head), *(chunk(*one) for one in chunks), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


TRICKS = {
    "a drawing with a script": b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
    "a page": b"<html><script>1</script></html>",
    "half a photo": photo()[:200],
    "a film": b"GIF89a" + bytes(64),
    "30,000 x 30,000": png(30_000, 30_000, (b"IDAT", zlib.compress(bytes(1000)))),
    "a bomb of text": png(
        8, 8, (b"zTXt", b"a\0\0" + zlib.compress(bytes(50_000_000))), (b"IDAT", b"")
    ),
}


@pytest.mark.parametrize("trick", TRICKS)
def test_tricks_are_refused_with_a_sentence(door, at, trick):
    sends(at, TRICKS[trick], picture_alt__en=WORDS)
    assert (at.status, "That is no picture" in at.page) == (400, True)
    assert "picture" not in fields(door)


def test_what_hangs_behind_a_photo_is_left_behind(door, at):
    sends(at, photo() + b"<script>alert(1)</script>", picture_alt__en=WORDS)
    found = at.client.get(f"/pictures/{fields(door)['picture']}")
    assert b"<script>" not in found.content
    assert found.headers["x-content-type-options"] == "nosniff"


def test_what_is_larger_than_a_photo_is_not_read(door, at):
    sends(at, bytes(files.MAX_PHOTO_BYTES + 70_000), picture_alt__en=WORDS)
    assert at.status == 413
    assert "picture" not in fields(door)
