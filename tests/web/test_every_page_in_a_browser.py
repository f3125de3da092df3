"""Every page on a phone, a tablet and a desk, in each language: it fits, and nobody is shut out."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from kiosk.ui.catalogues import keys, po_files
from sync.server.web.words import Words
from tests.web.conftest import HERE, PICTURES
from tests.web.looks import PAGES

SIZES = {"phone": (390, 844), "tablet": (768, 1024), "desk": (1440, 900)}
LOCALES = {"en": "en-GB", "es": "es-ES"}
LOOKS = [pytest.param(path, look, id=look.name) for path, some in PAGES.items() for look in some]
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
SMALLEST_PX = 44
"""What a finger hits: of links within a sentence axe asks less, of everything else we ask this."""
TOO_SMALL = """least => [...document.querySelectorAll(
  "button, summary, select, textarea, .button, .chip, .list > li > a, nav a, .head a,"
  + " input:not([type=hidden]):not([type=radio]):not([type=checkbox]), label:has(> input)"
)].filter(one => one.checkVisibility() && !one.closest(".hidden")).filter(one => {
  const box = one.getBoundingClientRect();
  return box.width && (box.height < least || box.width < least);
}).map(one => one.outerHTML.slice(0, 120))"""
CUT = """() => [...document.querySelectorAll("main *, header *")].filter(one =>
  one.checkVisibility() && !one.closest(".hidden, svg") && one.children.length === 0
  && getComputedStyle(one).overflowX !== "visible" && !["INPUT", "TEXTAREA"].includes(one.tagName)
  && one.scrollWidth > one.clientWidth + 1
).map(one => one.outerHTML.slice(0, 120))"""
TEXTS = """() => {
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.parentElement, text = walker.currentNode.data.trim();
    if (text && !at.closest("script, [lang]:not(html)")) found.push(text);
  }
  for (const one of document.querySelectorAll("[aria-label], [placeholder], [alt]"))
    if (!one.closest("[lang]:not(html)"))
      found.push(one.ariaLabel || one.placeholder || one.alt);
  return [...found, document.title];
}"""


@pytest.fixture(scope="session")
def not_spanish():
    """What is said in English and has other words in Spanish."""
    english, spanish = Words("en"), Words("es")
    every = keys(next(po for po in po_files("web") if po.parents[1].name == "en"))
    said = {english.say(key) for key in every if english.say(key) != spanish.say(key)}
    return said - {spanish.say(key) for key in every}


@pytest.fixture(scope="session")
def drawn():
    """The names of the templates that were drawn."""
    from sync.server.web.templating import Templates

    names, plain = set(), Templates.drawn

    def noted(self, name, facts):
        names.add(name)
        return plain(self, name, facts)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Templates, "drawn", noted)
        yield names


@pytest.fixture(scope="session")
def windows(drawn, chromium, address, sessions):
    """Give a window of a visitor, in a language, with scripts or without."""
    open_ = {}

    def window(who, lang, *, scripts):
        if (who, lang, scripts) not in open_:
            context = chromium.new_context(storage_state=sessions[who], locale=LOCALES[lang])
            context.add_cookies([{"name": "lang", "value": lang, "url": address}])
            if not scripts:  # axe is one: so they run, but ours never come
                context.route("**/*.js*", lambda route: route.abort())
            open_[who, lang, scripts] = context
        return open_[who, lang, scripts].new_page()

    yield window
    for context in open_.values():
        context.close()


def heard(page):
    """What the browser complains of: a script that broke, a rule of ours that we break."""
    said = []
    page.on("pageerror", lambda why: said.append(str(why)))
    page.on(
        "console", lambda line: said.append(line.text) if "Security Policy" in line.text else None
    )
    return said


def sound(page, picture):
    """Nothing sticks out sideways, nothing is cut, all can be hit, axe finds nothing."""
    page.screenshot(path=picture, full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "sticks out"
    assert page.evaluate(CUT) == []
    assert page.evaluate(TOO_SMALL, SMALLEST_PX) == []
    page.evaluate("window.axe || 0") or page.evaluate((HERE / "axe.min.js").read_text("utf-8"))
    found = page.evaluate("rules => axe.run(document, rules)", AXE)
    assert [(one["id"], [n["html"] for n in one["nodes"]]) for one in found["violations"]] == []


@pytest.mark.parametrize("lang", LOCALES)
@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without"])
@pytest.mark.parametrize(("path", "look"), LOOKS)
def test_every_page_fits_and_is_for_everybody(
    windows, address, things, not_spanish, path, look, lang, scripts
):
    page = windows(look.who, lang, scripts=scripts)
    said = heard(page)
    page.set_viewport_size(dict(zip(("width", "height"), SIZES["phone"], strict=True)))
    where = (path + look.more).format(**things)
    assert page.goto(address + where).status == look.status
    if look.do:
        look.do(page, address)
    if lang == "es":
        assert not_spanish.isdisjoint(page.evaluate(TEXTS))
    for width, height in SIZES.values():
        page.set_viewport_size({"width": width, "height": height})
        plain = "" if scripts else "-plain"
        sound(page, PICTURES / f"{look.name}-{width}x{height}-{lang}{plain}.png")
    assert not said
    page.evaluate("localStorage.clear()")  # a draft is nothing to the next look
    page.close()


def test_every_template_of_a_page_was_drawn_for_it(drawn):
    from sync.server.web.templating import FOLDER

    every = {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.html")}
    whole = {name for name, text in every.items() if text.startswith("{% extends")}
    assert whole - drawn == set()


@pytest.mark.parametrize("name", ["invitation", "home-card"])
def test_a_code_can_be_scanned_from_the_screen(windows, address, things, name):
    path, look = next(
        (path, one) for path, some in PAGES.items() for one in some if one.name == name
    )
    page = windows(look.who, "en", scripts=True)
    page.goto(address + path.format(**things))
    if look.do:
        look.do(page, address)
    drawn = Image.open(BytesIO(page.locator(".code").screenshot())).convert("L")
    counts = drawn.histogram()
    light, dark = (sum(some) / drawn.width / drawn.height for some in (counts[200:], counts[:56]))
    assert 0.25 < dark < light < 0.75
    page.close()


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
