"""What a door's folder holds, as flat facts that can be compared: ``"waits visit 0199..." -> True``."""

import json

from kiosk import config as settings
from kiosk.config import read_token
from kiosk.picture_files import PictureFiles
from kiosk.store.backups import in_folder
from sync.client.home import CURSOR


def seen(place, store):
    """What is so, as flat facts."""
    facts = {
        "settings": json.loads(json.dumps(settings.read(place).name)),
        "token": read_token(place),
        "key": place.key.read_text() if place.key.exists() else "",
    }
    facts |= {f"backup {path.name}": True for path in in_folder(place.backups)}
    pictures = PictureFiles(place.pictures)
    for name in pictures.names():
        path = pictures.path(name)
        facts[f"picture {name}"] = len(path.read_bytes()) if path else None
    if store is None:
        return facts
    tables = store.tables()
    waiting = {
        (kind, one) for kind in tables.kinds for one in tables[kind] if tables[kind][one].is_waiting
    }
    for kind in tables.kinds:
        for one, row in tables[kind].items():
            facts[f"record {kind} {one}"] = json.loads(json.dumps(dict(row.body)))
            facts[f"waits {kind} {one}"] = (kind, one) in waiting
    return {**facts, "cursor": store.note(CURSOR)}
