"""Print a document of the hub, or keep it as a picture or a PDF to look at or to print elsewhere.

  tag          a guest's tag, with --tag "blue heron 12": its code ends that visit
  rooms        today's rooms
  roll-call    everybody here now, to tick off; it holds names: shred it afterwards
  open-space   frames to write in, for --slots and --spaces (the hub's rooms unless said)
  trial        a page that shows whether the printer prints all it should

Without --to it goes to the printer in kiosk.toml, or to the one named with --printer; a door that
runs may print at the same time. --to FILE.png is what a receipt printer prints, FILE.pdf is A4.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.config import Config, Place, read
from sync.errors import Lost, Refused

if TYPE_CHECKING:  # drawing is imported when something is drawn: other commands start without it
    from kiosk.hub.snapshot import Snapshot
    from kiosk.paper.job import Paper
    from kiosk.paper.sheet import Sheet
    from kiosk.ui.words import Words

HELP = "tags, rooms, roll call, open space: on paper, as PNG or as PDF"
SAYS = {
    "out": "it has no paper",
    "offline": "its cover is open, or it was switched off line by its button",
    "silent": "it does not answer; does it have power? One that never answers: speaks = false",
    "away": "it cannot be reached",
}


class NothingToPrint(Refused):
    """What was asked for is not there."""


class NotPrinted(Lost):
    """The printer did not print."""


def add(parser: argparse.ArgumentParser) -> None:
    """Add the document, and where it goes."""
    kinds = ("tag", "rooms", "roll-call", "open-space", "trial")
    parser.add_argument("document", choices=kinds)
    parser.add_argument("--to", type=Path, metavar="FILE", help="FILE.png or FILE.pdf, no printer")
    parser.add_argument("--printer", metavar="AT", help="such as usb:0416:5011 or cups:office")
    parser.add_argument("--width-mm", type=int, choices=(58, 80), help="of the paper")
    parser.add_argument("--lang", metavar="LANG", help="such as es; the hub's first unless said")
    parser.add_argument("--tag", default="", metavar="TAG", help='such as "blue heron 12"')
    parser.add_argument("--slots", default="10:00,11:00,12:00", help="of an open space, commas")
    parser.add_argument("--spaces", default="", help="of an open space, commas")
    parser.add_argument("--title", default="", help="of an open space")


def run(args: argparse.Namespace) -> int:
    """Print it. Raises NothingHere, NothingToPrint, NotPrinted, BadSetting."""
    from kiosk.cli.opened import hub_in
    from kiosk.paper.job import Paper

    config = read(Place(args.data))
    facts = config.printer
    sheet = sheet_of(args, hub_in(args.data))
    width_mm = args.width_mm or facts.width_mm
    if args.to:
        kept(sheet, width_mm, args.to)
        print(f"Written to {args.to}.")
        return 0
    at = args.printer or facts.at
    if not at:
        raise NothingToPrint("no printer is named in kiosk.toml; say --printer AT or --to FILE")
    own = facts.own_letters if at == facts.at else at.startswith("serial:")
    return on_printer(Paper(sheet, width_mm, letters=own), at, config, args.data)


def on_printer(paper: Paper, at: str, config: Config, data: Path) -> int:
    """Print it and say what came of it. Raises NotPrinted."""
    from kiosk.hardware.printers import open_printer
    from kiosk.hardware.printing import print_one

    speaks = config.printer.speaks
    outcome, stands = print_one(at, paper, lambda a: open_printer(a, data), speaks=speaks)
    if outcome in SAYS:
        raise NotPrinted(f"the printer {at}: {SAYS[outcome]}")
    print(
        "Printed." if outcome == "printed" else "Sent. This printer does not say whether it prints."
    )
    if stands == "low":
        print("Its paper is nearly out.")
    return 0


def sheet_of(args: argparse.Namespace, hub: Snapshot) -> Sheet:
    """Return the document that was asked for. Raises NothingToPrint."""
    from kiosk.cli.opened import now
    from kiosk.paper import documents
    from kiosk.ui.words import Words

    first = hub.hub.languages[0] if hub.hub.languages else "en"
    words, at = Words(args.lang or first), now()
    match args.document:
        case "rooms":
            return documents.rooms_today(hub, at, words)
        case "roll-call":
            return documents.roll_call(hub, at, words)
        case "open-space":
            rooms = [words.pick(room.name, first)[0] for room in hub.rooms_on(hub.today(at))]
            spaces = _listed(args.spaces) or rooms
            asked = documents.OpenSpace(args.title, _listed(args.slots), spaces)
            return documents.open_space_grid(asked, hub, at, words)
        case "tag":
            return _tag(args.tag, hub, words)
    return documents.trial(words)


def _tag(said: str, hub: Snapshot, words: Words) -> Sheet:
    from kiosk.hub.tags import Tag
    from kiosk.paper.documents import guest_tag

    wanted = Tag.parse(said)
    visits = [visit for visit in hub.visits_open if wanted and visit.tag == str(wanted)]
    if not visits:
        raise NothingToPrint(f'nobody is here with the tag "{said}"; say it as "blue heron 12"')
    return guest_tag(hub, visits[-1], words)


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def kept(sheet: Sheet, width_mm: int, path: Path) -> None:
    """Write it as a file. Raises NotPrinted."""
    from kiosk.paper.draw import ROLLS, drawn
    from kiosk.paper.job import Paper

    try:
        if path.suffix.lower() == ".pdf":
            path.write_bytes(Paper(sheet).as_pdf())
        else:
            drawn(sheet, ROLLS[width_mm]).save(path)
    except (OSError, ValueError) as why:
        raise NotPrinted(f"{path}: {why}") from None
