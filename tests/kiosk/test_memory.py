"""Where this process keeps what it was given; asked of glibc itself, in a process of its own."""

import ctypes
import re
import subprocess
import sys

import pytest

from kiosk.memory import LARGE

pytestmark = pytest.mark.skipif(
    not hasattr(ctypes.CDLL(None), "mallopt"), reason="this is not glibc"
)
BEGINS = """
import ctypes, sys, threading
from kiosk.memory import LARGE, keep_together

if sys.argv[1] == "together":
    keep_together()
libc = ctypes.CDLL(None)
libc.malloc.restype, libc.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
libc.free.argtypes = [ctypes.c_void_p]
libc.fdopen.restype = ctypes.c_void_p
"""
THREADS = """
all_there = threading.Barrier(6)

def takes():
    libc.malloc(100)
    all_there.wait()

threads = [threading.Thread(target=takes) for _ in range(6)]
for one in threads:
    one.start()
for one in threads:
    one.join()
"""
LARGE_ONES = """
libc.free(libc.malloc(16 * LARGE))  # from here on glibc's own threshold is that large
taken = [libc.malloc(2 * LARGE) for _ in range(5)]
"""
ENDS = """
out = ctypes.c_void_p(libc.fdopen(1, b"w"))
libc.malloc_info(0, out)
libc.fflush(out)
"""


def what_glibc_says(how: str, done: str) -> str:
    """Do something in a process whose memory is kept "together" or "apart"; return its account."""
    asks = [sys.executable, "-c", BEGINS + done + ENDS, how]
    return subprocess.run(asks, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(("how", "is_one"), [("together", True), ("apart", False)])
def test_threads_share_one_heap(how, is_one):
    assert (what_glibc_says(how, THREADS).count("<heap nr=") == 1) is is_one


@pytest.mark.parametrize(("how", "is_apart"), [("together", True), ("apart", False)])
def test_what_is_large_has_pages_of_its_own(how, is_apart):
    said = what_glibc_says(how, LARGE_ONES)
    (size,) = re.findall(r'<total type="mmap" count="\d+" size="(\d+)"/>', said)
    assert (int(size) >= 5 * 2 * LARGE) is is_apart
