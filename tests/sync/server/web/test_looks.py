"""No page is without its line in the table of what is looked at in a browser (tests/web/looks.py)."""

from __future__ import annotations

from sync.server.app import make_app
from tests.sync.server.web.rights import pages
from tests.web.looks import NO_PAGE, PAGES


def called(path):
    return "-".join(part for part in path.split("/") if part and "{" not in part)


def test_every_page_is_looked_at(village):
    shown = {path for method, path in pages(make_app(village.service)) if method == "GET"}
    known = PAGES.keys() | NO_PAGE.keys()
    new, gone = sorted(shown - known), sorted(known - shown)
    lines = [f'    "{path}": (Look("{called(path)}"),),' for path in new]
    assert not new, "\n".join(["tests/web/looks.py needs in PAGES (or NO_PAGE, with why):", *lines])
    assert not gone, f"tests/web/looks.py speaks of what is not there: {gone}"


def test_no_two_pictures_have_one_name():
    names = [look.name for some in PAGES.values() for look in some]
    assert sorted(names) == sorted(set(names))
