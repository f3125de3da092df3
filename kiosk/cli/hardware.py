"""Say which readers, scanners and sensors are on the serial ports, and what comes from them.

Every port is opened, listened to and asked what hangs on it; plug in, pull out, hold a card to it,
and read what is said. No card's number is ever shown. Stop the door first: a port has one listener.
A printer on a port may print a few signs when it is asked: name the other ports with --port then.
The printer in kiosk.toml is asked for its paper; --trial prints a page on it that shows whether it
prints all it should.

--record keeps all that happens as a file, and --replay tells it again, here or anywhere else. The
file holds the numbers of the cards that were read: use a card that belongs to nobody.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path
from time import monotonic

from kiosk.config import Config, Place, read
from kiosk.hardware.kinds import AUTO, KINDS, PORT_NAME, kind_named
from kiosk.hardware.news import Tell
from kiosk.hardware.paper_status import Paper
from kiosk.hardware.ports import Ports
from kiosk.hardware.recording import Recorder, played
from kiosk.hardware.supervisor import Supervisor
from kiosk.hardware.telling import Teller
from sync.errors import Lost, Refused

HELP = "what is on the serial ports, live, in plain words"
NEEDS_DATA = False
STANDS: dict[Paper, str] = {
    "enough": "it has paper.",
    "low": "its paper is nearly out.",
    "out": "it has no paper.",
    "offline": "its cover is open, or it was switched off line by its button.",
    "silent": "it does not answer. Does it have power? One that never answers: speaks = false.",
    "away": "it cannot be reached.",
}
Clock = Callable[[], float]


class NoPort(Refused):
    """A port was not named as KIND=PATH."""


class NoPrinter(Refused):
    """No printer is named in the settings."""


class NoFile(Lost):
    """A recording cannot be read or written where it was said to be."""


def add(parser: argparse.ArgumentParser) -> None:
    """Add which ports, for how long, and the recording."""
    kinds = ", ".join((*KINDS, AUTO))
    parser.add_argument(
        "--data", type=Path, metavar="DIR", help="the device's folder: its ports are named there"
    )
    parser.add_argument(
        "--port",
        action="append",
        default=[],
        metavar="KIND=PATH",
        help=f"look at this port and no other; kinds: {kinds}",
    )
    parser.add_argument("--seconds", type=float, metavar="N", help="end by itself")
    parser.add_argument("--trial", action="store_true", help="print a trial page, and end")
    files = parser.add_mutually_exclusive_group()
    files.add_argument("--record", type=Path, metavar="FILE", help="keep what happens as a file")
    files.add_argument("--replay", type=Path, metavar="FILE", help="tell what a file holds")


def run(args: argparse.Namespace) -> int:
    """Tell until stopped. Raises NoPort, NoFile, BadSetting, RecordingThere, NoRecording."""
    if args.trial:
        return trial(args)
    try:
        return replay(args.replay) if args.replay else live(args)
    except OSError as why:
        raise NoFile(f"{why.filename}: {why.strerror}") from None


def trial(args: argparse.Namespace) -> int:
    """Print a trial page on the printer in the settings. Raises NoPrinter, NotPrinted."""
    from kiosk.cli.paper import on_printer
    from kiosk.paper.documents import trial as page
    from kiosk.paper.job import Paper as Job
    from kiosk.ui.words import Words

    config = read(Place(args.data)) if args.data else Config()
    facts = config.printer
    if not facts.at:
        raise NoPrinter("no printer is named in kiosk.toml of --data DIR")
    paper = Job(page(Words(config.lang or "en")), facts.width_mm, letters=facts.own_letters)
    return on_printer(paper, facts.at, config, args.data)


def say_printer(args: argparse.Namespace) -> None:
    """Print how the printer in the settings stands, where there is one."""
    config = read(Place(args.data)) if args.data else Config()
    if config.printer.at:
        from kiosk.hardware.printers import open_printer
        from kiosk.hardware.printing import look

        stands = look(config.printer.at, lambda at: open_printer(at, args.data))
        print(f"The printer, {config.printer.at}: {STANDS[stands]}", flush=True)


def replay(path: Path) -> int:
    """Print what a recording tells, with the seconds from its beginning."""
    teller, spoke = Teller(), False
    with path.open(encoding="utf-8", errors="replace") as file:
        for at_s, tell in played(file):
            spoke |= say(teller, tell, at_s)
    if not spoke:
        print("Nothing was plugged in, and nothing came, while this was kept.", file=sys.stderr)
    return 0


def live(args: argparse.Namespace, clock: Clock = monotonic) -> int:
    """Print what happens at the ports, with the seconds since the start."""
    supervisor = Supervisor(wanted(args), discover=not args.port)
    teller, begin_s = Teller(), clock()
    until_s = begin_s + args.seconds if args.seconds is not None else float("inf")
    say_printer(args)
    print("Looking at the serial ports. Ctrl-C ends it.", flush=True)

    def hear(tell: Tell) -> None:
        say(teller, tell, clock() - begin_s)

    with ExitStack() as stack:
        ports = Ports(supervisor, hear)
        if args.record:
            recorder = stack.enter_context(closing(Recorder(args.record, supervisor)))
            ports.record(recorder.take)
        stack.enter_context(closing(ports))
        ports.turn(begin_s)
        if not supervisor.paths:
            print("No serial port is there. Plug a reader in: it is found within a second.")
        while (now_s := clock()) < until_s:
            ports.turn(now_s)
            ports.wait(now_s)
    if args.record:
        print(f"Kept in {args.record}.", file=sys.stderr)
    return 0


def wanted(args: argparse.Namespace) -> dict[str, str]:
    """Return path -> kind of the ports that were named here, else in the settings.

    Raises NoPort, BadSetting.
    """
    if args.port:
        return dict(_port(said) for said in args.port)
    config = read(Place(args.data)) if args.data else Config()
    return {path: kind_named(name) for name, path in config.ports.items()}


def _port(said: str) -> tuple[str, str]:
    name, _, path = said.partition("=")
    if not path or not re.fullmatch(PORT_NAME, name):
        raise NoPort(f"{said!r} is no port. Say KIND=PATH; kinds: {', '.join((*KINDS, AUTO))}")
    return path, kind_named(name)


def say(teller: Teller, tell: Tell, at_s: float) -> bool:
    """Print one line, where there is something to say; return whether there was."""
    if sentence := teller.sentence(tell, at_s):
        print(f"{at_s:7.1f} s  {tell.path.rpartition('/')[2]}: {sentence}", flush=True)
    return bool(sentence)
