"""What a volunteer does with a phone, tap by tap, with scripts and without."""

from __future__ import annotations

import pytest

from tests.web.conftest import PASSWORD, invitation

PHONE = {"viewport": {"width": 390, "height": 844}, "locale": "en-GB", "has_touch": True}


@pytest.fixture(params=[True, False], ids=["with-scripts", "without"])
def phone(request, chromium):
    context = chromium.new_context(java_script_enabled=request.param, **PHONE)
    yield context.new_page()
    context.close()


def titles(door):
    door.catches_up()
    return {
        body["fields"].get("title.en") for (kind, _), body in door.holds.items() if kind == "notice"
    }


def test_from_an_invitation_to_a_notice_on_the_door_in_few_taps(
    village, address, door, phone, request
):
    title, taps = f"Soup at one {request.node.name}"[:110], 1  # the link itself
    phone.goto(invitation(village, address, role="volunteer"))
    phone.fill("#name", f"Tomás {request.node.name[-9:]}")
    phone.fill("#password", PASSWORD)
    for button in ("button.primary", "a.primary"):
        phone.tap(button)
        taps += 1
    phone.fill("#title-en", title)
    phone.tap(".foot button.primary")
    taps += 1
    phone.wait_for_url("**/notices?said=published")
    assert title in titles(door)
    assert taps <= 8


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
    page.goto(f"{address}/notices/new")
    assert page.input_value("#title-en") == ""
    context.close()


def test_the_sheet_follows_what_is_typed(chromium, address, signed_in):
    context = chromium.new_context(storage_state=signed_in, **PHONE)
    page = context.new_page()
    page.goto(f"{address}/notices/new")
    page.fill("#title-en", "Pears, ripe now")
    page.check("#kind-offer", force=True)
    assert page.text_content("[data-preview] h3") == "Pears, ripe now"
    assert "Offer" in page.text_content("[data-preview] [data-kind]")
    context.close()
