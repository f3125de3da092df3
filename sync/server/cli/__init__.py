"""The operator's commands. Each says in plain sentences what it did, or why it could not."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence

from sync.errors import HubError
from sync.server.cli.words import parser
from sync.server.service import wall_clock_ms


def main(
    arguments: Sequence[str] | None = None, *, now_ms: Callable[[], int] = wall_clock_ms
) -> int:
    """Run one command; return 0, or 1 where it could not be done. now_ms: what the time is."""
    asked = parser().parse_args(arguments)
    asked.now_ms = now_ms
    os.umask(0o077)  # whatever is written holds names or keys
    try:
        code: int = asked.run(asked)
        sys.stdout.flush()
    except HubError as why:
        print(f"Nothing was changed: {why}.", file=sys.stderr)
        return 1
    except BrokenPipeError:  # somebody read enough of it
        sys.stderr.close()
        return 1
    return code
