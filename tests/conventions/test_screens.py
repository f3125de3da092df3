"""A screen that is in the table is opened by a flow: there it is drawn, measured and touched."""

import pytest

from kiosk.screens import SCREENS
from tests.conventions.tree import ROOT

FLOWS = "".join(path.read_text("utf-8") for path in sorted((ROOT / "tests/flows").glob("*.py")))


@pytest.mark.parametrize("name", SCREENS)
def test_every_screen_is_opened_by_a_flow(name):
    assert f'"{name}"' in FLOWS, f'write "{name}" into PAGES of tests/flows/test_every_page.py'
