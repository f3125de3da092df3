"""What becomes of a stick, from another process to the door that runs."""

import stat
from queue import Empty, SimpleQueue

import pytest

from kiosk.hardware.stick_news import NEWS, SOCKET_NAME, DoorAway, StickNews, tell


@pytest.fixture
def heard(tmp_path):
    """What the door hears, in order."""
    queue, news = SimpleQueue(), StickNews(tmp_path)
    news.start(queue.put)
    yield queue
    news.stop()


def test_the_door_hears_what_becomes_of_a_stick(tmp_path, heard):
    for news in sorted(NEWS):
        tell(tmp_path, news)
    assert [heard.get(timeout=5) for _ in NEWS] == sorted(NEWS)


@pytest.mark.parametrize("word", ["", "hello", "done\n", "done" * 5000])
def test_what_is_no_news_of_a_stick_is_dropped(tmp_path, heard, word):
    tell(tmp_path, word)
    tell(tmp_path, "done")
    assert heard.get(timeout=5) == "done"
    with pytest.raises(Empty):
        heard.get_nowait()


def test_only_the_kiosk_s_own_user_may_send(tmp_path, heard):
    assert stat.S_IMODE((tmp_path / SOCKET_NAME).stat().st_mode) == 0o600


def test_where_no_door_listens_whoever_tells_is_told_so(tmp_path):
    with pytest.raises(DoorAway):
        tell(tmp_path, "done")


def test_a_door_that_ended_leaves_no_socket_and_one_that_was_killed_hinders_no_other(tmp_path):
    killed = StickNews(tmp_path)
    killed.start(lambda _news: None)
    after, queue = StickNews(tmp_path), SimpleQueue()
    after.start(queue.put)
    tell(tmp_path, "full")
    assert queue.get(timeout=5) == "full"
    after.stop()
    after.stop()
    assert not (tmp_path / SOCKET_NAME).exists()
    killed.stop()
