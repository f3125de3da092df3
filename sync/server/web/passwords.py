"""Passwords: argon2id (RFC 9106), one at a time, so that nobody's guessing fills the memory."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TYPE_CHECKING

from sync.errors import Refused

if TYPE_CHECKING:
    from argon2 import PasswordHasher

FEWEST_SIGNS, MOST_SIGNS = 10, 200
_MEMORY_KIB, _PASSES = 19 * 1024, 2
_HASHER = ThreadPoolExecutor(1, "passwords")
NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$+bFtPpUyAEITnaXj1kLLIw$7A5xCwjp127AbUl2xDpLmEyCQb8L70wu1WGm1znx5lo"
"""A hash that no password has: asked where there is no account, so that it takes as long."""


class TooShort(Refused):
    """A password of fewer signs than are needed, or of the name alone."""

    say = "password.too_short"

    def __init__(self) -> None:
        super().__init__("too short")
        self.fewest = FEWEST_SIGNS


def hashed(password: str, name: str = "") -> str:
    """Return what is kept of a new password. Raises TooShort."""
    if not FEWEST_SIGNS <= len(password) <= MOST_SIGNS or password.casefold() == name.casefold():
        raise TooShort
    return _HASHER.submit(lambda: _argon2().hash(password)).result()


def fits(kept: str, password: str) -> bool:
    """Whether this is the password of which a hash was kept."""
    return len(password) <= MOST_SIGNS and _HASHER.submit(_verify, kept, password).result()


def _verify(kept: str, password: str) -> bool:
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return _argon2().verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _argon2() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=_PASSES, memory_cost=_MEMORY_KIB, parallelism=1)
