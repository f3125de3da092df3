"""kill -9 of kiosks, server and database at random instants, while people come and go.

Each kiosk says of every act that it is done once it is; it is killed in the middle of a stream of
them, and so are the server, and all that PostgreSQL runs. Who was killed starts again, with what it
left. At the end of each round every act that was called done is on every node.
"""

import json
from collections import Counter
from random import Random
from select import select
from time import monotonic

import pytest

from tests.kiosk.hub.house import id_of, notice, person, room
from tests.peers.world import UNDO

pytestmark = pytest.mark.slow
LONGEST_S = 0.2
"""An act takes some milliseconds, an exchange some ten; whoever is killed may be between two."""
STREAM = 12
INES = {"level": 3, "person": id_of("Inés")}


class Stream:
    """What people do at one kiosk, one after another, and what they were told."""

    def __init__(self, door, dice):
        self.door, self.dice, self.count = door, dice, 0
        self.asked, self.told = [], []

    def goes_on(self):
        for _ in range(STREAM):
            self.count += 1
            ask = self.next_act(f"{self.door.name} {self.count}")
            self.asked.append(ask)
            self.door.child.say(**ask)

    def next_act(self, name):
        """Visits can be undone and wait for it; cards go at once, and so do texts, which collide."""
        which = self.count % 3
        if which == 0:
            return {"do": "come_visiting", "name": name}
        if which == 1:
            return {"do": "link_card", "uid_hash": name, "person": id_of("Luis"), "by": INES}
        act = {"kind": "notice", "id": id_of("Soup"), "fields": {f"body.x{self.count}": name}}
        return {"do": "write", "acts": [act]}

    def hears(self, lines, more_s):
        """Listen to so many answers, and a moment longer."""
        for _ in range(lines):
            self.tells(self.door.child.hears())
        # A wait, not a sleep: the instant lies anywhere in what the process does next.
        until = monotonic() + more_s
        while (left := until - monotonic()) > 0:
            if not select([self.door.child], [], [], left)[0]:
                return
            self.tells(self.door.child.hears())

    def hears_all(self):
        while self.asked:
            self.tells(self.door.child.hears())

    def tells(self, said):
        """An act is done when its own answer says so: answers come in the order of the asks."""
        assert said is not None, "it died by itself"
        ask = self.asked.pop(0)
        assert "done" in said, (ask, said)
        self.told.append(ask)

    def is_killed(self):
        for said in self.door.child.kill():
            self.tells(said)
        self.asked.clear()


def traces(bodies):
    """Everything that an act leaves behind, as one text to be looked into."""
    kinds = ("visit", "card", "notice", "old_text")
    return json.dumps([body for (kind, _id), body in bodies.items() if kind in kinds])


def lost(told, bodies):
    """What was called done and is not there."""
    text = traces(bodies)
    names = [ask.get("name") or ask.get("uid_hash") or _written(ask) for ask in told]
    return [name for name in names if f'"{name}"' not in text]


def _written(ask):
    return next(iter(ask["acts"][0]["fields"].values()))


class Round:
    """Who is killed this time, and when."""

    def __init__(self, world, streams, cluster, dice):
        self.world, self.streams, self.cluster, self.dice = world, streams, cluster, dice
        others = ["server", "everything"] + (["database"] if cluster else [])
        self.victim = dice.choice([*streams, *others])

    def plays(self):
        for stream in self.streams:
            stream.goes_on()
        heard, lines = self.dice.choice(self.streams), self.dice.randrange(STREAM)
        if self.dice.random() < 0.5:  # in the middle of what is sent, not of what is done
            for stream in self.streams:
                stream.hears_all()
            self.world.time.passes(UNDO)
            for stream in self.streams:
                stream.door.minute()
            lines = 0
        heard.hears(lines, self.dice.uniform(0, LONGEST_S))
        killed = [one for one in self.streams if self.victim in (one, "everything")]
        for stream in killed:
            stream.is_killed()
        if self.victim in ("server", "everything"):
            self.world.server.kill()
        if self.cluster and self.victim in ("database", "everything"):
            self.cluster.kill()
        for stream in self.streams:
            stream.hears_all()  # whoever is not killed waits for nobody who is
        self.all_start_again(killed)

    def all_start_again(self, killed):
        for stream in killed:
            stream.door.start()
            assert lost(stream.told, stream.door.bodies()) == []
        if self.cluster and self.victim in ("database", "everything"):
            self.cluster.start()
            self.world.database.close()  # this test's own connections died with it
        if self.victim in ("server", "everything"):
            self.world.serve()


def killed_again_and_again(world, cluster, rounds):
    """Play so many rounds; return how many acts were called done."""
    k1, k2 = world.moves_in(
        person("Luis"),
        person("Inés", kind="volunteer"),
        notice("Soup", owner=id_of("Luis")),
        room("Willow"),
    )
    world.it_is("10:00")
    world.time.runs_from_here()
    dice = Random(rounds)
    streams, killed = [Stream(k1, dice), Stream(k2, dice)], Counter[str]()
    for _ in range(rounds):
        this = Round(world, streams, cluster, dice)
        this.plays()
        world.pauses()
        killed[this.victim if isinstance(this.victim, str) else "kiosk"] += 1
        world.time.passes(UNDO)
        for door in world.doors:
            door.minute()
        world.settles()
        there = world.held()
        for stream in streams:
            assert lost(stream.told, there) == []
        world.all_hold()
    told = sum(len(stream.told) for stream in streams)
    print(f"{rounds} rounds, {told} acts called done, killed: {dict(killed)}")
    return told


@pytest.mark.acceptance(1)
def test_nothing_done_is_lost_whoever_is_killed(world, request, peer_rounds):
    on_sqlite = world.url.startswith("sqlite")
    cluster = None if on_sqlite else request.getfixturevalue("cluster")
    rounds = peer_rounds // 2  # half of them on each database
    assert killed_again_and_again(world, cluster, rounds) > rounds
    world.database.close()
    assert "Everything is sound." in world.command("check")
