"""Setting up a machine, one step after another: each says whether it has been done already.

So a second run does only what is missing, after a power cut as on another day, and ``--dry-run``
tells the same without doing it. What a step did, ``uninstall`` takes back in the opposite order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from deploy.machine.machine import NotDone


def _nothing() -> None:
    """What is left on the machine: a package that others may use, people's records."""


@dataclass(frozen=True)
class Step:
    """One change of a machine. ``says`` completes "I ..." for whoever watches."""

    says: str
    is_done: Callable[[], bool]
    do: Callable[[], object]
    undo: Callable[[], object] = _nothing

    @property
    def stays(self) -> bool:
        """Whether uninstalling leaves it as it is."""
        return self.undo is _nothing


@dataclass(frozen=True)
class Check:
    """What must be so before anything is changed; ``why_not`` is a sentence, "" where all is well."""

    says: str
    why_not: Callable[[], str]


class NotReady(Exception):
    """Something was found before anything was changed; ``reasons`` are sentences."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = tuple(reasons)


def look(checks: Sequence[Check], tell: Callable[[str], None]) -> None:
    """Make all checks and tell of each. Raises NotReady with all that is wrong, not the first."""
    reasons = []
    for check in checks:
        why = check.why_not()
        tell(f"{'LOOK ' if why else 'ok   '} {check.says}{f': {why}' if why else ''}")
        reasons += [why] if why else []
    if reasons:
        raise NotReady(reasons)


def apply(
    steps: Sequence[Step],
    tell: Callable[[str], None],
    *,
    dry_run: bool = False,
    after: Callable[[Step], None] = lambda _step: None,
) -> int:
    """Do what has not been done; return how much that was. Raises NotDone and stops there.

    after: called when a step is done; a test cuts the power there.
    """
    count = 0
    for step in steps:
        if step.is_done():
            tell(f"there  {step.says}")
            continue
        count += 1
        tell(f"{'would ' if dry_run else 'doing '} {step.says}")
        if dry_run:
            continue
        step.do()
        if not step.is_done():
            raise NotDone(f"it was done, and is not so: {step.says}")
        after(step)
    return count


def take_back(steps: Sequence[Step], tell: Callable[[str], None], *, dry_run: bool = False) -> None:
    """Undo the steps, the last one first; say what stays."""
    for step in reversed(steps):
        if step.stays:
            tell(f"stays  {step.says}")
            continue
        tell(f"{'would ' if dry_run else 'undo  '} {step.says}")
        if not dry_run:
            step.undo()
