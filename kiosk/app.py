"""The kiosk put together: store, desk, hardware, screens. Nothing else knows all of them."""

from __future__ import annotations

import os
from functools import partial
from random import SystemRandom
from typing import Any

from kiosk.alive import keep_alive
from kiosk.alone import Alone
from kiosk.config import Config, Place
from kiosk.devices import Devices
from kiosk.keeping import as_joined, can_be_written, hash_of_card, key_of_cards, opened
from kiosk.screens import SCREENS, build_screen, read_screen
from kiosk.ui.start import WindowSetup, end_on_signals, prepare, refuse_closing


class KioskApp:
    """One kiosk, at its door or as a wall.

    ``KioskApp(config, place).run()`` opens the window and returns when it was asked to end.
    """

    def __init__(
        self,
        config: Config,
        place: Place,
        *,
        time: Any = None,
        reduced: bool = False,
        night: bool = False,
        set_up: bool = False,
        devices: Devices | None = None,
    ) -> None:
        """time, devices: the device's time, and what hangs on the door (tests bring their own).

        reduced: nothing moves. night: the dark theme. set_up: ask again what this device is.
        """
        self.config, self.place, self.time = config, place, time
        self.reduced, self.night, self.set_up = reduced, night, set_up
        self._ending = self.starts_over = self.comes_back = False
        self.says = ""
        self.devices = devices or Devices(config, place)
        self.devices.join(self)

    def run(self) -> None:
        """Open, stay until a signal ends it, close. Kivy is imported here, after its settings."""
        self.open(signals=True)
        from kivy.base import stopTouchApp

        store, idle = self.store, self.shell.idle
        keep_alive(self.desk.aside, lambda: idle.quiet_s, lambda: store.is_at_long_work)
        try:
            self.loop.run()
        finally:
            self.close()
            stopTouchApp()

    def open(self, *, signals: bool = False) -> None:
        """Build everything and show the first screen; frames are then somebody's to run."""
        self.prepare()
        from kiosk.ui.loop import Loop

        self.loop = Loop()
        if signals:
            end_on_signals(lambda: self.loop.call(self.end))
        self.desk = self._open_desk()
        self.syncing = self._open_syncing()
        self._open_window()
        self.desk.listen(lambda _hub, _kinds: self.loop.call(self.shell.refresh))
        self._minute()
        from kiosk.ui.tidy import Tidy

        self.tidy = Tidy(self.shell.stage).begin()
        self.warming = self._warming()
        self.warming.start()
        self.syncing.start()
        self.devices.start()

    def prepare(self) -> None:
        """Settle Kivy's environment; before anything imports it."""
        prepare(self._window())

    def end(self) -> None:
        """End the loop; on the Kivy thread."""
        from kivy.base import EventLoop

        self._ending = True
        EventLoop.quit = True

    def close(self) -> None:
        """Stop readers, finish what the desk was asked, leave the window, close the store."""
        from kivy.core.window import Window

        self.devices.stop()
        if self.shell.around.set_up is not None:
            self.shell.around.set_up.close()
        self.syncing.close()
        self.tidy.end()
        self._next_minute.cancel()
        self.warming.stop()
        self.shell.close()
        Window.unbind(on_key_down=self._on_key)
        self._let_close()
        Window.remove_widget(self.shell)
        self.desk.close()
        self.store.close()

    # Parts -------------------------------------------------------------------------------------

    def _window(self) -> WindowSetup:
        shown = bool(os.environ.get("KIOSK_WINDOWED"))
        return WindowSetup(
            self.config.width_px,
            self.config.height_px,
            self.config.diagonal_mm,
            self.place.kivy_home,
            title="Wall" if self.config.mode == "wall" else "Door",
            borderless=not shown,
            cursor=shown,
        )

    def _open_desk(self) -> Any:
        from kiosk.device_clock import DeviceClock
        from kiosk.housekeeping import Housekeeping
        from kiosk.hub.desk import Desk
        from kiosk.hub.known_time import LAST_KNOWN
        from kiosk.hub.rules import RULES_OF_TIME
        from kiosk.hub.snapshot import Device

        self._hashed = partial(hash_of_card, key_of_cards(self.place.make()))
        self.store = opened(self.place)
        asked, self.config = self.config, as_joined(self.config, self.store)
        if self.config != asked:
            self.says = self.says or "opened.as_a_wall"
        self.time = self.time or DeviceClock(self.store.note(LAST_KNOWN) or 0)
        self.housekeeping = Housekeeping(
            self.store,
            self.place.backups,
            now=self.time.now,
            is_open=lambda: not self._is_night(),
        )
        device = Device(self.store.node, self.config.colour or "blue", self.config.name)
        desk = Desk(self.store, device, self.time, dice=SystemRandom(), rules=RULES_OF_TIME)
        if isinstance(self.time, DeviceClock):
            self.time.when_told(desk.date)
        return desk

    def _may_come_back(self) -> None:
        """Begin anew as a door that keeps what it is told, once the disk takes it; hub's thread."""
        if can_be_written(self.place):
            self.comes_back = True
            self.loop.call(self.end)

    def _open_syncing(self) -> Any:
        if not self.config.server:
            return Alone()
        from kiosk.syncing import Syncing

        return Syncing(
            self.config,
            self.place,
            store=self.store,
            desk=self.desk,
            clock=self.time,
            changed=lambda: self.loop.call(self.shell.refresh),
            say=lambda key: self.loop.call(lambda: self.shell.sentence(key)),
        )

    def _open_window(self) -> None:
        from kivy.base import EventLoop, runTouchApp
        from kivy.core.window import Window

        from kiosk.ui import kit  # noqa: F401  # makes the widgets known to every kv file
        from kiosk.ui.shell import Shell
        from kiosk.ui.theme import Theme
        from kiosk.ui.words import Words

        look = Theme(
            self.config.width_px,
            self.config.height_px,
            self.config.diagonal_mm,
            wall=self.config.mode == "wall",
            night=self.night,
        )
        self.shell = Shell(self._around(), look, Words(self.config.lang or self.languages()[0]))
        Window.set_title(self._window().title)
        self._let_close = refuse_closing(lambda: self._ending)
        Window.bind(on_key_down=self._on_key)
        if EventLoop.status == "started":  # a test opens one kiosk after another in one window
            Window.add_widget(self.shell)
        else:
            runTouchApp(self.shell, embedded=True)
        self.shell.size = Window.size
        self.shell.rest()
        self._say_what_was_mended()

    def _around(self) -> Any:
        from kiosk.device_facts import device_facts
        from kiosk.picture_shelf import PictureShelf
        from kiosk.ui.around import Surroundings

        return Surroundings(
            desk=self.desk,
            now=self.time.now,
            call=self.loop.call,
            build=build_screen,
            on_card=self._card,
            hashed=self._hashed,
            languages=self.languages,
            is_night=self._is_night,
            first=self._first(),
            reduced=self.reduced,
            sync=self.syncing,
            picture=PictureShelf(self.place.pictures, self.loop.call).ask,
            device=lambda: device_facts(self.config, self.place),
            restart=self._start_over,
            on_done=self.devices.done,
            on_refused=self.devices.refused,
            paper=self.devices.paper,
            dims=lambda dark: self.devices.backlight.dim(dark=dark),
            wifi=self.devices.wifi,
            set_up=self._setting_up() if self._first() == "setup" else None,
        )

    def _say_what_was_mended(self) -> None:
        if key := self.store.opened.sentence or self.says:
            self.shell.sentence(key)

    def languages(self) -> tuple[str, ...]:
        """The hub's languages, the first one first."""
        return tuple(self.desk.snapshot.hub.languages) or ("en",)

    def _is_night(self) -> bool:
        from kiosk.hub.open_now import is_open_now
        from kiosk.ui.night import is_night

        hub, now = self.desk.snapshot, self.time.now()
        return is_night(hub.local(now), is_open=is_open_now(hub, now))

    def _first(self) -> str:
        if self.set_up or self.place.being_set_up.exists() or not self.desk.snapshot.hub.id:
            return "setup"
        return "wall" if self.config.mode == "wall" else "rest"

    def _warming(self) -> Any:
        from kiosk.warming import Warming, pieces

        work = pieces(SCREENS, read_screen, self.languages())
        return Warming(work, lambda: self.shell.idle.quiet_s)

    def _setting_up(self) -> Any:
        from kiosk.setting_up import SettingUp, sample_loader

        return SettingUp(
            self.place,
            self.config,
            self.desk,
            load_sample=sample_loader(self.store, self.place, self.time.now),
            call=self.loop.call,
            start_over=self._start_over,
            changed=lambda: self.shell.refresh(),  # noqa: PLW0108  # it is made later
        )

    def _start_over(self) -> None:
        """End, to begin as what was chosen just now."""
        self.starts_over = True
        self.end()

    # What comes from outside -------------------------------------------------------------------

    def _on_key(self, _window: Any, key: int, _scan: int, text: str | None, _held: Any) -> bool:
        typed = "\r" if key in (13, 271) else (text or "")
        if typed and self.devices.key(typed):
            return True
        return bool(self.shell.key(key))

    def _card(self, shell: Any, uid: str) -> None:
        """Sign somebody in or out by their card; only its hash goes further than this."""
        from kiosk.screens.cards import card_at_the_door

        card_at_the_door(shell, self._hashed(uid), uid)

    def _minute(self, _dt: float = 0.0) -> None:
        """Once a minute, at its start: the time on screen, and the rules that time brings."""
        from kivy.clock import Clock

        if _dt:
            self.shell.minute()
            self.tidy.minute(self.shell.idle.quiet_s)
        self.desk.tick()
        self.desk.aside(
            self._may_come_back if self.store.opened.refused else self.housekeeping.look
        )
        now = self.time.now()
        self._next_minute = Clock.schedule_once(
            self._minute, 60.02 - now.second - now.microsecond / 1e6
        )
