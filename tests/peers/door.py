"""A kiosk's process, as a test holds it: what people do there, and the network behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from sync.records import Record, flat
from tests.kiosk.hub.house import HUB_ID
from tests.peers.network import Network
from tests.peers.nursery import Child

if TYPE_CHECKING:
    from tests.peers.world import World


class RefusedHere(Exception):
    """A kiosk refused on the spot."""

    def __init__(self, name: str, facts: dict[str, Any]) -> None:
        super().__init__(name)
        self.name, self.facts = name, facts


class Door:
    """A kiosk's process, its network, and what people do at it."""

    def __init__(self, world: World, name: str, colour: str) -> None:
        self.world, self.name, self.boots = world, name, 0
        self.network = Network(world.address, seed=len(name))
        self.facts = {
            "folder": str(world.folder / name),
            "time": str(world.folder / "time"),
            "server": self.network.url,
            "token": world.token(name),
            "name": name,
            "colour": colour,
        }
        self.power_on()

    def power_on(self, **facts: Any) -> Door:
        """Begin a boot; see Facts for what may be said of it."""
        self.boots += 1
        began = {"boot": f"boot {self.boots}", "began_ms": self.world.time.now_ms() - 20_000}
        self.facts |= {"wrong_ms": 0, "told": False} | began | facts
        return self.start()

    def start(self) -> Door:
        """Start the process anew within the same boot."""
        self.child: Child = self.world.nursery.start("kiosk", self.facts)
        said = self.child.hears()
        assert said and "open" in said, said
        self.node = said["open"]
        return self

    def power_off(self) -> None:
        """End in order."""
        self.child.ends()

    def offline(self) -> Door:
        """No network from now on."""
        self.network.cut()
        return self

    def online(self) -> Door:
        """The network is back."""
        self.network.is_well()
        return self

    def says(self, what: str, **about: Any) -> Any:
        """Return what a line was answered. Raises RefusedHere."""
        self.child.say(do=what, **about)
        said = self.child.hears()
        assert said is not None, f"{self.name} died of {what}; see the nursery's log"
        if "refused" in said:
            raise RefusedHere(said["refused"], said["facts"])
        return said["done"]

    def sees(self, at: str, **about: Any) -> Any:
        """Return what people see here."""
        return self.says("look", at=at, **about)

    def minute(self) -> None:
        """What the app does once a minute."""
        self.says("minute")

    def bodies(self) -> dict[tuple[str, str], dict[str, Any]]:
        """Return every record that is here."""
        return {(one["kind"], one["id"]): one for one in self.says("bodies")}

    def has(self, *records: Record) -> None:
        """Move in: records as they are."""
        named = [msgspec.structs.replace(one, hub=HUB_ID) for one in records]
        acts = [{"kind": one.KIND, "id": one.id, "fields": flat(one)} for one in named]
        self.says("write", acts=acts)

    def close(self) -> None:
        """End the process and its network."""
        self.child.ends()
        self.network.close()
