"""Make somebody a volunteer of this hub: the first one, or one who has forgotten the PIN.

The PIN is six digits, typed twice; nobody sees it, and it is kept as an argon2id hash only. A
volunteer in volunteer mode can do the same at the door: People and cards.
"""

from __future__ import annotations

import argparse
import sys
from getpass import getpass
from random import SystemRandom

from kiosk.cli.erase_person import find
from kiosk.cli.opened import door_in, now
from kiosk.hub.actor import VOLUNTEER, Actor
from kiosk.hub.codes import PIN_DIGITS, BadCode
from kiosk.hub.moment import Moment
from kiosk.hub.people import Remember, remember
from kiosk.hub.snapshot import Device, Snapshot
from kiosk.hub.volunteers import MakeVolunteer, make_volunteer
from kiosk.store import Store
from sync.errors import Refused

HELP = "make somebody a volunteer: asks for a PIN of six digits"
WHOEVER_HAS_THE_FOLDER = Actor(VOLUNTEER)


class TwoPins(Refused):
    """The second time other digits were typed."""


def add(parser: argparse.ArgumentParser) -> None:
    """Add who, and whether they are new."""
    parser.add_argument("person", metavar="NAME_OR_ID", help="the whole name, or the record's id")
    parser.add_argument("--new", action="store_true", help="nobody here has this name yet")


def run(args: argparse.Namespace) -> int:
    """Ask for the PIN, keep it. Raises NotOne, TwoPins, BadCode, DoorRuns, OnlyShows."""
    with door_in(args.data) as store:
        known = "" if args.new else find(_hub(store), args.person).id
        pin = _chosen()
        person = known or _made(store, args.person)
        ask = MakeVolunteer(person, pin, WHOEVER_HAS_THE_FOLDER)
        changes = make_volunteer(_hub(store), ask, Moment.at(now(), SystemRandom()))
        store.commit(changes, now_ms=int(now().timestamp() * 1000))
    print("A volunteer now: touch the light, then Volunteers.")
    return 0


def _hub(store: Store) -> Snapshot:
    return Snapshot.of(store.tables(), Device(store.node))


def _made(store: Store, name: str) -> str:
    ask = Remember(name, kind="volunteer", by=WHOEVER_HAS_THE_FOLDER)
    changes = remember(_hub(store), ask, Moment.at(now(), SystemRandom()))
    store.commit(changes, now_ms=int(now().timestamp() * 1000))
    return str(changes.result)


def _chosen() -> str:
    """Return a PIN that was typed twice. Raises TwoPins, BadCode."""
    pin = _typed("PIN of six digits: ")
    if _typed("Once more: ") != pin:
        raise TwoPins("those were two different ones; nothing was changed")
    if len(pin) != PIN_DIGITS or not pin.isdecimal():
        raise BadCode(digits=PIN_DIGITS)
    return pin


def _typed(question: str) -> str:
    if sys.stdin.isatty():
        return getpass(question).strip()
    print(question, end="", flush=True)
    return sys.stdin.readline().strip()
