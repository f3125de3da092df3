"""A copy of a device's folder in one file that only the hub's paper can open: a tar inside age.

The format is https://age-encryption.org/v1: where this program is gone, ``age --decrypt`` and
``tar`` still open it. A device holds the public key alone; whoever takes the device, or a stick,
reads no copy.
"""

from __future__ import annotations

import tarfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO, Protocol

from kiosk.store.files import make_private, reached
from sync.errors import Damaged, Refused


class NotAKey(Refused):
    """What was given is no key of this sort, or a letter of it is wrong."""


class OtherKey(Refused):
    """The copy was made for another key than this one."""


class NotWhole(Damaged):
    """The file is no copy, or not all of it is as it was written."""


class Writable(Protocol):
    """What bytes can be written to."""

    def write(self, some: bytes, /) -> int: ...
    def flush(self) -> None: ...


@dataclass(frozen=True)
class KeyPair:
    """public: ``age1...``, for devices and sticks. secret: ``AGE-SECRET-KEY-1...``, for paper."""

    public: str
    secret: str


def new_pair() -> KeyPair:
    """Return a new pair."""
    from pyrage import x25519

    made = x25519.Identity.generate()
    return KeyPair(str(made.to_public()), str(made))


def public_key(text: str) -> str:
    """Return a public key as it is written. Raises NotAKey."""
    from pyrage import RecipientError, x25519

    try:
        return str(x25519.Recipient.from_str(text.strip().lower()))
    except RecipientError:
        raise NotAKey("that is no public key: it begins with age1 and has 62 letters") from None


def pair_of(secret: str) -> KeyPair:
    """Return the pair of a secret key as somebody typed it from paper. Raises NotAKey."""
    from pyrage import IdentityError, x25519

    try:
        found = x25519.Identity.from_str("".join(secret.split()).upper())
    except IdentityError:
        raise NotAKey("that is not the key on the paper: look at each letter again") from None
    return KeyPair(str(found.to_public()), str(found))


def seal(files: Mapping[str, Path], public: str, into: Writable, *, work: Path) -> None:
    """Write files, by their names in the copy, encrypted.

    work: a folder of ours with as much room as the files take; nothing readable stays in it.
    Raises NotAKey, StoreFull and StoreAway of ``work``, OSError of ``into``.
    """
    from pyrage import EncryptError, encrypt_io, x25519

    recipient = x25519.Recipient.from_str(public_key(public))
    target = _Remembers(into)
    with TemporaryFile(dir=work) as plain:
        with reached(), tarfile.open(fileobj=plain, mode="w") as tar:
            for name, path in files.items():
                tar.add(path, name, recursive=False, filter=_nobodys)
        plain.seek(0)
        try:
            encrypt_io(plain, target, [recipient])
        except EncryptError:
            if target.why is not None:
                raise target.why from None
            raise


def unseal(source: Path, secret: str, folder: Path, names: tuple[str, ...]) -> dict[str, Path]:
    """Put the named files of a copy into a folder of ours; return those that were in it.

    Nothing else that an archive may hold is looked at: no path, no link, no owner.
    Raises NotAKey, OtherKey, NotWhole, StoreFull, StoreAway.
    """
    from pyrage import DecryptError, decrypt_io, x25519

    identity = x25519.Identity.from_str(pair_of(secret).secret)
    plain = folder / "opened.tar"
    make_private(plain)
    with reached(), source.open("rb") as sealed, plain.open("r+b") as opened:
        target = _Remembers(opened)
        try:
            decrypt_io(sealed, target, [identity])
        except DecryptError as why:
            if "matching keys" in str(why):
                raise OtherKey("this copy was made for another key: look for its paper") from None
            raise NotWhole(f"{source} is no copy of a hub") from None
        except OSError:
            if target.why is not None:
                raise
            raise NotWhole(f"{source} is damaged: take another copy from the stick") from None
        opened.seek(0)
        found = _taken_out(source, opened, folder, names)
    plain.unlink()
    return found


def _taken_out(
    source: Path, opened: IO[bytes], folder: Path, names: tuple[str, ...]
) -> dict[str, Path]:
    found = {}
    try:
        with tarfile.open(fileobj=opened, mode="r:") as tar:
            for member in tar:
                is_ours = member.name in names and member.isreg()
                if is_ours and (inside := tar.extractfile(member)):
                    found[member.name] = target = folder / member.name
                    make_private(target)
                    with target.open("wb") as file:
                        copyfileobj(inside, file)
    except tarfile.TarError:
        raise NotWhole(f"{source} is no copy of a hub") from None
    return found


def _nobodys(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Leave out whose it was: whoever opens it is somebody else."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = 0o600
    return member


class _Remembers:
    """A file whose own words are kept: pyrage passes on that writing ended, not why."""

    def __init__(self, file: Writable) -> None:
        self._file = file
        self.why: BaseException | None = None

    def write(self, some: bytes) -> int:
        try:
            return self._file.write(some)
        except BaseException as why:
            self.why = why
            raise

    def flush(self) -> None:
        self._file.flush()
