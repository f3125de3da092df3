"""The command line: one module a command, each with ``HELP``, ``add`` and ``run``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from kiosk import VERSION
from sync.errors import HubError

COMMANDS = (
    "run",
    "pair",
    "tap-card",
    "hardware",
    "paper",
    "load-sample",
    "check",
    "self-check",
    "export",
    "backup",
    "restore",
    "stick-key",
    "backup-stick",
    "restore-stick",
    "stick-ended",
    "erase-person",
    "volunteer",
    "pictures",
)
ABOUT = """\
The door of the commons: sign-in, rooms and notices of a community hub, on a touchscreen.

Everything works without a server and without a network. What this device knows lies in one
folder, --data: the records (hub.db), the device's settings (kiosk.toml), the hub's key and the
backups. Keep that folder and you keep the hub.
"""
EXAMPLES = """\
to look around:
  python -m kiosk load-sample --data build/demo
  python -m kiosk run --data build/demo --size 1280x800 --diagonal-mm 257 --lang es
  python -m kiosk tap-card 04B39E62072BD4 --data build/demo

to keep a hub well:
  python -m kiosk check --data /data/kiosk
  python -m kiosk backup --data /data/kiosk --to /media/stick

Each command has its own --help. They end with 0 when all is well, 1 when it is not and they
said why, 2 when they were not understood.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the command line asks. Returns the exit code; says on stderr why it is not 0."""
    words = sys.argv[1:] if argv is None else argv
    args = parser(words[0] if words else "").parse_args(words)
    try:
        return int(args.command(args))
    except HubError as sorry:
        print(f"Not done: {sorry}", file=sys.stderr)
    except BrokenPipeError:  # somebody read enough of it
        sys.stderr.close()
    except OSError as why:  # a folder or file that was named here; without a name it is a bug
        if why.filename is None:
            raise
        print(f"Not done: {why.filename}: {why.strerror}", file=sys.stderr)
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
    return 1


def parser(first: str = "") -> argparse.ArgumentParser:
    """Return the parser of all commands; where the first word is one, of that one alone.

    A door that runs for months keeps in memory what it imported: not what others need.
    """
    top = argparse.ArgumentParser(
        prog="kiosk" if Path(sys.argv[0]).name == "kiosk" else "python -m kiosk",
        description=ABOUT,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=VERSION)
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name in (first,) if first in COMMANDS else COMMANDS:
        module = import_module(f"kiosk.cli.{name.replace('-', '_')}")
        sub = commands.add_parser(
            name,
            help=module.HELP,
            description=module.__doc__,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        if getattr(module, "NEEDS_DATA", True):
            sub.add_argument(
                "--data",
                type=Path,
                required=True,
                metavar="DIR",
                help="the device's folder: its records, settings and backups",
            )
        module.add(sub)
        sub.set_defaults(command=module.run)
    return top
