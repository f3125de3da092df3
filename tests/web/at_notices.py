"""What is done on the pages of notices before they are looked at.

Any: Playwright's page; the text is the server's address.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import Image


def save_over_another(page: Any, address: str) -> None:
    """Save a notice that was changed in another window meanwhile."""
    lang = page.get_attribute("html", "lang")
    other = page.context.new_page()
    other.goto(page.url)
    title = other.input_value(f"#title-{lang}")
    other.fill(f"#title-{lang}", title[:-1] if title.endswith(".") else f"{title}.")
    other.click(".foot button.primary")
    other.wait_for_url("**/notices?said=saved")
    other.close()
    page.fill(f"#title-{lang}", f"{title.rstrip('.')}!")
    page.fill(f"#body-{lang}", "Pegs in the tin.\nTake your washing in before dark.")
    page.click(".foot button.primary")
    page.wait_for_selector("input[name^='pick.']")


def leave_the_title_out(page: Any, address: str) -> None:
    """Send a notice in which nobody wrote anything."""
    page.click(".foot button.primary")
    page.wait_for_selector(".banner.stop")


def look_before_it_hangs(page: Any, address: str) -> None:
    """Make a notice urgent, with more text than a card holds, and see how that will stand."""
    page.check("#kind-urgent", force=True)
    page.fill(f"#body-{page.get_attribute('html', 'lang')}", "Use the front door. " * 40)
    if page.is_visible("button.no-js"):
        page.click("button.no-js")
    page.wait_for_selector("svg.screen >> text=…")


def hang_a_picture(page: Any, address: str) -> None:
    """Send a picture with its description, and come back to it."""
    out = BytesIO()
    Image.linear_gradient("L").resize((640, 480)).save(out, "JPEG")
    picture = {"name": "lines.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}
    page.set_input_files("#file", picture)
    page.fill("#alt-en", "Six lines in the yard")
    page.click("form[enctype] button.primary")
    page.wait_for_url("**/notices/*said=saved")
    page.click("a[href$='/picture']")
    page.wait_for_selector("img.picture")
