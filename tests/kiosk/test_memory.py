"""Where this process keeps what it was given; asked of glibc itself, in a process of its own."""

import ctypes
import re
import subprocess
import sys

import pytest

THREADS = 6
ASKS = f"""
import ctypes, sys, threading
from kiosk.memory import keep_together

if sys.argv[1] == "together":
    keep_together()
libc = ctypes.CDLL(None)
libc.malloc.restype, libc.fdopen.restype = ctypes.c_void_p, ctypes.c_void_p
all_there = threading.Barrier({THREADS})

def takes():
    libc.malloc(100)
    all_there.wait()

threads = [threading.Thread(target=takes) for _ in range({THREADS})]
for one in threads:
    one.start()
for one in threads:
    one.join()
out = ctypes.c_void_p(libc.fdopen(1, b"w"))
libc.malloc_info(0, out)
libc.fflush(out)
"""


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "mallopt"), reason="this is not glibc")
@pytest.mark.parametrize(("how", "is_one"), [("together", True), ("apart", False)])
def test_threads_share_one_heap(how, is_one):
    asked = subprocess.run(
        [sys.executable, "-c", ASKS, how], capture_output=True, text=True, check=True
    )
    heaps = re.findall(r"<heap nr=", asked.stdout)
    assert (len(heaps) == 1) is is_one
