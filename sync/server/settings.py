"""What a server is told beside its database: its signing keys, and where its list of erased ids is.

The file (``server.toml``, readable by its owner only) is made at the first start. Its keys are what
promises are signed with: keep it apart from the database, and never lose it. A new key gets the
next number; old ones stay.
"""

from __future__ import annotations

import secrets
import tomllib
from dataclasses import dataclass
from pathlib import Path

from sync.errors import Damaged
from sync.server.proofs import Notary
from sync.server.whole_files import put_first

FILE = "server.toml"
_OPENS = """\
# The signing keys of this server. Keep this file apart from the database's backups, and keep it:
# without it, promises made before are not believed. A new key gets the next number.
[keys]
1 = "{key}"
"""


class BadSettings(Damaged):
    """The settings file is not one."""

    def __init__(self, *, path: Path) -> None:
        super().__init__(f"not a settings file: {path}")
        self.path = path


@dataclass(frozen=True, slots=True)
class Settings:
    """Keys by number; erased: the file that keeps erased ids apart from the backups."""

    notary: Notary
    erased: Path


def open_settings(path: Path) -> Settings:
    """Return the settings of a file, which is made with a new key where there is none.

    Raises BadSettings.
    """
    if not path.exists():
        _make(path)
    try:
        said = tomllib.loads(path.read_text("utf-8"))
        keys = {int(number): bytes.fromhex(key) for number, key in said["keys"].items()}
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as why:
        raise BadSettings(path=path) from why
    if not keys or min(map(len, keys.values())) < 16:
        raise BadSettings(path=path)
    return Settings(Notary(keys), path.with_name("erased.txt"))


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    put_first(path, _OPENS.format(key=secrets.token_hex(32)).encode())
