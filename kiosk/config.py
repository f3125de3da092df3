"""What this device is: its folder, its settings (``kiosk.toml``) and the hub's key. Never synced.

mode = "door"            # or "wall"
size = "1280x800"        # pixels of the screen
diagonal_mm = 257        # of the screen's visible area: a millimetre is then a millimetre
lang = "es"              # what the screen speaks when nobody has chosen
name = "Front door"
colour = "blue"          # of the guest tags this device hands out: no two of a hub alike
server = "https://hub.example"   # unsaid: this kiosk keeps to itself
backup_key = "age1..."   # of sticks that get a copy; unsaid: none does
[ports]                  # what hangs on which serial port; two of a kind: rdm6300-exit = ...
rdm6300 = "/dev/serial/by-path/..."
[printer]                # none unsaid
at = "serial:/dev/serial/by-id/..."     # usb:0416:5011, network:192.168.1.50, cups:office
width_mm = 58            # of the paper: 58 or 80
[sound]
volume = 60              # 0 is off
quiet = "21:00-08:00"
"""

from __future__ import annotations

import os
import re
import secrets
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
import tomli_w

from kiosk.hardware.kinds import PORT_NAME
from kiosk.hardware.printers import ADDRESS
from kiosk.store.files import move, reached
from kiosk.wrong_setting import what_is_wrong
from sync.client.leaving import Unsent, may_leave
from sync.errors import Damaged

KEY_BYTES = 32
SIZE = re.compile(r"([1-9]\d{2,4})x([1-9]\d{2,4})")

Mode = Literal["door", "wall"]
Size = Annotated[str, msgspec.Meta(pattern=f"^{SIZE.pattern}$")]
Colour = Annotated[str, msgspec.Meta(pattern=r"^\S*\Z")]
"""The first word of a tag: any word will do, two would be read as another animal."""
Server = Annotated[str, msgspec.Meta(pattern=r"^(https?://[^\s/]+\S*)?$")]
BackupKey = Annotated[str, msgspec.Meta(pattern=r"^(age1[02-9ac-hj-np-z]{58})?$")]
PortName = Annotated[str, msgspec.Meta(pattern=PORT_NAME)]
Address = Annotated[str, msgspec.Meta(pattern=ADDRESS)]
Volume = Annotated[int, msgspec.Meta(ge=0, le=100)]
_CLOCK = r"([01]\d|2[0-3]):[0-5]\d"
Quiet = Annotated[str, msgspec.Meta(pattern=rf"^({_CLOCK}-{_CLOCK})?$")]
Millimetres = Annotated[float, msgspec.Meta(ge=50, le=5000)]


class BadSetting(Damaged):
    """A setting, or the file of settings, is not what was expected; ``why`` says what is."""

    def __init__(self, *, path: Path, why: str) -> None:
        super().__init__(f"{path}: {why}")
        self.path, self.why = path, why


class PrinterFacts(msgspec.Struct, frozen=True, kw_only=True):
    """The printer. letters: its own ones where it has them, or all is drawn; "" as its line wants.

    speaks: it answers when it is asked for its paper. tags: guests get theirs on paper.
    """

    at: Address = ""
    width_mm: Literal[58, 80] = 80
    letters: Literal["", "own", "drawn"] = ""
    speaks: bool = True
    tags: bool = True

    @property
    def own_letters(self) -> bool:
        """Whether its own letters are used: a picture takes half a minute on a serial line."""
        return self.letters == "own" or (not self.letters and self.at.startswith("serial:"))


class SoundFacts(msgspec.Struct, frozen=True, kw_only=True):
    """The tones. quiet: from when to when there are none, by the hub's clock; it may be a night."""

    volume: Volume = 60
    quiet: Quiet = ""


class Config(msgspec.Struct, frozen=True, kw_only=True):
    """The facts of one device, each with a default, as in the file and on the command line.

    What a file says beyond them is left in it: a newer version may have written it, and come back.
    """

    mode: Mode = "door"
    size: Size = "1280x800"
    diagonal_mm: Millimetres = 257.0
    lang: str = ""
    name: str = ""
    colour: Colour = ""
    ports: dict[PortName, str] = {}
    server: Server = ""
    backup_key: BackupKey = ""
    printer: PrinterFacts = PrinterFacts()
    sound: SoundFacts = SoundFacts()

    @property
    def width_px(self) -> int:
        """Pixels from left to right."""
        return int(self.size.partition("x")[0])

    @property
    def height_px(self) -> int:
        """Pixels from top to bottom."""
        return int(self.size.partition("x")[2])


@dataclass(frozen=True)
class Place:
    """The folder of one device, and what lies where in it."""

    data: Path

    @property
    def settings(self) -> Path:
        """The device's facts."""
        return self.data / "kiosk.toml"

    @property
    def store(self) -> Path:
        """The hub's records."""
        return self.data / "hub.db"

    @property
    def key(self) -> Path:
        """The hub's key: what turns a card's number into what is stored of it."""
        return self.data / "hub.key"

    @property
    def token(self) -> Path:
        """The device's token: by what the server knows it; none before it is paired."""
        return self.data / "device.token"

    @property
    def backups(self) -> Path:
        """The store's daily backups."""
        return self.data / "backups"

    @property
    def pictures(self) -> Path:
        """Pictures of notices, as the server sent them."""
        return self.data / "pictures"

    @property
    def being_set_up(self) -> Path:
        """There while a hub may come, or has, and the first answers are not kept yet."""
        return self.data / "being-set-up"

    @property
    def kivy_home(self) -> Path:
        """Kivy's own folder, so that it stays out of anybody's home."""
        return self.data / "kivy"

    def make(self) -> Place:
        """Create the folder, readable by its owner alone, and return the place."""
        self.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        return self


def parse(text: str, path: Path) -> Config:
    """Return the settings that a file's text holds. Raises BadSetting; ``path`` is for its words."""
    try:
        return msgspec.convert(tomllib.loads(text), Config, strict=False)
    except tomllib.TOMLDecodeError as why:
        raise BadSetting(path=path, why=str(why)) from None
    except msgspec.ValidationError as why:
        raise BadSetting(path=path, why=what_is_wrong(why)) from None


def read(place: Place) -> Config:
    """Return this device's settings; all defaults where there is no file yet. Raises BadSetting."""
    try:
        return parse(place.settings.read_text("utf-8"), place.settings)
    except FileNotFoundError:
        return Config()
    except (OSError, UnicodeDecodeError) as why:
        raise BadSetting(path=place.settings, why=str(why)) from None


def write(place: Place, config: Config) -> None:
    """Keep the settings: whole or not at all, whenever the power goes.

    Raises StoreFull, StoreAway.
    """
    said, usual = msgspec.to_builtins(config), msgspec.to_builtins(Config())
    tables = {name for name, value in usual.items() if isinstance(value, dict)}
    plain = {
        name: value
        for name, value in said.items()
        if value != "" and not (name in tables and value == usual[name])
    }
    for name, value in unknown(place).items():
        plain[name] = {**plain.get(name, {}), **value} if name in tables else value
    _write_whole(place.make().settings, tomli_w.dumps(plain).encode(), mode=0o644)


def unknown(place: Place) -> dict[str, Any]:
    """Return what the file says that this version does not know; nothing where it cannot be read."""
    try:
        said = tomllib.loads(place.settings.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    left = {name: value for name, value in said.items() if name not in Config.__struct_fields__}
    for name, cls in (("printer", PrinterFacts), ("sound", SoundFacts)):
        table = said.get(name)
        if isinstance(table, dict) and (new := table.keys() - set(cls.__struct_fields__)):
            left[name] = {key: table[key] for key in sorted(new)}
    return left


def begin_set_up(place: Place) -> None:
    """Have the next start ask again, unless the answers are kept. Raises StoreFull, StoreAway."""
    write_private(place.make().being_set_up, b"")


def hub_key(place: Place) -> bytes:
    """Return the hub's key, made here the first time; readable by its owner alone.

    Raises BadSetting where the file is there and is not a key: a new one would make every card
    unknown; StoreFull, StoreAway where a new one cannot be kept.
    """
    try:
        return parse_key(place.key.read_text("ascii"), place.key)
    except FileNotFoundError:
        key = secrets.token_bytes(KEY_BYTES)
        write_private(place.make().key, key.hex().encode())
        return key
    except (OSError, UnicodeDecodeError) as why:
        raise BadSetting(path=place.key, why=str(why)) from None


def parse_key(text: str, path: Path) -> bytes:
    """Return the key that a file's text holds. Raises BadSetting; ``path`` is for its words."""
    try:
        key = bytes.fromhex(text)
    except ValueError as why:
        raise BadSetting(path=path, why=str(why)) from None
    if len(key) != KEY_BYTES:
        raise BadSetting(path=path, why=f"expected {KEY_BYTES} bytes, found {len(key)}")
    return key


def read_token(place: Place) -> str:
    """Return the device's token, "" where it is not paired. Raises BadSetting."""
    try:
        token = place.token.read_text("ascii").strip()
    except FileNotFoundError:
        return ""
    except (OSError, ValueError) as why:
        raise BadSetting(path=place.token, why=str(why)) from None
    if not token.isprintable() or " " in token:
        raise BadSetting(path=place.token, why="expected one word")
    return token


def write_token(place: Place, token: str) -> None:
    """Keep the token, readable by its owner alone; on the disk when this returns.

    Raises StoreFull, StoreAway.
    """
    write_private(place.make().token, token.encode("ascii") + b"\n")


def unpair(place: Place, unsent: Unsent) -> None:
    """Forget the token; the records stay. Raises StillUnsent where some are nowhere else."""
    may_leave(unsent)
    place.token.unlink(missing_ok=True)


def write_private(path: Path, content: bytes) -> None:
    """Keep a file that only its owner may read. Raises StoreFull, StoreAway."""
    _write_whole(path, content, mode=0o600)


def _write_whole(path: Path, content: bytes, *, mode: int) -> None:
    new = path.with_name(path.name + ".new")
    with reached():
        new.unlink(missing_ok=True)  # left by a power cut; its mode may be another
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        move(new, path)
