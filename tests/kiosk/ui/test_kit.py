"""The widgets: what they say, where a finger may touch them, whether all of it can be read."""

import pytest
from kivy.base import EventLoop
from kivy.input.motionevent import MotionEvent
from kivy.lang import Builder

from kiosk.ui import gallery, kit
from kiosk.ui.look import look
from kiosk.ui.theme import FORMS, theme_for
from kiosk.ui.widgets_box import StatusBadge
from kiosk.ui.widgets_field import Field
from kiosk.ui.widgets_flow import Stepper, Undo
from kiosk.ui.widgets_hold import HoldPress
from kiosk.ui.widgets_press import Press
from kiosk.ui.widgets_text import Rich, Say, Text
from kiosk.ui.words import Words

DOORS = FORMS[:3]


@pytest.fixture(autouse=True)
def english_door():
    look.use(theme_for("door_10"), Words("en"))
    EventLoop.ensure_window()
    yield
    look.use(theme_for("door_10"), Words("en"))


class Finger(MotionEvent):
    """A touch at a place of the window, as a provider would send it."""

    def depack(self, args):
        self.is_touch = True
        self.x, self.y = args
        self.pos = args


def press(widget, at=None):
    touch = Finger("finger", 1, at or widget.center)
    touch.push_attrs_stack = []
    taken = widget.dispatch("on_touch_down", touch)
    return touch, taken


def let_go(widget, touch, at=None):
    touch.pos = touch.x, touch.y = at or touch.pos
    touch.grab_current = widget
    widget.dispatch("on_touch_up", touch)


def placed(widget, width=None, height=None):
    widget.size_hint = (None, None)
    widget.size = (width or widget.width, height or widget.height)
    widget.pos = (100, 100)
    return widget


@pytest.mark.parametrize("form", DOORS)
@pytest.mark.parametrize("large", [False, True])
def test_every_sort_of_button_in_kv_is_high_enough(form, large):
    look.use(theme_for(form, large=large), Words("en"))
    for sort in ("Secondary", "StopAct", "GiveUp", "Tool", "Chip", "Tile", "TagTile"):
        assert Builder.load_string(f"{sort}:\n    say: 'act.back'").height >= look.theme.mm(15)
    assert Builder.load_string("Primary:\n    say: 'act.back'").height >= look.theme.mm(20)


def test_a_press_shows_at_touch_down_and_acts_on_letting_go_inside():
    button, done = placed(Press(say="act.done"), 300, 100), []
    button.bind(on_release=done.append)
    touch, _ = press(button)
    assert button.style.fill == "ink" and not done
    let_go(button, touch)
    assert len(done) == 1


def test_letting_go_outside_does_nothing():
    button, done = placed(Press(say="act.done"), 300, 100), []
    button.bind(on_release=done.append)
    touch, _ = press(button)
    let_go(button, touch, at=(900, 700))
    assert not done


@pytest.mark.parametrize("mode", ["saving", "done"])
def test_what_is_being_saved_takes_no_second_press(mode):
    button = placed(Press(say="act.done", mode=mode), 300, 100)
    _, taken = press(button)
    assert not taken and button.state == "normal"


def test_what_is_being_saved_says_so():
    assert Press(say="act.done", mode="saving").reads == "Saving"
    assert Press(say="act.done", mode="done").reads == "Saved"


def test_a_key_takes_the_touches_of_its_whole_pitch():
    key = Builder.load_string("Key:\n    text: 'A'")
    key.pos = (100, 100)
    _, _, width, height = key.touch_box
    assert width >= look.theme.mm(16) and height >= look.theme.mm(16)
    assert key.collide_point(100 - look.theme.mm(1), 100)


def test_words_too_long_for_one_line_take_two():
    button = placed(Press(text="A room we booked"), look.theme.mm(40), look.theme.mm(20))
    assert not button.is_clipped
    assert button._label.height == pytest.approx(2 * look.theme.size("body") * 1.12, abs=3)


def test_words_too_long_for_two_lines_are_known_to_be_clipped():
    long = "A room that we booked a very long time ago and forgot"
    assert placed(Press(text=long), look.theme.mm(40), look.theme.mm(20)).is_clipped


def test_a_word_too_long_for_its_line_is_known_to_be_broken():
    assert placed(Text(text="Conversation"), 90, 300).is_clipped
    assert not placed(Text(text="Conversation"), 300, 60).is_clipped


def test_a_text_without_spaces_between_words_may_end_its_line_anywhere():
    assert not placed(Text(text="共同晚餐欢迎所有邻居和朋友"), 200, 300).is_clipped


def test_a_text_too_high_for_its_box_is_known_to_be_clipped():
    assert placed(Text(text="one two three four five"), 120, 60).is_clipped


def test_shortening_counts_as_clipped_unless_it_was_allowed():
    text = "El coro busca voces graves"
    assert placed(Text(text=text, max_lines=1), 200, 60).is_clipped
    assert not placed(Text(text=text, may_shorten=True), 200, 60).is_clipped


def test_a_button_as_wide_as_its_words_is_not_clipped():
    for stacked in (False, True):
        tool = Press(kind="tool", say="act.bigger", mark="Aa", hug=True, stacked=stacked)
        tool.height = look.theme.target("tool")
        assert not tool.is_clipped


def test_a_button_reads_its_words_in_the_order_they_are_seen():
    assert Press(text="Heron 1", sub="Blue", sub_first=True).reads == "Blue Heron 1"
    assert Press(text="I’m here", sub="Estoy aquí").reads == "I’m here Estoy aquí"


def test_a_chosen_chip_has_a_check_as_well_as_a_colour():
    chip = Press(kind="chip", text="An event", chosen=True)
    assert chip._tail.icon == "check" and chip.style.fill == "ink"


def test_a_key_says_its_sentence_with_facts_and_counts():
    assert Say(say="page.of", facts={"page": 1, "pages": 2}).text == "Page 1 of 2"
    assert Say(say="light.waiting", n=12).text == "12 waiting"


def test_the_parts_of_a_text_are_read_as_one_and_brackets_are_no_marks():
    rich = Rich(parts=[("[b]Pears.", "strong"), (" Two crates", "text", "go")])
    assert rich.reads == "[b]Pears. Two crates"
    assert not placed(rich, 600, 60).is_clipped


def test_a_name_in_arabic_is_drawn_from_right_to_left():
    text = Text(text="علي حسن", weight=600)
    assert text.font_direction == "rtl" and text.font_name == "NotoArabic-600"
    text.text = "Ana"
    assert text.font_direction == "ltr" and text.font_name == "Atkinson-600"


def test_a_status_has_a_word_and_a_shape():
    badge = StatusBadge(status="soon")
    text, shape = badge.children
    assert text.text == "Soon" and shape.shape == "half"


def test_a_stepper_stops_at_its_ends():
    stepper = Stepper(value=1, least=1, most=2)
    assert stepper._minus.disabled and not stepper._plus.disabled
    stepper.value = 7
    assert stepper.value == 2 and stepper._plus.disabled


def test_undo_goes_when_its_seconds_are_over():
    undo = Undo(seconds=8)
    assert undo.reads == "Undo · 8" and not undo.disabled
    undo.seconds = 0
    assert undo.disabled and undo.opacity == 0


def test_a_field_reads_what_was_typed():
    assert Field(text="Ma").reads == "Ma"
    assert Field(text="Ma", typed=True).style.edge == "go"


def test_a_stop_act_that_is_held_says_its_seconds_and_acts_once():
    act, done = placed(HoldPress(kind="stop", text="Everybody out", sub="Hold"), 400, 120), []
    act.bind(on_held=done.append)
    press(act)
    assert act.sub == "Keep holding: 3 more seconds"
    act._hold(1.5)
    assert act.sub == "Keep holding: 2 more seconds" and not done
    act._hold(1.6)
    assert len(done) == 1 and act.sub == "Hold"


def test_a_stop_act_let_go_too_soon_does_nothing():
    act, done = placed(HoldPress(kind="stop", text="Everybody out", sub="Hold"), 400, 120), []
    act.bind(on_held=done.append)
    touch, _ = press(act)
    act._hold(2.9)
    let_go(act, touch)
    assert not done and act.sub == "Hold" and act.held_s == 0


def test_the_sheet_of_all_widgets_can_be_built():
    sheet = Builder.load_string(gallery.SHEET)
    assert sheet.children and kit.FILES


def test_a_button_made_tighter_stays_so_when_it_is_pressed():
    act = placed(Press(text="More", icon_end="arrow-right", hug=True), 400, 120)
    act.tighten(3)
    narrow = act.width
    act.state = "down"
    assert not act.is_clipped
    assert act.width == narrow < act.hugged_width()


@pytest.mark.parametrize("valign", ["top", "middle", "bottom"])
@pytest.mark.parametrize("reading", [False, True])
def test_a_box_as_high_as_its_lines_shows_all_of_them(valign, reading):
    words = Text(text="one two three", role="title", reading=reading, valign=valign)
    words.size = words.widest_word() + 2, 400
    words.settle()
    words.height = words.text_height
    assert len(words._line_texts()) == 3
    assert not words.is_clipped
