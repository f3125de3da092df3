"""The tree of everything that may go wrong, and the key of the sentence that says it to a person.

HubError
  Refused     a person asked, nothing changed: RoomTaken, HubShut, AlreadyGone, ...
  Lost        something outside is away or full, its supervisor tries again: PortLost, StoreFull, ...
  Damaged     bytes are not what we wrote or agreed on: BadField, StoreDamaged, ...
Anything else is a bug: it reaches the one handler of its thread.
"""

from __future__ import annotations

from typing import ClassVar


class HubError(Exception):
    """Something that a person is told about; ``say`` is the key of the sentence."""

    say: ClassVar[str] = "sorry.not_now"

    def facts(self) -> dict[str, object]:
        """Return what the sentence needs to be complete: the error's public attributes."""
        return {name: value for name, value in vars(self).items() if not name.startswith("_")}


class Refused(HubError):
    """A person asked for something that cannot be; nothing changed."""


class Lost(HubError):
    """Something outside is away (a port, a disk, a server); what was stored is safe."""


class Damaged(HubError):
    """What was read is not what was written or agreed on."""


class BadField(Damaged):
    """A field of a record does not hold what its kind says."""

    say = "sorry.bad_field"

    def __init__(self, *, kind: str, field: str, expected: str) -> None:
        super().__init__(f"{kind}.{field}: expected {expected}")
        self.kind, self.field, self.expected = kind, field, expected


class BadStamp(Damaged):
    """A text that should be a stamp is not one."""

    say = "sorry.bad_field"

    def __init__(self, *, text: str) -> None:
        super().__init__(f"not a stamp: {text[:60]!r}")
        self.text = text[:60]


class BadMessage(Damaged):
    """What came over the wire is not a message of ours: a portal's page, a cut answer, nonsense."""

    def __init__(self, *, expected: str) -> None:
        super().__init__(f"not a message of ours: expected {expected}")
        self.expected = expected


class TooLarge(BadMessage):
    """A message is larger than agreed, or would be once inflated; it was not read to its end."""

    def __init__(self, *, largest_bytes: int) -> None:
        super().__init__(expected=f"at most {largest_bytes} bytes")
        self.largest_bytes = largest_bytes
