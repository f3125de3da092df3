"""What can be asked on the command line, and how ``--help`` explains it."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from sync.server.cli import care, devices, hubs, serve, volunteers
from sync.server.devices import ROLES
from sync.server.web import accounts

_ABOUT = """\
The central server of the door of the commons. It keeps the records of any number of hubs,
answers their doors and walls, and decides which bookings stand.

A first day, for one village on one machine:

  python -m sync.server hub add "La Ronda Commons"
  python -m sync.server serve --listen 127.0.0.1:8321
  python -m sync.server volunteer invite --hub HUB --public-url https://hub.example
  python -m sync.server device approve WDJB-MJHT --hub HUB --role door

The third prints a link for the first steward, who does all the rest on the server's pages. The door shows the code. Put a proxy with TLS in front of it before anything leaves the machine.
"""
_DATABASE = """\
where everything is kept: sqlite:///server.db (one village), or
postgresql+psycopg://hub@host/name (a country); default: $HUB_DATABASE, else sqlite:///server.db"""
_SETTINGS = """\
the file with the signing keys, made at the first start; keep it apart from backups of the
database, and never lose it; default: $HUB_SETTINGS, else server.toml"""


Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001  # it has no other name


def parser() -> argparse.ArgumentParser:
    """Return the command line."""
    shared = argparse.ArgumentParser(add_help=False)
    database = os.environ.get("HUB_DATABASE", "sqlite:///server.db")
    settings = Path(os.environ.get("HUB_SETTINGS", "server.toml"))
    shared.add_argument("--database", metavar="URL", default=database, help=_DATABASE)
    shared.add_argument("--settings", metavar="FILE", type=Path, default=settings, help=_SETTINGS)
    installed = Path(sys.argv[0]).name == "commons-server"
    whole = argparse.ArgumentParser(
        prog="commons-server" if installed else "python -m sync.server",
        description=_ABOUT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    whole.set_defaults(run=_tell(whole))
    commands = whole.add_subparsers(title="commands", metavar="COMMAND")
    _serve(commands, shared)
    _hubs(commands, shared)
    _devices(commands, shared)
    _volunteers(commands, shared)
    _care(commands, shared)
    return whole


def _serve(commands: Commands, shared: argparse.ArgumentParser) -> None:
    one = _command(commands, shared, "serve", "answer devices until it is stopped", serve.serve)
    one.add_argument(
        "--listen",
        metavar="HOST:PORT",
        default="127.0.0.1:8321",
        help="where to listen; default: 127.0.0.1:8321, this machine only",
    )
    one.add_argument(
        "--public-url",
        metavar="URL",
        default=os.environ.get("HUB_PUBLIC_URL", ""),
        help="the address that people see (https://hub.example): it is shown on a door that is paired; default: $HUB_PUBLIC_URL",
    )


def _hubs(commands: Commands, shared: argparse.ArgumentParser) -> None:
    group = commands.add_parser("hub", help="make a hub, list them, end a recovery")
    under = group.add_subparsers(title="commands", required=True, metavar="COMMAND")
    add = _command(under, shared, "add", "make a hub and print its id", hubs.add)
    add.add_argument("name", help="what it is called in lists; its own record says the rest")
    add.add_argument(
        "--id",
        default="",
        help="the id of a hub that is there already on a kiosk (a UUID); default: a new one",
    )
    _command(under, shared, "list", "print every hub, its id first", hubs.listed)
    go_on = _command(
        under, shared, "go-on", "promise again, without devices that have not been back", hubs.go_on
    )
    go_on.add_argument("hub", help="the id of a hub whose backup was restored")


def _devices(commands: Commands, shared: argparse.ArgumentParser) -> None:
    group = commands.add_parser("device", help="list, approve and revoke doors and walls")
    under = group.add_subparsers(title="commands", required=True, metavar="COMMAND")
    one = _command(
        under, shared, "list", "print devices, and those that wait for a yes", devices.listed
    )
    one.add_argument("--hub", default="", help="of one hub only")
    one = _command(
        under, shared, "approve", "say yes to the device that shows a code", devices.approve
    )
    one.add_argument("code", help="the code as the device shows it, WDJB-MJHT")
    one.add_argument("--hub", required=True, help="whose it becomes (hub list)")
    one.add_argument(
        "--role", choices=ROLES, default="door", help="door: reads and writes; wall: is shown only"
    )
    one.add_argument("--name", default="", help="what it is called in lists")
    one = _command(under, shared, "deny", "say no to the device that shows a code", devices.deny)
    one.add_argument("code", help="the code as the device shows it")
    one = _command(
        under, shared, "revoke", "take a device's token back; its records stay", devices.revoke
    )
    one.add_argument("device", help="its id (device list)")
    one.add_argument("--hub", required=True, help="whose it is")


def _volunteers(commands: Commands, shared: argparse.ArgumentParser) -> None:
    group = commands.add_parser("volunteer", help="invite and list who looks after a hub")
    under = group.add_subparsers(title="commands", required=True, metavar="COMMAND")
    one = _command(
        under, shared, "invite", "print a link by which somebody comes in", volunteers.invited
    )
    one.add_argument("--hub", required=True, help="what they will look after (hub list)")
    one.add_argument(
        "--role",
        choices=accounts.ROLES,
        default="steward",
        help="steward: screens, volunteers and the hub itself as well; default: steward",
    )
    one.add_argument("--name", default="", help="what they are called; they can change it")
    one.add_argument(
        "--public-url",
        metavar="URL",
        default=os.environ.get("HUB_PUBLIC_URL", "http://127.0.0.1:8321"),
        help="the address that people see (https://hub.example); default: $HUB_PUBLIC_URL",
    )
    one = _command(under, shared, "list", "print who can sign in", volunteers.listed)
    one.add_argument("--hub", required=True, help="of which hub (hub list)")


def _care(commands: Commands, shared: argparse.ArgumentParser) -> None:
    _command(commands, shared, "migrate", "bring the tables to this version", care.migrate_tables)
    one = _command(commands, shared, "backup", "write everything into one file", care.backup)
    one.add_argument("file", type=Path, help="where to; it holds names: keep it safe")
    one = _command(
        commands,
        shared,
        "restore",
        "put a backup back, without what was erased since",
        care.restore_backup,
    )
    one.add_argument("file", type=Path, help="what backup wrote")
    one.add_argument("--yes", action="store_true", help="replace all that the database holds now")
    one = _command(
        commands,
        shared,
        "erase-person",
        "forget a person, for good, here and on every door",
        care.erase_person,
    )
    one.add_argument("hub", help="whose person it is (hub list)")
    one.add_argument("person", metavar="NAME_OR_ID", help="the whole name, or the record's id")
    one.add_argument("--yes", action="store_true", help="do it")
    _command(
        commands, shared, "wash", "overwrite what was erased in the database's own files", care.wash
    )
    _command(commands, shared, "check", "look whether everything kept is sound", care.check)
    _command(
        commands,
        shared,
        "confirm-time",
        "say that the clock is right, after it jumped",
        care.confirm,
    )


def _command(
    under: Commands,
    shared: argparse.ArgumentParser,
    name: str,
    about: str,
    run: Callable[[argparse.Namespace], int],
) -> argparse.ArgumentParser:
    made = under.add_parser(
        name, parents=[shared], help=about, description=f"{about[:1].upper()}{about[1:]}."
    )
    made.set_defaults(run=run)
    return made


def _tell(whole: argparse.ArgumentParser) -> Callable[[argparse.Namespace], int]:
    """Return what happens where no command was said: all that can be said is explained."""

    def tell(_asked: argparse.Namespace) -> int:
        whole.print_help()
        return 2

    return tell
