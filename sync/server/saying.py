"""What the server itself says: fields of its own in a record, each with its proof."""

from __future__ import annotations

from collections.abc import Mapping

from sync.merge import Json, Version, WireRecord, is_erased, merge, record
from sync.records import rule_of
from sync.server.landing import Landing
from sync.server.proofs import SERVER_RULES, Notary


def say(
    body: WireRecord,
    fields: Mapping[str, Json],
    landing: Landing,
    notary: Notary,
    hub: str,
    now_ms: int,
) -> None:
    """Write fields into a record as part of a commit, those that are not there already.

    They are later than all that the hub knows, and whoever pushed the record hears of them.
    """
    key = (body["kind"], body["id"])
    if is_erased(body):
        return
    stamp, said = landing.tick(now_ms), {}
    for name, value in fields.items():
        version = Version(rule_of(body["kind"], name), stamp, value)
        if version.rule in SERVER_RULES:
            version = notary.signed(hub, key, name, version)
        if name not in body["fields"] or body["fields"][name] != value:
            said[name] = version
    landing.put(merge(body, record(*key, said)))
    landing.echo.add(key)
