"""What a volunteer does with a phone, tap by tap, with scripts and without."""

from __future__ import annotations

import pytest

from tests.bench.kiosk import Door as Kiosk
from tests.sync.server.village import HUB
from tests.web.conftest import invitation
from tests.web.passkey_device import has_a_passkey_device
from tests.web.thumb import PASSWORD, PHONE, Thumb, Wire

MOST_BYTES = 60_000
BLOCKING = """() => performance.getEntriesByType("resource")
  .filter(one => one.renderBlockingStatus === "blocking").map(one => one.name)"""


@pytest.fixture(params=[True, False], ids=["with-scripts", "without"])
def phone(request, chromium):
    context = chromium.new_context(java_script_enabled=request.param, **PHONE)
    yield context.new_page()
    context.close()


@pytest.fixture
def kiosk(village, address, tmp_path):
    """A kiosk without its screen, online: its store, its engine, real HTTP."""

    class Here:
        def __init__(self):
            self.address = address

        def token(self, hub):
            return village.door(hub, node="0000c105").token

    made = Kiosk(Here(), HUB, tmp_path / "kiosk.db")
    made.shell.start()
    made.syncs()
    yield made
    made.close()


def test_from_an_invitation_to_a_notice_on_the_kiosk_in_eight_taps_and_small_pages(
    village, address, kiosk, phone, request
):
    title = f"Soup at one {request.node.name}"[-110:]
    thumb, wire, real = Thumb(phone), Wire(phone), []
    phone.context.expose_function("tapped", lambda: real.append(1))
    phone.context.add_init_script("addEventListener('click', e => e.isTrusted && tapped(), true)")
    thumb.comes_in(invitation(village, address, role="volunteer"), f"Tomás {len(title)}")
    thumb.writes(title)
    asks = kiosk.wire.asks
    thumb.publishes()
    # The server lets a kiosk wait for 25 s: it was told, and did not come to ask by itself.
    kiosk.waits_for("notice", "title.en", title)
    assert kiosk.wire.asks == asks + 1
    assert thumb.taps <= 8
    assert len(real) in {0, thumb.taps - 1}  # none without scripts; the link is tapped elsewhere
    assert len(wire.pages) >= 4
    assert [one for one in wire.pages if one[1] >= MOST_BYTES] == []


def test_nothing_but_the_page_and_its_style_is_waited_for_before_the_first_paint(
    chromium, village, address
):
    context = chromium.new_context(**PHONE)
    page, sizes = context.new_page(), {}
    page.on("response", lambda one: sizes.update({one.url: one.request.sizes()}))
    page.goto(invitation(village, address, role="volunteer"), wait_until="networkidle")
    blocks = page.evaluate(BLOCKING)
    assert len(blocks) == 1
    assert blocks[0].split("?")[0].endswith("pages.css")
    waited_for = [sizes[url] for url in (page.url, *blocks)]
    size = sum(one["responseBodySize"] + one["responseHeadersSize"] for one in waited_for)
    # A slow 3G: 400 ms to and fro, 50 bytes a millisecond; a connection, the page, its style.
    assert 3 * 400 + size / 50 < 1500
    context.close()


def test_a_draft_outlives_a_dead_connection(chromium, address, signed_in):
    context = chromium.new_context(storage_state=signed_in, **PHONE)
    page = context.new_page()
    page.goto(f"{address}/notices/new")
    page.fill("#title-en", "Written on the bus")
    notice = page.input_value("#id")
    context.set_offline(True)
    page.tap(".foot button.primary")
    page.wait_for_selector("[data-away]:visible")
    context.set_offline(False)
    page.goto(f"{address}/notices/new")
    assert page.input_value("#title-en") == "Written on the bus"
    assert page.input_value("#id") == notice  # sent twice, it hangs once
    page.tap(".foot button.primary")
    page.wait_for_url("**/notices?said=published")
    page.wait_for_function("!localStorage.getItem('draft new')")
    page.goto(f"{address}/notices/new")
    assert page.input_value("#title-en") == ""
    context.close()


def test_a_draft_outlives_what_another_page_says_is_done(chromium, address, signed_in):
    context = chromium.new_context(storage_state=signed_in, **PHONE)
    page = context.new_page()
    page.goto(f"{address}/notices/new")
    page.fill("#title-en", "Never put up")
    context.set_offline(True)
    page.tap(".foot button.primary")
    page.wait_for_selector("[data-away]:visible")
    context.set_offline(False)
    page.goto(f"{address}/you?said=saved")
    page.goto(f"{address}/notices/new")
    assert page.input_value("#title-en") == "Never put up"
    context.close()


def test_a_ready_phrase_is_there_beside_a_draft_and_a_draft_of_yesterday_is_not(
    chromium, address, signed_in
):
    context = chromium.new_context(storage_state=signed_in, **PHONE)
    page = context.new_page()
    page.goto(f"{address}/notices/new")
    page.fill("#title-en", "Half a thought")
    page.goto(f"{address}/notices/new?phrase=lift")
    assert page.input_value("#title-en") not in {"", "Half a thought"}
    page.goto(f"{address}/notices/new")
    assert page.input_value("#title-en") == "Half a thought"
    page.evaluate("""() => {
      const draft = JSON.parse(localStorage.getItem("draft new"));
      localStorage.setItem("draft new", JSON.stringify({ ...draft, at_ms: draft.at_ms - 90000000 }));
    }""")
    page.goto(f"{address}/notices/new")
    assert page.input_value("#title-en") == ""
    context.close()


def test_the_screens_follow_what_is_typed(chromium, address, signed_in):
    context = chromium.new_context(storage_state=signed_in, **PHONE)
    page = context.new_page()
    page.goto(f"{address}/notices/new")
    page.fill("#title-en", "Pears, ripe now")
    page.check("#kind-offer", force=True)
    for screen in ("door", "door_upright", "wall"):
        page.wait_for_selector(f"figure.{screen} svg[lang=en] >> text=Pears, ripe now")
        page.wait_for_selector(f"figure.{screen} svg[lang=en] >> text=Offer")
        page.wait_for_selector(f"figure.{screen} svg[lang=es] >> text=Pears, ripe now")
    page.goto(f"{address}/notices/new")  # what was typed comes back as a draft, and is drawn again
    page.wait_for_selector("figure.wall svg[lang=en] >> text=Pears, ripe now")
    context.close()


def test_a_passkey_of_the_phone_signs_in_instead_of_the_password(chromium, village, address):
    context = chromium.new_context(**PHONE)
    page = context.new_page()
    knows_its_owner = has_a_passkey_device(page)
    thumb = Thumb(page)
    thumb.comes_in(invitation(village, address, role="volunteer"), "Lucía Paz")
    page.goto(f"{address}/you")
    page.fill("#passkey_password", PASSWORD)
    page.tap("form[data-passkey] button")
    page.wait_for_url("**/you?said=passkey_added")
    page.tap(".menu summary")
    page.tap("form[action='/sign-out'] button")
    page.wait_for_url("**/sign-in")
    knows_its_owner(False)
    page.tap("form[data-passkey] button")
    page.wait_for_selector("[data-passkey-sorry]:visible")
    knows_its_owner(True)
    page.tap("form[data-passkey] button")
    page.wait_for_url("**/notices")
    assert "Lucía Paz" in page.text_content(".menu summary")
    context.close()
