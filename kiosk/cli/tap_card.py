"""Hold a card to the reader of the running door, without a card and without a reader.

For trying and for tests. The number goes to the door through a socket in the data folder that
only the same user may open; it is kept nowhere.
"""

from __future__ import annotations

import argparse
import sys

HELP = "hold a card to the running door, for trying"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the card's number."""
    parser.add_argument("uid", metavar="UID", help="the card's number, such as 04B39E62072BD4")


def run(args: argparse.Namespace) -> int:
    """Tap the card."""
    from kiosk.hardware.simulated import ReaderAway, tap

    try:
        if tap(args.data, args.uid):
            return 0
    except ReaderAway:
        print(f"No door is running on {args.data}.", file=sys.stderr)
        return 1
    print(f"{args.uid} is not a card's number: 8 to 20 hexadecimal digits.", file=sys.stderr)
    return 1
