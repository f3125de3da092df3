"""A process that is told by lines of JSON what to do, and answers each with one."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]
PATIENCE_S = 30


class Started:
    """A process of a peer's, or of ours: what it holds of the memory, and its end."""

    def __init__(
        self,
        command: Sequence[str | Path],
        log: Path,
        env: Mapping[str, str] | None = None,
        cwd: Path = ROOT,
    ) -> None:
        """log: where its complaints go."""
        with log.open("ab") as errors:
            self.process = subprocess.Popen(
                [str(word) for word in command],
                cwd=cwd,
                env={**os.environ, **(env or {})},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )

    def line(self) -> str:
        """Return the next line that it prints. Raises EOFError where it has ended."""
        assert self.process.stdout
        said = self.process.stdout.readline()
        if not said:
            raise EOFError(f"{self.process.args!r} ended")
        return said

    def memory_mb(self) -> float:
        """Return what it held of the memory at its most."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))

    def end(self) -> None:
        """Have it end, and wait for that."""
        self.process.terminate()
        try:
            self.process.communicate(timeout=PATIENCE_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.communicate()


class Told(Started):
    """A device: it does what it is told. It says ``{}`` when it has come up."""

    def __init__(self, command: Sequence[str | Path], log: Path, env: Mapping[str, str]) -> None:
        """log: where its complaints go."""
        super().__init__(command, log, env)
        self.line()  # or it would still be loading while another one is timed

    def do(self, what: str, **facts: Any) -> dict[str, Any]:
        """Have it do something; return what it says of that."""
        assert self.process.stdin
        self.process.stdin.write(json.dumps({"do": what, **facts}) + "\n")
        self.process.stdin.flush()
        said: dict[str, Any] = json.loads(self.line())
        return said

    def takes(self, what: str, **facts: Any) -> float:
        """Have it do something; return the seconds that took, by its own watch."""
        return float(self.do(what, **facts)["s"])
