"""A process that has imported everything once, and forks a kiosk or a server within milliseconds.

Each is a real process of its own, with its own memory, files and sockets; it can be killed like
any. What it is told comes on its stdin, what it answers goes to its stdout: lines of JSON.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import traceback
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
WHAT = ("kiosk", "server")
LONGEST_S = 60


class Child:
    """A process that was forked: its id, and both ends of what is said, in one socket."""

    def __init__(self, pid: int, line: socket.socket) -> None:
        self.pid, self._line = pid, line
        line.settimeout(LONGEST_S)
        self._heard = line.makefile("rb")

    def say(self, **words: Any) -> None:
        """Tell it something; a dead one hears nothing."""
        try:
            self._line.sendall(json.dumps(words).encode() + b"\n")
        except (BrokenPipeError, ConnectionResetError):
            return

    def hears(self) -> dict[str, Any] | None:
        """Return the next whole line that it said, None once it has ended."""
        try:
            line = self._heard.readline()
        except ConnectionResetError:
            return None
        return json.loads(line) if line.endswith(b"\n") else None

    def fileno(self) -> int:
        """For ``select``."""
        return self._line.fileno()

    def kill(self) -> list[dict[str, Any]]:
        """End it as a power cut does; return all that it had said before."""
        os.kill(self.pid, signal.SIGKILL)
        return self.last_words()

    def ends(self) -> list[dict[str, Any]]:
        """Ask it to end, and wait until it has."""
        try:
            self._line.shutdown(socket.SHUT_WR)
        except OSError:
            return []
        return self.last_words()

    def last_words(self) -> list[dict[str, Any]]:
        """Return what was said and not yet heard; the process is gone then."""
        found = list(iter(self.hears, None))
        self._heard.close()
        self._line.close()
        return found


class Nursery:
    """The process that forks, and its end of the line to it."""

    def __init__(self, folder: Path) -> None:
        mine, theirs = socket.socketpair()
        words = [sys.executable, "-m", "tests.peers.nursery", str(theirs.fileno())]
        self.log = (folder / "nursery.log").open("wb")
        self._process = subprocess.Popen(
            words, cwd=ROOT, pass_fds=[theirs.fileno()], stderr=self.log
        )
        theirs.close()
        self._line = mine

    def start(self, what: str, facts: dict[str, Any]) -> Child:
        """Fork a kiosk or a server; facts: what it begins with."""
        mine, theirs = socket.socketpair()
        said = json.dumps({"what": what, "facts": facts}).encode()
        socket.send_fds(self._line, [said], [theirs.fileno()])
        theirs.close()
        return Child(int(self._line.recv(32)), mine)

    def close(self) -> None:
        """End; who was forked ends with the other end of its line."""
        self._line.close()
        self._process.wait(LONGEST_S)
        self.log.close()


def _fork(what: str, facts: dict[str, Any], line: int, nursery: socket.socket) -> int:
    pid = os.fork()
    if pid:
        return pid
    nursery.close()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for end in (0, 1):
        os.dup2(line, end)
    os.close(line)
    code = 1
    try:
        from tests.peers import kiosk_process, server_process

        {"kiosk": kiosk_process, "server": server_process}[what].main(facts)
        code = 0
    except Exception:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def main(number: int) -> None:
    """Fork whatever is asked for, until nobody is there to ask."""
    from tests.peers import kiosk_process, server_process

    assert kiosk_process and server_process  # imported before anybody is forked
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    nursery = socket.socket(fileno=number)
    while True:
        said, ends, _flags, _address = socket.recv_fds(nursery, 65_536, 1)
        if not said:
            return
        asked = json.loads(said)
        pid = _fork(asked["what"], asked["facts"], ends[0], nursery)
        os.close(ends[0])
        nursery.send(str(pid).encode())


if __name__ == "__main__":
    main(int(sys.argv[1]))
