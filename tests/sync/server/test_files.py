"""Pictures: kept under their hash, without what a camera wrote into them, for one hub only."""

import io
from hashlib import sha256

import pytest
from litestar.testing import TestClient
from PIL import Image

from sync.server import files
from sync.server.app import make_app
from tests.sync.server.village import OTHER


def photo(size=(40, 20), format_="JPEG", **more):
    picture = Image.new("RGB", size, "teal")
    exif = picture.getexif()
    exif[0x0110] = "Marked Camera"
    exif[0x0112] = 6  # stored on its side
    out = io.BytesIO()
    picture.save(out, format_, exif=exif, **more)
    return out.getvalue()


def name_of(data):
    return sha256(data).hexdigest()


@pytest.fixture
def client(village):
    with TestClient(make_app(village.service)) as client:
        yield client


def put(client, door, data, name=None):
    headers = {"Authorization": f"Bearer {door.token}"}
    return client.put(f"/v1/files/{name or name_of(data)}", content=data, headers=headers)


def fetched(client, door, name):
    return client.get(f"/v1/files/{name}", headers={"Authorization": f"Bearer {door.token}"})


def test_a_picture_goes_in_and_out_for_its_own_hub_alone(village, client):
    village.add(OTHER)
    ours, theirs, data = village.door(), village.door(OTHER), photo()
    assert put(client, ours, data).status_code == 204
    assert fetched(client, ours, name_of(data)).headers["content-type"] == "image/jpeg"
    assert fetched(client, theirs, name_of(data)).status_code == 404


def test_nothing_of_the_camera_stays_and_the_picture_stands_upright():
    data = photo()
    kept = files.cleaned(data, name_of(data))
    with Image.open(io.BytesIO(kept.data)) as picture:
        assert (picture.size, len(picture.getexif())) == ((20, 40), 0)
    assert b"Marked" not in kept.data


@pytest.mark.parametrize("data", [b"", b"<svg/>", photo()[:200], b"GIF89a"])
def test_what_is_no_picture_is_refused(data):
    with pytest.raises(files.NotAPicture):
        files.cleaned(data, name_of(data))


def test_a_picture_under_another_hash_is_refused(village, client):
    assert put(client, village.door(), photo(), name="0" * 64).status_code == 400


def test_a_picture_larger_than_a_wall_is_made_smaller():
    data = photo((4000, 1000))
    with Image.open(io.BytesIO(files.cleaned(data, name_of(data)).data)) as picture:
        assert max(picture.size) == files.LONGEST_SIDE_PX


def test_a_file_beyond_two_mebibytes_is_not_read(village, client):
    assert put(client, village.door(), bytes(files.MAX_FILE_BYTES + 1)).status_code == 413


def test_a_wall_puts_no_pictures(village, client):
    assert put(client, village.door(role="wall"), photo()).status_code == 403


@pytest.mark.parametrize("name", ["..%2f..%2fetc%2fpasswd", "x" * 64, "0" * 63])
def test_a_name_that_is_no_hash_finds_nothing(village, client, name):
    assert fetched(client, village.door(), name).status_code == 404
