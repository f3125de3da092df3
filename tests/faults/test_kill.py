"""kill -9 at random instants of a stream of sign-ins, backups and erasures, in a real process.

The process tells what it did through a pipe, one line when the store has it. It is killed while it
opens, commits, makes a backup or washes; the next round goes on with what it left.
"""

import os
import signal
import time
from itertools import count
from pathlib import Path
from random import Random
from select import select

import pytest

from kiosk.store import Changes, Erase, Write, open_store

NOW_MS = 1_795_430_520_000
ROUNDS_A_STORE = 25
LONGEST_S = 0.01
"""A commit takes less than a millisecond, opening, a backup or an erasure some ten."""


def sign_people_in(path, first, tell):
    """Sign in one after another until the end; every 17th makes a backup, every 23rd is erased."""
    store = open_store(path)
    tell("opened")
    for number in count(first):
        acts = (
            Write("visit", f"v{number}", {"name": f"Visitor-{number}-", "how": "visitor"}),
            Write("roll", f"r{number}", {"drill": False}),
        )
        store.commit(Changes(acts), now_ms=NOW_MS + number)
        tell(f"in {number}")
        if number % 17 == 0:
            store.backup(now_ms=NOW_MS + number)
        if number % 23 == 0:
            store.commit(Changes.of(Erase("visit", f"v{number}")), now_ms=NOW_MS)
            tell(f"erased {number}")


def start(path, first):
    """Start the stream in a process of its own; return its id and the pipe it tells on."""
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            os.close(reading)
            sign_people_in(path, first, lambda text: os.write(writing, text.encode() + b"\n"))
        finally:
            os._exit(1)
    os.close(writing)
    return process, reading


def killed(process, reading, lines, more_s):
    """Listen to so many lines and a moment longer, kill it, and return every whole line it told."""
    told = b""
    while told.count(b"\n") < lines and (more := os.read(reading, 4_096)):
        told += more
    # A wait, not a sleep: the instant lies anywhere in what the process does next.
    until = time.monotonic() + more_s
    while (left := until - time.monotonic()) > 0 and select([reading], [], [], left)[0]:
        told += os.read(reading, 4_096)
    os.kill(process, signal.SIGKILL)
    _pid, status = os.waitpid(process, 0)
    while more := os.read(reading, 65_536):
        told += more
    os.close(reading)
    assert os.WTERMSIG(status) == signal.SIGKILL, "it ended by itself"
    return told.decode().splitlines()


def wrong(store, told):
    """What was told and is not so, and what is there by halves."""
    tables, names = store.tables(), store.tables()["visit"]
    came = [line.split()[1] for line in told if line.startswith("in")]
    went = [line.split()[1] for line in told if line.startswith("erased")]
    return [
        *(f"lost v{number}" for number in came if f"v{number}" not in names),
        *(f"kept v{number}" for number in went if names[f"v{number}"].body["fields"]["name"]),
        *(f"half {one}" for one in {v[1:] for v in names} ^ {r[1:] for r in tables["roll"]}),
        *(["damaged"] if store.opened.was_damaged else []),
    ]


@pytest.mark.slow
def test_nothing_told_is_lost_however_often_the_process_is_killed(tmp_path, rounds):
    dice, lines = Random(rounds), 0
    for number in range(rounds):
        if number % ROUNDS_A_STORE == 0:  # a store grows with each round, and opening takes longer
            path, told = Path(tmp_path / f"{number}" / "store.db"), []
        process, reading = start(path, 10_000 * number + number % 23)
        told += killed(process, reading, dice.randrange(40), dice.uniform(0, LONGEST_S))
        with open_store(path) as store:
            assert wrong(store, told) == []
            assert not store.is_unwashed
        lines += len(told)
    assert lines > 10 * rounds, "too little happened to say anything"


@pytest.mark.slow
def test_nothing_erased_is_left_in_a_file_after_the_process_was_killed(tmp_path, rounds):
    dice = Random(rounds)
    for number in range(max(5, rounds // 5)):
        if number % ROUNDS_A_STORE == 0:
            path = Path(tmp_path / f"{number}" / "store.db")
        process, reading = start(path, 10_000 * number + number % 23)
        told = killed(process, reading, dice.randrange(24, 60), dice.uniform(0, LONGEST_S))
        open_store(path).close()  # the washing that was cut short is done here
        files = b"".join(file.read_bytes() for file in path.parent.rglob("*") if file.is_file())
        erased = [line.split()[1] for line in told if line.startswith("erased")]
        assert [one for one in erased if f"Visitor-{one}-".encode() in files] == []
