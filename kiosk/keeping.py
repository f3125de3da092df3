"""What a door keeps its records in, also where the disk takes nothing: then it shows what is there."""

from __future__ import annotations

import os
import secrets
import sys
from typing import NoReturn

import msgspec

from kiosk.config import KEY_BYTES, Config, Place, hub_key
from kiosk.store import Store, open_store
from kiosk.store.errors import StoreAway, StoreFull, StoreHeld
from sync.errors import HubError
from sync.log import Log

log = Log("kiosk")


def opened(place: Place) -> Store:
    """Open the store; where the disk would not have it, to read: see ``store.opened.refused``.

    Raises StoreBusy where another door has it, StoreNewer.
    """
    try:
        return open_store(place.store)
    except (StoreAway, StoreFull, StoreHeld) as why:
        log.warning("store.only_read", reason=type(why).__name__)
        return open_store(place.store, refused=why)


def as_joined(config: Config, store: Store) -> Config:
    """Return the settings of what a volunteer joined this device as: a wall's store sends nothing."""
    return msgspec.structs.replace(config, mode="wall") if store.is_mirror else config


def can_be_written(place: Place) -> bool:
    """Whether a store that was opened to read could be opened to write by now."""
    try:
        open_store(place.store).close()
    except HubError:
        return False
    return True


def key_of_cards(place: Place) -> bytes:
    """Return the hub's key; where none can be kept, one that no card was linked with.

    Raises BadSetting.
    """
    try:
        return hub_key(place)
    except (StoreAway, StoreFull):
        return secrets.token_bytes(KEY_BYTES)


def hash_of_card(key: bytes, uid: str) -> str:
    """Return what is kept of a card, or of the code on a person's own paper."""
    from kiosk.hub.cards import uid_hash
    from sync.qr_codes import card_hash, is_code

    return card_hash(uid) if is_code(uid) else uid_hash(key, uid)


def come_back() -> NoReturn:
    """Become a new process of this kiosk, as this one was started."""
    os.execv(sys.executable, [sys.executable, "-m", "kiosk", *sys.argv[1:]])  # noqa: S606
