"""Tell the door how a stick ended, once it is let go of and may be taken out.

For systemd's unit of sticks alone: it says in the environment how backup-stick ended.
"""

from __future__ import annotations

import argparse
import os
from contextlib import suppress

from kiosk.cli.backup_stick import ENDS
from kiosk.hardware.stick_news import DoorAway, tell

HELP = "tell the door how a stick ended"
BY_STATUS = {"0": "done", "TERM": "torn"} | {str(number): news for number, news in ENDS.values()}


def add(_parser: argparse.ArgumentParser) -> None:
    """There is nothing to choose."""


def run(args: argparse.Namespace) -> int:
    """Tell it; where no door runs there is nobody to tell."""
    news = news_of(os.environ.get("SERVICE_RESULT", ""), os.environ.get("EXIT_STATUS", ""))
    if news:
        with suppress(DoorAway):
            tell(args.data, news)
    return 0


def news_of(result: str, status: str) -> str:
    """Return what the door is told, "" for nothing.

    result, status: ``SERVICE_RESULT`` and ``EXIT_STATUS``, as systemd.exec(5) has them.
    """
    if result == "exec-condition":  # a stick of somebody's that is none of ours
        return ""
    if result == "timeout" or (status == "0" and result != "success"):
        return "not_done"
    return BY_STATUS.get(status, "not_done")
