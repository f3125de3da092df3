"""Make the hub's key for copies on sticks, or tell this device which one it is.

--make FOLDER    on your own computer, never on the kiosk: hub-backup.key, which goes onto every
                 stick, and keep-on-paper.pdf. Print that twice, keep the sheets in two places and
                 delete the file: whoever has the paper can read every copy, and without it nobody
--trust KEY      on the kiosk, with --data: the line of letters in hub-backup.key. A stick with
                 any other key gets nothing
"""

from __future__ import annotations

import argparse
from pathlib import Path

import msgspec

from kiosk.config import Place, read, write
from kiosk.sealing import new_pair, public_key
from kiosk.stick import KEY_NAME
from sync.errors import Refused

HELP = "make the key of copies on sticks, or tell this device which it is"
NEEDS_DATA = False
PAPER_NAME = "keep-on-paper.pdf"


class KeyThere(Refused):
    """A key lies there already; another one would make its copies unreadable to who has the paper."""


class NoDevice(Refused):
    """Nobody said which device is to be told."""


def add(parser: argparse.ArgumentParser) -> None:
    """Add which of the two."""
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--make", type=Path, metavar="FOLDER", help="make a key into this folder")
    what.add_argument("--trust", metavar="KEY", help="tell this device the hub's key, age1...")
    parser.add_argument("--data", type=Path, metavar="DIR", help="the device's folder, to --trust")
    parser.add_argument("--lang", default="en", metavar="LANG", help="of the paper, such as es")


def run(args: argparse.Namespace) -> int:
    """Make one or take one. Raises KeyThere, NoDevice, NotAKey, BadSetting."""
    if args.make:
        _make(args.make, args.lang)
        print(
            f"Made: {args.make / KEY_NAME} goes onto each stick. Print {args.make / PAPER_NAME} "
            "twice, keep the sheets in two places, then delete that file."
        )
        return 0
    if args.data is None:
        raise NoDevice("say which device: --data DIR")
    place = Place(args.data).make()
    write(place, msgspec.structs.replace(read(place), backup_key=public_key(args.trust)))
    print("This device writes copies to sticks that carry this key, and to no others.")
    return 0


def _make(folder: Path, lang: str) -> None:
    from kiosk.paper.documents import backup_key
    from kiosk.paper.job import Paper
    from kiosk.ui.words import Words

    folder.mkdir(parents=True, exist_ok=True)
    public, paper = folder / KEY_NAME, folder / PAPER_NAME
    for path in (public, paper):
        if path.exists():
            raise KeyThere(f"{path} is there already; nothing was changed")
    pair = new_pair()
    paper.touch(mode=0o600)
    paper.write_bytes(Paper(backup_key(pair.secret, pair.public, Words(lang))).as_pdf())
    public.write_text(pair.public + "\n", "ascii")
