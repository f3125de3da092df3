"""A sealed copy: opened by the paper alone, and never half."""

import stat

import pytest

from kiosk.sealing import NotAKey, NotWhole, OtherKey, new_pair, pair_of, public_key, seal, unseal

PAIR = new_pair()
NAMES = ("hub.db", "hub.key")
RECORDS = b"Ana Guerra came at 10:42. " * 40_000


@pytest.fixture
def sealed(tmp_path):
    """A copy as it lies on a stick."""
    (tmp_path / "hub.db").write_bytes(RECORDS)
    (tmp_path / "hub.key").write_bytes(b"5" * 64)
    copy = tmp_path / "copy.tar.age"
    files = {name: tmp_path / name for name in NAMES}
    with copy.open("wb") as into:
        seal(files, PAIR.public, into, work=tmp_path)
    return copy


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "opened"
    made.mkdir()
    return made


def test_what_was_sealed_is_what_comes_out(sealed, folder):
    found = unseal(sealed, PAIR.secret, folder, NAMES)
    assert found["hub.db"].read_bytes() == RECORDS
    assert found["hub.key"].read_bytes() == b"5" * 64
    assert {path.name for path in folder.iterdir()} == set(NAMES)
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_nothing_of_it_can_be_read_without_the_key(sealed):
    content = sealed.read_bytes()
    assert b"Ana" not in content
    assert b"hub.db" not in content


def test_a_key_may_be_typed_in_fours_and_in_small_letters(sealed, folder):
    letters = PAIR.secret.lower()
    typed = " ".join(letters[at : at + 4] for at in range(0, len(letters), 4)) + "\n"
    assert pair_of(typed) == PAIR
    assert unseal(sealed, typed, folder, NAMES)


@pytest.mark.parametrize(
    "typed",
    ["", "hello", PAIR.public, PAIR.secret[:-1], PAIR.secret[:-1] + "?"],
    ids=["nothing", "a word", "the public one", "too short", "a wrong sign"],
)
def test_what_is_no_secret_key_is_refused(typed):
    with pytest.raises(NotAKey):
        pair_of(typed)


@pytest.mark.parametrize(
    "text",
    ["", "hello", PAIR.secret, PAIR.public[:-1]],
    ids=["nothing", "a word", "the secret one", "too short"],
)
def test_what_is_no_public_key_is_refused(text):
    with pytest.raises(NotAKey):
        public_key(text)


def test_another_hub_s_paper_opens_nothing(sealed, folder):
    with pytest.raises(OtherKey):
        unseal(sealed, new_pair().secret, folder, NAMES)


def damaged(content):
    """The ways in which a stick may give a file back."""
    yield b""
    yield b"not a copy at all"
    yield content[:200]
    yield content[:-1]
    yield content[: len(content) // 2]
    for at in (100, len(content) // 2, len(content) - 3):
        yield content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
    yield content + b"\0"


@pytest.mark.parametrize("nth", range(9))
def test_a_damaged_copy_is_refused(sealed, folder, nth):
    sealed.write_bytes([*damaged(sealed.read_bytes())][nth])
    with pytest.raises((NotWhole, OtherKey)):
        unseal(sealed, PAIR.secret, folder, NAMES)


def test_what_else_an_archive_holds_is_not_looked_at(tmp_path, folder):
    (tmp_path / "evil").write_bytes(b"evil")
    copy = tmp_path / "copy.tar.age"
    names = ("../outside", "/etc/passwd", "other", "hub.db/../../outside")
    with copy.open("wb") as into:
        seal(dict.fromkeys(names, tmp_path / "evil"), PAIR.public, into, work=tmp_path)
    assert unseal(copy, PAIR.secret, folder, NAMES) == {}
    assert not list(folder.iterdir())
    assert not (tmp_path / "outside").exists()
