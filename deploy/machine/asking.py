"""The command line of the installers: the same words on a server as on a kiosk."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from deploy.machine.machine import NotDone
from deploy.machine.steps import Check, NotReady, Step, apply, look, take_back

Plan = tuple[Sequence[Check], Sequence[Step]]


def asked(about: str) -> argparse.ArgumentParser:
    """Return the parser of an installer, with what every one of them understands."""
    parser = argparse.ArgumentParser(
        description=about, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would be done, change nothing"
    )
    parser.add_argument(
        "--uninstall", action="store_true", help="take it back; records and backups stay"
    )
    return parser


def a_file(said: str) -> str:
    """Return what a file on the command line holds; argparse says why where it cannot be read."""
    try:
        return Path(said).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as why:
        raise argparse.ArgumentTypeError(f"{said} cannot be read: {why}") from None


def carry_out(args: argparse.Namespace, plan: Plan, closing: str) -> int:
    """Check, then do, then say what to do next; 1 where it was not done, with the reason."""
    checks, steps = plan
    try:
        if args.uninstall:
            take_back(steps, print, dry_run=args.dry_run)
            return 0
        look(checks, print)
        count = apply(steps, print, dry_run=args.dry_run)
    except NotReady:
        print("\nNothing was changed: first see to what says LOOK above.", file=sys.stderr)
        return 1
    except NotDone as why:
        print(
            f"\nNot done: {why}\nPut that right and start this again: it goes on from here.",
            file=sys.stderr,
        )
        return 1
    if args.dry_run:
        print(f"\n{count} of {len(steps)} steps would be done; nothing was changed.")
    else:
        print(f"\n{count} of {len(steps)} steps were done.\n{closing}")
    return 0
