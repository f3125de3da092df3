"""What the server's pages draw of a notice is what the screens show: same sizes, same lines."""

import datetime as dt

import pytest

from kiosk.screens.notice.view import notice_view
from kiosk.screens.wall.view import notice_card
from kiosk.ui.theme import DOOR_7_PORTRAIT, DOOR_10, WALL_43, theme_for
from kiosk.ui.words import Words
from sync.records.notice import Notice
from sync.server.web.preview.door import DOORS, page
from sync.server.web.preview.drawing import Line
from sync.server.web.preview.seen import seen
from sync.server.web.preview.wall import wall

TODAY = dt.date(2026, 11, 23)
FORMS = {DOOR_10: DOORS[0], DOOR_7_PORTRAIT: DOORS[1]}
PEGS = "Six lines, pegs in the tin. Take your washing in before dark."
TEXTS = {
    "short": ("Rest day", "We are shut on Sunday."),
    "long": ("The clothesline is back", f"{PEGS} " * 4),
    "longer": ("The clothesline is back", f"{PEGS}\n\n" * 9),
    "title": ("Whoever is last closes the windows and takes the bins out", ""),
    "text": ("", PEGS),
    "a text for a title": ("Wide words " * 10, f"{PEGS} " * 9),
}


@pytest.fixture(params=TEXTS)
def notice(request):
    title, body = TEXTS[request.param]
    return Notice(id="n", kind="offer", title={"en": title}, body={"en": body}, last_day=TODAY)


def words(drawing, seen_):
    """What is read of title and text, with the sizes: without kind, names and days."""
    others = {seen_.kind, seen_.until, seen_.house, seen_.by, "Notices"}
    return [one for one in drawing.parts if isinstance(one, Line) and one.text not in others]


@pytest.mark.parametrize("form", FORMS)
def test_a_door_s_page_has_the_same_sizes_and_the_same_words(form, notice):
    from kiosk.screens.notice.reader import set_text
    from kiosk.ui.look import look

    theme = theme_for(form)
    look.use(theme, Words("en"))
    door = FORMS[form]
    seen_ = seen(notice, "en", {}, "Ana G.", TODAY)
    view = notice_view(notice, Words("en"), by="Ana G.", today=TODAY)
    width = theme.width_px - 2 * theme.space("margin")
    foot = theme.target("secondary") * (2 if theme.portrait else 1)
    rows = 3 if theme.portrait else 2
    height = theme.height_px - 2 * theme.space("margin") - theme.space("head") - foot
    text = set_text(view, width, height - rows * theme.space("row_gap"))
    drawn = page(seen_, door)
    read = words(drawn, seen_)
    assert drawn.pages == len(text.pages)
    assert " ".join(one.text for one in read).split() == f"{text.title} {text.pages[0]}".split()
    if text.title:
        assert read[0].size == theme.size(text.plan.title)
    if text.pages[0]:
        assert read[-1].size == theme.size(text.plan.body)


def test_a_wall_s_card_breaks_its_lines_where_the_wall_does(notice):
    from kiosk.screens.wall.pieces import NoticeOnWall, Text
    from kiosk.ui.look import look
    from kiosk.ui.page import Box

    theme = theme_for(WALL_43)
    look.use(theme, Words("en"))
    card = NoticeOnWall(notice_card(notice, Words("en")))
    card.lay(Box(0, 0, theme.mm((952 - 48 - 28) / 3), theme.mm(535.5 - 48 - 44 - 14 - 25 - 14)))
    shown = [one for one in card.body.children if isinstance(one, Text)][::-1][1:]
    lines = [line for one in shown for line in one._line_texts()]
    read = words(wall(seen(notice, "en", {}, "", TODAY)), seen(notice, "en", {}, "", TODAY))
    assert [one.text for one in read if one.text] == [
        line.strip() for line in lines if line.strip()
    ]
