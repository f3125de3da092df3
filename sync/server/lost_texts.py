"""Texts that a push costs: kept for their authors, where nobody who replaced them knew of them."""

from __future__ import annotations

from datetime import UTC, datetime

from msgspec.structs import replace

from sync.merge import Version, record
from sync.records import flat, rule_of
from sync.records.old_text import OldText
from sync.server.database.ledger import Ledger
from sync.server.landing import SERVER_NODE, Landing
from sync.washing import Calendar, washed


def keep_lost(ledger: Ledger, landing: Landing, now_ms: int, days: Calendar) -> None:
    """Write the texts that this push replaced, but for those that came along or are here already."""
    lost = {(OldText.KIND, old.id): old for old in landing.lost}
    there = ledger.bodies(lost) if lost else {}
    landing.held = {**there, **landing.held}
    for key, old in lost.items():
        if landing.now(key) is None:
            at = datetime.fromtimestamp(now_ms // 1000, UTC)
            made = replace(old, hub=ledger.hub, made_at=at, made_on=SERVER_NODE)
            stamp = landing.tick(now_ms)
            fields = {
                name: Version(rule_of(OldText.KIND, name), stamp, value)
                for name, value in flat(made).items()
            }
            landing.put(washed(record(*key, fields), days))
