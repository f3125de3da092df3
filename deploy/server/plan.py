"""From a fresh Debian to a server that doors can be paired with, by one command.

    sudo deploy/server/install hub.example               certificate by itself, SQLite: one village
    sudo deploy/server/install hub.example --postgres    PostgreSQL on this machine: many hubs
    sudo deploy/server/install hub.local --own-certificate   a house without a name on the internet
    sudo deploy/server/install hub.example --database FILE   PostgreSQL elsewhere: FILE holds its URL

It may be started again at any time: it does only what is missing, also after a power cut. What is
not said then stays as it was installed.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from deploy.machine import checks, debian
from deploy.machine.asking import Plan, a_file, asked, carry_out
from deploy.machine.machine import Machine
from deploy.machine.programs import version_of, version_steps
from deploy.machine.steps import Check, Step

TREE = Path(__file__).resolve().parents[2]
HERE = TREE / "deploy" / "server"
UNITS = sorted((HERE / "units").iterdir())
NAME = "commons-server"
HOME = f"/opt/{NAME}"
DATA = f"/var/lib/{NAME}"
BACKUPS = f"/var/backups/{NAME}"
SETTINGS = f"/etc/{NAME}/environment"
CADDYFILE = "/etc/caddy/Caddyfile"
OTHERS = "/etc/caddy/commons.d"
"""What is written there by hand stays; Caddy only warns where nothing is."""
PORT = 8321
SQLITE = f"sqlite:///{DATA}/server.db"
POSTGRES = f"postgresql+psycopg:///{NAME}?host=/var/run/postgresql"
PACKAGES = ("python3-venv", "caddy", "ca-certificates")
DOMAIN = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
ELSEWHERE = re.compile(r"postgresql\+psycopg://[^\s\"'`$\\]+")
"""Read by systemd and by a shell, between quotation marks."""
ENVIRONMENT = """\
# How the server of the door of the commons runs on this machine. Installing writes this file anew:
# what is yours goes into "systemctl edit commons-server@".
HUB_DATABASE="{database}"
HUB_SETTINGS={data}/server.toml
HUB_PUBLIC_URL=https://{domain}
"""
CADDY = """\
# The door of the commons: TLS in front of its server. Another process of it is another port.
# Installing writes this file anew. Servers on other machines: "to 10.0.0.2:8321" in a file in {others}.
{domain} {{
{certificate}\treverse_proxy {upstreams} {{
\t\tlb_policy least_conn
\t\tlb_try_duration 5s
\t\thealth_uri /v1/health
\t\thealth_interval 10s
\t\timport {others}/*
\t}}
\trequest_body {{
\t\tmax_size 12MB
\t}}
}}
"""
JOURNAL = """\
# The door of the commons: what is logged takes this much room, and goes after a month.
[Journal]
SystemMaxUse=200M
MaxRetentionSec=1month
"""
BACKUP_REACHES = f"/etc/systemd/system/{NAME}-backup.service.d/elsewhere.conf"
REACHES = """\
# The door of the commons: its database is on another machine, so its backup is let out to the network.
[Unit]
Wants=network-online.target
After=network-online.target

[Service]
PrivateNetwork=no
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
IPAddressDeny=
"""
COMMAND = f"""\
#!/bin/sh
# The operator's commands of the server of the door of the commons, as the account that owns its files.
set -a
. /etc/{NAME}/environment
exec setpriv --reuid {NAME} --regid {NAME} --init-groups {HOME}/current/bin/{NAME} "$@"
"""
CLOSING = f"""\
The server answers at https://{{domain}}. What is left to do:
  sudo {NAME} hub add "The name of your hub"      prints the hub's id; --id for one that a door has
  sudo {NAME} volunteer invite --hub ID           a link for the first steward
  sudo {NAME} device approve CODE --hub ID        yes to a door that shows a code
  sudo {NAME} check                               says in plain words whether all is well
Keep {DATA}/server.toml on paper or a stick: without its keys promises made before are not believed.
Backups are made every night in {BACKUPS}: copy them to another house."""


@dataclass(frozen=True)
class Wish:
    """What was asked for on the command line."""

    domain: str
    version: str
    postgres: bool = False
    own_certificate: bool = False
    processes: int = 1
    database: str = ""

    @property
    def where(self) -> str:
        """The URL of the database that records are kept in."""
        return self.database or (POSTGRES if self.postgres else SQLITE)

    @property
    def ports(self) -> range:
        """One port of this machine for each process."""
        return range(PORT, PORT + self.processes)


def checks_of(machine: Machine, wish: Wish) -> Sequence[Check]:
    """Everything that could make the installation fail half-way, looked at first."""
    return (
        checks.is_root(),
        checks.is_debian(machine, ("12", "13")),
        Check("the address", lambda: _no_address(wish.domain)),
        Check("processes", lambda: _too_many(wish)),
        Check("the database", lambda: _no_database(wish)),
        checks.has_room(machine, HOME, 600),
        checks.has_room(machine, DATA, 1000),
        checks.port_is_free(80, "caddy", machine),
        checks.port_is_free(443, "caddy", machine),
        *(checks.port_is_free(port, f"{NAME}@{port}.service", machine) for port in wish.ports),
    )


def _no_address(domain: str) -> str:
    return "" if DOMAIN.fullmatch(domain) else f"say a name like hub.example, not {domain!r}"


def _too_many(wish: Wish) -> str:
    if wish.processes > 1 and wish.where == SQLITE:
        return "SQLite serves one process: --postgres for several"
    return "" if 1 <= wish.processes <= 16 else "between 1 and 16"


def _no_database(wish: Wish) -> str:
    if wish.database and wish.postgres:
        return "--postgres makes one on this machine, --database names another: say one of them"
    if wish.where in {SQLITE, POSTGRES} or ELSEWHERE.fullmatch(wish.database):
        return ""
    return "its URL begins with postgresql+psycopg:// and has no quotation mark, $ or space in it"


def steps_of(machine: Machine, wish: Wish) -> list[Step]:
    """All there is to do, in order."""
    packages = (*PACKAGES, "postgresql") if wish.postgres else PACKAGES
    files = files_of(wish)
    return [
        debian.packages(machine, packages),
        debian.account(machine, NAME, home=DATA),
        debian.folder(machine, DATA, owner=NAME, mode=0o700),
        debian.folder(machine, BACKUPS, owner=NAME, mode=0o700),
        debian.folder(machine, HOME),
        *version_steps(machine, HOME, wish.version, TREE / "deploy/lock/server.txt", (str(TREE),)),
        *(debian.file(machine, path, text, mode=mode) for path, (text, mode) in files.items()),
        *(() if wish.database else (debian.no_file(machine, BACKUP_REACHES),)),
        *(_database(machine) if wish.postgres else ()),
        *_running(machine, wish, sha256(repr(files).encode()).hexdigest()),
    ]


def files_of(wish: Wish) -> dict[str, tuple[str, int]]:
    """Every file that is written: its text and its mode."""
    environment = ENVIRONMENT.format(database=wish.where, data=DATA, domain=wish.domain)
    caddy = CADDY.format(
        domain=wish.domain,
        others=OTHERS,
        certificate="\ttls internal\n" if wish.own_certificate else "",
        upstreams=" ".join(f"127.0.0.1:{port}" for port in wish.ports),
    )
    units = {f"/etc/systemd/system/{unit.name}": (unit.read_text(), 0o644) for unit in UNITS}
    return {
        # It may hold a password; root alone reads it, for whom it starts.
        SETTINGS: (environment, 0o600),
        CADDYFILE: (caddy, 0o644),
        "/etc/systemd/journald.conf.d/commons.conf": (JOURNAL, 0o644),
        f"/usr/local/sbin/{NAME}": (COMMAND, 0o755),
        f"/usr/local/lib/{NAME}/backup": ((HERE / "backup").read_text(), 0o755),
        **units,
        **({BACKUP_REACHES: (REACHES, 0o644)} if wish.database else {}),
    }


def _database(machine: Machine) -> tuple[Step, ...]:
    """A role and a database of the account's own name: it is let in by who it is, without a password."""

    def ask(sql: str) -> str | None:
        return machine.says("setpriv", "--reuid", "postgres", "--clear-groups", "--regid", "postgres",
                            "psql", "--dbname", "postgres", "--tuples-only", "--no-align", "-c", sql)  # fmt: skip

    def has(table: str, column: str) -> bool:
        return ask(f"SELECT 1 FROM {table} WHERE {column} = '{NAME}'") == "1"  # noqa: S608  # our own words

    def tell(sql: str) -> None:
        machine.run("setpriv", "--reuid", "postgres", "--clear-groups", "--regid", "postgres",
                    "psql", "--dbname", "postgres", "--quiet", "-c", sql)  # fmt: skip

    return (
        debian.unit(machine, "postgresql.service"),
        Step(
            "have a role in PostgreSQL",
            lambda: has("pg_roles", "rolname"),
            lambda: tell(f'CREATE ROLE "{NAME}" LOGIN'),
        ),
        Step(
            "have a database in PostgreSQL",
            lambda: has("pg_database", "datname"),
            lambda: tell(
                f'CREATE DATABASE "{NAME}" OWNER "{NAME}" ENCODING UTF8 TEMPLATE template0'
            ),
        ),
    )


def _running(machine: Machine, wish: Wish, files: str) -> list[Step]:
    of = f"{wish.version} {files}"
    processes = [f"{NAME}@{port}.service" for port in wish.ports]
    return [
        *(debian.unit(machine, unit) for unit in processes),
        *(debian.restarted(machine, unit, of) for unit in processes),
        debian.unit(machine, f"{NAME}-backup.timer"),
        debian.unit(machine, "caddy.service"),
        debian.restarted(machine, "caddy.service", of),
    ]


def plan(machine: Machine, wish: Wish) -> Plan:
    """Return what is looked at and what is done."""
    return checks_of(machine, wish), steps_of(machine, wish)


def wish_of(machine: Machine, args: argparse.Namespace) -> Wish:
    """Return what is asked for; what is not said is as it was installed."""
    environment, caddy = _read(machine, SETTINGS), _read(machine, CADDYFILE)
    found = re.search(r'^HUB_DATABASE="?([^"\n]*)', environment, re.MULTILINE)
    is_said = args.postgres or args.database or args.uninstall
    kept = found[1] if found and not is_said else SQLITE
    ours = caddy if debian.MARK in caddy else ""
    certificate = args.own_certificate
    return Wish(
        args.domain.lower(),
        version_of(TREE),
        args.postgres or kept == POSTGRES,
        "tls internal" in ours if certificate is None else certificate,
        args.processes or len(re.findall(r"127\.0\.0\.1:\d", ours)) or 1,
        (args.database or "").strip() or ("" if kept in {SQLITE, POSTGRES} else kept),
    )


def _read(machine: Machine, path: str) -> str:
    try:
        return machine.read(path) or ""
    except PermissionError:  # whoever is not root is told so by the first check
        return ""


def arguments() -> argparse.ArgumentParser:
    """Return the command line."""
    parser = asked(__doc__ or "")
    parser.add_argument("domain", metavar="NAME", help="by which doors reach it, like hub.example")
    parser.add_argument(
        "--postgres", action="store_true", help="keep records in PostgreSQL, not SQLite"
    )
    parser.add_argument(
        "--own-certificate",
        action=argparse.BooleanOptionalAction,
        help="a certificate made here, for a name that the internet does not know",
    )
    parser.add_argument("--processes", type=int, metavar="N", help="several need --postgres")
    parser.add_argument(
        "--database",
        type=a_file,
        metavar="FILE",
        help="whose first line is another PostgreSQL's URL",
    )
    return parser


def main() -> int:
    """Do what the command line asks."""
    args, machine = arguments().parse_args(), Machine()
    wish = wish_of(machine, args)
    return carry_out(args, plan(machine, wish), CLOSING.format(domain=wish.domain))
