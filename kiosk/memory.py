"""How this process takes memory from the system: so that a month later it has no more of it.

glibc gives threads heaps of their own, which are never given back as a whole, and comes to keep ever
larger pieces that were freed. Threads take turns here anyway (the interpreter's lock).
"""

import ctypes

_MMAP_THRESHOLD, _ARENA_MAX = -3, -8
"""Parameters of ``mallopt`` in glibc's malloc.h; another C library may have none."""
LARGE = 512 * 1024
"""Bytes; what is larger has pages of its own, which go back as soon as it is freed."""


def keep_together() -> None:
    """Have all threads share one heap. To be called before there is a second thread."""
    if mallopt := getattr(ctypes.CDLL(None), "mallopt", None):
        mallopt(_ARENA_MAX, 1)
        mallopt(_MMAP_THRESHOLD, LARGE)
