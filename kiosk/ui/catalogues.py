"""Compile the translations: ``python -m kiosk.ui.catalogues`` sorts each .po and writes its .mo.

The .mo files are committed, so that a kiosk needs no compiler; a test tells when they are stale.
"""

import io
import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from kiosk.ui.words import DOMAIN, FOLDER

DOMAINS = (DOMAIN, "web")
"""The door's words, and those of the server's pages."""


def po_files(domain: str = DOMAIN) -> list[Path]:
    """The catalogues as people write them, one a language."""
    return sorted(FOLDER.glob(f"*/LC_MESSAGES/{domain}.po"))


def compiled(po: Path) -> bytes:
    """What the .mo beside this .po must hold."""
    with po.open("rb") as file:
        catalogue = read_po(file, locale=po.parents[1].name)
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def sorted_text(po: Path) -> bytes:
    """The same .po with its keys in alphabetical order, as it is committed."""
    with po.open("rb") as file:
        catalogue = read_po(file, locale=po.parents[1].name)
    out = io.BytesIO()
    write_po(out, catalogue, width=0, sort_output=True, omit_header=False, ignore_obsolete=True)
    return out.getvalue()


def keys(po: Path) -> set[str]:
    """Every key this catalogue says something for."""
    with po.open("rb") as file:
        catalogue = read_po(file, locale=po.parents[1].name)
    said = (m for m in catalogue if m.id)
    return {m.id if isinstance(m.id, str) else m.id[0] for m in said if _whole(m.string)}


def _whole(string: str | tuple[str, ...] | list[str] | None) -> bool:
    return bool(string) and all(string or "")


def main() -> int:
    """Sort and compile every catalogue; says what it wrote."""
    for po in (po for domain in DOMAINS for po in po_files(domain)):
        po.write_bytes(sorted_text(po))
        po.with_suffix(".mo").write_bytes(compiled(po))
        print(f"{po.parents[1].name}, {po.stem}: {len(keys(po))} keys")
    return 0


if __name__ == "__main__":
    sys.exit(main())
