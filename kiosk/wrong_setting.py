"""What is said of a setting in ``kiosk.toml`` that cannot be used: which one, and what it takes."""

from __future__ import annotations

import re

from msgspec import ValidationError

from kiosk.hardware.kinds import AUTO, KINDS

TAKES = {
    "mode": '"door" or "wall"',
    "size": 'pixels, such as "1280x800"',
    "diagonal_mm": "millimetres of the screen's visible area, 50 to 5000, such as 257",
    "lang": 'a language, such as "es"',
    "name": 'words, such as "Front door"',
    "colour": 'one word, such as "blue"',
    "server": 'an address, such as "https://hub.example"',
    "backup_key": 'the line in hub-backup.key, "age1..."',
    "ports": f'a table [ports], each line like rdm6300 = "/dev/..."; it knows {", ".join((*KINDS, AUTO))}',
    "printer": "a table [printer]",
    "printer.at": '"serial:/dev/...", "usb:0416:5011", "network:192.168.1.50" or "cups:office"',
    "printer.width_mm": "58 or 80",
    "printer.letters": '"own" or "drawn"',
    "printer.speaks": "true or false",
    "printer.tags": "true or false",
    "sound": "a table [sound]",
    "sound.volume": "0 to 100",
    "sound.quiet": 'from when to when, such as "21:00-08:00"',
}
"""Setting -> what it takes, in words of who writes it."""
_AT = re.compile(r"`\$\.(\w+(?:\.\w+)?)")


def what_is_wrong(why: ValidationError) -> str:
    """Return the setting that a check refused and what it takes."""
    found = _AT.search(str(why))
    if not found:
        return str(why)
    name = found[1] if found[1] in TAKES else found[1].partition(".")[0]
    return f"{name} takes {TAKES[name]}"
