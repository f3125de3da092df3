"""Three machines that keep one database: what each has to be told, as files; see README.md here.

What a leader acknowledges is on another machine's disk as well, and that machine may lead next.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import urlencode

TEMPLATES = Path(__file__).parent / "templates"
MACHINES = 3
"""Two would not know which of them is cut off; more than three wait for each other longer."""
PASSWORDS = ("replication", "rewind", "patroni", "server")
ROLE = "commons-server"
NAME = re.compile(r"[a-z][a-z0-9-]{0,30}")
PASSWORD = re.compile(r"[A-Za-z0-9]{20,100}")
"""Letters and digits stand for themselves in YAML, in a URL, in a shell and in SQL."""


class NotACluster(Exception):
    """What was written of a cluster can not be one; ``reasons`` are sentences."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = tuple(reasons)


@dataclass(frozen=True)
class Places:
    """Where a machine keeps what: Debian's own folders."""

    etcd: str
    data: str
    binaries: str
    sockets: str
    pgpass: str
    first_start: str

    @classmethod
    def usual(cls, name: str, postgresql: int) -> Places:
        """Return the folders of a machine that has nothing else to do."""
        return cls(
            etcd=f"/var/lib/etcd/{name}",
            data=f"/var/lib/postgresql/{postgresql}/{name}",
            binaries=f"/usr/lib/postgresql/{postgresql}/bin",
            sockets="/var/run/postgresql",
            pgpass=f"/var/lib/postgresql/{name}.pgpass",
            first_start="/etc/patroni/first-start",
        )


@dataclass(frozen=True)
class Cluster:
    """machines: name -> address. servers: the addresses that commons-server asks from."""

    name: str
    postgresql: int
    machines: Mapping[str, str]
    servers: tuple[str, ...]
    passwords: Mapping[str, str]

    @classmethod
    def read(cls, said: Mapping[str, Any]) -> Cluster:
        """Return what a cluster.toml says. Raises NotACluster with all that is wrong."""
        machines, passwords = said.get("machines", {}), said.get("passwords", {})
        servers = said.get("servers", [])
        checks = {
            "name: small letters, digits and hyphens": NAME.fullmatch(str(said.get("name", ""))),
            "postgresql: which version Debian has, 15 or 17": said.get("postgresql")
            in {15, 16, 17},
            f"machines: {MACHINES} of them": len(machines) == MACHINES,
            "machines: names of small letters": all(map(NAME.fullmatch, machines)),
            "machines: an IPv4 address each, no two the same": _addresses([*machines.values()]),
            "servers: at least one IPv4 address": bool(servers) and _addresses(servers),
            **{
                f"passwords: {which} has to be 20 letters and digits or more, its own": (
                    PASSWORD.fullmatch(passwords.get(which, ""))
                    and [*passwords.values()].count(passwords[which]) == 1
                )
                for which in PASSWORDS
            },
        }
        if wrong := [what for what, is_so in checks.items() if not is_so]:
            raise NotACluster(wrong)
        return cls(said["name"], said["postgresql"], machines, tuple(servers), passwords)

    @property
    def database(self) -> str:
        """HUB_DATABASE of every commons-server: libpq finds the one of the three that leads.

        A machine without power answers nothing: after so many seconds a connection to it is given
        up, before it stands and later.
        """
        asked = {
            "host": ",".join(self.machines.values()),
            "port": ",".join(["5432"] * len(self.machines)),
            "target_session_attrs": "read-write",
            "connect_timeout": 3,
            "keepalives_idle": 10,
            "keepalives_interval": 3,
            "keepalives_count": 3,
            "tcp_user_timeout": 10_000,
        }
        secret = self.passwords["server"]
        return f"postgresql+psycopg://{ROLE}:{secret}@/{ROLE}?{urlencode(asked, safe=',')}"

    def files_of(self, name: str, places: Places | None = None) -> dict[str, tuple[str, int]]:
        """Return what one machine is told: for each path its text and mode."""
        places = places or Places.usual(self.name, self.postgresql)
        facts = {
            **vars(places),
            **self.passwords,
            "cluster": self.name,
            "name": name,
            "address": self.machines[name],
            "members": ",".join(f"{who}=http://{at}:2380" for who, at in self.machines.items()),
            "clients": ",".join(f"{at}:2379" for at in self.machines.values()),
            "let_in": "\n".join(f"    - {line}" for line in self._let_in()),
        }

        def made(template: str) -> str:
            return Template((TEMPLATES / template).read_text("utf-8")).substitute(facts)

        return {
            "/etc/default/etcd": (made("etcd"), 0o644),
            "/etc/patroni/config.yml": (made("patroni.yml"), 0o600),
            places.first_start: (made("first-start"), 0o700),
        }

    def _let_in(self) -> list[str]:
        """Return the lines of pg_hba.conf: each by its own name, from its own address alone."""
        lines = [
            f"host {database} {role} {at}/32 scram-sha-256"
            for at in self.machines.values()
            for database, role in (("replication", "replicator"), ("postgres", "rewinder"))
        ]
        return lines + [f"host {ROLE} {ROLE} {at}/32 scram-sha-256" for at in self.servers]


def _addresses(said: list[str]) -> bool:
    try:
        return len({IPv4Address(one) for one in said}) == len(said)
    except ValueError:
        return False
