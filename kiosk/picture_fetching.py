"""Fetches the pictures that the board needs and this device lacks; removes those it needs no more."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime

from kiosk.hub.pictures import Tries, needed, plan
from kiosk.hub.snapshot import Snapshot
from kiosk.picture_files import PictureFiles
from sync.errors import HubError
from sync.log import Log

LOOK_AGAIN_S = 60.0
log = Log("pictures")


class PictureFetching:
    """A thread of its own: a slow picture holds up no record and no screen."""

    def __init__(
        self,
        files: PictureFiles,
        fetch: Callable[[str], bytes | None],
        *,
        hub: Callable[[], Snapshot],
        now: Callable[[], datetime],
        now_ms: Callable[[], int],
        changed: Callable[[], object],
    ) -> None:
        """fetch: the bytes of a name, None where they cannot be had; it may wait.

        now_ms: the monotonic clock. changed: called from this thread after a picture has come.
        """
        self._files, self._fetch, self._hub = files, fetch, hub
        self._now, self._now_ms, self._changed = now, now_ms, changed
        self._tries: dict[str, Tries] = {}
        self._wake, self._ends = threading.Event(), False

    def start(self) -> None:
        """Begin to look."""
        threading.Thread(target=self._run, name="pictures", daemon=True).start()

    def look_soon(self) -> None:
        """Notices may have changed."""
        self._wake.set()

    def close(self) -> None:
        """Look no more; what is being fetched is not waited for."""
        self._ends = True
        self._wake.set()

    def look(self) -> None:
        """Fetch what is lacking and remove what is needed no more, once."""
        wanted = needed(self._hub(), self._now())
        todo = plan(wanted, self._files.names(), self._tries, self._now_ms())
        for name in todo.drop:
            self._files.drop(name)
        self._tries = {name: tried for name, tried in self._tries.items() if name in wanted}
        for name in todo.fetch:
            if self._ends:
                return
            if self._has_come(name):
                self._tries.pop(name, None)
                self._changed()
            else:
                tried = self._tries.get(name, Tries())
                self._tries[name] = tried.after_failure(self._now_ms())
                log.info("picture.not_here", count=tried.failures + 1)

    def _has_come(self, name: str) -> bool:
        data = self._fetch(name)
        try:
            return data is not None and self._files.keep(name, data)
        except HubError as why:
            log.warning("picture.not_kept", reason=type(why).__name__)
            return False

    def _run(self) -> None:
        while not self._ends:
            self._wake.clear()
            try:
                self.look()
            except Exception as why:  # noqa: BLE001 (the one handler of this thread)
                log.bug("pictures.look", why)
            self._wake.wait(LOOK_AGAIN_S)
