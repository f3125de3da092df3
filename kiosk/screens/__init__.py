"""What people see: one folder a screen, one line here for each."""

from __future__ import annotations

import importlib
from functools import cache
from pathlib import Path
from typing import Any

SCREENS = {  # name -> module under kiosk.screens, class; one line a screen
    "rest": ("rest.rest", "RestScreen"),
    "here": ("here.here", "HereScreen"),
    "here_name": ("here.by_name", "HereNameScreen"),
    "visiting": ("here.visiting", "VisitingScreen"),
    "group": ("here.group", "GroupScreen"),
    "agreement": ("here.agreement", "AgreementScreen"),
    "new_card": ("new_card.new_card", "NewCardScreen"),
    "whose_card": ("new_card.whose_card", "WhoseCardScreen"),
    "welcome": ("welcome.welcome", "WelcomeScreen"),
    "leaving": ("leaving.leaving", "LeavingScreen"),
    "leaving_name": ("leaving.by_name", "LeavingNameScreen"),
    "leaving_some": ("leaving.some", "LeavingSomeScreen"),
    "saved": ("saved.saved", "SavedScreen"),
    "rollcall": ("rollcall.rollcall", "RollcallScreen"),
    "rollcall_names": ("rollcall.names", "RollcallNamesScreen"),
    "light": ("light.light", "LightScreen"),
    "rooms": ("rooms.rooms", "RoomsScreen"),
    "room": ("room.room", "RoomScreen"),
    "notices": ("notices.notices", "NoticesScreen"),
    "notice": ("notice.notice", "NoticeScreen"),
    "putting_up": ("putting_up.putting_up", "PuttingUpScreen"),
    "whats_on": ("whats_on.whats_on", "WhatsOnScreen"),
    "event": ("whats_on.event", "EventScreen"),
    "pairing": ("pairing.pairing", "PairingScreen"),
    "volunteer_enter": ("volunteer.enter", "VolunteerEnterScreen"),
    "volunteer_pin": ("volunteer.pin", "VolunteerPinScreen"),
    "volunteer": ("volunteer.home", "VolunteerScreen"),
    "volunteer_notice": ("volunteer_notice.notice", "VolunteerNoticeScreen"),
    "volunteer_notices": ("volunteer_notice.notices", "VolunteerNoticesScreen"),
    "volunteer_visits": ("volunteer_visits.visits", "VolunteerVisitsScreen"),
    "volunteer_visit": ("volunteer_visits.visit", "VolunteerVisitScreen"),
    "volunteer_people": ("volunteer_people.people", "VolunteerPeopleScreen"),
    "volunteer_find": ("volunteer_people.find", "VolunteerFindScreen"),
    "volunteer_person": ("volunteer_people.person", "VolunteerPersonScreen"),
    "volunteer_device": ("volunteer_device.device", "VolunteerDeviceScreen"),
    "setup": ("setup.setup", "SetupScreen"),
    "wifi": ("wifi.wifi", "WifiScreen"),
    "wall": ("wall.wall", "WallScreen"),
}


def build_screen(name: str, **given: Any) -> Any:
    """Return a new screen of that name."""
    return read_screen(name)(name=name, **given)


@cache
def read_screen(name: str) -> Any:
    """Return the class of a screen; its module and its kv file are read the first time."""
    from kivy.lang import Builder

    module, cls = SCREENS[name]
    found = importlib.import_module(f"kiosk.screens.{module}")
    kv = Path(found.__file__ or "").with_suffix(".kv")
    if kv.exists() and str(kv) not in Builder.files:
        Builder.load_file(str(kv))
    return getattr(found, cls)
