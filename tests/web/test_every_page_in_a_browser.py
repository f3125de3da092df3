"""Every page on a phone, a tablet and a desk, in each language: it fits, and nobody is shut out."""

from __future__ import annotations

import pytest

from tests.web.conftest import HERE, PICTURES

PAGES = {
    "notices": "/notices",
    "notice-new": "/notices/new",
    "notice-phrase": "/notices/new?phrase=kitchen",
    "devices": "/devices",
    "activity": "/activity",
    "change": "/activity/1",
    "pair": "/pair",
    "feeds": "/feeds",
    "volunteers": "/volunteers",
    "you": "/you",
    "not-there": "/notices/nothing",
}
OPEN = {"sign-in": "/sign-in", "welcome-ended": "/welcome/nothing"}
SIZES = {"phone": (390, 844), "tablet": (768, 1024), "desk": (1440, 900)}
LOCALES = {"en": "en-GB", "es": "es-ES"}


def sound(page, name):
    """Nothing sticks out sideways, nothing is said twice, axe finds nothing."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "sticks out"
    page.evaluate((HERE / "axe.min.js").read_text("utf-8"))
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    found = page.evaluate("tags => axe.run(document, {runOnly: tags})", tags)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
    assert [(one["id"], [n["html"] for n in one["nodes"]]) for one in found["violations"]] == []


def heard(page):
    """What the browser complains of: a script that broke, a rule of ours that we break."""
    said = []
    page.on("pageerror", lambda why: said.append(str(why)))
    page.on(
        "console", lambda line: said.append(line.text) if "Security Policy" in line.text else None
    )
    return said


@pytest.mark.parametrize("lang", LOCALES)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without"])
def test_every_page_fits_and_is_for_everybody(chromium, address, signed_in, size, lang, scripts):
    width, height = SIZES[size]
    shape = {"viewport": {"width": width, "height": height}, "locale": LOCALES[lang]}
    inside = chromium.new_context(storage_state=signed_in, java_script_enabled=True, **shape)
    inside.add_cookies([{"name": "lang", "value": lang, "url": address}])
    outside = chromium.new_context(**shape)
    if not scripts:
        inside.route("**/*.js*", lambda route: route.abort())
        outside.route("**/*.js*", lambda route: route.abort())
    for context, pages in ((inside, PAGES), (outside, OPEN)):
        page = context.new_page()
        said = heard(page)
        for name, path in pages.items():
            page.goto(address + path)
            sound(page, f"{name}-{width}-{lang}{'' if scripts else '-plain'}")
        assert not said
        context.close()


def test_a_first_page_is_small_on_the_wire(chromium, address, signed_in):
    context = chromium.new_context(storage_state=signed_in)
    page = context.new_page()
    sizes = {}
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.on(
        "Network.loadingFinished",
        lambda one: sizes.update({one["requestId"]: one["encodedDataLength"]}),
    )
    page.goto(f"{address}/notices/new", wait_until="networkidle")
    assert 10_000 < sum(sizes.values()) < 60_000
    context.close()
