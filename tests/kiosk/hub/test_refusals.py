"""Whatever is refused, there is a sentence for it, in every language, with the facts it names."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

import pytest

import kiosk.hub
import kiosk.store
from kiosk.ui.words import Words, languages
from sync.errors import HubError

for package in (kiosk.hub, kiosk.store):
    for found in iter_modules(package.__path__):
        import_module(f"{package.__name__}.{found.name}")


def below(cls: type[HubError]) -> list[type[HubError]]:
    """Every error under one, itself included."""
    return [cls, *(deeper for sub in cls.__subclasses__() for deeper in below(sub))]


OURS = sorted(
    {
        one
        for one in below(HubError)
        if one.__module__.split(".")[0] in {"kiosk", "sync"} and ".web." not in one.__module__
    },
    key=lambda one: (one.__module__, one.__name__),
)


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("cls", OURS, ids=lambda one: one.__name__)
def test_every_refusal_has_its_sentence(cls, lang):
    assert Words(lang).has(cls.say)


def test_an_error_tells_its_facts_and_no_more():
    from kiosk.hub.typed import TextTooLong

    assert TextTooLong(longest=80).facts() == {"longest": 80}
