"""A page over some fields of one record: shown, sent back, written as far as it was changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection

from sync.errors import Refused
from sync.merge import WireRecord
from sync.records import Record, read
from sync.server.web.doorkeeper import NotThere
from sync.server.web.hub.parts import Part, Taken, Typed, shown, taken, was_of
from sync.server.web.notice_form import Fields
from sync.server.web.reading import body_of
from sync.server.web.visit import Page, Visit
from sync.server.web.writing import Write

R = TypeVar("R", bound=Record)
Wrong = Mapping[str, Refused]


def nothing_more(_connection: Connection, _write: Write) -> None:
    """Do nothing beside a write."""


def nothing_wrong(_after: Any, _fields: Fields) -> Wrong:
    """Let everything pass. Any: a record of whatever kind."""
    return {}


@dataclass(frozen=True)
class Editing(Generic[R]):
    """What such a page is made of.

    parts: its fields, for a record as it stands. check: what is wrong with the record that it would
    become, by field. facts: what the template says besides. after: where saving leads.
    along: what is done in the transaction that writes it.
    must_exist: whether the record has to be there, as all but the hub's own have. made: what a new
    record says of itself besides, where this page makes one.
    """

    visit: Visit
    kind: type[R]
    record_id: str
    parts: Callable[[R], Sequence[Part]]
    template: str
    after: str
    check: Callable[[R, Fields], Wrong] = nothing_wrong
    facts: Callable[[R], Mapping[str, Any]] = field(default=lambda _record: {})
    must_exist: bool = True
    made: Mapping[str, Any] | None = None
    along: Callable[[Connection, Write], None] = nothing_more

    def page(self) -> Page:
        """Show the record as it stands. Raises NotThere."""
        with self.visit.database.reading() as connection:
            body = self._body(connection)
        record = self._read(body)
        parts = self.parts(record)
        return self._drawn(record, 200, shown(parts), was_of(body, parts))

    def save(self) -> Page:
        """Write what was changed; say what cannot be, and where two wrote at once. Raises NotThere."""
        found: list[Taken] = []

        def decide(connection: Connection) -> Sequence[Write]:
            body = self._body(connection)
            decided = self._decided(body)
            found.append(decided)
            if decided.wrong or decided.clashes or not decided.fields:
                return ()
            made = self.made if body is None and self.made else {}
            write = Write(self.kind.KIND, self.record_id, {**made, **decided.fields})
            self.along(connection, write)
            return (write,)

        self.visit.within(decide)
        if found[-1].wrong:
            return self._wrong_page(found[-1])
        if found[-1].clashes:
            return clash_page(self.visit, self.visit.request.url.path, found[-1])
        return self.visit.go(self.after, said="saved")

    def _decided(self, body: WireRecord | None) -> Taken:
        """Return what the form comes to, with what is wrong with the record that it would make."""
        decided = taken(body, self.parts(self._read(body)), self.visit.form)
        fields = dict(body["fields"]) if body else {}
        after = read(self.kind, self.record_id, fields | decided.fields)
        is_made = body is None and self.made is not None
        wrong = self.check(after, decided.fields) if decided.fields or is_made else {}
        return Taken(decided.fields, {**wrong, **decided.wrong}, decided.clashes, decided.was)

    def _body(self, connection: Connection) -> WireRecord | None:
        body = body_of(connection, self.visit.me.hub, self.kind.KIND, self.record_id)
        if body is None and self.must_exist:
            raise NotThere
        return body

    def _read(self, body: WireRecord | None) -> R:
        return read(self.kind, self.record_id, body["fields"] if body else {})

    def _wrong_page(self, decided: Taken) -> Page:
        with self.visit.database.reading() as connection:
            record = self._read(self._body(connection))
        was = self.visit.said("was")
        return self._drawn(record, 400, self.visit.form, was, decided.wrong)

    def _drawn(
        self, record: R, status: int, typed: Typed, was: str, wrong: Wrong | None = None
    ) -> Page:
        sentences = {name: self.visit.sorry(why) for name, why in (wrong or {}).items()}
        return self.visit.page(
            self.template,
            status,
            record=record,
            typed=typed,
            was=was,
            wrong=sentences,
            **self.facts(record),
        )


def clash_page(visit: Visit, action: str, decided: Taken) -> Page:
    """Show both values of what two wrote at once; all that was typed travels along."""
    ours = {"token", "was", "asked", *(f"pick.{clash.name}" for clash in decided.clashes)}
    kept = [
        (name, value) for name, values in visit.form.items() for value in values if name not in ours
    ]
    names = [*visit.form.get("asked", ()), *(clash.name for clash in decided.clashes)]
    return visit.page(
        "hub_clash.html",
        409,
        action=action,
        clashes=decided.clashes,
        was=decided.was,
        asked=tuple(dict.fromkeys(names)),
        kept=kept,
    )
