"""What is printed: nothing cut, every script, both widths, and the same dots by python-escpos."""

import pytest
from escpos.printer import Dummy
from PIL import Image, ImageDraw, features

from kiosk.hub.tags import Tag
from kiosk.paper import documents
from kiosk.paper.draw import BIG_LINES, PAGE, ROLLS, big_lines, drawn, strip
from kiosk.paper.job import MARGIN, Paper, pages
from kiosk.paper.sheet import Boxes, Line, Pair, Tick
from kiosk.paper.type import face, wrapped
from kiosk.ui.words import Words
from sync.qr_codes import read_leaving
from sync.records.closed_day import ClosedDay
from sync.records.visit import Visit
from tests.kiosk.hub.house import TODAY, House, at, booking, id_of, person, room
from tests.kiosk.paper.receipts import Roll

NAMES = ("Nguyễn Thu Hà", "عمر الفاروق", "陈伟", "Zoë Müller-Łukasiewicz", "שרה לוי", "Олена")
WIDTHS = pytest.mark.parametrize("width_mm", ROLLS)
VISIT = Visit(id="0199c7a1-0000-7000-8000-000000000001", tag="blue heron 12")


def ink(image):
    """The box around everything that is black, None where nothing is."""
    return image.convert("L").point(lambda light: 255 - light).getbbox()


def printed(sheet, width_mm, *, letters=False):
    """What a receipt printer makes of a sheet."""
    printer = Dummy()
    Paper(sheet, width_mm, letters=letters).on_receipt(printer)
    return Roll(ROLLS[width_mm].width).take(printer.output)


@pytest.fixture
def house():
    """A hub with rooms, bookings and people whose names come from everywhere."""
    hub = House().has(room("Kitchen"), room("Common Hall"), booking("Kitchen", "18:00", hours=2))
    return hub.has(*(person(name, wall_ok=1) for name in NAMES))


@pytest.fixture
def sheets(house):
    hub, now = house.snapshot, at("10:42")
    space = documents.OpenSpace("", ("11:00", "12:00"), NAMES, {("11:00", NAMES[1]): NAMES[2]})

    def made(words):
        return {
            "tag": documents.guest_tag(hub, VISIT, words),
            "rooms": documents.rooms_today(hub, now, words),
            "roll call": documents.roll_call(hub, now, words),
            "open space": documents.open_space_grid(space, hub, now, words),
            "trial": documents.trial(words),
        }

    return made


def test_letters_of_every_script_are_shaped_and_ordered():
    # Needs libfribidi0: without it Arabic comes out unjoined and the wrong way round.
    assert features.check("raqm")
    assert features.version("fribidi")


@WIDTHS
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("size", ["small", "body", "title"])
def test_no_letter_of_any_script_is_cut(width_mm, name, size):
    stock = ROLLS[width_mm]
    for block in (Line(name, size, middle=True), Line(f"{name} gjqy", size, strong=True)):
        image = strip(block, stock)
        _left, top, right, bottom = ink(image)
        assert top > 0
        assert bottom < image.height
        assert right <= stock.width


@pytest.mark.parametrize(("text", "leftmost"), [("Ana عمر Bo", "Ana"), ("عمر Ana شرف", "شرف")])
def test_two_scripts_in_a_line_stand_as_the_line_begins(text, leftmost):
    stock, px = ROLLS[80], ROLLS[80].dots(3.6)
    font = face(text, px).font
    alone = Image.new("L", (stock.width, 200), 255)
    ImageDraw.Draw(alone).text((0, 100), leftmost, fill=0, font=font, anchor="ls")
    line = strip(Line(text), stock)
    left, top, _right, bottom = ink(line)
    wide = ink(alone)[2] - ink(alone)[0] - 3
    begins = ink(line.crop((left, 0, left + wide, line.height)))
    lone_left = ink(alone)[0]
    lone = ink(alone.crop((lone_left, 0, lone_left + wide, 200)))
    assert abs((begins[3] - begins[1]) - (lone[3] - lone[1])) <= 2
    gap = line.crop((left + wide + 3, top, left + wide + 7, bottom))
    assert ink(gap) is None  # a space follows it


@WIDTHS
@pytest.mark.parametrize("name", NAMES)
def test_a_long_name_goes_on_in_the_next_line_and_what_stands_right_stays(width_mm, name):
    stock, long = ROLLS[width_mm], " ".join([name] * 9)
    one, five = strip(Pair(name, "10:00–12:00"), stock), strip(Pair(long, "10:00–12:00"), stock)
    assert five.height > one.height
    end = (stock.width - 100, 0, stock.width, one.height)
    assert ink(one.crop(end)) == ink(five.crop(end))


def test_a_word_wider_than_the_paper_is_cut_into_lines_and_loses_nothing():
    lines = wrapped("陈" * 60, 29, 400, 384)
    assert "".join(lines) == "陈" * 60
    assert all(face(line, 29).width <= 384 for line in lines)


@WIDTHS
def test_every_tag_there_can_be_is_large_and_whole(width_mm):
    from kiosk.hub.tags import ANIMALS
    from kiosk.screens.setup.view import COLOURS
    from kiosk.screens.tags import tag_words, whole

    stock = ROLLS[width_mm]
    for words in (Words("en"), Words("es")):
        for colour in COLOURS:
            for animal in ANIMALS:
                said = whole(tag_words(str(Tag(colour, animal, 88)), words), words)
                px, lines = big_lines(said, stock)
                assert px >= stock.dots(6.5), said
                assert len(lines) <= BIG_LINES
                assert " ".join(lines) == said
                assert all(face(line, px, 700).width <= stock.width for line in lines)


def test_the_code_of_a_tag_ends_its_visit_and_holds_nothing_else(sheets):
    code = next(
        one.text
        for one in sheets(Words("en"))["tag"]
        if hasattr(one, "text") and one.text.startswith("DOOR")
    )
    assert read_leaving(code).visit == VISIT.id


def test_a_private_booking_is_printed_without_its_title(house):
    house.has(booking("Common Hall", "11:00", hours=1, title={"en": "Secret plans"}, private=True))
    said = documents.rooms_today(house.snapshot, at("10:42"), Words("en"))
    assert "Private" in [one.left for one in said if isinstance(one, Pair)]
    assert "Secret plans" not in repr(said)


def test_where_the_house_is_shut_the_sheet_calls_no_room_free():
    house = House().has(room("Kitchen"))
    house.has(ClosedDay(id=id_of("shut"), date=TODAY, why={"en": "Holiday"}))
    said = documents.rooms_today(house.snapshot, at("10:42"), Words("en"))
    lines = [one.text for one in said if isinstance(one, Line)]
    assert "Holiday" in lines and "shut all day" in lines
    assert "free all day" not in lines


def test_the_roll_call_has_a_square_for_everybody_and_three_more(house):
    from tests.kiosk.hub.house import visit

    house.has(visit("Zoë Müller-Łukasiewicz"), visit("عمر الفاروق"), visit("", tag="blue hare 3"))
    said = documents.roll_call(house.snapshot, at("10:42"), Words("en"))
    ticks = [one.text.strip() for one in said if isinstance(one, Tick)]
    assert len(ticks) == 3 + 3
    assert "Zoë M." in ticks
    assert "Blue Hare 3" in ticks


@WIDTHS
@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_receipt_printer_prints_the_very_picture_that_was_looked_at(sheets, width_mm, lang):
    for name, sheet in sheets(Words(lang)).items():
        roll = printed(sheet, width_mm)
        ours = drawn(sheet, ROLLS[width_mm])
        theirs = roll.picture.crop((0, 0, *ours.size))
        assert theirs.tobytes() == ours.tobytes(), name
        assert roll.cuts == 1


@WIDTHS
@pytest.mark.parametrize("lang", ["en", "es"])
def test_in_the_printer_s_own_letters_no_line_runs_over_the_edge(sheets, width_mm, lang):
    for sheet in sheets(Words(lang)).values():
        roll = printed(sheet, width_mm, letters=True)
        assert roll.letters
        assert roll.cuts == 1


def test_a_name_the_printer_has_no_letters_for_is_drawn_among_the_others():
    sheet = (Line("Ana"), Line("عمر الفاروق"), Line("José"))
    roll = printed(sheet, 58, letters=True)
    assert roll.letters == ["Ana", "José"]
    assert roll.strips[1].tobytes() == strip(sheet[1], ROLLS[58]).tobytes()


def test_a_long_sheet_goes_over_several_pages_and_no_line_is_cut(house):
    sheet = tuple(Tick(f"{name} {n}") for n in range(20) for name in NAMES)
    found = pages(sheet)
    assert len(found) > 1
    whole = sum(strip(block, PAGE).height for block in sheet)
    shown = [ink(page) for page in found]
    assert all(box[1] >= MARGIN and box[3] <= 3508 - MARGIN for box in shown)
    assert sum(page.height - 2 * MARGIN for page in found) >= whole


def test_a_normal_printer_gets_a_pdf(sheets):
    assert Paper(sheets(Words("en"))["rooms"]).as_pdf().startswith(b"%PDF")


def test_a_grid_has_a_frame_for_each_slot_and_space(sheets):
    grid = [one for one in sheets(Words("en"))["open space"] if isinstance(one, Boxes)]
    assert [len(one.boxes) for one in grid] == [len(NAMES)] * 2
    assert ink(strip(grid[0], ROLLS[58])) is not None


@WIDTHS
@pytest.mark.parametrize("name", NAMES)
def test_whoever_is_ticked_off_stands_beside_the_square(width_mm, name):
    stock = ROLLS[width_mm]
    beside = stock.dots(4) + stock.dots(2)
    image = strip(Tick(name, "card"), stock)
    left, *_ = ink(image.crop((stock.dots(4) + 1, 0, image.width, image.height)))
    assert stock.dots(4) + 1 + left <= beside + stock.dots(1.5)


@WIDTHS
@pytest.mark.parametrize("name", NAMES)
def test_what_is_written_in_a_frame_is_whole_however_long(width_mm, name):
    stock = ROLLS[width_mm]
    short, long = (strip(Boxes(((name * n, f"{name} " * 12 * n),)), stock) for n in (1, 12))
    assert long.height > short.height
    inner = long.crop((stock.dots(0.5), 0, stock.width - stock.dots(0.5), long.height))
    frame = stock.dots(0.3)
    lowest = [y for y in range(long.height) if ink(inner.crop((0, y, inner.width, y + 1)))][-1]
    between = inner.crop((0, lowest - frame - 3, inner.width, lowest - frame))
    assert ink(between) is None  # nothing runs into the frame


def test_a_name_with_commands_in_it_commands_no_printer():
    roll = printed((Line("Ana\x1bd\x7f"), Pair("\x10\x04\x01", "x")), 58, letters=True)
    assert roll.letters == []
    assert printed((Line("Ana\x1b"),), 58).cuts == 1
