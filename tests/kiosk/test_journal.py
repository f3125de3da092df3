"""What breaks is written down by type and place, without the values that were in hand."""

import subprocess
import sys

BREAKS = """
import threading
from kiosk.journal import open_journal
open_journal()
def greet(name):
    raise ValueError(f"cannot greet {name}")
thread = threading.Thread(target=greet, args=("Marked Name",))
thread.start()
thread.join()
greet("Marked Name")
"""


def test_neither_a_thread_nor_the_main_one_tells_whose_name_it_broke_on():
    ended = subprocess.run(
        [sys.executable, "-c", BREAKS], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1
    assert "thread.broke why=ValueError" in ended.stderr
    assert "kiosk.broke why=ValueError" in ended.stderr
    assert "Marked" not in ended.stderr
