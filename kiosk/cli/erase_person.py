"""Forget a person, for good: on this device now, on the others when they next hear of it.

What goes: their name, cards, codes, contact, settings and yes to the agreement, and their name in
visits, bookings, notices, events and welcomes. What stays, under no name: that somebody came, that
a room was booked, what the notices say. Backups here are washed as well. It cannot be undone.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from random import SystemRandom
from typing import cast

from kiosk.cli.opened import door_in, now
from kiosk.hub.forget_person import ForgetPerson, forget_person
from kiosk.hub.moment import Moment
from kiosk.hub.snapshot import Device, Snapshot
from sync.errors import Refused
from sync.records.person import Person

HELP = "forget a person, for good; asks first"


class NotOne(Refused):
    """The name belongs to nobody, or to more than one person."""


def add(parser: argparse.ArgumentParser) -> None:
    """Add who, and a way to answer beforehand."""
    parser.add_argument("person", metavar="NAME_OR_ID", help="the whole name, or the record's id")
    parser.add_argument("--yes", action="store_true", help="do not ask again")


def run(args: argparse.Namespace) -> int:
    """Say what goes and what stays, ask, erase. Raises NotOne, DoorRuns, OnlyShows."""
    with door_in(args.data) as store:
        hub = Snapshot.of(store.tables(), Device(store.node))
        person = find(hub, args.person)
        changes = forget_person(hub, ForgetPerson(person.id), Moment.at(now(), SystemRandom()))
        print(announcement(person, cast("Mapping[str, int]", changes.result)))
        if not args.yes and not _agreed(person):
            print("Nothing was changed.")
            return 1
        store.commit(changes, now_ms=int(now().timestamp() * 1000))
        if store.is_unwashed:
            print("Erased. The disk could not be washed yet: the door tries again every day.")
        else:
            print("Erased, here and in the backups of this device.")
    return 0


def find(hub: Snapshot, said: str) -> Person:
    """Return the one person of that id or whole name, capitals or not. Raises NotOne."""
    if by_id := hub.person(said):
        return by_id
    named = [p for p in hub.people if not p.merged_into and p.name.casefold() == said.casefold()]
    if len(named) == 1:
        return named[0]
    if not named:
        raise NotOne(f"nobody here is called {said!r}")
    ids = ", ".join(person.id for person in named)
    raise NotOne(f"{len(named)} people are called that. Say which: {ids}")


def announcement(person: Person, goes: Mapping[str, int]) -> str:
    """Return what is about to happen, in sentences."""
    others = ", ".join(
        f"{kind} {count}" for kind, count in sorted(goes.items()) if kind != "person"
    )
    return (
        f"{person.name} will be forgotten for good: name, cards, codes, contact, settings.\n"
        f"Their name goes from: {others or 'nothing else'}.\n"
        "What stays, under no name: that somebody came, that a room was booked, what notices say."
    )


def _agreed(person: Person) -> bool:
    print(f"Type the name to go on ({person.name}): ", end="", flush=True)
    return sys.stdin.readline().strip().casefold() == person.name.casefold()
