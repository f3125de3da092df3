"""Rows of things to press: nothing leaves its row, and each is as wide as what is on it now."""

import pytest
from kivy.base import EventLoop
from kivy.uix.widget import Widget

from kiosk.ui import kit  # noqa: F401  # Secondary
from kiosk.ui.acts import Acts
from kiosk.ui.look import look
from kiosk.ui.theme import FORMS, theme_for
from kiosk.ui.widgets_press import Press
from kiosk.ui.widgets_text import Text
from kiosk.ui.words import Words

LONG = ("Keep the changes", "Volver a ponerlo", "Dejarla como está", "Volver a poner el mío")


@pytest.fixture(autouse=True)
def upright_door_in_large_words():
    look.use(theme_for("door_7_portrait", large=True), Words("es"))
    EventLoop.ensure_window()
    yield
    look.use(theme_for("door_10"), Words("en"))


def pressed(text):
    return Press(text=text, hug=True, size_hint=(None, None), height=look.theme.target("least"))


def row_px():
    return look.theme.width_px - 2 * look.theme.space("margin")


def is_whole(act, acts):
    return acts.x <= act.x and act.right <= acts.right and not act.is_clipped


@pytest.mark.parametrize("form", FORMS[:3])
@pytest.mark.parametrize("words", LONG)
def test_an_act_wider_than_its_row_takes_two_lines(form, words):
    look.use(theme_for(form, large=True), Words("es"))
    acts, act = Acts(width=row_px()), pressed(words)
    acts.show([act])
    assert is_whole(act, acts)
    assert acts.height >= act.height >= look.theme.target("least")


def test_it_stays_so_when_it_is_pressed():
    acts, act = Acts(width=row_px()), pressed(LONG[0])
    acts.show([act])
    act.state = "down"
    assert is_whole(act, acts)


def test_while_it_is_saved_nothing_moves():
    acts, act, other = Acts(width=row_px()), pressed("Guardar cambios"), pressed("Retirar")
    acts.show([other], [act])
    before = [(*one.pos, *one.size) for one in (acts, act, other)]
    act.mode = "saving"
    acts.show([other], [act])
    assert act.reads == "Guardando"
    assert [(*one.pos, *one.size) for one in (acts, act, other)] == before


def test_it_is_one_line_again_where_its_words_are_short():
    acts, act = Acts(width=row_px()), pressed(LONG[0])
    acts.show([], [act])
    act.text = "Más"
    acts.show([], [act])
    assert (act.width, acts.height) == (act.hugged_width(), look.theme.target("least"))


def test_it_is_one_line_again_in_a_wider_row():
    acts, act = Acts(width=row_px()), pressed(LONG[0])
    acts.show([act])
    acts.width = 2 * row_px()
    assert (act.width, acts.height) == (act.hugged_width(), look.theme.target("least"))


def test_words_that_changed_in_this_moment_have_their_width_already():
    acts, words, act = Acts(width=row_px()), Text(text="1", fit="width"), pressed("A")
    acts.show([words], [act])
    words.text, act.text = "Página 1 de 12", "Más"
    acts.show([words], [act])
    assert words.width == words.natural_width()
    assert act.right == acts.right
    assert acts.height > look.theme.target("least")  # not beside each other any more


def test_what_comes_back_again_and_again_is_placed_once_a_change(monkeypatch):
    acts, other = Acts(width=row_px()), pressed("No")
    act = Widget(size_hint=(None, None), size=(200, look.theme.target("least")))
    for _ in range(5):
        acts.show([act])
        acts.show([other])
    acts.show([act])
    placed = []
    monkeypatch.setattr("kiosk.ui.acts.across", lambda *_: placed.append(1))
    act.width += 10
    assert len(placed) == 2  # the acts at the left and those at the right
